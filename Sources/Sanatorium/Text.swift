/// The languages people read here; Chinese is the default.
public enum Language: String, Sendable, CaseIterable, Codable {
  case chinese = "zh"
  case english = "en"

  /// The value of HTML's `lang` and of `Content-Language`.
  public var tag: String { self == .chinese ? "zh-CN" : "en" }
}

/// One sentence or label in both languages. Neither can be left out, so a missing translation does not compile.
public struct Text: Hashable, Sendable {
  public let chinese: String
  public let english: String

  public init(_ chinese: String, _ english: String) {
    self.chinese = chinese
    self.english = english
  }

  /// The same characters in both: a name, a number, a code.
  public init(verbatim text: String) { self.init(text, text) }

  public func callAsFunction(_ language: Language) -> String { language == .chinese ? chinese : english }
}

/// `{"en": …, "zh": …}`, as packs are frozen into a batch.
extension Text: Codable {
  private enum CodingKeys: String, CodingKey {
    case chinese = "zh"
    case english = "en"
  }
}
