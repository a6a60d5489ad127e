/// One thing wrong with one value: which field, why, what would be right.
public struct Fault: Error, Hashable, Sendable {
  /// The field's name on the wire and in the form, `readings.temperature`; empty for the whole.
  public let field: String
  /// A stable code for scripts, `out-of-range`.
  public let code: String
  public let message: Text

  public init(_ field: String, _ code: String, _ message: Text) {
    self.field = field
    self.code = code
    self.message = message
  }
}

/// What went wrong, by kind; the web turns each kind into one status.
public enum Refusal: Error, Hashable, Sendable {
  /// 422: values that can't be taken; every fault, not only the first.
  case invalid([Fault])
  /// 404
  case notFound(Text)
  /// 409: it contradicts what is recorded (a second arrival, the same key with other content).
  case conflict(Fault)
  /// 403: the role may not.
  case forbidden(Text)
  /// 409 with the rules that stop a gate.
  case gate([RuleResult])
  /// 507: no room on the disk.
  case storageFull
  /// 503: the writer can't write now (read-only file system, I/O error); the detail goes to the log.
  case storageUnavailable

  public static func invalid(_ field: String, _ code: String, _ message: Text) -> Refusal {
    .invalid([Fault(field, code, message)])
  }

  /// The body is no form: what of it could be read is not taken either.
  public static let unreadableForm = Refusal.invalid(
    "", "unreadable-form",
    Text(
      "表单读不出来：有不合规矩的编码、零字节，或者字段太多。什么也没存。",
      "The form can't be read: a broken escape, text that is not UTF-8, a zero byte, or too many fields. Nothing was saved."))
}
