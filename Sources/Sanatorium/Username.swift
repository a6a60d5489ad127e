/// What somebody logs in by: letters that can be told apart and typed again.
public enum Username {
  public static let lengths = 2...40

  /// Why a username can't be taken; nil when it can. Latin letters, digits, Chinese characters and `.`, `_`, `-`: no
  /// blanks, nothing invisible, nothing that is written in more than one way.
  public static func fault(in text: String) -> Fault? {
    guard lengths.contains(text.unicodeScalars.count), text.unicodeScalars.allSatisfy(isAllowed) else {
      return Fault(
        "username", "malformed",
        Text("用户名要 2 到 40 个字母、汉字、数字或 . _ -。", "A username has 2 to 40 letters, Chinese characters, digits or . _ -."))
    }
    return nil
  }

  /// Why a person's name can't be shown beside what they did: signs that are invisible or turn the writing around.
  public static func fault(inName text: String) -> Fault? {
    guard text.unicodeScalars.contains(where: isDisguise) else { return nil }
    return Fault(
      "name", "control-character", Text("姓名里有看不见的字符。", "The name holds an invisible character."))
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": true
    case "\u{3400}"..."\u{4DBF}", "\u{4E00}"..."\u{9FFF}", "\u{20000}"..."\u{323AF}":
      // The compatibility supplement at the end of plane 2 is written in two ways.
      !("\u{2F800}"..."\u{2FA1F}").contains(scalar)
    default: false
    }
  }

  private static func isDisguise(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\u{200B}", "\u{200E}", "\u{200F}", "\u{202A}"..."\u{202E}", "\u{2060}"..."\u{2064}",
      "\u{2066}"..."\u{2069}", "\u{FEFF}":
      true
    default: scalar.properties.generalCategory == .control
    }
  }
}
