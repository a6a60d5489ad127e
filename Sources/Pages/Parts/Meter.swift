/// One share of a meter.
public struct Share: Sendable {
  /// How a share is drawn: full, hatched, amber, or an empty outline.
  public enum Kind: Sendable {
    case done, waiting, late, rest

    var name: StaticString {
      switch self {
      case .done: "done"
      case .waiting: "wait"
      case .late: "late"
      case .rest: "rest"
      }
    }
  }

  public var kind: Kind
  public var count: Int
  /// 已保存, 逾期
  public var words: String

  public init(_ kind: Kind, _ count: Int, _ words: String) {
    self.kind = kind
    self.count = count
    self.words = words
  }
}

extension HTML {
  /// How much of a whole is done, waiting, late, left; a key under it says the same in words. Shares of 0 are left out.
  public func meter(_ shares: [Share], key: Bool = true) {
    let shown = shares.filter { $0.count > 0 }
    let whole = max(1, shown.reduce(0) { $0 + $1.count })
    raw("<svg class=\"meter\" viewBox=\"0 0 1000 12\" preserveAspectRatio=\"none\" role=\"img\"")
    attribute(.label(shares.map { "\($0.words) \($0.count)" }.joined(separator: english ? ", " : "，")))
    raw(">")
    // A share of one in a hundred must still be seen: 12 of 1000 at least, taken from the widest.
    var widths = shown.map { max(12, 1000 * $0.count / whole) }
    if let widest = widths.indices.max(by: { widths[$0] < widths[$1] }) {
      widths[widest] = max(12, widths[widest] - widths.reduce(0, +) + 1000)
    }
    var left = 0
    for (share, width) in zip(shown, widths) {
      raw("<rect class=\"")
      raw(share.kind.name)
      raw("\" x=\"")
      int(left)
      raw("\" y=\"0\" height=\"12\" width=\"")
      int(max(1, width - 4))
      raw("\"/>")
      left += width
    }
    raw("</svg>")
    guard key else { return }
    raw("<p class=\"keys s m\" aria-hidden=\"true\">")
    for share in shares {
      raw("<span class=\"key ")
      raw(share.kind.name)
      raw("\">")
      text(share.words)
      raw(" ")
      number(share.count)
      raw("</span>")
    }
    raw("</p>")
  }
}
