@testable import Evidence
import Sanatorium

/// A journal written by hand: entries of one batch, with some of others in between.
struct History {
  let batch = ID.random()
  private(set) var entries: [EvidenceEntry] = []
  private var sequence: Int64
  private let time = LocalTime.china

  init(from sequence: Int64 = 7) { self.sequence = sequence }

  /// A minute of a day of June 2026, Chinese time.
  func at(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Instant {
    time.instant(Day(year: 2026, month: 6, day: day)!, minute: hour * 60 + minute)
  }

  @discardableResult
  mutating func add(
    _ kind: EntryKind, _ subject: ID, at instant: Instant, _ open: some Encodable, of batch: ID? = nil
  ) -> ID {
    let id = ID.random()
    let payload = SealedPayload(sealing: JSON(encoding: open))
    let header = EntryHeader(
      sequence: sequence, id: id, batch: batch ?? self.batch, kind: kind, subject: subject, actor: .random(),
      device: .none, occurredAt: instant, recordedAt: instant, openDigest: payload.digest,
      privateDigest: SealedPayload(sealing: .object([])).digest)
    sequence += 1
    entries.append(EvidenceEntry(header: header, open: batch == nil ? payload : nil))
    return id
  }

  /// An entry that tells nothing of this batch: its header alone goes into the evidence.
  mutating func addForeign(at instant: Instant) {
    add(.accountAdded, .random(), at: instant, Open.Movement(), of: ID.none)
  }

  var bundle: EvidenceBundle {
    EvidenceBundle(batch: batch, before: Digest.of([1, 2, 3]), entries: entries)
  }

  func figures() throws -> CompletionFigures { try CompletionFigures(of: bundle.ofBatch, time: time) }
}

extension Open.RuleOutcome {
  init(_ rule: String, _ outcome: String, _ force: String = "H") {
    self.init(rule: rule, force: force, outcome: outcome)
  }
}

/// A batch of five over three days: four arrive, one does not. Every number that the tests expect is counted by hand
/// from this list.
struct SmallBatch {
  var history = History()
  let people = (0..<5).map { _ in ID.random() }
  let escorts = (0..<3).map { _ in ID.random() }
  let shifts = (0..<3).map { _ in ID.random() }

  init() throws {
    plan()
    arrivals()
    firstDay()
    secondDay()
    lastDay()
  }

  private mutating func plan() {
    let batch = history.batch
    let day = { Day(year: 2026, month: 6, day: $0)! }
    history.add(
      .batchPlanned, batch, at: history.at(1, 8),
      Open.BatchPlanned(
        number: "2026年第3批", regulation: "wh-2023", firstDay: day(8), lastDay: day(10), planned: 5))
    history.addForeign(at: history.at(1, 9))
    let bands = ["60-69", "70-79", "70-79", "80plus", "60-69"]
    for (index, person) in people.enumerated() {
      history.add(
        .participantListed, person, at: history.at(2, 9, index),
        Open.ParticipantListed(
          category: "retired", ageBand: bands[index], sex: index == 1 ? "female" : "male",
          grounds: index == 0 ? ["merit_2", "city_award"] : ["merit_2"]))
    }
    history.add(
      .escortAdded, escorts[0], at: history.at(3, 9), Open.Escort(kind: "general", side: "sent", licensed: false))
    history.add(
      .escortAdded, escorts[1], at: history.at(3, 9), Open.Escort(kind: "medical", side: "sent", licensed: true))
    history.add(
      .escortAdded, escorts[2], at: history.at(3, 9), Open.Escort(kind: "general", side: "host", licensed: false))
    for (index, shift) in shifts.enumerated() {
      history.add(
        .shiftPlanned, shift, at: history.at(3, 10, index),
        Open.Shift(escort: escorts[index], from: history.at(8, 8), until: history.at(10, 20)))
    }
    history.add(
      .gateRefused, batch, at: history.at(7, 9),
      Open.GateDecided(gate: "open", results: [.init("WH13", "unknown"), .init("WH02", "pass")]))
    history.add(.departureAccepted, batch, at: history.at(7, 10), Open.DepartureAccepted(rule: "WH10", gate: "open"))
    history.add(
      .batchOpened, batch, at: history.at(8, 7),
      Open.GateDecided(
        gate: "open", results: [.init("WH13", "pass"), .init("WH02", "pass"), .init("WH10", "fail", "S")]))
  }

  private mutating func arrivals() {
    for index in 0..<3 {
      history.add(
        .arrival, people[index], at: history.at(8, 9, index),
        Open.Admission(
          admission: "admitted", results: [.init("WH04", "pass"), .init("WH08", index == 1 ? "fail" : "pass", "S")]))
    }
    // Held on arrival within the morning round, admitted later.
    history.add(
      .arrival, people[3], at: history.at(8, 10, 30),
      Open.Admission(admission: "held", results: [.init("WH04", "unknown"), .init("WH08", "pass", "S")]))
    history.add(
      .admission, people[3], at: history.at(8, 15),
      Open.Admission(admission: "admitted", results: [.init("WH04", "pass"), .init("WH08", "pass", "S")]))
    history.add(.turnedAway, people[4], at: history.at(8, 18), Open.TurnedAway(outcome: "no-show"))
  }

  private mutating func round(_ code: String, _ day: Int, _ hour: Int) {
    history.add(
      .roundOpened, history.batch, at: history.at(day, hour),
      Open.RoundOpened(round: code, day: Day(year: 2026, month: 6, day: day)!))
  }

  /// The limit passes two hours after the opening.
  private mutating func pass(_ code: String, _ day: Int, _ hour: Int, missing: Int = 0) {
    history.add(
      .roundOverdue, history.batch, at: history.at(day, hour),
      Open.RoundOverdue(round: code, day: Day(year: 2026, month: 6, day: day)!, missing: missing))
  }

  @discardableResult
  private mutating func check(
    _ person: Int, _ code: String, _ day: Int, _ hour: Int, level: String? = "low", late: Bool = false
  ) -> ID {
    history.add(
      .checkIn, people[person], at: history.at(day, hour, person),
      Open.CheckIn(
        round: code, day: Day(year: 2026, month: 6, day: day)!, complete: level != nil, level: level, late: late))
  }

  /// Morning: four due (the last arrives during it), three done of them one late, one missed. Evening: four due, three
  /// done, one asleep.
  private mutating func firstDay() {
    round("morning", 8, 10)
    check(0, "morning", 8, 10)
    check(1, "morning", 8, 11)
    check(2, "morning", 8, 13, late: true)
    pass("morning", 8, 12, missing: 2)
    history.add(.alertRaised, people[3], at: history.at(8, 12), Open.Alert(code: "round-overdue", severity: "urgent"))
    history.add(
      .alertEscalated, people[3], at: history.at(8, 12, 10),
      Open.Alert(code: "round-overdue", severity: "urgent", tier: "duty-lead"))
    history.add(
      .alertAcknowledged, people[3], at: history.at(8, 12, 12), Open.Alert(code: "round-overdue", severity: "urgent"))
    history.add(
      .alertResolved, people[3], at: history.at(8, 13, 30), Open.Alert(code: "round-overdue", severity: "urgent"))
    history.add(
      .alertRaised, history.batch, at: history.at(8, 14), Open.Alert(code: "plan", severity: "critical", drill: true))
    round("evening", 8, 19)
    check(0, "evening", 8, 19)
    check(1, "evening", 8, 19, level: nil)
    check(3, "evening", 8, 20)
    history.add(
      .checkInNotDone, people[2], at: history.at(8, 20),
      Open.NotDone(round: "evening", day: Day(year: 2026, month: 6, day: 8)!, reason: "asleep"))
    pass("evening", 8, 21)
  }

  /// Person 1 worsens, a plan starts, he is taken to hospital during the evening round before he is seen: three due.
  private mutating func secondDay() {
    round("morning", 9, 7)
    for person in 0..<4 { check(person, "morning", 9, 7, level: person == 1 ? "high" : "low") }
    pass("morning", 9, 9)
    let amended = history.add(
      .checkIn, people[0], at: history.at(9, 9),
      Open.CheckIn(round: nil, day: nil, complete: true, level: "medium", late: false))
    history.add(
      .checkInAmended, people[0], at: history.at(9, 9, 5),
      Open.CheckIn(round: nil, day: nil, complete: true, level: "low", late: false, amends: amended))
    let incident = ID.random()
    history.add(
      .incidentReported, incident, at: history.at(9, 10),
      Open.Incident(kind: "acute-illness", harm: "mild", grade: "IV"))
    history.add(
      .incidentNoted, incident, at: history.at(9, 11), Open.IncidentNoted(harm: "moderate", report: "initial"))
    let activation = ID.random()
    history.add(
      .activationStarted, activation, at: history.at(9, 10),
      Open.Activation(plan: "acute-illness", level: 3, origin: "automatic", drill: false))
    history.add(
      .activationLevelChanged, activation, at: history.at(9, 10, 20),
      Open.Activation(plan: "acute-illness", level: 2, drill: false))
    history.add(
      .activationStepDone, activation, at: history.at(9, 10, 5),
      Open.Activation(plan: "acute-illness", drill: false, step: 1))
    history.add(
      .activationStepOverdue, activation, at: history.at(9, 10, 15),
      Open.Activation(plan: "acute-illness", drill: false, step: 2))
    history.add(
      .activationTerminated, activation, at: history.at(9, 22), Open.Activation(plan: "acute-illness", drill: false))
    history.add(
      .incidentClosed, incident, at: history.at(9, 22, 10), Open.IncidentNoted(report: "final"))
    history.add(
      .activationStarted, ID.random(), at: history.at(9, 16),
      Open.Activation(plan: "fire", level: 4, origin: "manual", drill: true))
    history.add(.activityHeld, ID.random(), at: history.at(9, 14), Open.Activity(kind: "lecture", participants: 3))
    let outing = ID.random()
    history.add(
      .outingLeft, outing, at: history.at(9, 15), Open.Outing(activity: "visit", participants: 3, escorts: 1))
    history.add(
      .outingHeadcount, outing, at: history.at(9, 16), Open.Headcount(expected: 3, counted: 2, point: "on-site"))
    history.add(
      .outingHeadcount, outing, at: history.at(9, 17), Open.Headcount(expected: 3, counted: 3, point: "back"))
    round("evening", 9, 19)
    history.add(.hospitalTransfer, people[1], at: history.at(9, 19, 30), Open.Movement())
    for person in [0, 2, 3] { check(person, "evening", 9, 20) }
    pass("evening", 9, 21)
    history.add(
      .nonconformityOpened, history.batch, at: history.at(9, 20), Open.Nonconformity(rule: "WH12", cause: "staffing"))
  }

  /// The general escort leaves. Person 0 leaves early before the morning round; 1 returns from hospital and leaves for medical reasons; 2 and 3
  /// complete. The morning round has two due and two done.
  private mutating func lastDay() {
    // At midnight, so that the 10th is without a general escort.
    history.add(.escortMoved, escorts[0], at: history.at(10, 0), Open.EscortMovement(place: "left"))
    history.add(.departure, people[0], at: history.at(10, 6), Open.Departure(reason: "early"))
    round("morning", 10, 7)
    check(2, "morning", 10, 7)
    check(3, "morning", 10, 8)
    pass("morning", 10, 9)
    history.add(.hospitalReturn, people[1], at: history.at(10, 10), Open.Movement())
    history.add(.departure, people[1], at: history.at(10, 11), Open.Departure(reason: "medical"))
    history.add(.departure, people[2], at: history.at(10, 14), Open.Departure(reason: "completed"))
    history.add(.departure, people[3], at: history.at(10, 14, 5), Open.Departure(reason: "completed"))
    history.add(
      .nonconformityClosed, history.batch, at: history.at(10, 15), Open.Nonconformity(rule: "WH12", cause: "staffing"))
    history.add(
      .nonconformityExplained, history.batch, at: history.at(10, 15, 1),
      Open.Nonconformity(rule: "WH12", cause: "staffing"))
    history.add(
      .satisfactionCounted, history.batch, at: history.at(10, 16),
      Open.Satisfaction(distributed: 4, returned: 4, valid: 3, grades: [1, 1, 1, 0, 0]))
    history.add(
      .indicatorRecorded, history.batch, at: history.at(10, 16, 1),
      Open.Indicator(indicator: "plan_soundness", score: 9, of: 10))
    history.addForeign(at: history.at(10, 16, 30))
    history.add(
      .batchClosed, history.batch, at: history.at(10, 17),
      Open.GateDecided(gate: "close", results: [.init("CN05", "pass", "S")]))
  }
}
