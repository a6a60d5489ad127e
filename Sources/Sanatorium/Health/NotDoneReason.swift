/// Why a due check was not made; not measured is never normal.
public enum NotDoneReason: String, Sendable, CaseIterable, Codable {
  case refused
  case asleep
  case out
  case hospital
  case deviceBroken = "device-broken"
  case other

  public var label: Text {
    switch self {
    case .refused: Text("本人不愿意", "Refused")
    case .asleep: Text("睡着了", "Asleep")
    case .out: Text("外出", "Out")
    case .hospital: Text("在医院", "In hospital")
    case .deviceBroken: Text("设备坏了", "Device broken")
    case .other: Text("其他", "Other")
    }
  }

  /// It says nothing by itself, so words must go with it.
  public var needsRemark: Bool { self == .other || self == .deviceBroken }

  /// The person has still to be seen within the round: the reason explains the hour, not the whole round.
  public var leavesDue: Bool { self == .asleep || self == .deviceBroken }
}
