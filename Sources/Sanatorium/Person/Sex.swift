/// 性别, as identity numbers and lists know it.
public enum Sex: String, Sendable, CaseIterable, Codable {
  case male
  case female

  public var name: Text {
    switch self {
    case .male: Text("男", "male")
    case .female: Text("女", "female")
    }
  }
}
