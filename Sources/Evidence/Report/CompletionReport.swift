public import Sanatorium

/// 完成情况报告: what a host answers for towards the organizer. Names nobody who took part.
public struct CompletionReport: Codable, Hashable, Sendable {
  /// Raised when a reader of the earlier one would misunderstand.
  public static let format = "completion-report/2"
  /// The one before: its escorts by day are those who had a shift, not those who were there.
  static let staffedByShifts = "completion-report/1"

  public var format = CompletionReport.format
  public var facility: Facility
  public var batch: Batch
  public var regulation: RegulationIdentity
  /// From 1; a record that came late makes the next.
  public var revision: Int
  /// SHA-256 of the earlier revision's signed bytes, hexadecimal; nil for the first.
  public var previous: String?
  /// Why there is a further revision.
  public var reason: String?
  public var issuedAt: Instant
  public var figures: CompletionFigures
  public var compliance: [ComplianceRow]
  public var departures: [DepartureRow]
  public var nonconformities: [NonconformityRow]
  /// 责任人: who answered for which duty.
  public var responsibilities: [Responsibility]
  public var signatories: [Signatory]
  /// 问题和建议, the lead's own words.
  public var openMatters: String?

  public init(
    facility: Facility, batch: Batch, regulation: RegulationIdentity, revision: Int, previous: String? = nil,
    reason: String? = nil, issuedAt: Instant, figures: CompletionFigures, compliance: [ComplianceRow],
    departures: [DepartureRow] = [], nonconformities: [NonconformityRow] = [],
    responsibilities: [Responsibility] = [], signatories: [Signatory], openMatters: String? = nil
  ) {
    self.facility = facility
    self.batch = batch
    self.regulation = regulation
    self.revision = revision
    self.previous = previous
    self.reason = reason
    self.issuedAt = issuedAt
    self.figures = figures
    self.compliance = compliance
    self.departures = departures
    self.nonconformities = nonconformities
    self.responsibilities = responsibilities
    self.signatories = signatories
    self.openMatters = openMatters
  }

  /// Whether some of the figures were counted in a way that is no longer known, and so stand as declared.
  public var hasUncounted: Bool { format == Self.staffedByShifts }

  /// Every figure beside its recount, but those that can't be counted again.
  func compared(to counted: CompletionFigures) -> [FigureLine] {
    let lines = figures.compared(to: counted)
    guard hasUncounted else { return lines }
    return lines.filter { line in !["staffing.days.", "staffing.worstDay"].contains { line.path.hasPrefix($0) } }
  }

  public struct Facility: Codable, Hashable, Sendable {
    /// The id under which the organizer enrolled the facility.
    public var id: ID
    public var name: String

    public init(id: ID, name: String) {
      self.id = id
      self.name = name
    }
  }

  public struct Batch: Codable, Hashable, Sendable {
    public var id: ID
    /// 批次
    public var number: String
    /// 组织单位
    public var organizer: String
    /// Its level: 自治区级, 市级.
    public var organizerLevel: String?
    /// 年度疗养计划
    public var planReference: String?
    /// 承办单位
    public var host: String
    public var venue: String
    public var firstDay: Day
    public var lastDay: Day
    public var openedAt: Instant?
    public var closedAt: Instant?
    /// The facility's local time, minutes east of UTC: the days of the figures are its days.
    public var offsetMinutes: Int

    public init(
      id: ID, number: String, organizer: String, organizerLevel: String? = nil, planReference: String? = nil,
      host: String, venue: String, firstDay: Day, lastDay: Day, openedAt: Instant?, closedAt: Instant?,
      time: LocalTime = .china
    ) {
      self.id = id
      self.number = number
      self.organizer = organizer
      self.organizerLevel = organizerLevel
      self.planReference = planReference
      self.host = host
      self.venue = venue
      self.firstDay = firstDay
      self.lastDay = lastDay
      self.openedAt = openedAt
      self.closedAt = closedAt
      offsetMinutes = Int(time.offset / 60_000)
    }

    public var days: Int { lastDay - firstDay + 1 }
    public var time: LocalTime { LocalTime(offset: Int64(offsetMinutes) * 60_000) }
  }

  /// The regulation as it was frozen into the batch.
  public struct RegulationIdentity: Codable, Hashable, Sendable {
    public var id: String
    public var edition: Int
    public var title: Text
    /// 发文字号
    public var documentNumber: String?
    public var status: RegulationStatus
    /// The regulations beneath it.
    public var bases: [String]
    public var parameters: RegulationParameters

    public init(_ regulation: Regulation) {
      id = regulation.id
      edition = regulation.edition
      title = regulation.title
      documentNumber = regulation.documentNumber
      status = regulation.status
      bases = regulation.bases
      parameters = regulation.parameters
    }
  }

  /// One rule at one gate, with its clause. The tally is the same as in the figures.
  public struct ComplianceRow: Codable, Hashable, Sendable {
    public var gate: Gate
    public var rule: String
    /// `9`
    public var article: String
    /// The regulation's own words.
    public var quote: String
    public var force: Force
    public var tally: CompletionFigures.RuleTally
    /// What the rule said, for a batch's gate; nil at arrival, where it would speak of one person.
    public var message: Text?

    public init(
      gate: Gate, rule: String, article: String, quote: String, force: Force, tally: CompletionFigures.RuleTally,
      message: Text? = nil
    ) {
      self.gate = gate
      self.rule = rule
      self.article = article
      self.quote = quote
      self.force = force
      self.tally = tally
      self.message = message
    }

    /// The gravest outcome.
    public var outcome: Outcome { tally.fail > 0 ? .fail : tally.unknown > 0 ? .unknown : .pass }
  }

  /// A soft rule's departure (说明放行).
  public struct DepartureRow: Codable, Hashable, Sendable {
    public var rule: String
    public var gate: Gate
    public var reason: String
    /// Who decided.
    public var by: String
    public var at: Instant

    public init(rule: String, gate: Gate, reason: String, by: String, at: Instant) {
      self.rule = rule
      self.gate = gate
      self.reason = reason
      self.by = by
      self.at = at
    }
  }

  /// 不符合项
  public struct NonconformityRow: Codable, Hashable, Sendable {
    public var rule: String
    /// `medical`, `staffing`, `stay`, `document`, `other`
    public var cause: String
    public var startedAt: Instant
    public var endedAt: Instant?
    public var explanation: String?
    public var by: String?

    public init(
      rule: String, cause: String, startedAt: Instant, endedAt: Instant?, explanation: String?, by: String?
    ) {
      self.rule = rule
      self.cause = cause
      self.startedAt = startedAt
      self.endedAt = endedAt
      self.explanation = explanation
      self.by = by
    }
  }

  public struct Responsibility: Codable, Hashable, Sendable {
    public var duty: String
    public var person: String

    public init(duty: String, person: String) {
      self.duty = duty
      self.person = person
    }
  }

  public struct Signatory: Codable, Hashable, Sendable {
    public var role: String
    public var name: String
    public var unit: String
    public var at: Instant?

    public init(role: String, name: String, unit: String, at: Instant?) {
      self.role = role
      self.name = name
      self.unit = unit
      self.at = at
    }
  }
}
