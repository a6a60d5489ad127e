public import Sanatorium

extension CompletionFigures {
  /// Counts. Pure: the same entries give the same figures.
  ///
  /// - Parameters:
  ///   - entries: the batch's own, in the order of the journal, each with its open payload.
  ///   - time: the facility's local time, for days.
  /// - Throws: `Refusal.invalid` naming sequence and member when a payload lacks what its kind must tell.
  public init(of entries: [EvidenceEntry], time: LocalTime) throws {
    var fold = FiguresFold(time: time)
    let records = try entries.map(EvidenceRecord.init).sorted {
      ($0.at, $0.header.sequence) < ($1.at, $1.header.sequence)
    }
    for record in records { try fold.take(record) }
    self = try fold.finish()
  }
}

/// An entry with its open payload as a tree.
struct EvidenceRecord {
  let header: EntryHeader
  let kind: EntryKind
  let open: JSON

  var at: Instant { header.occurredAt }
  var subject: ID { header.subject }

  init(_ entry: EvidenceEntry) throws {
    header = entry.header
    guard let kind = entry.header.kind else {
      throw Refusal.invalid(
        "evidence.headers", "unknown-kind",
        Text("第 \(header.sequence) 条是不认识的种类。", "Entry \(header.sequence) has a kind that is not known here."))
    }
    self.kind = kind
    guard let payload = entry.open, let tree = try? JSON.parse(payload.body) else {
      throw Refusal.invalid(
        "evidence.open", "malformed-payload",
        Text("第 \(entry.header.sequence) 条的内容读不出来。", "The content of entry \(entry.header.sequence) can't be read."))
    }
    open = tree
  }

  /// The payload as its type; the fault names the entry.
  func payload<T: Decodable>(_ type: T.Type) throws -> T {
    do {
      return try open.decode(type)
    } catch {
      throw Refusal.invalid(
        "evidence.open", "malformed-payload",
        Text(
          "第 \(header.sequence) 条（\(kind)）的内容缺东西。",
          "The content of entry \(header.sequence) (\(kind)) lacks something."))
    }
  }

  func text(_ name: String) throws -> String {
    guard let text = open[name]?.string else { throw lacking(name) }
    return text
  }

  func count(_ name: String) throws -> Int {
    guard let value = open[name]?.int, (0...1_000_000).contains(value) else { throw lacking(name) }
    return Int(value)
  }

  private func lacking(_ name: String) -> Refusal {
    Refusal.invalid(
      "evidence.open", "malformed-payload",
      Text(
        "第 \(header.sequence) 条（\(kind)）缺少“\(name)”。",
        "Entry \(header.sequence) (\(kind)) lacks “\(name)”."))
  }
}

extension [String: Int] {
  mutating func count(_ key: String) { self[key, default: 0] += 1 }
}

/// Goes over the records in the order of their times, handing each to the part that counts it.
struct FiguresFold {
  private let time: LocalTime
  private var planned = 0
  private var firstDay: Day?
  private var lastDay: Day?
  private var closedAt: Instant?
  private var lastAt = Instant(milliseconds: 0)
  private var participants = ParticipantFold()
  private var rounds = RoundFold()
  private var staff = StaffFold()
  private var events = EventFold()
  private var compliance = ComplianceFold()
  private var planSoundness: Ratio?
  private var satisfaction: CompletionFigures.Satisfaction?

  private var care = CareFold()

  init(time: LocalTime) { self.time = time }

  mutating func take(_ record: EvidenceRecord) throws {
    lastAt = record.at
    switch record.kind {
    case .batchPlanned, .batchChanged: try plan(record)
    case .batchOpened, .gateRefused, .dailyGate, .reportGateAsked, .departureAccepted, .nonconformityOpened, .nonconformityClosed,
      .nonconformityExplained:
      try compliance.take(record)
    case .batchClosed:
      closedAt = record.at
      try compliance.take(record)
    case .arrival, .admission:
      try compliance.take(record)
      try participants.take(record)
    case .participantListed, .participantChanged, .turnedAway, .departure, .leaveStarted, .leaveEnded,
      .hospitalTransfer, .hospitalReturn:
      try participants.take(record)
    case .roundOpened, .checkIn, .checkInNotDone, .roundOverdue, .checkInAmended: try rounds.take(record)
    case .escortAdded, .escortChanged, .escortMoved: try staff.take(record)
    case .alertRaised, .alertEscalated, .alertAcknowledged, .alertResolved, .incidentReported, .incidentNoted,
      .incidentClosed, .activationProposed, .activationStarted, .activationLevelChanged, .activationStepDone,
      .activationStepOverdue, .activationTerminated, .activationReviewed, .activationDeclined, .activityHeld,
      .outingLeft, .outingHeadcount:
      try events.take(record)
    case .homeVisitOwed, .homeVisitLapsed, .homeVisitMade, .kitItemKept, .kitItemRemoved, .kitMoved, .kitSigned: try care.take(record)
    case .satisfactionCounted: try satisfaction(record)
    case .indicatorRecorded: try indicator(record)
    default:
      // Tells no figure: names, rooms, what leads to an entry counted above, and what comes after the report.
      break
    }
  }

  private mutating func plan(_ record: EvidenceRecord) throws {
    let isFirst = record.kind == .batchPlanned
    if isFirst || record.open["planned"] != nil { planned = try record.count("planned") }
    if isFirst || record.open["firstDay"] != nil { firstDay = Day(try record.text("firstDay")) }
    if isFirst || record.open["lastDay"] != nil { lastDay = Day(try record.text("lastDay")) }
  }

  private mutating func satisfaction(_ record: EvidenceRecord) throws {
    let grades = (record.open["grades"]?.array ?? []).compactMap(\.int).filter { (0...1_000_000).contains($0) }
    let distributed = try record.count("distributed")
    let returned = try record.count("returned")
    let valid = try record.count("valid")
    guard grades.count == 5, grades.reduce(0, +) == valid, valid <= returned, returned <= distributed else {
      throw Refusal.invalid(
        "evidence.open", "impossible-satisfaction",
        Text(
          "第 \(record.header.sequence) 条的满意度份数自相矛盾。",
          "The satisfaction counts of entry \(record.header.sequence) contradict each other."))
    }
    satisfaction = .init(distributed: distributed, returned: returned, valid: valid, grades: grades.map(Int.init))
  }

  private mutating func indicator(_ record: EvidenceRecord) throws {
    guard try record.text("indicator") == Indicator.planSoundness.rawValue else { return }
    planSoundness = Ratio(try record.count("score"), of: try record.count("of"))
  }

  func finish() throws -> CompletionFigures {
    let end = closedAt ?? lastAt
    var participants = participants
    participants.settle()
    var people = participants.people(at: end)
    people.planned = planned
    var indicators = CompletionFigures.Indicators()
    indicators.completion = Ratio(people.completed, of: planned)
    indicators.planSoundness = planSoundness
    indicators.satisfaction = satisfaction
    var stay = participants.stay
    stay.firstDay = firstDay?.description ?? ""
    stay.lastDay = lastDay?.description ?? ""
    if let firstDay, let lastDay { stay.days = lastDay - firstDay + 1 }
    return CompletionFigures(
      people: people, groups: participants.groups, stay: stay, rounds: rounds.figures(participants, until: end),
      assessments: rounds.assessments, staffing: staff.figures(participants, time: time, until: end),
      alerts: events.alerts, incidents: events.incidents, activations: events.activations,
      activities: events.activities, compliance: compliance.figures, indicators: indicators,
      care: care.figures)
  }
}
