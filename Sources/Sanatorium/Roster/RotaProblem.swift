/// Something that will go wrong when the rota stays as it is.
public struct RotaProblem: Sendable, Hashable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// Two shifts at the same time.
    case twoShifts = "two-shifts"
    /// A duty in the house while away with an outing.
    case onOuting = "on-outing"
    /// A shift of somebody who has left.
    case hasLeft = "has-left"
    /// Nobody leads.
    case noLead = "no-lead"
    /// No medical escort.
    case noMedical = "no-medical"
    /// Leads the medical escorts without being one.
    case notMedical = "not-medical"
    case unlicensed
    case licenceExpired = "licence-expired"
    /// Runs out during the stay, after the person's last shift.
    case licenceExpires = "licence-expires"
    /// Alerts call who leads, and this person's have no account to reach them by.
    case unreachable
    /// An outing with fewer escorts than the regulation asks.
    case outingShort = "outing-short"
    /// More than twelve hours without a break.
    case long
    /// Less than eleven hours of rest.
    case shortRest = "short-rest"
  }

  /// How grave it is, in the words that stand beside it.
  public enum Weight: Int, Sendable, Comparable {
    case reminder, principle, hard

    public static func < (left: Weight, right: Weight) -> Bool { left.rawValue < right.rawValue }

    public var name: Text {
      switch self {
      case .hard: Force.hard.name
      case .principle: Force.soft.name
      case .reminder: Text("提醒", "Reminder")
      }
    }
  }

  public let kind: Kind
  public let from: Instant
  public let until: Instant
  public let person: ID?
  /// The shift that another person may take to repair it.
  public let shift: ID?
  public let outing: ID?
  public let message: Text
  /// The regulation's clause and its words, where one asks for it.
  public let clause: (source: String, quote: String)?
  /// Somebody who is free then and may do it; nil where nobody is.
  public internal(set) var proposal: ID?

  init(
    _ kind: Kind, _ from: Instant, _ until: Instant, person: ID? = nil, shift: ID? = nil, outing: ID? = nil,
    clause: (source: String, quote: String)? = nil, _ message: Text
  ) {
    self.kind = kind
    self.from = from
    self.until = until
    self.person = person
    self.shift = shift
    self.outing = outing
    self.clause = clause
    self.message = message
  }

  public var weight: Weight {
    switch kind {
    case .twoShifts, .onOuting, .hasLeft, .noLead, .noMedical, .notMedical, .unlicensed, .licenceExpired: .hard
    case .outingShort, .unreachable: .principle
    case .long, .shortRest, .licenceExpires: .reminder
    }
  }

  /// The same problem over at least the same time: what was there already is nothing that a change brings.
  func covers(_ other: RotaProblem) -> Bool {
    guard kind == other.kind, person == other.person, outing == other.outing else { return false }
    // Known of all their services.
    return kind == .unreachable || from <= other.from && until >= other.until
  }

  public static func == (left: RotaProblem, right: RotaProblem) -> Bool {
    left.kind == right.kind && left.from == right.from && left.until == right.until && left.person == right.person
      && left.shift == right.shift && left.outing == right.outing && left.message == right.message
      && left.proposal == right.proposal
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(from)
    hasher.combine(person)
    hasher.combine(shift)
  }
}
