import Packs
import Sanatorium
import Testing

@Suite("States of an activation")
struct PlanStateTests {
  let plan: PlanPack
  let medic = PlanAgent.person(PlanRole.held(by: .escort, isMedical: true))
  let staff = PlanAgent.person(PlanRole.held(by: .staff, isMedical: false))
  let lead = PlanAgent.person(PlanRole.held(by: .lead, isMedical: false))
  let dutyLead = PlanAgent.person([.dutyLead])
  let complete: Set<String> = ["handed-over", "people-safe", "counted", "no-new-danger", "reported", "guests-told"]

  init() throws { plan = try Packs.plan("acute-illness") }

  func code(_ result: Result<PlanState, Refusal>) -> String {
    switch result {
    case .success(let state): state.code + (state.level.map { " \($0.rawValue)" } ?? "")
    case .failure(.forbidden): "forbidden"
    case .failure(.conflict): "conflict"
    case .failure(.invalid(let faults)): "invalid " + faults.map(\.field).joined(separator: ",")
    case .failure: "other"
    }
  }

  @Test("from proposal to review")
  func whole() {
    #expect(code(plan.next(.proposed(.l3), .activate(.l3), by: medic)) == "active 3")
    #expect(code(plan.next(.active(.l3), .escalate(.l2), by: lead)) == "active 2")
    #expect(code(plan.next(.active(.l2), .downgrade(.l3), by: lead)) == "active 3")
    #expect(code(plan.next(.active(.l3), .terminate(confirmed: complete), by: dutyLead)) == "terminated")
    #expect(code(plan.next(.terminated, .review, by: lead)) == "reviewed")
  }

  @Test("who may start at which level")
  func start() {
    #expect(plan.refusal(toStartAt: .l4, by: .person([.finder])) == nil)
    #expect(plan.refusal(toStartAt: .l3, by: .person([.finder])) != nil)
    #expect(plan.refusal(toStartAt: .l3, by: staff) == nil)
    #expect(plan.refusal(toStartAt: .l3, by: .automatic) == nil)
    #expect(plan.refusal(toStartAt: .l2, by: .automatic) != nil)
    #expect(plan.refusal(toStartAt: .l2, by: staff) != nil)
    #expect(plan.refusal(toStartAt: .l2, by: dutyLead) == nil)
    #expect(plan.refusal(toStartAt: .l1, by: .external([.reception])) == nil)
    #expect(plan.refusal(toStartAt: .l1, by: medic) != nil)
  }

  @Test("who may not is refused by name, and nothing goes against the state")
  func refused() {
    #expect(code(plan.next(.active(.l3), .escalate(.l2), by: dutyLead)) == "forbidden")
    #expect(code(plan.next(.active(.l3), .terminate(confirmed: complete), by: medic)) == "forbidden")
    #expect(code(plan.next(.active(.l4), .terminate(confirmed: complete), by: medic)) == "terminated")
    #expect(code(plan.next(.active(.l3), .escalate(.l4), by: lead)) == "conflict")
    #expect(code(plan.next(.active(.l3), .escalate(.l3), by: lead)) == "conflict")
    #expect(code(plan.next(.active(.l3), .downgrade(.l2), by: lead)) == "conflict")
    #expect(code(plan.next(.proposed(.l3), .terminate(confirmed: complete), by: lead)) == "conflict")
    #expect(code(plan.next(.terminated, .activate(.l3), by: lead)) == "conflict")
    #expect(code(plan.next(.reviewed, .review, by: lead)) == "conflict")
    #expect(code(plan.next(.declined, .activate(.l3), by: lead)) == "conflict")
    #expect(code(plan.next(.terminated, .review, by: staff)) == "forbidden")
    #expect(code(plan.next(.proposed(.l3), .decline, by: .automatic)) == "forbidden")
    #expect(code(plan.next(.proposed(.l3), .decline, by: medic)) == "declined")
    guard case .failure(.forbidden(let text)) = plan.next(.active(.l3), .escalate(.l2), by: dutyLead) else {
      Issue.record("not refused")
      return
    }
    #expect(text.chinese == "只有设施负责人能升到二级响应。")
  }

  @Test("the daemon activates, never raises above L3 and never ends")
  func automatic() {
    #expect(code(plan.next(.proposed(.l3), .activate(.l4), by: .automatic)) == "active 4")
    #expect(code(plan.next(.active(.l4), .escalate(.l3), by: .automatic)) == "active 3")
    #expect(code(plan.next(.active(.l3), .escalate(.l2), by: .automatic)) == "forbidden")
    #expect(code(plan.next(.active(.l4), .terminate(confirmed: complete), by: .automatic)) == "forbidden")
  }

  @Test("L1 comes and goes with the outside command")
  func external() {
    let external = PlanAgent.external([.facilityHead])
    #expect(code(plan.next(.active(.l2), .escalate(.l1), by: external)) == "active 1")
    #expect(code(plan.next(.active(.l1), .downgrade(.l2), by: lead)) == "conflict")
    #expect(code(plan.next(.active(.l1), .downgrade(.l2), by: external)) == "active 2")
    #expect(code(plan.next(.active(.l1), .terminate(confirmed: complete), by: external)) == "terminated")
  }

  @Test("without its conditions it does not end, and each missing one is named")
  func end() {
    let none = code(plan.next(.active(.l3), .terminate(confirmed: []), by: lead))
    #expect(none.hasPrefix("invalid confirmed.handed-over,confirmed.stable-twice,confirmed.people-safe"))
    let either = complete.subtracting(["handed-over"])
    #expect(
      code(plan.next(.active(.l3), .terminate(confirmed: either), by: lead))
        == "invalid confirmed.handed-over,confirmed.stable-twice")
    #expect(
      code(plan.next(.active(.l3), .terminate(confirmed: either.union(["stable-twice"])), by: lead)) == "terminated")
    #expect(
      code(plan.next(.active(.l3), .terminate(confirmed: complete.subtracting(["counted"])), by: lead))
        == "invalid confirmed.counted")
  }

  @Test("steps are due from T0, wait for earlier ones, and repeat")
  func steps() {
    let t0 = Instant(milliseconds: 0)
    func status(_ minutes: Int, _ done: [Int: Int] = [:]) -> [PlanStepStatus] {
      plan.progress(from: t0, done: done.mapValues { t0 + .minutes($0) }, now: t0 + .minutes(minutes))
    }
    let start = status(0)
    #expect(start.map(\.state) == [.open, .open, .blocked, .open, .blocked, .open])
    #expect(start.map { $0.due.map { ($0 - t0).minutes } } == [0, 3, 5, 5, 10, 30])
    #expect(start[2].waitsFor == [2])
    #expect(status(1)[0].state == .overdue)
    #expect(status(4, [1: 0, 2: 2]).map(\.state) == [.done, .done, .open, .open, .open, .open])
    #expect(status(5).map(\.state) == [.overdue, .overdue, .overdue, .overdue, .blocked, .open])
    let repeated = status(20, [1: 0, 2: 2, 5: 12])[4]
    #expect(repeated.state == .open && repeated.due == t0 + .minutes(17) && repeated.late == t0 + .minutes(27))
    #expect(status(27, [5: 12])[4].state == .overdue)
    #expect(status(90, [6: 29])[5].state == .done && status(90, [6: 29])[5].due == nil)
  }

  @Test("reporting deadlines follow the facility's grade")
  func deadlines() {
    let known = Instant(milliseconds: 0)
    func minutes(_ recipient: String, _ grade: FacilityGrade) -> Int? {
      plan.reports.first { $0.recipient == recipient }?.deadline(knownAt: known, grade: grade).map {
        ($0 - known).minutes
      }
    }
    #expect(minutes("organizer", .first) == 15 && minutes("organizer", .second) == 15)
    #expect(minutes("organizer", .third) == 60 && minutes("organizer", .fourth) == nil)
    #expect(minutes("family", .second) == 30 && minutes("insurer", .first) == 1440)
    #expect(FacilityGrade.first > .second && FacilityGrade.third > .fourth)
    #expect(PlanLevel.l1 > .l2 && PlanLevel.l3 > .l4)
  }

  @Test("codes of kinds and reasons are unique and have words in both languages")
  func words() {
    for text in IncidentKind.allCases.map(\.label) + NotDoneReason.allCases.map(\.label) + Symptom.allCases.map(\.label)
      + PlanRole.allCases.map(\.name) + HarmDegree.allCases.map(\.label)
    {
      #expect(!text.chinese.isEmpty && !text.english.isEmpty)
    }
    #expect(IncidentKind.allCases.filter(\.isServiceRisk).count == 10)
  }
}
