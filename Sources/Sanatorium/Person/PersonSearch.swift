/// What somebody typed to find a person: a name or a part of it, its pinyin initials, a room, a badge's code, a number in
/// the list. Case, spaces, separators (·) and full-width letters don't matter.
///
///     PersonSearch("zs").match(name: "张三", room: "3-02", badge: "7KQ…", number: 12)   // .whole
///     PersonSearch("302")                                                               // the room 302 or 3-02
public struct PersonSearch: Sendable {
  /// How well somebody is meant, the best first.
  public enum Match: Int, Sendable, Comparable {
    /// The badge, the room, the number, the whole name or all its initials.
    case whole
    /// The name begins so.
    case beginning
    /// The name holds it.
    case part

    public static func < (left: Match, right: Match) -> Bool { left.rawValue < right.rawValue }
  }

  private let typed: [Unicode.Scalar]
  private let compact: String

  /// A badge's address, as a scanner types it, stands for the code at its end.
  public init(_ text: String) {
    typed = PersonSearch.folded(text.firstRange(of: "/b/").map { String(text[$0.upperBound...]) } ?? text)
    compact = String(String.UnicodeScalarView(typed))
  }

  /// Nothing was typed but spaces and separators.
  public var isEmpty: Bool { typed.isEmpty }

  /// Nil when the person is not meant.
  public func match(name: String, room: String, badge: String, number: Int) -> Match? {
    guard !isEmpty else { return nil }
    if compact == PersonSearch.compact(badge) || (!room.isEmpty && compact == PersonSearch.compact(room)) || Int(compact) == number {
      return .whole
    }
    let best = [PersonSearch.folded(name), PersonSearch.wordInitials(name)].compactMap(place).min()
    // One letter alone is meant as the beginning: inside of a name it says nothing.
    return best == .part && typed.count == 1 && typed[0].isASCII ? nil : best
  }

  /// Where what was typed stands in a name: a character is met by itself, a Chinese one by its initial as well.
  private func place(_ name: [Unicode.Scalar]) -> Match? {
    guard typed.count <= name.count else { return nil }
    for start in 0...(name.count - typed.count) where zip(typed, name[start...]).allSatisfy(meets) {
      if start > 0 { return .part }
      return typed.count == name.count ? .whole : .beginning
    }
    return nil
  }

  private func meets(_ typed: Unicode.Scalar, _ written: Unicode.Scalar) -> Bool {
    if typed == written { return true }
    return typed.properties.isLowercase && typed.isASCII && NameInitials.answers(written, to: UInt8(typed.value))
  }

  /// Letters in lower case and half width, digits, characters; whatever separates left out.
  private static func folded(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
      var scalar = scalar
      if (0xFF01...0xFF5E).contains(scalar.value), let half = Unicode.Scalar(scalar.value - 0xFEE0) { scalar = half }
      guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else { return [] }
      return Array(scalar.properties.lowercaseMapping.unicodeScalars)
    }
  }

  private static func compact(_ text: String) -> String { String(String.UnicodeScalarView(folded(text))) }

  /// The first letters of a name in Latin words: `be` of Batbayar Enkh.
  private static func wordInitials(_ name: String) -> [Unicode.Scalar] {
    name.split { !($0.isLetter || $0.isNumber) }.compactMap { $0.unicodeScalars.first }.filter(\.isASCII)
      .flatMap { Array($0.properties.lowercaseMapping.unicodeScalars) }
  }
}
