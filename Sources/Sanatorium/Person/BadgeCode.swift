/// The code on a person's badge: what it looks like.
public enum BadgeCode {
  /// Characters that can't be mistaken for each other.
  public static let alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
  public static let length = 10

  /// A code as it was typed or read, `7kxmp 2qwrt`, as it is kept, `7KXMP2QWRT`; nil for what can't be one.
  public static func read(_ text: String) -> String? {
    let code = text.uppercased().filter { $0 != " " && $0 != "-" }
    return code.count == length && code.allSatisfy(alphabet.contains) ? code : nil
  }

  /// In two halves, as people read it out.
  public static func spoken(_ code: String) -> String {
    guard code.count == length else { return code }
    return "\(code.prefix(length / 2)) \(code.suffix(length / 2))"
  }
}
