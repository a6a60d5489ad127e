public import MicroHTTP

/// What went wrong, for a script as `application/problem+json` (RFC 9457) and for a person as a page.
///
/// It says what the person may know. An internal error's own text belongs into the log, never here: `internal` takes
/// none.
public struct ProblemAnswer: Sendable {
  /// A member of the JSON beside the standard ones.
  public indirect enum Member: Sendable, Hashable {
    case string(String)
    case int(Int64)
    case bool(Bool)
    case list([Member])
    case object([(name: String, value: Member)])

    public static func == (one: Member, other: Member) -> Bool { one.bytes == other.bytes }
    public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

    var bytes: [UInt8] {
      var json = JSONBytes()
      json.member(self)
      return json.out
    }
  }

  public var status: Status
  /// The kind, `invalid`; sent as the relative address `/problems/invalid`. Empty for `about:blank`.
  public var type: String
  /// What kind of thing went wrong, the same for every occurrence.
  public var title: String
  /// What went wrong this time and what to do.
  public var detail: String
  public var faults: [FieldFault]
  public var members: [(name: String, value: Member)]
  /// Headers beside the content type: `Retry-After`, `WWW-Authenticate`.
  public var headers: Headers

  public init(
    _ status: Status, type: String = "", title: String, detail: String = "", faults: [FieldFault] = [],
    members: [(name: String, value: Member)] = [], headers: Headers = [:]
  ) {
    precondition(
      !members.contains { ["type", "title", "status", "detail", "faults"].contains($0.name) },
      "a member must not repeat a standard one")
    self.status = status
    self.type = type
    self.title = title
    self.detail = detail
    self.faults = faults
    self.members = members
    self.headers = headers
  }

  /// Something of ours broke. The number leads the operator to the line in the log.
  public static func internalError(english: Bool, number: String) -> ProblemAnswer {
    ProblemAnswer(
      .internalServerError, type: "internal", title: english ? "Something broke here" : "这里出错了",
      detail: english
        ? "Nothing was saved. Try again; if it stays, tell the duty lead the number \(number)."
        : "没有保存。再试一次；还不行，把编号 \(number) 告诉值班负责人。",
      members: [("number", .string(number))])
  }

  /// The JSON.
  public var json: [UInt8] {
    var json = JSONBytes()
    var all: [(name: String, value: Member)] = [
      ("type", .string(type.isEmpty ? "about:blank" : "/problems/" + type)), ("title", .string(title)),
      ("status", .int(Int64(status.code))),
    ]
    if !detail.isEmpty { all.append(("detail", .string(detail))) }
    if !faults.isEmpty {
      all.append(
        (
          "faults",
          .list(
            faults.map {
              .object([("field", .string($0.field)), ("code", .string($0.code)), ("message", .string($0.message))])
            })
        ))
    }
    json.member(.object(all + members))
    return json.out
  }

  /// The answer for a script.
  public func jsonResponse() -> Response {
    var headers = headers
    headers["Content-Type"] = "application/problem+json"
    headers["Cache-Control"] = "no-store"
    return Response(status: status, headers: headers, body: json)
  }

  /// The answer for a person: what went wrong, everything that is wrong, and where to go from here.
  public func pageResponse(
    lang: String, english: Bool, site: String, tabs: [Tab] = [], back: (words: String, target: String)? = nil
  ) -> Response {
    let h = HTML(lang: lang, english: english, capacity: 4096)
    h.page(Page(title, site: site, heading: title, back: back, tabs: tabs)) {
      h.div("sheet stack") {
        if !detail.isEmpty { h.p(detail) }
        h.bullets(faults.map(\.message))
        if let back { h.linkButton(back.words, back.target) }
      }
    }
    var headers = headers
    headers["Content-Type"] = "text/html; charset=utf-8"
    headers["Content-Language"] = lang
    headers["Cache-Control"] = "no-store"
    return Response(status: status, headers: headers, body: h.bytes)
  }

  /// Whether a request expects JSON: everything under `/api/`, and whoever doesn't ask for a page.
  public static func wantsJSON(_ request: Request) -> Bool {
    if request.path.first == "api" { return true }
    return !(request.header("Accept")?.lowercased().contains("text/html") ?? false)
  }
}
