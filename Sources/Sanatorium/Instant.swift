/// Milliseconds since 1970-01-01T00:00:00Z, the only form in which time is stored.
public struct Instant: Hashable, Comparable, Sendable, Codable {
  public var milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  public static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }
  public static func + (left: Instant, right: Span) -> Instant {
    Instant(milliseconds: left.milliseconds + right.milliseconds)
  }
  public static func - (left: Instant, right: Span) -> Instant {
    Instant(milliseconds: left.milliseconds - right.milliseconds)
  }
  public static func - (left: Instant, right: Instant) -> Span {
    Span(milliseconds: left.milliseconds - right.milliseconds)
  }

  public init(from decoder: any Decoder) throws {
    milliseconds = try decoder.singleValueContainer().decode(Int64.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliseconds)
  }
}

/// A length of time in milliseconds.
public struct Span: Hashable, Comparable, Sendable {
  public var milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }
  public static func seconds(_ count: Int) -> Span { Span(milliseconds: Int64(count) * 1_000) }
  public static func minutes(_ count: Int) -> Span { Span(milliseconds: Int64(count) * 60_000) }
  public static func hours(_ count: Int) -> Span { Span(milliseconds: Int64(count) * 3_600_000) }
  public static func days(_ count: Int) -> Span { Span(milliseconds: Int64(count) * 86_400_000) }
  public static func < (left: Span, right: Span) -> Bool { left.milliseconds < right.milliseconds }

  /// Whole minutes, rounded towards zero.
  public var minutes: Int { Int(milliseconds / 60_000) }
}
