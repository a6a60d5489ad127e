/// How a refusal is told to whoever sent the request: the status, a code for scripts, and the sentences.
public struct Problem: Sendable, Hashable {
  /// Of HTTP.
  public let status: Int
  public let code: String
  public let title: Text
  public let detail: Text?
  public let faults: [Fault]

  public init(_ status: Int, _ code: String, _ title: Text, _ detail: Text? = nil, faults: [Fault] = []) {
    self.status = status
    self.code = code
    self.title = title
    self.detail = detail
    self.faults = faults
  }
}

extension Refusal {
  /// The one table from what was refused to what is told of it.
  public var problem: Problem {
    switch self {
    case .invalid(let faults):
      Problem(422, "invalid", Text("有填错的地方", "Something is filled in wrongly"), faults: faults)
    case .notFound(let sentence):
      Problem(404, "not-found", Text("没有找到", "Not found"), sentence)
    case .forbidden(let sentence):
      Problem(403, "forbidden", Text("不能这样做", "Not allowed"), sentence)
    case .conflict(let fault):
      Problem(
        409, fault.code, Text("和已有的记录冲突", "It contradicts what is recorded"), fault.message, faults: [fault])
    case .gate(let results):
      Problem(
        409, "gate", Text("还不能继续", "The gate is closed"),
        Text("有 \(results.count) 条规定没有满足。", "Rules not met: \(results.count)."), faults: results.map(\.fault))
    case .storageFull:
      Problem(
        507, "storage-full", Text("磁盘满了，没有保存", "The disk is full; nothing was saved"),
        Text("请管理员腾出空间；原样再交一次不会重复。", "Ask the administrator to make room; sending it again records it once."))
    case .storageUnavailable:
      Problem(
        503, "storage-unavailable", Text("现在写不进去，没有保存", "Writing is not possible now; nothing was saved"),
        Text("请叫管理员；原样再交一次不会重复。", "Call the administrator; sending it again records it once."))
    }
  }
}

extension RuleResult {
  /// A rule that stops a gate, as a fault: the rule's id is the field.
  public var fault: Fault {
    Fault(rule, outcome.rawValue, Text("\(rule)：\(message.chinese)", "\(rule): \(message.english)"))
  }
}
