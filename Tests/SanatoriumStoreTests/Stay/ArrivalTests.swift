import Evidence
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Arrivals and departures")
struct ArrivalTests {
  /// The arrival gate's answer of one rule.
  static func result(_ outcome: Outcome, _ force: Force = .hard) -> RuleResult {
    RuleResult.sample("NM05", force, outcome)
  }

  @Test("whom a rule stops is held, everybody else is admitted, and both are in the house")
  func admission() throws {
    let house = try StayHouse()
    let (first, second) = (house.people[0], house.people[1])
    try house.perform { try $0.arrive(first, room: " 412 ", results: [Self.result(.pass)], $1) }
    try house.perform { try $0.arrive(second, results: [Self.result(.unknown)], $1) }
    let (admitted, held) = (try house.participant(0), try house.participant(1))
    #expect(admitted.admission == .admitted && admitted.place == .present && admitted.room == "412")
    #expect(admitted.arrivedAt == house.now)
    #expect(held.admission == .held && held.place == .present)
    let presence = try house.read { try $0.presence(in: $1) }
    #expect(presence.present == 2 && presence.held == 1 && presence.expected == 2 && presence.arrived == 2)
    #expect(try house.faults() == [])
  }

  @Test("a soft rule holds until somebody accepts the departure from it")
  func softRule() throws {
    let house = try StayHouse()
    let id = house.people[0]
    let departure = Departure(rule: "NM05", gate: .arrival, reason: "证明后补", person: "白露", at: house.now)
    try house.perform { try $0.arrive(id, results: [Self.result(.fail, .soft)], departures: [departure], $1) }
    #expect(try house.participant(0).admission == .admitted)
  }

  @Test("a second arrival is refused with the first's time; the same request again gets the same answer")
  func twice() throws {
    let house = try StayHouse()
    let id = house.people[0]
    let key = ID.random()
    let first = try house.perform(key: key) { try $0.arrive(id, results: [], $1) }
    let again = try house.perform(key: key) { try $0.arrive(id, results: [], $1) }
    #expect(again.repeated && again.sequence == first.sequence)
    #expect(codes { try house.perform { _ = try $0.arrive(id, results: [], $1) } } == ["participant: arrived-already"])
    #expect(
      codes { try house.perform(key: key, request: "other") { _ = try $0.arrive(id, results: [], $1) } }
        == ["Idempotency-Key: key-used"])
    do {
      try house.perform { _ = try $0.arrive(id, results: [], $1) }
    } catch Refusal.conflict(let fault) {
      #expect(fault.message.chinese.contains("6月1日 08:00"))
    }
  }

  @Test("nobody arrives before the batch is open, nor who was refused or withdrew; a no-show may still come")
  func impossible() throws {
    let planned = try StayHouse(open: false)
    let early = planned.people[0]
    #expect(codes { try planned.perform { _ = try $0.arrive(early, results: [], $1) } } == ["batch: not-open"])
    let house = try StayHouse()
    let people = house.people
    try house.perform { try $0.turnAway(people[0], .withdrawn, reason: "家里有事", $1) }
    try house.perform { try $0.turnAway(people[1], .refused, reason: "传染病", $1) }
    try house.perform { try $0.turnAway(people[2], .noShow, reason: "", $1) }
    for id in people.prefix(2) {
      #expect(codes { try house.perform { _ = try $0.arrive(id, results: [], $1) } } == ["participant: turned-away"])
    }
    try house.perform { try $0.arrive(people[2], results: [], $1) }
    #expect(try house.participant(2).admission == .admitted)
    #expect(
      codes { try house.perform { _ = try $0.turnAway(people[2], .noShow, reason: "", $1) } }
        == ["participant: arrived-already"])
    #expect(
      codes { try house.perform { _ = try $0.turnAway(people[3], .refused, reason: " ", $1) } } == ["reason: missing"])
    let presence = try house.read { try $0.presence(in: $1) }
    #expect(presence.withdrawn == 1 && presence.refused == 1 && presence.noShow == 0 && presence.expected == 1)
    #expect(try house.faults() == [])
  }

  @Test("only the organizer decides about a held person, and admits nobody whom a rule still stops")
  func held() throws {
    let house = try StayHouse()
    let (first, second) = (house.people[0], house.people[1])
    for id in [first, second] { try house.perform { try $0.arrive(id, results: [Self.result(.fail)], $1) } }
    let pass = [Self.result(.pass)]
    #expect(throws: Refusal.forbidden(Text("暂留的人由组织单位决定。", "Only the organizer decides about people who are held."))) {
      try house.perform { _ = try $0.decideHeld(first, admit: true, reason: "", results: pass, $1) }
    }
    #expect(throws: Refusal.gate([Self.result(.fail)])) {
      try house.perform(StayHouse.organizer) {
        _ = try $0.decideHeld(first, admit: true, reason: "", results: [Self.result(.fail)], $1)
      }
    }
    try house.perform(StayHouse.organizer) { try $0.decideHeld(first, admit: true, reason: "补齐", results: pass, $1) }
    try house.perform(StayHouse.organizer) {
      try $0.decideHeld(second, admit: false, reason: "不能自理", results: [Self.result(.fail)], $1)
    }
    #expect(try house.participant(0).admission == .admitted)
    let refused = try house.participant(1)
    #expect(refused.admission == .refused && refused.place == .present)
    try house.perform { try $0.depart(second, reason: .early, badgeReturned: true, $1) }
    #expect(try house.participant(1).place == .departed)
    #expect(try house.faults() == [])
  }

  @Test("a held person goes home; the badge comes back; nobody departs twice")
  func departure() throws {
    let house = try StayHouse()
    let id = house.people[0]
    try house.perform { try $0.arrive(id, results: [Self.result(.fail)], $1) }
    house.now = house.at(2, 10)
    try house.perform { try $0.depart(id, reason: .early, badgeReturned: true, note: "女儿来接", $1) }
    let gone = try house.participant(0)
    #expect(gone.place == .departed && gone.badgeReturned == true && gone.departedAt == house.now)
    #expect(
      codes { try house.perform { _ = try $0.depart(id, reason: .early, badgeReturned: true, $1) } }
        == ["participant: departed-already"])
    // A check of who has left is most likely one of somebody else; what was seen before may arrive later.
    house.now = house.at(2, 12)
    #expect(codes { _ = try house.check(0) } == ["participant: departed-already"])
    _ = try house.check(0, at: house.at(2, 9))
    let never = house.people[1]
    #expect(
      codes { try house.perform { _ = try $0.depart(never, reason: .early, badgeReturned: true, $1) } }
        == ["place: wrong-place"])
    #expect(try house.faults() == [])
  }

  @Test("a room is given before or during the stay, never blank")
  func rooms() throws {
    let house = try StayHouse()
    let id = house.people[0]
    try house.perform { try $0.assignRoom(id, room: "305", $1) }
    try house.arrive(0..<1)
    #expect(try house.participant(0).room == "305")
    try house.perform { try $0.assignRoom(id, room: "306", $1) }
    #expect(try house.participant(0).room == "306")
    #expect(codes { try house.perform { _ = try $0.assignRoom(id, room: " ", $1) } } == ["room: missing"])
    #expect(try house.read { try $0.participants(of: $1, matching: "306").count } == 1)
    #expect(try house.read { try $0.participants(of: $1, matching: "天恩").map(\.name) } == ["白天恩"])
    #expect(try house.faults() == [])
  }
}

extension RuleResult {
  /// A result with a clause, as an evaluation gives it.
  static func sample(_ rule: String, _ force: Force, _ outcome: Outcome, of participant: ID? = nil) -> RuleResult {
    let person = participant.map { "\"\($0)\"" } ?? "null"
    let json = """
      {"rule": "\(rule)", "regulation": "nm-2023", "article": "9", "quote": "个人报名、家属同意", "title": {"zh": "三方同意",
      "en": "Consents"}, "force": "\(force.rawValue)", "gate": "arrival", "by": [], "outcome": "\(outcome.rawValue)",
      "message": {"zh": "还差家属同意。", "en": "The family's consent is missing."}, "facts": [], "missing": [],
      "findings": [], "participant": \(person)}
      """
    guard let tree = try? JSON.parse(Array(json.utf8)), let result = try? tree.decode(RuleResult.self) else {
      preconditionFailure("the sample is no rule result")
    }
    return result
  }
}
