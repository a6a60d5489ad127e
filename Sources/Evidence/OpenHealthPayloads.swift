public import Sanatorium

extension Open {
  public struct RoundOpened: Codable, Sendable, Hashable {
    /// The round's code, `morning`.
    public var round: String
    public var day: Day
    /// When everybody should have been seen; who leaves after it unseen was missed.
    public var dueAt: Instant?
    public init(round: String, day: Day, dueAt: Instant? = nil) {
      self.round = round
      self.day = day
      self.dueAt = dueAt
    }
  }

  public struct CheckIn: Codable, Sendable, Hashable {
    /// The round it answers, or nil for one in between.
    public var round: String?
    public var day: Day?
    public var complete: Bool
    /// `low`, `low-medium`, `medium`, `high`; nil exactly when incomplete.
    public var level: String?
    /// Whether it came after the round's limit.
    public var late: Bool
    /// Of `checkInAmended`: the entry whose readings these replace.
    public var amends: ID?
    public init(round: String?, day: Day?, complete: Bool, level: String?, late: Bool, amends: ID? = nil) {
      self.round = round
      self.day = day
      self.complete = complete
      self.level = level
      self.late = late
      self.amends = amends
    }
  }

  public struct NotDone: Codable, Sendable, Hashable {
    public var round: String?
    public var day: Day?
    public var reason: String
    public init(round: String?, day: Day?, reason: String) {
      self.round = round
      self.day = day
      self.reason = reason
    }
  }

  /// A round's limit has passed (`occurredAt`), recorded for every round. Whoever is present at this moment was due,
  /// and whoever left on leave or for good after the round's time.
  public struct RoundOverdue: Codable, Sendable, Hashable {
    public var round: String
    public var day: Day
    /// How many had not been seen by then, those who left after the round's time included.
    public var missing: Int
    public init(round: String, day: Day, missing: Int) {
      self.round = round
      self.day = day
      self.missing = missing
    }
  }

  public struct Alert: Codable, Sendable, Hashable {
    public var code: String
    public var severity: String
    public var tier: String?
    /// True when a drill raised it; such alerts are in no statistics.
    public var drill: Bool?
    public init(code: String, severity: String, tier: String? = nil, drill: Bool? = nil) {
      self.code = code
      self.severity = severity
      self.tier = tier
      self.drill = drill
    }
  }

  public struct Incident: Codable, Sendable, Hashable {
    public var kind: String
    /// `none`, `mild`, `moderate`, `severe`, `death`
    public var harm: String
    /// `I`, `II`, `III`, `IV`
    public var grade: String
    public init(kind: String, harm: String, grade: String) {
      self.kind = kind
      self.harm = harm
      self.grade = grade
    }
  }

  /// A note in an incident's timeline, with what it changes; `report` when it tells of a report to an authority.
  public struct IncidentNoted: Codable, Sendable, Hashable {
    public var harm: String?
    public var grade: String?
    /// `initial`, `follow-up`, `final`
    public var report: String?
    public init(harm: String? = nil, grade: String? = nil, report: String? = nil) {
      self.harm = harm
      self.grade = grade
      self.report = report
    }
  }

  public struct Activation: Codable, Sendable, Hashable {
    public var plan: String
    public var level: Int?
    /// `automatic`, `manual`, `drill`, `proposal`
    public var origin: String?
    public var drill: Bool
    public var step: Int?
    public init(plan: String, level: Int? = nil, origin: String? = nil, drill: Bool, step: Int? = nil) {
      self.plan = plan
      self.level = level
      self.origin = origin
      self.drill = drill
      self.step = step
    }
  }

  public struct Activity: Codable, Sendable, Hashable {
    public var kind: String
    public var participants: Int
    public init(kind: String, participants: Int) {
      self.kind = kind
      self.participants = participants
    }
  }

  /// Counts from paper: 发放、回收、有效 and the five grades from 非常满意 to 非常不满意.
  public struct Satisfaction: Codable, Sendable, Hashable {
    public var distributed: Int
    public var returned: Int
    public var valid: Int
    public var grades: [Int]
    public init(distributed: Int, returned: Int, valid: Int, grades: [Int]) {
      self.distributed = distributed
      self.returned = returned
      self.valid = valid
      self.grades = grades
    }
  }

  /// An indicator that the regulation asks for and nobody can count: 计划合理度 is `plan_soundness`, `score` of `of`.
  public struct Indicator: Codable, Sendable, Hashable {
    public var indicator: String
    public var score: Int
    public var of: Int
    public init(indicator: String, score: Int, of: Int) {
      self.indicator = indicator
      self.score = score
      self.of = of
    }
  }

  public struct ReportIssued: Codable, Sendable, Hashable {
    public var revision: Int
    /// SHA-256 of the signed report's bytes, hexadecimal.
    public var digest: String
    public init(revision: Int, digest: String) {
      self.revision = revision
      self.digest = digest
    }
  }

  public struct Delivery: Codable, Sendable, Hashable {
    public var revision: Int
    /// `accepted`, `failed`
    public var outcome: String
    public var status: Int?
    public init(revision: Int, outcome: String, status: Int?) {
      self.revision = revision
      self.outcome = outcome
      self.status = status
    }
  }
}
