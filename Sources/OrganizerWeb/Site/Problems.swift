internal import Evidence
internal import MicroHTTP
internal import OrganizerStore
internal import Pages
internal import Sanatorium

extension Context {
  /// The one table from what went wrong to status and sentence. What it does not know is internal: logged in full, shown
  /// as a number.
  func problem(_ error: any Error) -> Response {
    switch error {
    case let refusal as Refusal: return told(refusal.problem)
    case let malformed as MalformedJSON:
      return answer(.badRequest, "malformed-json", Text("内容读不懂", "The content can't be read"), faults: [malformed.fault])
    case let rejection as Rejection: return rejected(rejection)
    default:
      let number = String(UInt32.random(in: 0x1000_0000...UInt32.max), radix: 16)
      site.configuration.log("error \(number): \(request.method) \(request.path.first ?? ""): \(error)")
      return shown(.internalError(english: english, number: number))
    }
  }

  /// A report that was not taken. A signed refusal goes along as the text of its bytes, so that it can be checked.
  private func rejected(_ rejection: Rejection) -> Response {
    let (status, title): (Status, Text) =
      switch rejection.kind {
      case .unauthorized: (.unauthorized, Text("认不出是谁发的", "The sender is not recognized"))
      case .conflict: (.conflict, Text("和以前报来的对不上", "It contradicts what was reported before"))
      case .invalid: (.unprocessableContent, Text("报告没有通过核对", "The report did not pass the check"))
      }
    let answer = shown(
      ProblemAnswer(
        status, type: "report-\(rejection.kind.rawValue)", title: title(language),
        detail: self(Text("没有收下。原因已经记录。", "It was not taken. The reasons are recorded.")),
        faults: rejection.faults.map { $0.shown(language) },
        members: rejection.receipt.map { [("receipt", .string(String(decoding: $0.bytes, as: UTF8.self)))] } ?? []))
    return rejection.kind == .unauthorized ? signatureAsked(answer) : answer
  }

  /// A delivery is known by its signature alone; no token helps it.
  func signatureAsked(_ response: Response) -> Response {
    var response = response
    response.headers["WWW-Authenticate"] = "Webhook-Signature realm=\"\(OrganizerSite.realm)\""
    return response
  }

  func retry(_ response: Response) -> Response {
    var response = response
    response.headers["Retry-After"] = "60"
    return response
  }

  func problem(_ status: Status, _ type: String, _ title: Text, _ detail: Text) -> Response {
    answer(status, type, title, detail)
  }

  var crossSite: Response {
    answer(
      .forbidden, "cross-site", Text("请求来自别的网站", "The request comes from another site"),
      Text("请从这里的页面重新打开再做。", "Open it again from the pages here."))
  }

  private func told(_ problem: Problem) -> Response {
    var response = answer(
      Status(problem.status), problem.code, problem.title, problem.detail, faults: problem.faults)
    if problem.status >= 500 { response.headers["Retry-After"] = "60" }
    return response
  }

  private func answer(
    _ status: Status, _ type: String, _ title: Text, _ detail: Text? = nil, faults: [Fault] = []
  ) -> Response {
    shown(
      ProblemAnswer(
        status, type: type, title: title(language), detail: detail?(language) ?? "",
        faults: faults.map { $0.shown(language) }))
  }

  private func shown(_ problem: ProblemAnswer) -> Response {
    if ProblemAnswer.wantsJSON(request) { return problem.jsonResponse() }
    return problem.pageResponse(
      lang: language.tag, english: english, site: store.name, tabs: tabs,
      back: (words: self(Text("回首页", "Start page")), target: "/"))
  }
}

extension Fault {
  func shown(_ language: Language) -> FieldFault { FieldFault(field, code, message(language)) }
}

extension Refusal {
  /// The faults a form can show beside its fields; nil for what needs a page of its own.
  static func faults(of error: any Error) -> [Fault]? {
    switch error {
    case Refusal.invalid(let faults): faults
    case Refusal.conflict(let fault): [fault]
    default: nil
    }
  }
}
