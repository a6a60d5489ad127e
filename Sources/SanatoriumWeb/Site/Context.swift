internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// One request with what every handler needs. Handlers decode, call one Store method, answer.
struct Context: Sendable {
  let site: Site
  let request: Request
  let parameters: Parameters
  /// Nil on routes for everyone when nobody is logged in.
  let viewer: Viewer?
  let language: Language
  /// What `unanswered` is, where it was asked for before the page is drawn.
  var counted: Int?

  var isAPI: Bool { request.pathBegins(with: "api") }
  var english: Bool { language == .english }

  /// The account that the route's audience has asked for.
  var actor: Actor {
    guard let viewer else { preconditionFailure("a route for everyone asked who it is") }
    return viewer.actor
  }

  /// A path parameter that is a UUID; anything else is a page that does not exist.
  func id(_ name: String) throws -> ID {
    guard let id = ID(parameters[name]) else { throw Refusal.notFound(Text("没有这一页。", "There is no such page.")) }
    return id
  }

  /// The members of the JSON body or the fields of a form, to be decoded once and finished.
  func fields() throws -> JSONFields {
    guard !isAPI else { return try JSONFields(JSON.parse(bodyOrEmptyObject)) }
    guard let query = FormBody.parse(urlencoded: request.body) else { throw Refusal.unreadableForm }
    return try JSONFields(Context.object(of: FormValues(query)), isForm: true)
  }

  private var bodyOrEmptyObject: [UInt8] { request.body.isEmpty ? Array("{}".utf8) : request.body }

  /// Before the id of one of several, the name of the field in which something is chosen for each.
  static let each = "of:"

  /// A form's fields as one object: a name that comes several times is a list; so is what was chosen for some of several
  /// (`of:ID` is `missing`), a list of their ids. An empty choice is the usual one, which is in no list.
  private static func object(of values: FormValues) -> JSON {
    var members: [String: [String]] = [:]
    for name in values.names.sorted() where name != Form.keyField && name != Form.authorField {
      if name.hasPrefix(each) {
        for choice in values.all(name) where !choice.isEmpty { members[choice, default: []].append(String(name.dropFirst(each.count))) }
      } else {
        members[name, default: []] += values.all(name)
      }
    }
    return .object(
      members.sorted { $0.key < $1.key }.map { name, all in
        JSON.Member(name, all.count == 1 ? .string(all[0]) : .array(all.map(JSON.string)))
      })
  }

  /// What was typed, to be kept when the form comes back.
  var formValues: FormValues {
    FormValues(FormBody.parse(urlencoded: request.body) ?? Query())
  }

  /// What makes this write one: the client's key (or a fresh one), the actor, the time on the device corrected by its
  /// offset, the digest of what was sent. Reads `occurredAt` and `sentAt` from the fields.
  func submission(_ fields: inout JSONFields) throws -> Submission {
    let occurred = fields.instant("occurredAt", required: false)
    let sent = fields.instant("sentAt", required: false)
    var occurredAt = occurred
    if let occurred, let sent { occurredAt = occurred + (site.store.now - sent) }
    return try submission(occurredAt: occurredAt)
  }

  func submission(occurredAt: Instant? = nil) throws -> Submission {
    if !isAPI, let author = formValues.filled(Form.authorField), author != actor.account.description {
      throw Refusal.forbidden(
        Text("这张表是另一个人打开的，没有保存。请本人登录后再发。", "This form was opened by somebody else; nothing is saved. Its author has to log in and send it."))
    }
    // A clock that runs ahead must not put anything into the future: alarms and rounds count from when it happened.
    let occurredAt = (occurredAt ?? occurredOnDevice).map { min($0, site.store.now) }
    let key: ID
    let given = isAPI ? request.header("Idempotency-Key") : formValues.filled(Form.keyField)
    if let given {
      guard let id = ID(given), id != .none else {
        throw Refusal.invalid(
          "Idempotency-Key", "not-a-uuid", Text("Idempotency-Key 要是 UUID。", "Idempotency-Key must be a UUID."))
      }
      key = id
    } else {
      key = .random()
    }
    return Submission(
      key: key, actor: actor, occurredAt: occurredAt,
      request: requestDigest)
  }

  /// When a form was sent off by the person, as a page's queue says it. How far the device's clock was behind is what the
  /// page knew at that moment (`Clock-Ahead`); where it knew nothing, or that leads into the future, the device's times
  /// then and now tell it, as if nobody had set the clock in between.
  var occurredOnDevice: Instant? {
    func number(_ name: String, _ range: ClosedRange<Int64>) -> Int64? {
      request.header(name).flatMap(Int64.init).flatMap { range.contains($0) ? $0 : nil }
    }
    let times: ClosedRange<Int64> = 0...9_999_999_999_999
    guard !isAPI, let occurred = number("Occurred-At", times).map(Instant.init(milliseconds:)) else { return nil }
    let now = site.store.now
    if let ahead = number("Clock-Ahead", -9_999_999_999_999...9_999_999_999_999) {
      let moment = Instant(milliseconds: occurred.milliseconds + ahead)
      if moment <= now + .seconds(5), moment.milliseconds >= 0 { return moment }
    }
    return number("Sent-At", times).map { occurred + (now - Instant(milliseconds: $0)) } ?? occurred
  }

  /// Method, target and content, one after the other.
  private var requestDigest: Digest {
    var content = requestContent
    let head = request.method.description + request.target
    content.insert(contentsOf: head.utf8, at: 0)
    return content.withUnsafeBytes { Digest.of(memory: $0) }
  }

  private static let secrets: Set<String> = ["password", "old", "new", "current", "code"]

  /// What a repeated request is known by. Where a password is sent it is left out: its fast hash would stay in the journal.
  private var requestContent: [UInt8] {
    guard request.pathHas("accounts") || request.pathHas("me") || request.pathHas("first") else { return request.body }
    guard let sent = isAPI ? try? JSON.parse(request.body) : Context.object(of: formValues), case .object(let members) = sent else { return [] }
    return JSONWriter.canonical(.object(members.filter { !Context.secrets.contains($0.name) }))
  }
}
