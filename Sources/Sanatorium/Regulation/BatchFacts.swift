/// What rules need to know of a batch.
public struct BatchFacts: Hashable, Sendable {
  /// Recorded facts of the batch (agreements, plans, duties).
  public var facts: Facts
  /// 报到日 of the batch and its planned last day, both travel days included.
  public var firstDay: Day?
  public var lastDay: Day?
  public var plannedParticipants: Int?
  /// Participants admitted so far (at arrival: before the one at the desk).
  public var admitted: Int
  /// People here now, held ones included, those in hospital excluded (reading Q6); nil when nobody counted.
  public var present: Int?
  /// People sent with the batch by organizer or sender; host employees never (reading Q5).
  public var escorts: [EscortFacts]
  /// Activities logged so far, by kind; nil when no log is kept.
  public var activities: [ActivityKind: Int]?

  public init(
    facts: Facts = Facts(), firstDay: Day? = nil, lastDay: Day? = nil, plannedParticipants: Int? = nil,
    admitted: Int = 0, present: Int? = nil, escorts: [EscortFacts] = [], activities: [ActivityKind: Int]? = nil
  ) {
    self.facts = facts
    self.firstDay = firstDay
    self.lastDay = lastDay
    self.plannedParticipants = plannedParticipants
    self.admitted = admitted
    self.present = present
    self.escorts = escorts
    self.activities = activities
  }
}

/// One person sent with the batch. The same person on two shifts is one.
public struct EscortFacts: Hashable, Sendable {
  public var name: String
  public var isMedical: Bool
  /// The medical licence's number; nil when none is recorded.
  public var licence: String?
  /// The licence's last day; nil when it has no end or none is recorded.
  public var licenceUntil: Day?
  /// On site that day; looked at by the daily gate alone.
  public var isPresent: Bool

  public init(name: String, isMedical: Bool, licence: String? = nil, licenceUntil: Day? = nil, isPresent: Bool = true) {
    self.name = name
    self.isMedical = isMedical
    self.licence = licence
    self.licenceUntil = licenceUntil
    self.isPresent = isPresent
  }
}

/// What rules need to know of one participant.
public struct PersonFacts: Hashable, Sendable {
  public var id: ID?
  /// Recorded facts of the person (consents, insurance, screening).
  public var facts: Facts
  public var birth: BirthDate?
  public var sex: Sex?
  /// The person's own 报到日; nil takes the batch's.
  public var firstDay: Day?
  /// The person's own planned (or actual) last day; nil takes the batch's.
  public var lastDay: Day?
  public var isInHospital: Bool
  /// The first day of the last stay in this house, as its own earlier batches tell; nil when they know of none.
  public var previousHere: Day?

  public init(
    id: ID? = nil, facts: Facts = Facts(), birth: BirthDate? = nil, sex: Sex? = nil, firstDay: Day? = nil,
    lastDay: Day? = nil, isInHospital: Bool = false, previousHere: Day? = nil
  ) {
    self.id = id
    self.facts = facts
    self.birth = birth
    self.sex = sex
    self.firstDay = firstDay
    self.lastDay = lastDay
    self.isInHospital = isInHospital
    self.previousHere = previousHere
  }
}

/// The kinds of activity that the regulations name (NM Art.3, JN Art.12, WH Art.12).
public enum ActivityKind: String, Sendable, CaseIterable, Codable {
  case health
  case cultureAndSports = "culture_sports"
  case lecture
  case politicalStudy = "political_study"
  case exemplaryDeeds = "exemplary_deeds"
  case redEducation = "red_education"
  case visit
  case publicService = "public_service"

  public var name: Text {
    switch self {
    case .health: Text("健康疗养", "Health recuperation")
    case .cultureAndSports: Text("文体活动", "Culture and sports")
    case .lecture: Text("知识讲座", "Lecture")
    case .politicalStudy: Text("政治理论学习", "Political study")
    case .exemplaryDeeds: Text("先进事迹交流", "Exemplary deeds")
    case .redEducation: Text("红色教育", "Revolutionary heritage")
    case .visit: Text("参观学习", "Visit")
    case .publicService: Text("公益和国防教育", "Public service and defence education")
    }
  }
}
