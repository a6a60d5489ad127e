/// Whether what somebody wrote down as a telephone number can be called. The list of participants and the roster of
/// escorts ask the same.
public enum Telephone {
  /// 7 to 15 digits with spaces, dashes, brackets, a plus and an extension (`转`, `ext`); full-width digits count.
  public static func canBeDialled(_ text: String) -> Bool {
    var plain = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xFF01...0xFF5E: plain.unicodeScalars.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      case 0x3000, 0xA0: plain.append(" ")
      case 0x2010...0x2015, 0x2212: plain.append("-")
      default: plain.unicodeScalars.append(scalar)
      }
    }
    for word in ["转", "ext", "EXT"] { plain = plain.split(separator: word, omittingEmptySubsequences: false).joined(separator: "-") }
    let digits = plain.count { $0.isASCII && $0.isNumber }
    return plain.allSatisfy { $0.isASCII && ($0.isNumber || " -()+".contains($0)) } && (7...15).contains(digits)
  }
}
