/// A target as the value of a query parameter.
public func percentEncoded(_ text: String) -> String {
  var output: [UInt8] = []
  for byte in text.utf8 {
    switch byte {
    case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "~"):
      output.append(byte)
    default:
      output.append(UInt8(ascii: "%"))
      for nibble in [byte >> 4, byte & 15] { output.append(nibble < 10 ? 48 + nibble : 55 + nibble) }
    }
  }
  return String(decoding: output, as: UTF8.self)
}
