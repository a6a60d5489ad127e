/// A calendar day of the facility (proleptic Gregorian), without a time.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01.
  public let number: Int

  public init(number: Int) { self.number = number }

  /// Nil when there is no such day (30 February) or the year is outside 1 to 9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Day.length(ofMonth: month, year: year)
    else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = era * 146_097 + dayOfEra - 719_468
  }

  /// `2026-06-08`, exactly ten characters; nil otherwise.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    func value(_ range: Range<Int>) -> Int? {
      var result = 0
      for byte in bytes[range] {
        guard (48...57).contains(byte) else { return nil }
        result = result * 10 + Int(byte - 48)
      }
      return result
    }
    guard let year = value(0..<4), let month = value(5..<7), let day = value(8..<10) else { return nil }
    self.init(year: year, month: month, day: day)
  }

  public static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Year, month and day of the month.
  public var civil: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let index = (5 * dayOfYear + 2) / 153
    let month = index < 10 ? index + 3 : index - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * index + 2) / 5 + 1)
  }

  /// 1 Monday to 7 Sunday.
  public var weekday: Int { ((number + 3) % 7 + 7) % 7 + 1 }

  public static func < (left: Day, right: Day) -> Bool { left.number < right.number }
  public static func + (left: Day, right: Int) -> Day { Day(number: left.number + right) }
  /// Days from `right` to `left`; a stay's length is this plus one (both travel days count, reading Q9).
  public static func - (left: Day, right: Day) -> Int { left.number - right.number }

  /// ISO 8601, `2026-06-08`.
  public var description: String {
    let (year, month, day) = civil
    // Arithmetic can leave the years that a day may be made from.
    guard (0...9999).contains(year) else { return "\(year)-\(month)-\(day)" }
    return String(unsafeUninitializedCapacity: 10) { buffer in
      func write(_ value: Int, _ width: Int, at start: Int) {
        var rest = value
        for position in stride(from: start + width - 1, through: start, by: -1) {
          buffer[position] = UInt8(48 + rest % 10)
          rest /= 10
        }
      }
      write(year, 4, at: 0)
      buffer[4] = UInt8(ascii: "-")
      write(month, 2, at: 5)
      buffer[7] = UInt8(ascii: "-")
      write(day, 2, at: 8)
      return 10
    }
  }
}

extension Day: Codable {
  public init(from decoder: any Decoder) throws {
    guard let day = Day(try decoder.singleValueContainer().decode(String.self)) else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a date"))
    }
    self = day
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// The facility's local time: a fixed offset from UTC. China has kept +08:00 since 1991.
public struct LocalTime: Sendable, Hashable {
  /// Milliseconds east of UTC.
  public let offset: Int64

  public static let china = LocalTime(offset: 8 * 3_600_000)

  public init(offset: Int64) { self.offset = offset }

  public func day(of instant: Instant) -> Day {
    let local = instant.milliseconds + offset
    return Day(number: Int(local >= 0 ? local / 86_400_000 : (local - 86_399_999) / 86_400_000))
  }

  /// Minutes since local midnight, 0 to 1439.
  public func minute(of instant: Instant) -> Int {
    let local = instant.milliseconds + offset
    return Int(((local % 86_400_000) + 86_400_000) % 86_400_000 / 60_000)
  }

  /// The instant of a local wall-clock minute.
  public func instant(_ day: Day, minute: Int) -> Instant {
    Instant(milliseconds: Int64(day.number) * 86_400_000 + Int64(minute) * 60_000 - offset)
  }

  /// `14:26`.
  public func clock(_ instant: Instant) -> String {
    let minute = minute(of: instant)
    let two: (Int) -> String = { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(two(minute / 60)):\(two(minute % 60))"
  }

  /// `6月8日 14:26`, in English with the day in digits, `2026-06-08 14:26`.
  public func moment(_ instant: Instant) -> Text {
    let day = day(of: instant)
    let clock = clock(instant)
    return Text("\(day.civil.month)月\(day.civil.day)日 \(clock)", "\(day) \(clock)")
  }
}
