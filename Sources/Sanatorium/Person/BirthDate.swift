/// A date of birth as far as it is known.
public enum BirthDate: Hashable, Sendable, Codable, CustomStringConvertible {
  case day(Day)
  /// Only the month is known: near an age limit the age can't be told.
  case month(year: Int, month: Int)

  /// The day, nil when only the month is known.
  public var exact: Day? { if case .day(let day) = self { day } else { nil } }

  /// The possible ages in completed years on a day: one when the day of birth is known, two at most when only the month
  /// is. Nil when the birth lies after that day, or the month doesn't exist.
  public func age(on day: Day) -> ClosedRange<Int>? {
    switch self {
    case .day(let birth):
      guard let years = birth.completedYears(on: day) else { return nil }
      return years...years
    case .month(let year, let month):
      guard let first = Day(year: year, month: month, day: 1),
        let oldest = first.completedYears(on: day)
      else { return nil }
      let last = first.adding(months: 1) + -1
      return (last.completedYears(on: day) ?? 0)...oldest
    }
  }

  /// `1946-05-01` or `1946-05`.
  public var description: String {
    switch self {
    case .day(let day): day.description
    case .month(let year, let month): "\(year)-\(month < 10 ? "0" : "")\(month)"
    }
  }

  /// `1946-05-01` or `1946-05`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    if let day = Day(text) {
      self = .day(day)
    } else if text.utf8.count == 7, let first = Day("\(text)-01") {
      self = .month(year: first.civil.year, month: first.civil.month)
    } else {
      return nil
    }
  }

  public init(from decoder: any Decoder) throws {
    guard let birth = BirthDate(try decoder.singleValueContainer().decode(String.self)) else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no date of birth"))
    }
    self = birth
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Day {
  /// Completed years from this day of birth to another day, nil when that day is earlier. Someone born on 29 February
  /// completes a year on 28 February in common years (reading Q8, by analogy with 民法典 Art.202).
  public func completedYears(on day: Day) -> Int? {
    guard day >= self else { return nil }
    let (birth, now) = (civil, day.civil)
    let birthday = birth.month == 2 && birth.day == 29 && !Day.isLeap(now.year) ? 28 : birth.day
    let years = now.year - birth.year
    return (now.month, now.day) < (birth.month, birthday) ? years - 1 : years
  }

  /// The same day of the month so many months later (or earlier), the month's last day when there is no such day.
  public func adding(months: Int) -> Day {
    let (year, month, day) = civil
    let index = year * 12 + month - 1 + months
    let (newYear, newMonth) = (index / 12, index % 12 + 1)
    let clipped = min(day, Day.length(ofMonth: newMonth, year: newYear))
    return Day(year: newYear, month: newMonth, day: clipped) ?? self
  }

  /// Days of a stay that begins on this day: both travel days count (reading Q9), so the first to the seventh are 7.
  public func days(through last: Day) -> Int { last - self + 1 }

  /// `6月3日` or `3 Jun`, as people write a day of the current stay.
  public var short: Text {
    let (_, month, day) = civil
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return Text("\(month)月\(day)日", "\(day) \(names[month - 1])")
  }
}
