/// One sentence in both languages. This target imports none of ours, so it has its own pair; the executables hand it on
/// as their own text type.
public struct Wording: Hashable, Sendable, CustomStringConvertible {
  public let chinese: String
  public let english: String

  public init(_ chinese: String, _ english: String) {
    self.chinese = chinese
    self.english = english
  }

  public var description: String { english }
}
