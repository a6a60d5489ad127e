/// One reading over the checks of a stay.
public struct Trend: Sendable {
  /// A value at one check.
  public struct Point: Sendable {
    /// Which check, 早; and its day where it is the day's first, 2日.
    public var slot: String
    public var day: String
    /// In tenths; nil where it was not measured.
    public var tenths: Int?
    /// What to write where nothing was measured, 没测.
    public var note: String
    /// It has NEWS2 points: drawn as a filled square instead of a ring.
    public var isScored: Bool

    public init(_ slot: String, day: String, tenths: Int?, isScored: Bool = false, note: String = "–") {
      self.slot = slot
      self.day = day
      self.tenths = tenths
      self.isScored = isScored
      self.note = note
    }
  }

  /// A ground: values up to and including `upTo` (tenths) have these points.
  public struct Band: Sendable {
    public var upTo: Int
    public var points: Int

    public init(upTo: Int, points: Int) {
      self.upTo = upTo
      self.points = points
    }
  }

  public var label: String
  public var unit: String
  public var points: [Point]
  /// In ascending order; the last reaches above everything drawn.
  public var bands: [Band]
  /// The last value has one decimal (temperature).
  public var isDecimal: Bool
  /// The points of the last value.
  public var lastPoints: Int?

  public init(
    _ label: String, unit: String, points: [Point], bands: [Band], isDecimal: Bool = false, lastPoints: Int? = nil
  ) {
    self.label = label
    self.unit = unit
    self.points = points
    self.bands = bands
    self.isDecimal = isDecimal
    self.lastPoints = lastPoints
  }

  func words(_ tenths: Int) -> String {
    isDecimal ? "\(tenths / 10).\(abs(tenths % 10))" : "\(tenths / 10)"
  }
}

extension HTML {
  /// Readings as charts under each other, and as a table for those who read figures; all trends share their checks.
  public func trends(_ caption: String, _ trends: [Trend]) {
    for trend in trends { chart(trend) }
    guard let checks = trends.first?.points, !checks.isEmpty else { return }
    fold(english ? "As a table" : "用表格看") {
      table(
        caption, [Column(english ? "Check" : "检查")] + trends.map { .number("\($0.label) \($0.unit)") },
        showsCaption: false
      ) {
        for (index, check) in checks.enumerated() {
          row {
            th("\(check.day) \(check.slot)")
            for trend in trends {
              guard index < trend.points.count else { continue }
              let point = trend.points[index]
              num(point.tenths.map(trend.words) ?? point.note)
            }
          }
        }
      }
    }
  }

  /// One chart. Grounds say the points of a value; rings have none, squares have some; a gap was not measured.
  func chart(_ trend: Trend) {
    let values = trend.points.compactMap(\.tenths)
    guard let lowest = values.min(), let highest = values.max() else { return }
    let frame = Frame(low: lowest, high: highest, count: trend.points.count, bands: trend.bands)
    raw("<figure><figcaption class=\"cap\">")
    b(trend.label)
    span("m s", trend.unit)
    if let points = trend.lastPoints {
      raw("<span class=\"end\">")
      self.points(points)
      raw("</span>")
    }
    raw("</figcaption><svg class=\"chart\" viewBox=\"0 0 328 104\" role=\"img\"")
    let list = trend.points.map { "\($0.day) \($0.slot) \($0.tenths.map(trend.words) ?? $0.note)" }
    attribute(.label(trend.label + (english ? ": " : "：") + list.joined(separator: english ? ", " : "、")))
    raw(">")
    grounds(trend, frame)
    line(trend, frame)
    for (index, point) in trend.points.enumerated() {
      let x = frame.x(index)
      if let tenths = point.tenths {
        mark(point, x, frame.y(tenths))
        if index == trend.points.count - 1 { label(trend.words(tenths), x + 9, frame.y(tenths) + 5, "on") }
      } else {
        raw("<path class=\"ev\" d=\"M")
        int(x)
        raw(" 4V76\"/>")
        label(point.note, x, 44, "halo", middle: true)
      }
      if trend.points.count <= 9 || index % 2 == 0 { label(point.slot, x, 90, "", middle: true) }
      if index == 0 || trend.points[index - 1].day != point.day { label(point.day, x, 104, "", middle: true) }
    }
    raw("</svg></figure>")
  }

  private struct Frame {
    let low: Int
    let high: Int
    let count: Int

    /// The values and one limit beyond them on each side, so that one sees how far it is to the next.
    init(low: Int, high: Int, count: Int, bands: [Trend.Band]) {
      let below = bands.map(\.upTo).last { $0 < low } ?? low
      let above = bands.map(\.upTo).first { $0 >= high && $0 < high * 2 } ?? high
      let room = max(5, (max(high, above) - min(low, below)) / 8)
      self.low = min(low, below) - room
      self.high = max(high, above) + room
      self.count = count
    }

    func x(_ index: Int) -> Int { count < 2 ? 165 : 42 + index * 258 / (count - 1) }
    func y(_ tenths: Int) -> Int { 76 - (min(max(tenths, low), high) - low) * 72 / max(1, high - low) }
  }

  private func grounds(_ trend: Trend, _ frame: Frame) {
    var from = frame.low
    var written = Int.max
    for (index, band) in trend.bands.enumerated() where band.upTo >= frame.low && from < frame.high {
      let to = index == trend.bands.count - 1 ? frame.high : min(band.upTo, frame.high)
      let top = frame.y(to)
      raw("<rect class=\"b")
      int(band.points)
      raw("\" x=\"34\" width=\"276\" y=\"")
      int(top)
      raw("\" height=\"")
      int(max(0, frame.y(from) - top))
      raw("\"/>")
      if to < frame.high {
        raw("<path class=\"gr\" d=\"M34 ")
        int(top)
        raw("H310\"/>")
        // Two limits close together: the figures would stand one over the other.
        if written - top >= 13 {
          label(trend.words(to), 30, top + 4, "", end: true)
          written = top
        }
      }
      from = to
    }
  }

  private func line(_ trend: Trend, _ frame: Frame) {
    raw("<path class=\"ln\" d=\"")
    var pen = false
    for (index, point) in trend.points.enumerated() {
      if let tenths = point.tenths {
        raw(pen ? "L" : "M")
        int(frame.x(index))
        raw(" ")
        int(frame.y(tenths))
      }
      pen = point.tenths != nil
    }
    raw("\"/>")
  }

  private func mark(_ point: Trend.Point, _ x: Int, _ y: Int) {
    raw(point.isScored ? "<rect class=\"pt f\" width=\"9\" height=\"9\" x=\"" : "<circle class=\"pt\" r=\"4\" cx=\"")
    int(point.isScored ? x - 4 : x)
    raw(point.isScored ? "\" y=\"" : "\" cy=\"")
    int(point.isScored ? y - 4 : y)
    raw("\"/>")
  }

  private func label(
    _ words: String, _ x: Int, _ y: Int, _ names: StaticString, middle: Bool = false, end: Bool = false
  ) {
    raw("<text x=\"")
    int(x)
    raw("\" y=\"")
    int(y)
    raw("\" class=\"")
    raw(names)
    raw(middle ? "\" text-anchor=\"middle\">" : end ? "\" text-anchor=\"end\">" : "\">")
    text(words)
    raw("</text>")
  }
}
