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
    case Refusal.invalid(let faults):
      return answer(
        .unprocessableContent, "invalid", Text("有填错的地方", "Something is filled in wrongly"), faults: faults)
    case let malformed as MalformedJSON:
      return answer(.badRequest, "malformed-json", Text("内容读不懂", "The content can't be read"), faults: [malformed.fault])
    case Refusal.notFound(let sentence):
      return answer(.notFound, "not-found", Text("没有找到", "Not found"), sentence)
    case Refusal.forbidden(let sentence):
      return answer(.forbidden, "forbidden", Text("不能这样做", "Not allowed"), sentence)
    case Refusal.conflict(let fault):
      return answer(
        .conflict, fault.code, Text("和已有的记录冲突", "It contradicts what is recorded"), fault.message, faults: [fault])
    case Refusal.gate(let results):
      return answer(
        .conflict, "gate", Text("还不能继续", "The gate is closed"),
        Text("有 \(results.count) 条规定没有满足。", "\(results.count) rules are not met."), faults: results.map(\.fault))
    case Refusal.storageFull:
      return answer(
        Status(507), "storage-full", Text("磁盘满了，没有保存", "The disk is full; nothing was saved"),
        Text("请管理员腾出空间；原样再交一次不会重复。", "Ask the administrator to make room; sending it again records it once."))
    case Refusal.storageUnavailable:
      return answer(
        .serviceUnavailable, "storage-unavailable", Text("现在写不进去，没有保存", "Writing is not possible now; nothing was saved"),
        Text("请叫管理员；原样再交一次不会重复。", "Call the administrator; sending it again records it once."))
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

extension RuleResult {
  /// A rule that stops a gate, as a fault: the rule's id is the field.
  var fault: Fault { Fault(rule, outcome.rawValue, Text("\(rule)：\(message.chinese)", "\(rule): \(message.english)")) }
}
