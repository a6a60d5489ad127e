/// How hard a rule binds.
public enum Force: String, Sendable, CaseIterable, Codable {
  /// H: fail or unknown stops the state change; nobody can override it.
  case hard = "H"
  /// S (原则上、一般、为主): goes on once a reason and the deciding person are recorded.
  case soft = "S"
  /// I: recorded and reported, stops nothing.
  case informational = "I"

  /// `H`, `S` or `I`, as the policy tables write it.
  public var letter: String { rawValue }

  public var name: Text {
    switch self {
    case .hard: Text("必须", "Required")
    case .soft: Text("原则上", "As a rule")
    case .informational: Text("记录", "Recorded")
    }
  }
}

/// The moments at which rules are run.
public enum Gate: String, Sendable, CaseIterable, Codable {
  /// O: the batch opens.
  case open
  /// A: one person is admitted.
  case arrival
  /// D: every day, and whenever something changes. Stops nothing; a failure is a nonconformity.
  case daily
  /// C: the batch closes.
  case close
  /// R: the report is issued.
  case report

  /// True where a failed hard rule stops something; health work, incidents, plans, departures and transfers have no gate.
  public var stops: Bool { self != .daily }

  public var letter: String {
    switch self {
    case .open: "O"
    case .arrival: "A"
    case .daily: "D"
    case .close: "C"
    case .report: "R"
    }
  }

  public var name: Text {
    switch self {
    case .open: Text("开班", "Opening")
    case .arrival: Text("报到", "Arrival")
    case .daily: Text("每天", "Daily")
    case .close: Text("结束", "Closing")
    case .report: Text("出报告", "Report")
    }
  }
}

/// What a rule found. A missing fact is never a pass.
public enum Outcome: String, Sendable, CaseIterable, Codable {
  case pass
  case fail
  case unknown

  public var name: Text {
    switch self {
    case .pass: Text("通过", "pass")
    case .fail: Text("不通过", "fail")
    case .unknown: Text("不明", "unknown")
    }
  }
}

/// Who has to bring what a rule asks for.
public enum Responsible: String, Sendable, CaseIterable, Codable {
  case organizer = "ORG"
  case host = "HOST"
  case registrar = "REG"
  case medical = "MED"
  case sender = "SND"

  public var name: Text {
    switch self {
    case .organizer: Text("组织单位负责人", "Organizer's lead")
    case .host: Text("承办单位负责人", "Host's lead")
    case .registrar: Text("报到登记人员", "Host registrar")
    case .medical: Text("随行医护", "Medical escort")
    case .sender: Text("选送单位随行人员", "Sending unit's escort")
    }
  }

  /// The account roles that stand for it.
  public var roles: [Role] {
    switch self {
    case .organizer: [.organizer]
    case .host: [.lead]
    case .registrar: [.staff, .lead]
    case .medical, .sender: [.escort, .lead]
    }
  }
}
