/// 人员类别 as reports count it. What a list says in words stays with the person; only the code leaves the house.
public enum ParticipantCategory: String, Sendable, CaseIterable, Codable {
  /// 离休干部
  case veteran
  /// 退休干部
  case retired
  /// 退休军士、警士、士官 (军休安置令 Art. 36)
  case sergeant
  /// 无军籍职工
  case civilian
  case other
  /// The list says nothing.
  case unknown

  /// The code of a list's words.
  public init(_ words: String) {
    func says(_ any: String...) -> Bool { any.contains { words.contains($0) } }
    if words.allSatisfy(\.isWhitespace) {
      self = .unknown
    } else if says("离休") {
      self = .veteran
    } else if says("军士", "警士", "士官") {
      self = .sergeant
    } else if says("无军籍", "职工") {
      self = .civilian
    } else if says("退休", "军休干部") {
      self = .retired
    } else {
      self = .other
    }
  }

  public var name: Text {
    switch self {
    case .veteran: Text("离休干部", "Veteran cadres")
    case .retired: Text("退休干部", "Retired officers")
    case .sergeant: Text("退休军士", "Retired sergeants")
    case .civilian: Text("职工", "Civilian staff")
    case .other: Text("其他", "Other")
    case .unknown: Text("没写", "Not stated")
    }
  }
}
