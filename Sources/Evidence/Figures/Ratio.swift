/// A part of a whole, kept as the two counts: `93/98`. Never a bare percentage, never a binary fraction.
public struct Ratio: Codable, Hashable, Sendable, CustomStringConvertible {
  public var part: Int
  public var whole: Int

  public init(_ part: Int, of whole: Int) {
    self.part = part
    self.whole = whole
  }

  /// Tenths of a percent, rounded half up: 949 for 93/98. Nil when the whole is 0.
  public var permille: Int? { whole > 0 ? Ratio.rounded(part * 1000, by: whole) : nil }

  /// `93/98（94.9%）`; `0/0` without a percentage.
  public var description: String {
    permille.map { "\(part)/\(whole)（\(Ratio.tenths($0))%）" } ?? "\(part)/\(whole)"
  }

  /// `93/98 (94.9 %)`, for English text.
  public var english: String { permille.map { "\(part)/\(whole) (\(Ratio.tenths($0)) %)" } ?? "\(part)/\(whole)" }

  /// The quotient to one decimal, rounded half up: for a mean kept as sum and count. Nil when the whole is 0.
  public var quotient: String? { whole > 0 ? Ratio.tenths(Ratio.rounded(part * 10, by: whole)) : nil }

  private static func rounded(_ value: Int, by divisor: Int) -> Int { (2 * value + divisor) / (2 * divisor) }
  private static func tenths(_ value: Int) -> String { "\(value / 10).\(value % 10)" }
}
