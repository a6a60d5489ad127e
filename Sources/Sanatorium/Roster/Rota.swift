/// Somebody who looks after a batch, as the rota's rules see them.
public struct RotaPerson: Sendable, Hashable {
  public var id: ID
  public var name: String
  public var isMedical: Bool
  public var licence: String?
  /// The licence's last day; nil where none was given.
  public var licenceUntil: Day?
  /// Sent with the batch, not of the host.
  public var isSent: Bool
  public var hasLeft: Bool
  /// Whether alerts reach them on a device of theirs.
  public var hasAccount: Bool

  public init(
    id: ID, name: String, isMedical: Bool = false, licence: String? = nil, licenceUntil: Day? = nil, isSent: Bool = true,
    hasLeft: Bool = false, hasAccount: Bool = true
  ) {
    self.id = id
    self.name = name
    self.isMedical = isMedical
    self.licence = licence
    self.licenceUntil = licenceUntil
    self.isSent = isSent
    self.hasLeft = hasLeft
    self.hasAccount = hasAccount
  }

  /// A medical escort with a licence that is good on a day, its last one included.
  func isLicensed(on day: Day) -> Bool { isMedical && licence != nil && licenceUntil.map { $0 >= day } ?? true }
}

/// A time that somebody serves: a shift of the rota less what others have taken over, or what was taken over.
public struct RotaTime: Sendable, Hashable {
  public var shift: ID
  public var person: ID
  public var duty: Duty
  public var from: Instant
  public var until: Instant

  public init(shift: ID, person: ID, duty: Duty, from: Instant, until: Instant) {
    self.shift = shift
    self.person = person
    self.duty = duty
    self.from = from
    self.until = until
  }

  var length: Span { until - from }
}

/// An outing that is planned or away, with the escorts who go along.
public struct RotaOuting: Sendable, Hashable {
  public var id: ID
  public var destination: String
  public var from: Instant
  public var until: Instant
  public var people: Set<ID>
  /// How many escorts too few go along, and the clause that asks for them; nil where they suffice or nothing is asked.
  public var shortage: RotaShortage?

  public init(id: ID, destination: String, from: Instant, until: Instant, people: Set<ID>, shortage: RotaShortage? = nil) {
    self.id = id
    self.destination = destination
    self.from = from
    self.until = until
    self.people = people
    self.shortage = shortage
  }
}

/// Too few escorts for the regulation's ratio.
public struct RotaShortage: Sendable, Hashable {
  public var participants: Int
  public var escorts: Int
  public var needed: Int
  /// It is the house left behind that has too few, not those who go.
  public var isHouse: Bool
  /// The rule's id and article, `NM11·第十条`, and its quoted words.
  public var clause: String
  public var quote: String

  public init(participants: Int, escorts: Int, needed: Int, isHouse: Bool = false, clause: String, quote: String) {
    self.participants = participants
    self.escorts = escorts
    self.needed = needed
    self.isHouse = isHouse
    self.clause = clause
    self.quote = quote
  }
}

/// Who looks after a batch and when, for its whole stay.
public struct Rota: Sendable, Hashable {
  public var people: [RotaPerson]
  public var times: [RotaTime]
  public var outings: [RotaOuting]
  /// While nobody may be missing: see `span`.
  public var from: Instant
  public var until: Instant
  public var lastDay: Day

  public init(
    people: [RotaPerson], times: [RotaTime], outings: [RotaOuting] = [], firstDay: Day, lastDay: Day, time: LocalTime
  ) {
    self.people = people
    self.times = times
    self.outings = outings
    from = time.instant(firstDay, minute: Rota.firstMinute)
    until = time.instant(lastDay, minute: Rota.lastMinute)
    self.lastDay = lastDay
  }

  /// A batch comes in the morning of its first day and leaves before the evening of its last.
  public static let firstMinute = 8 * 60
  public static let lastMinute = 18 * 60
}
