/// Why characters are no identity number.
public enum IdentityNumberFault: Error, Hashable, Sendable {
  /// Neither 18 nor 15 characters; the number that was found.
  case length(Int)
  /// Something other than digits, with X allowed in the last place of 18.
  case characters
  /// Places 7 to 14 (or 7 to 12) name no day of the calendar; those digits.
  case noSuchDay(String)
  /// The last character doesn't fit the others; what it would be.
  case checkCharacter(expected: Character, found: Character)

  /// A stable code for scripts.
  public var code: String {
    switch self {
    case .length: "identity-length"
    case .characters: "identity-characters"
    case .noSuchDay: "identity-no-such-day"
    case .checkCharacter: "identity-check-digit"
    }
  }

  /// What is wrong and what to do.
  public var message: Text {
    switch self {
    case .length(let count):
      Text(
        "身份证号要 18 位（老证 15 位），这里是 \(count) 位。",
        "An identity number has 18 characters (15 on old cards), not \(count).")
    case .characters:
      Text("身份证号只能是数字，最后一位可以是 X。", "An identity number has digits only; the last may be X.")
    case .noSuchDay(let digits):
      Text("身份证号里的出生日期 \(digits) 没有这一天。", "The identity number's date of birth \(digits) does not exist.")
    case .checkCharacter(let expected, let found):
      Text(
        "身份证号最后一位对不上：写的是 \(found)，按前 17 位算应是 \(expected)。请核对整个号码。",
        "The identity number's last character is \(found) where the others make it \(expected). Check the whole number."
      )
    }
  }
}

/// 公民身份号码 by GB 11643-1999, or its 15-digit predecessor. Printing it shows it masked; the digits are asked for by
/// name, so that none reaches a log by accident.
public struct IdentityNumber: Hashable, Sendable, CustomStringConvertible {
  /// The 18 characters, X in upper case. An old number has its century and check character added, so one person's old
  /// and new number are equal.
  public let digits: String
  /// It was given with 15 digits: nothing in it could be checked but the date.
  public let isOldForm: Bool
  public let birth: Day
  public let sex: Sex

  /// Takes 18 characters (x or X) or 15 digits, with spaces around them ignored. The area is not judged, for areas
  /// change.
  public init(_ text: some StringProtocol) throws(IdentityNumberFault) {
    var bytes: [UInt8] = []
    for byte in text.utf8 where byte != 0x20 && byte != 0x09 { bytes.append(byte == 0x78 ? 0x58 : byte) }
    guard bytes.count == 18 || bytes.count == 15 else { throw .length(text.count { !$0.isWhitespace }) }
    isOldForm = bytes.count == 15
    let last = bytes.count - 1
    let isX = bytes[last] == 0x58 && !isOldForm
    guard bytes[..<last].allSatisfy(isDigit), isX || isDigit(bytes[last]) else { throw .characters }
    if isOldForm { bytes.insert(contentsOf: [UInt8(ascii: "1"), UInt8(ascii: "9")], at: 6) }

    func value(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1 - 48) } }
    guard let birth = Day(year: value(6..<10), month: value(10..<12), day: value(12..<14)) else {
      throw .noSuchDay(String(decoding: bytes[6..<14], as: UTF8.self))
    }
    self.birth = birth
    sex = (bytes[16] - 48) % 2 == 1 ? .male : .female

    let expected = IdentityNumber.checkCharacter(bytes[..<17])
    if isOldForm {
      bytes.append(expected)
    } else if bytes[17] != expected {
      throw .checkCharacter(
        expected: Character(UnicodeScalar(expected)), found: Character(UnicodeScalar(bytes[17])))
    }
    digits = String(decoding: bytes, as: UTF8.self)
  }

  /// First six and last four, the birthday hidden: `990101********008X`.
  public var masked: String { "\(digits.prefix(6))********\(digits.suffix(4))" }

  public var description: String { masked }

  /// ISO 7064 MOD 11-2 over the first 17 digits.
  private static func checkCharacter(_ digits: ArraySlice<UInt8>) -> UInt8 {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(digits, weights).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
    return Array("10X98765432".utf8)[sum % 11]
  }
}

private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
