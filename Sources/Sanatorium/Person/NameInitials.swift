/// The letters by which a Chinese name's characters are typed: 张三 is `zs`. Readings are those of Unicode's Unihan
/// database; a character with several readings is found by each that is heard in names.
enum NameInitials {
  /// Whether a person who hears the character would type this letter, a lower-case ASCII one. A character outside the
  /// table answers to every letter, so that nobody with a rare character in the name can't be found.
  static func answers(_ scalar: Unicode.Scalar, to letter: UInt8) -> Bool {
    guard isHan(scalar) else { return false }
    guard (InitialsTable.first...InitialsTable.last).contains(scalar.value) else { return true }
    let usual = InitialsTable.letter(scalar.value)
    return usual == letter || usual == UInt8(ascii: "-") || others[scalar.value]?.contains(letter) == true
  }

  private static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: true
    default: false
    }
  }

  /// 单 is Shàn as a name, 曾 Zēng, 解 Xiè, 仇 Qiú, the 尉 of 尉迟 Yù, the 万 of 万俟 Mò.
  private static let others: [UInt32: [UInt8]] = {
    let readings: StaticString = """
      单cs曾z解x仇q查z区o乐y覃q翟z尉y万m长c盛c朝z召s种c秘b隗w佴n澹t宓f折s祭z句g行h重c调t厦x弹t参s合g藏z茜x莞w繁p蕃b瞿j郇x郗c\
      褚z谷y宿x蔚y强j校j沈c奇j契x传z冯p俞s颉x楷j艾y乾g粘n侗t贾g车j石d卡q会k红g提d禅s丁z广a靓l伽j适k不f识z叶x吾y谌s费b呙w\
      属z术z省x降x洞t畜x炅g宛y圩x铫y阚k郄x逢p
      """
    let scalars = readings.withUTF8Buffer { String(decoding: $0, as: UTF8.self).unicodeScalars }
    var table: [UInt32: [UInt8]] = [:]
    var character: UInt32 = 0
    for scalar in scalars {
      if scalar.isASCII { table[character, default: []].append(UInt8(scalar.value)) } else { character = scalar.value }
    }
    return table
  }()
}
