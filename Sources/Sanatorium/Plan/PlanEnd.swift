/// When a plan may be ended (解除). Everything of `all` must be confirmed by name; of `any` at least one.
public struct PlanEnd: Hashable, Sendable, Codable {
  public var any: [PlanCondition]
  public var all: [PlanCondition]

  public init(any: [PlanCondition], all: [PlanCondition]) {
    self.any = any
    self.all = all
  }

  /// What is still missing for the end, given the codes that a person has confirmed: each open one of `all`, and all of
  /// `any` while none of them is confirmed. Empty means that it may be ended.
  public func missing(confirmed: Set<String>) -> [PlanCondition] {
    let open = all.filter { !confirmed.contains($0.code) }
    let satisfied = any.isEmpty || any.contains { confirmed.contains($0.code) }
    return satisfied ? open : any + open
  }
}

/// One condition that a person confirms.
public struct PlanCondition: Hashable, Sendable, Codable {
  public var code: String
  public var text: Text
  /// Who must confirm it; empty for whoever ends the plan.
  public var confirmedBy: [PlanRole]

  public init(code: String, text: Text, confirmedBy: [PlanRole]) {
    self.code = code
    self.text = text
    self.confirmedBy = confirmedBy
  }
}

/// 复盘
public struct PlanReview: Hashable, Sendable, Codable {
  /// Hours after the end within which the review is held.
  public var withinHours: Int
  public var questions: [Text]

  public init(withinHours: Int, questions: [Text]) {
    self.withinHours = withinHours
    self.questions = questions
  }
}

/// One duty to report.
public struct ReportingDuty: Hashable, Sendable, Codable {
  /// `R0` to `R12`.
  public var code: String
  /// A stable code of whom to tell: `organizer`, `family`, `veterans-bureau`, `insurer`.
  public var recipient: String
  public var label: Text
  /// Minutes from the duty lead's knowledge, by facility grade; a grade that is absent has no such duty.
  public var minutes: [GradeMinutes]
  /// Who reports.
  public var by: [PlanRole]
  public var source: String
  public var isUnverified: Bool

  public struct GradeMinutes: Hashable, Sendable, Codable {
    public var grade: FacilityGrade
    public var minutes: Int

    public init(grade: FacilityGrade, minutes: Int) {
      self.grade = grade
      self.minutes = minutes
    }
  }

  public init(
    code: String, recipient: String, label: Text, minutes: [GradeMinutes], by: [PlanRole], source: String,
    isUnverified: Bool
  ) {
    self.code = code
    self.recipient = recipient
    self.label = label
    self.minutes = minutes
    self.by = by
    self.source = source
    self.isUnverified = isUnverified
  }

  /// The deadline for an event of that grade; nil when the grade has no such duty.
  public func deadline(knownAt: Instant, grade: FacilityGrade) -> Instant? {
    minutes.first { $0.grade == grade }.map { knownAt + .minutes($0.minutes) }
  }
}
