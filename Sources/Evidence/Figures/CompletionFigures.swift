public import Sanatorium

/// Every number of a completion report, each counted from the open entries of one batch alone, so
/// that the organizer counts the same. Whole numbers and pairs only.
///
/// How each is counted stands at its member; `FiguresFold` does it. "Arrived" is who has an `arrival` entry. Of two
/// entries about the same thing the later by `occurredAt` (then by sequence) counts.
public struct CompletionFigures: Codable, Hashable, Sendable {
  public var people: People
  public var groups: Groups
  public var stay: Stay
  public var rounds: Rounds
  public var assessments: Assessments
  public var staffing: Staffing
  public var alerts: Alerts
  public var incidents: Incidents
  public var activations: Activations
  public var activities: Activities
  public var compliance: Compliance
  public var indicators: Indicators
  /// Nil while neither home visits nor the kit have an entry.
  public var care: Care?

  /// People by admission and departure.
  public struct People: Codable, Hashable, Sendable {
    /// As the batch was planned.
    public var planned = 0
    /// On the list.
    public var listed = 0
    public var arrived = 0
    /// Ever held at arrival (暂留待核).
    public var held = 0
    /// Held and never decided.
    public var undecided = 0
    /// Whose admission ends as `admitted`.
    public var admitted = 0
    /// Whose admission ends as `refused`, before or after arriving.
    public var refused = 0
    public var withdrawn = 0
    public var noShow = 0
    /// Departed with reason `early` or `medical`.
    public var leftEarly = 0
    /// Of those, with `medical`.
    public var leftForMedicalReasons = 0
    /// Taken to a hospital at least once.
    public var transferred = 0
    /// Admitted and departed with reason `completed`.
    public var completed = 0
    /// Arrived, not departed and not in hospital when the batch was closed (or at the last entry of an open one).
    public var presentAtClose = 0
    /// In hospital at that moment.
    public var inHospitalAtClose = 0
  }

  /// Those who arrived, by code.
  public struct Groups: Codable, Hashable, Sendable {
    public var ageBands: [String: Int] = [:]
    public var categories: [String: Int] = [:]
    public var sexes: [String: Int] = [:]
    /// A person with two grounds counts under both.
    public var grounds: [String: Int] = [:]
  }

  public struct Stay: Codable, Hashable, Sendable {
    public var firstDay = ""
    public var lastDay = ""
    /// Last − first + 1: both travel days count (reading Q9).
    public var days = 0
    public var hospitalTransfers = 0
    public var hospitalReturns = 0
    public var leaves = 0
  }

  /// One round, or a sum of rounds.
  public struct RoundTally: Codable, Hashable, Sendable {
    /// 应查 = done + notDone + missed.
    public var due = 0
    /// 已查: with a check-in for the round, in time or late.
    public var done = 0
    /// Of those done, after the round's limit.
    public var late = 0
    /// Of those done, without every reading that the score needs.
    public var incomplete = 0
    /// 没查成: with a reason instead.
    public var notDone = 0
    /// 漏查: neither.
    public var missed = 0
  }

  /// Rounds. Due in a round is everyone with an answer for it (a check-in or a reason), and everyone who was in the
  /// house without an answer when the round's limit passed (`roundOverdue`; where the batch was closed before, at the
  /// close). In the house is who has arrived or come back and has not departed, gone to hospital or on leave; an outing
  /// is presence. So who arrives while a round runs is due, and who is taken to hospital before its limit is not; who goes
  /// on leave or departs between the round's time and its limit without having been seen was missed.
  public struct Rounds: Codable, Hashable, Sendable {
    public var total = RoundTally()
    /// By the round's day, `2026-06-08`.
    public var days: [String: RoundTally] = [:]
    /// By the round's code.
    public var rounds: [String: RoundTally] = [:]
    /// How many rounds were opened.
    public var opened = 0
    /// How many of them had somebody unseen when their limit passed.
    public var overdue = 0
    /// Of `notDone`, by reason.
    public var notDoneReasons: [String: Int] = [:]
    /// Check-ins that answer no round.
    public var between = 0
  }

  /// Check-ins with the readings that were last amended.
  public struct Assessments: Codable, Hashable, Sendable {
    public var checkIns = 0
    public var amended = 0
    /// NEWS2's level (`low`, `low-medium`, `medium`, `high`) or `incomplete`.
    public var levels: [String: Int] = [:]
  }

  /// People and escorts sent with the batch at one moment: in the house or on an outing.
  public struct StaffMoment: Codable, Hashable, Sendable {
    public var participants = 0
    public var general = 0
    public var medical = 0
  }

  /// One day's people and escorts on site.
  public struct StaffDay: Codable, Hashable, Sendable {
    /// The most participants present at one time of that day (held ones too, without hospital and leave; reading Q6).
    public var participants = 0
    /// Different escorts sent with the batch who were on site at some time of the day (reading Q5), without medical ones.
    public var general = 0
    /// The same, medical ones.
    public var medical = 0
    /// The moment with the most participants for each escort, medical ones not counted (the earliest of several).
    /// Nil in a report of the first format.
    public var worstWithoutMedical: StaffMoment?
    /// The same, medical ones counted.
    public var worstWithMedical: StaffMoment?
  }

  public struct Staffing: Codable, Hashable, Sendable {
    /// Escorts sent with the batch, by kind; host employees apart.
    public var sent: [String: Int] = [:]
    public var host: [String: Int] = [:]
    /// Medical escorts sent with a licence.
    public var licensed = 0
    public var days: [String: StaffDay] = [:]
    /// The day with the worst moment, medical escorts not counted (the earliest of several).
    public var worstDayWithoutMedical: String?
    /// The same, medical ones counted.
    public var worstDayWithMedical: String?
  }

  /// Without those of drills.
  public struct Alerts: Codable, Hashable, Sendable {
    public var raised = 0
    public var bySeverity: [String: Int] = [:]
    public var byCode: [String: Int] = [:]
    /// Times that an alert went to the next tier.
    public var escalations = 0
    public var acknowledged = 0
    public var resolved = 0
  }

  public struct Incidents: Codable, Hashable, Sendable {
    public var total = 0
    public var open = 0
    public var byKind: [String: Int] = [:]
    public var byHarm: [String: Int] = [:]
    public var byGrade: [String: Int] = [:]
    /// In the order of their times.
    public var list: [Incident] = []
  }

  public struct Incident: Codable, Hashable, Sendable {
    public var kind: String
    public var harm: String
    public var grade: String
    public var reportedAt: Instant
    public var closedAt: Instant?
    /// Reports to authorities: `initial`, `follow-up`, `final`, with their times.
    public var reports: [External] = []

    public struct External: Codable, Hashable, Sendable {
      public var phase: String
      public var at: Instant
    }
  }

  public struct ActivationTally: Codable, Hashable, Sendable {
    public var started = 0
    public var levelChanges = 0
    public var terminated = 0
    public var reviewed = 0
    public var stepsDone = 0
    public var stepsOverdue = 0
  }

  /// Emergency plans. Drills are counted nowhere but under `drill`.
  public struct Activations: Codable, Hashable, Sendable {
    public var automatic = ActivationTally()
    public var manual = ActivationTally()
    public var drill = ActivationTally()
    public var proposed = 0
    public var declined = 0
    public var list: [Activation] = []
  }

  public struct Activation: Codable, Hashable, Sendable {
    public var plan: String
    /// `automatic`, `manual`, `drill`
    public var origin: String
    /// The gravest level it had (1 is the gravest).
    public var level: Int?
    public var startedAt: Instant
    public var terminatedAt: Instant?
    public var reviewedAt: Instant?
    public var stepsDone = 0
    public var stepsOverdue = 0
  }

  public struct ActivityTally: Codable, Hashable, Sendable {
    public var held = 0
    /// Sum over the activities.
    public var participants = 0
  }

  public struct Activities: Codable, Hashable, Sendable {
    public var byKind: [String: ActivityTally] = [:]
    /// Outings that left, by kind of activity.
    public var outings: [String: ActivityTally] = [:]
    public var headcounts = 0
    /// Headcounts with somebody missing.
    public var headcountsShort = 0
  }

  public struct RuleTally: Codable, Hashable, Sendable {
    public var pass = 0
    public var fail = 0
    public var unknown = 0
  }

  public struct NonconformityTally: Codable, Hashable, Sendable {
    public var opened = 0
    public var closed = 0
    public var explained = 0
  }

  public struct Compliance: Codable, Hashable, Sendable {
    /// By gate, then rule. At `arrival` one outcome for each person: the last one. At other gates the outcome of the
    /// last time that the gate was asked.
    public var gates: [String: [String: RuleTally]] = [:]
    /// Refused openings, closings, reports.
    public var refusals: [String: Int] = [:]
    /// Departures from soft rules that somebody accepted, by rule.
    public var departures: [String: Int] = [:]
    /// By rule.
    public var nonconformities: [String: NonconformityTally] = [:]
  }

  public struct Indicators: Codable, Hashable, Sendable {
    /// 任务完成率 = completed stays ÷ planned.
    public var completion = Ratio(0, of: 0)
    /// 计划合理度 as scored, `9/10`.
    public var planSoundness: Ratio?
    public var satisfaction: Satisfaction?
  }

  /// 满意度.
  public struct Satisfaction: Codable, Hashable, Sendable {
    /// 发放
    public var distributed: Int
    /// 回收
    public var returned: Int
    /// 有效
    public var valid: Int
    /// From 非常满意 to 非常不满意.
    public var grades: [Int]
    /// 回收率 = 回收 ÷ 发放
    public var responseRate: Ratio
    /// 满意率 = (非常满意 + 满意) ÷ 有效份数
    public var satisfied: Ratio
    /// The sum of 100, 75, 50, 25, 0 points over the valid forms; the mean is its quotient.
    public var mean: Ratio

    public init(distributed: Int, returned: Int, valid: Int, grades: [Int]) {
      self.distributed = distributed
      self.returned = returned
      self.valid = valid
      self.grades = grades
      responseRate = Ratio(returned, of: distributed)
      satisfied = Ratio(grades.prefix(2).reduce(0, +), of: valid)
      mean = Ratio(zip(grades, [100, 75, 50, 25, 0]).reduce(0) { $0 + $1.0 * $1.1 }, of: valid)
    }
  }
}
