public import Sanatorium

/// The `open` payloads: what the organizer is shown of each entry. Codes, bands and counts only; nobody is named, and
/// every total of the completion report can be recomputed from them and the headers.
public enum Open {
  public struct BatchPlanned: Codable, Sendable, Hashable {
    public var number: String
    public var regulation: String
    public var firstDay: Day
    public var lastDay: Day
    public var planned: Int
    public init(number: String, regulation: String, firstDay: Day, lastDay: Day, planned: Int) {
      self.number = number
      self.regulation = regulation
      self.firstDay = firstDay
      self.lastDay = lastDay
      self.planned = planned
    }
  }

  /// The outcome of one rule at a gate: `pass`, `fail`, `unknown`; force `H`, `S`, `I`.
  public struct RuleOutcome: Codable, Sendable, Hashable {
    public var rule: String
    public var force: String
    public var outcome: String
    /// The facts that were used, by key, for rules of the batch; nil for a person's.
    public init(rule: String, force: String, outcome: String) {
      self.rule = rule
      self.force = force
      self.outcome = outcome
    }
  }

  public struct FactRecorded: Codable, Sendable, Hashable {
    public var key: String
    /// `batch` or `participant`.
    public var scope: String
    /// For a batch's fact; a participant's value stays private.
    public var value: String?
    public var number: String?
    public var date: Day?
    public init(key: String, scope: String, value: String? = nil, number: String? = nil, date: Day? = nil) {
      self.key = key
      self.scope = scope
      self.value = value
      self.number = number
      self.date = date
    }
  }

  /// That a paper was scanned, and of which fact; its bytes and its digest stay in the house.
  public struct Scan: Codable, Sendable, Hashable {
    public var key: String
    /// `batch` or `participant`.
    public var scope: String
    /// `pdf`, `jpeg`, `png`
    public var type: String
    public init(key: String, scope: String, type: String) {
      self.key = key
      self.scope = scope
      self.type = type
    }
  }

  public struct DepartureAccepted: Codable, Sendable, Hashable {
    public var rule: String
    public var gate: String
    public init(rule: String, gate: String) {
      self.rule = rule
      self.gate = gate
    }
  }

  /// A gate was passed (batch opened, closed) or refused.
  public struct GateDecided: Codable, Sendable, Hashable {
    public var gate: String
    public var results: [RuleOutcome]
    public init(gate: String, results: [RuleOutcome]) {
      self.gate = gate
      self.results = results
    }
  }

  public struct Nonconformity: Codable, Sendable, Hashable {
    public var rule: String
    /// `medical`, `staffing`, `stay`, `document`, `other`
    public var cause: String
    public init(rule: String, cause: String) {
      self.rule = rule
      self.cause = cause
    }
  }

  public struct ParticipantListed: Codable, Sendable, Hashable {
    /// A code of `ParticipantCategory`.
    public var category: String
    /// `under60`, `60-69`, `70-79`, `80plus`, `unknown`, by completed years on day 1.
    public var ageBand: String
    /// `male`, `female`, `unknown`
    public var sex: String
    /// Codes of the qualifying grounds.
    public var grounds: [String]
    public init(category: String, ageBand: String, sex: String, grounds: [String]) {
      self.category = category
      self.ageBand = ageBand
      self.sex = sex
      self.grounds = grounds
    }
  }

  /// `admitted` or `held` at arrival; `admitted` or `refused` when a held person's case is decided.
  public struct Admission: Codable, Sendable, Hashable {
    public var admission: String
    public var results: [RuleOutcome]
    public init(admission: String, results: [RuleOutcome]) {
      self.admission = admission
      self.results = results
    }
  }

  /// `no-show`, `withdrawn`, `refused` (turned away before or instead of a stay).
  public struct TurnedAway: Codable, Sendable, Hashable {
    public var outcome: String
    public init(outcome: String) { self.outcome = outcome }
  }

  /// `completed`, `early`, `medical`.
  public struct Departure: Codable, Sendable, Hashable {
    public var reason: String
    public init(reason: String) { self.reason = reason }
  }

  /// A participant's leave or hospital, out or back; nothing to say beyond the kind.
  public struct Movement: Codable, Sendable, Hashable {
    public init() {}
  }

  /// Where an escort is from then on; the subject is the escort.
  public struct EscortMovement: Codable, Sendable, Hashable {
    /// `present`, `hospital`, `left`; nil in what was recorded before it was told here.
    public var place: String?
    public init(place: String?) { self.place = place }
  }

  public struct Outing: Codable, Sendable, Hashable {
    /// The activity kind's code.
    public var activity: String
    public var participants: Int
    public var escorts: Int
    public init(activity: String, participants: Int, escorts: Int) {
      self.activity = activity
      self.participants = participants
      self.escorts = escorts
    }
  }

  public struct Headcount: Codable, Sendable, Hashable {
    public var expected: Int
    public var counted: Int
    /// `out`, `on-site`, `back`
    public var point: String
    public init(expected: Int, counted: Int, point: String) {
      self.expected = expected
      self.counted = counted
      self.point = point
    }
  }

  /// Of a service group's member what they do and answer for, by the duties' codes.
  public struct ServiceMember: Codable, Sendable, Hashable {
    /// `organizer`, `host`
    public var side: String
    public var duties: [String]
    public var accountable: [String]
    public var lead: Bool
    public init(side: String, duties: [String], accountable: [String], lead: Bool) {
      self.side = side
      self.duties = duties
      self.accountable = accountable
      self.lead = lead
    }
  }

  public struct Escort: Codable, Sendable, Hashable {
    /// `general`, `medical`
    public var kind: String
    /// `sent` (with the batch) or `host`.
    public var side: String
    public var licensed: Bool
    public init(kind: String, side: String, licensed: Bool) {
      self.kind = kind
      self.side = side
      self.licensed = licensed
    }
  }

  /// A shift of one escort or host employee; the subject is the shift. `shiftRemoved` with the same subject says what is
  /// taken off: all of it, or where it had begun, what was left from a moment on.
  public struct Shift: Codable, Sendable, Hashable {
    /// The subject of the `escortAdded` entry.
    public var escort: ID
    public var from: Instant
    public var until: Instant
    public init(escort: ID, from: Instant, until: Instant) {
      self.escort = escort
      self.from = from
      self.until = until
    }
  }

  /// Somebody takes over a shift from a moment to its end; the subject is the stand-in's service. Taken back by
  /// `shiftRemoved` with the same subject, after which the shift is its first owner's again.
  public struct StandIn: Codable, Sendable, Hashable {
    /// The subject of the `shiftPlanned` or `shiftStoodIn` entry that is taken over.
    public var shift: ID
    /// The subject of the `escortAdded` entry of whoever stands in.
    public var escort: ID
    public var from: Instant
    public var until: Instant
    public init(shift: ID, escort: ID, from: Instant, until: Instant) {
      self.shift = shift
      self.escort = escort
      self.from = from
      self.until = until
    }
  }

  /// A hand-over note: which duty, and when one shift ended; its words stay private.
  public struct HandOver: Codable, Sendable, Hashable {
    /// The duty's code.
    public var duty: String
    public var changeAt: Instant
    public init(duty: String, changeAt: Instant) {
      self.duty = duty
      self.changeAt = changeAt
    }
  }
}
