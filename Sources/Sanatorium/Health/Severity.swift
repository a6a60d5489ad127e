/// How urgently a person must answer, in rising order.
public enum Severity: String, Sendable, CaseIterable, Codable, Comparable {
  case notice
  case attention
  case urgent
  case critical

  /// The word beside the icon.
  public var label: Text {
    switch self {
    case .notice: Text("提示", "Notice")
    case .attention: Text("关注", "Attention")
    case .urgent: Text("紧急", "Urgent")
    case .critical: Text("危急", "Critical")
    }
  }

  /// 1 (notice) to 4 (critical): the journal's code.
  public var code: Int {
    switch self {
    case .notice: 1
    case .attention: 2
    case .urgent: 3
    case .critical: 4
    }
  }

  public static func < (left: Severity, right: Severity) -> Bool { left.code < right.code }
}

/// Something in a check-in that a person should know, with the figure's source. Never a diagnosis.
public struct Finding: Hashable, Sendable, Codable {
  /// The rule's stable code, `glucose-critical-low`.
  public let code: String
  public let severity: Severity
  /// What was found and what to do.
  public let message: Text
  /// Where the figure is from.
  public let source: String
  /// The figure is a project default that a physician has yet to confirm.
  public let isUnverified: Bool

  public init(code: String, severity: Severity, message: Text, source: String, isUnverified: Bool = false) {
    self.code = code
    self.severity = severity
    self.message = message
    self.source = source
    self.isUnverified = isUnverified
  }
}
