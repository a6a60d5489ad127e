/// Why somebody is owed a home visit (重点走访慰问: 内蒙古 第八条, 威海 第十条): health kept them from the stay or ended it.
public enum HomeVisitCause: String, Sendable, Codable, CaseIterable {
  /// Never came, for reasons of health.
  case keptAway = "kept-away"
  /// Came and was not admitted, for reasons of health.
  case notAdmitted = "not-admitted"
  /// Left early because of illness.
  case leftIll = "left-ill"

  public var name: Text {
    switch self {
    case .keptAway: Text("因身体原因没能来", "Health kept them from coming")
    case .notAdmitted: Text("因身体原因没能接收", "Not admitted for reasons of health")
    case .leftIll: Text("因病提前返程", "Left early because of illness")
    }
  }
}
