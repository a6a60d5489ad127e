import Sanatorium
import Testing

@testable import Evidence

@Suite struct FiguresTests {
  private let figures: CompletionFigures

  init() throws { figures = try SmallBatch().history.figures() }

  @Test("people are counted by admission, departure and place at the close")
  func people() {
    var expected = CompletionFigures.People()
    expected.planned = 5
    expected.listed = 5
    expected.arrived = 4
    expected.held = 1
    expected.admitted = 4
    expected.noShow = 1
    expected.leftEarly = 2
    expected.leftForMedicalReasons = 1
    expected.transferred = 1
    expected.completed = 2
    #expect(figures.people == expected)
    #expect(figures.indicators.completion == Ratio(2, of: 5))
  }

  @Test("groups count those who arrived, each ground once")
  func groups() {
    #expect(figures.groups.ageBands == ["60-69": 1, "70-79": 2, "80plus": 1])
    #expect(figures.groups.sexes == ["male": 3, "female": 1])
    #expect(figures.groups.grounds == ["merit_2": 4, "city_award": 1])
    #expect(figures.stay.days == 3)
  }

  @Test("every qualifying ground has a name, a first-class merit apart from a second-class one")
  func groundNames() {
    for ground in FactCatalogue.groundOptions {
      #expect(FigureNames.name(ground.code, under: "grounds", of: "groups") == ground.label)
    }
    #expect(FigureNames.label("groups.grounds.merit_1").chinese == "分类·资格依据·一等功")
  }

  @Test("the alert of a plan's step is named with its number")
  func stepNames() {
    #expect(FigureNames.name("plan-step-12", under: "byCode", of: "alerts").english == "Plan step late 12")
    #expect(FigureNames.name("plan-started", under: "byCode", of: "alerts").chinese == "预案启动")
  }

  @Test("due in a round is who answered it or was in the house at its limit, not who was taken away before")
  func rounds() {
    #expect(tally("2026-06-08") == [8, 6, 1, 1, 1])
    #expect(tally("2026-06-09") == [7, 7, 0, 0, 0])
    #expect(tally("2026-06-10") == [2, 2, 0, 0, 0])
    let total = figures.rounds.total
    #expect([total.due, total.done, total.late, total.notDone, total.missed] == [17, 15, 1, 1, 1])
    #expect(figures.rounds.opened == 5)
    #expect(figures.rounds.overdue == 1)
    #expect(figures.rounds.notDoneReasons == ["asleep": 1])
    #expect(figures.rounds.between == 1)
  }

  private func tally(_ day: String) -> [Int] {
    let day = figures.rounds.days[day] ?? .init()
    return [day.due, day.done, day.late, day.notDone, day.missed]
  }

  @Test("who goes on leave or for good after the round's time unseen was missed; to hospital, or before it, was not")
  func leaving() throws {
    var history = History()
    let people = (0..<5).map { _ in ID.random() }
    let day = Day(year: 2026, month: 6, day: 9)!
    for person in people {
      history.add(.arrival, person, at: history.at(8, 9), Open.Admission(admission: "admitted", results: []))
    }
    history.add(
      .roundOpened, history.batch, at: history.at(9, 7),
      Open.RoundOpened(round: "morning", day: day, dueAt: history.at(9, 8)))
    history.add(.leaveStarted, people[0], at: history.at(9, 7, 30), Open.Movement())
    history.add(.leaveStarted, people[1], at: history.at(9, 8, 30), Open.Movement())
    history.add(.departure, people[2], at: history.at(9, 8, 30), Open.Departure(reason: "early"))
    history.add(.hospitalTransfer, people[3], at: history.at(9, 8, 30), Open.Movement())
    // One reading, a minute before leaving.
    history.add(
      .checkIn, people[4], at: history.at(9, 8, 29),
      Open.CheckIn(round: "morning", day: day, complete: false, level: nil, late: false))
    history.add(.departure, people[4], at: history.at(9, 8, 30), Open.Departure(reason: "early"))
    history.add(
      .roundOverdue, history.batch, at: history.at(9, 9, 30), Open.RoundOverdue(round: "morning", day: day, missing: 2))
    let total = try history.figures().rounds.total
    #expect([total.due, total.done, total.incomplete, total.missed] == [3, 1, 1, 2])
  }

  @Test("an amended check-in counts with its amended level")
  func levels() {
    #expect(figures.assessments.checkIns == 16)
    #expect(figures.assessments.amended == 1)
    #expect(figures.assessments.levels == ["low": 14, "high": 1, "incomplete": 1])
  }

  @Test("each day has the most present at one time, the different escorts sent, and its worst moment; the worst day is found")
  func staffing() {
    #expect(figures.staffing.sent == ["general": 1, "medical": 1])
    #expect(figures.staffing.host == ["general": 1])
    #expect(figures.staffing.licensed == 1)
    let four = CompletionFigures.StaffMoment(participants: 4, general: 1, medical: 1)
    let three = CompletionFigures.StaffMoment(participants: 3, general: 0, medical: 1)
    let days = figures.staffing.days
    #expect(
      days["2026-06-08"]
        == .init(participants: 4, general: 1, medical: 1, worstWithoutMedical: four, worstWithMedical: four))
    #expect(days["2026-06-09"] == days["2026-06-08"])
    #expect(
      days["2026-06-10"]
        == .init(participants: 3, general: 0, medical: 1, worstWithoutMedical: three, worstWithMedical: three))
    #expect(figures.staffing.days.count == 3)
    #expect(figures.staffing.worstDayWithoutMedical == "2026-06-10")
    #expect(figures.staffing.worstDayWithMedical == "2026-06-10")
  }

  @Test("drills are in no statistics but their own")
  func drills() {
    #expect(figures.alerts.raised == 1)
    #expect(figures.alerts.bySeverity == ["urgent": 1])
    #expect(figures.alerts.escalations == 1)
    #expect(figures.alerts.acknowledged == 1)
    #expect(figures.activations.automatic.started == 1)
    #expect(figures.activations.manual.started == 0)
    #expect(figures.activations.drill.started == 1)
  }

  @Test("an incident has the harm of its last note, its reports and its end")
  func incidents() throws {
    let incident = try #require(figures.incidents.list.first)
    #expect(figures.incidents.byHarm == ["moderate": 1])
    #expect(figures.incidents.open == 0)
    #expect(incident.reports.map(\.phase) == ["initial", "final"])
    let activation = try #require(figures.activations.list.first)
    #expect(activation.level == 2)
    #expect(activation.stepsDone == 1)
    #expect(activation.stepsOverdue == 1)
    #expect(figures.activations.automatic.terminated == 1)
  }

  @Test("rules count at their gate with the last outcome; refused attempts, departures and nonconformities apart")
  func compliance() {
    let gates = figures.compliance.gates
    #expect(gates["open"]?["WH13"] == .init(pass: 1, fail: 0, unknown: 0))
    #expect(gates["open"]?["WH10"] == .init(pass: 0, fail: 1, unknown: 0))
    #expect(gates["arrival"]?["WH04"] == .init(pass: 4, fail: 0, unknown: 0))
    #expect(gates["arrival"]?["WH08"] == .init(pass: 3, fail: 1, unknown: 0))
    #expect(figures.compliance.refusals == ["open": 1])
    #expect(figures.compliance.departures == ["WH10": 1])
    #expect(figures.compliance.nonconformities == ["WH12": .init(opened: 1, closed: 1, explained: 1)])
  }

  @Test("satisfaction gives response rate, satisfied and mean as pairs")
  func satisfaction() throws {
    let counted = try #require(figures.indicators.satisfaction)
    #expect(counted.responseRate == Ratio(4, of: 4))
    #expect(counted.satisfied == Ratio(2, of: 3))
    #expect(counted.mean == Ratio(225, of: 3))
    #expect(counted.mean.quotient == "75.0")
    #expect(figures.indicators.planSoundness == Ratio(9, of: 10))
  }

  @Test(
    "a ratio rounds half up and shows both counts",
    arguments: [
      (93, 98, "93/98（94.9%）"), (1, 8, "1/8（12.5%）"), (1, 3, "1/3（33.3%）"), (2, 3, "2/3（66.7%）"),
      (0, 0, "0/0"), (5, 5, "5/5（100.0%）"), (1, 2000, "1/2000（0.1%）"),
    ])
  func ratio(part: Int, whole: Int, text: String) {
    #expect(Ratio(part, of: whole).description == text)
  }

  @Test("figures come back from their canonical JSON unchanged")
  func coding() throws {
    let json = JSON(encoding: figures)
    let parsed = try JSON.parse(JSONWriter.canonical(json))
    #expect(try parsed.decode(CompletionFigures.self) == figures)
  }

  @Test("a late record that was taken earlier counts where it belongs, whatever its place in the journal")
  func lateRecord() throws {
    var batch = try SmallBatch()
    let day = try #require(Day(year: 2026, month: 6, day: 8))
    batch.history.add(
      .checkIn, batch.people[3], at: batch.history.at(8, 11, 30),
      Open.CheckIn(round: "morning", day: day, complete: true, level: "low", late: false))
    let figures = try batch.history.figures()
    #expect(figures.rounds.total.missed == 0)
    #expect(figures.rounds.total.done == 16)
    #expect(figures.rounds.total.due == 17)
  }

  @Test("a payload without what its kind must tell is refused with its sequence")
  func lackingMember() {
    var history = History(from: 41)
    history.add(.alertRaised, history.batch, at: history.at(8, 9), Open.Movement())
    #expect {
      try history.figures()
    } throws: { error in
      guard case Refusal.invalid(let faults)? = error as? Refusal else { return false }
      return faults[0].message.english.contains("41") && faults[0].message.english.contains("severity")
    }
  }
}
