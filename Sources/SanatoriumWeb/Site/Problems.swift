internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// The one table from what went wrong to status and sentence. What it does not know is internal: logged in full, shown
  /// as a number.
  func problem(_ error: any Error) -> Response {
    switch error {
    case let refusal as Refusal: return told(refusal.problem)
    case let late as TooLate: return problem(late)
    case is NoBatch: return told(Refusal.notFound(Text("还没有批次。", "There is no batch yet.")).problem)
    case let malformed as MalformedJSON:
      return answer(.badRequest, "malformed-json", Text("内容读不懂", "The content can't be read"), faults: [malformed.fault])
    default:
      let number = String(UInt32.random(in: 0x1000_0000...UInt32.max), radix: 16)
      site.configuration.log("error \(number): \(request.method) \(request.path.first ?? ""): \(error)")
      return shown(.internalError(english: english, number: number))
    }
  }

  func problem(_ status: Status, type: String, _ title: Text, _ detail: Text) -> Response {
    answer(status, type, title, detail)
  }

  var crossSite: Response {
    answer(
      .forbidden, "cross-site", Text("请求来自别的网站", "The request comes from another site"),
      Text("请从本院的页面重新打开再做。", "Open it again from this house's own pages."))
  }

  /// A read that asks by a name nobody knows would be answered as if it had not asked: everybody instead of the one. Nil
  /// where every name is known.
  func unknownParameters(besides known: [QueryParameter]) -> Response? {
    let names = known.map(\.name) + ["lang"]
    let unknown = Set(request.query.map(\.name)).subtracting(names)
    guard !unknown.isEmpty else { return nil }
    let allowed = names.joined(separator: "、")
    let faults = unknown.sorted().map { name in
      Fault(name, "unknown-parameter", Text("这里不认得“\(name)”。可以用：\(allowed)。", "“\(name)” is not known here. There is: \(names.joined(separator: ", "))."))
    }
    return answer(.badRequest, "unknown-parameter", Text("地址里有不认得的参数", "The address asks by an unknown name"), faults: faults)
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
      lang: language.tag, english: english, site: site.configuration.facility, tabs: viewer == nil ? [] : tabs(nil),
      back: (words: english ? "Start page" : "回首页", target: "/"))
  }
}

extension Fault {
  func shown(_ language: Language) -> FieldFault { FieldFault(field, code, message(language)) }
}
