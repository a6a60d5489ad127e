/// Numbers as a person would type them.
enum PlainNumber {
  /// Whole numbers in all their digits, shifted as text so that no digit is invented: `1.1E+17` → `110000000000000000`.
  /// Others as short as they can be (`1946.0999999999999` → `1946.1`).
  static func text(_ raw: String, _ number: Double) -> String {
    if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
    if number == number.rounded(), abs(number) < 1e40, let digits = whole(raw) { return digits }
    let short = "\(number)"
    return short.contains("e") ? raw : short
  }

  private static func whole(_ raw: String) -> String? {
    let parts = raw.lowercased().split(separator: "e", omittingEmptySubsequences: false)
    guard parts.count <= 2 else { return nil }
    let exponent = parts.count == 2 ? Int(parts[1].replacing("+", with: "")) : 0
    guard let exponent, (0...60).contains(exponent) else { return nil }
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let fraction = mantissa.count == 2 ? mantissa[1] : ""
    guard fraction.count <= exponent || fraction.allSatisfy({ $0 == "0" }) else { return nil }
    return String(mantissa[0]) + fraction.prefix(exponent)
      + String(repeating: "0", count: max(0, exponent - fraction.count))
  }
}
