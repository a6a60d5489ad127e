import MicroHTTP
import Pages
import Sanatorium
import Testing

@testable import SanatoriumStore
@testable import SanatoriumWeb

@Suite("The page of one person")
struct PersonPageTests {
  private static func before(_ first: String, _ second: String, in text: String) -> Bool {
    guard let one = text.ranges(of: first).first, let other = text.ranges(of: second).first else { return false }
    return one.lowerBound < other.lowerBound
  }

  @Test("begins with 120, the check and the steps where a plan runs or the score is high; leave and room come last")
  func urgent() async throws {
    let house = try House()
    let scene = try Scene(house)
    let ill = try await house.ask(.get, "/participants/\(scene.people[0])", as: .medic).text
    #expect(Self.before("tel:120", "/leave\"", in: ill) && Self.before("/check-in\"", "/leave\"", in: ill))
    #expect(Self.before("的步骤", "联系人", in: ill))
    let well = try await house.ask(.get, "/participants/\(scene.people[2])", as: .lead).text
    #expect(!well.contains("tel:120") && Self.before("/leave\"", "联系人", in: well))
    // the plan is known to all, the score is not
    let staff = try await house.ask(.get, "/participants/\(scene.people[0])", as: .staff).text
    #expect(staff.contains("tel:120") && !staff.contains("class=\"n "))
  }

  @Test("what a score asked for stands until a whole check takes it back, however often a reading is left out or nobody was checked")
  func leftOut() async throws {
    let house = try House()
    let ward = try Ward(house)
    func page(_ index: Int) async throws -> String { try await house.ask(.get, "/participants/\(ward.people[index])", as: .medic).text }
    try ward.check(0, 1, 2, readings: Ward.worrying)
    try ward.decline()
    #expect(try await page(0).contains("先做这些"))
    try ward.advance(7, 5)
    try ward.check(0, readings: Readings(temperature: 366))
    var text = try await page(0)
    #expect(text.contains("先做这些") && text.contains("tel:120") && text.contains("再查没测全"))
    #expect(text.contains("NEWS2 </span>5<small>"), "the last score, not a dash")
    for minute in 10..<45 {
      try ward.advance(7, minute)
      try ward.miss(0)
    }
    #expect(try await page(0).contains("先做这些"), "of long ago")
    try ward.check(0)
    #expect(!(try await page(0).contains("先做这些")))
    // Five points are certain, whatever was left out.
    var readings = Ward.worrying
    readings.temperature = nil
    try ward.check(3, readings: readings)
    try ward.decline()
    #expect(try await page(3).contains("先做这些"))
    // Who is elsewhere is not to be called for.
    let (ill, away) = (ward.people[1], ward.people[2])
    try house.perform(.lead) { try $0.transferToHospital(ill, HospitalDraft(hospital: "旗医院"), $1) }
    try house.perform(.staff) { try $0.startLeave(away, LeaveDraft(expectedBack: house.now + .hours(3), destination: "女儿家"), $1) }
    for index in [1, 2] {
      text = try await page(index)
      #expect(!text.contains("先做这些") && !text.contains(">打 120<"))
    }
  }

  @Test("an incident that is reported from it is about this person, in this room, without anything to search")
  func incident() async throws {
    let house = try House()
    let scene = try Scene(house)
    let person = scene.people[2]
    let form = try await house.ask(.get, "/incidents/new?participant=\(person)", as: .staff).text
    #expect(form.contains("陈玉兰·302 房") && form.contains("value=\"302 房\""))
    #expect(form.contains("name=\"of:\(person)\" value=\"participants\" checked"))
    #expect(form.contains("name=\"grade\" value=\"\" checked"))
    let body = "kind=fall&harm=severe&grade=&place=302&text=slipped&of%3A\(person)=participants&participants=\(scene.people[3])"
    let answer = try await house.ask(
      .post, "/incidents/new?participant=\(person)", as: .staff, headers: ["Content-Type": "application/x-www-form-urlencoded"],
      body: Array(body.utf8))
    #expect(answer.status == .seeOther, "\(answer.text)")
    let batch = scene.batch
    let (incident, about) = try house.store.read { reader in
      let incident = try #require(try reader.openIncidents(of: reader.batch(batch)).first { $0.place == "302" })
      return (incident, try reader.participants(of: incident).map(\.id))
    }
    #expect(incident.grade == .second && Set(about) == [person, scene.people[3]])
    let silent = try await house.post("/api/v1/incidents", .object(["kind": "fall", "harm": "mild", "place": "x", "text": "y"]), as: .staff)
    #expect(silent.status == .unprocessableContent, "a script says the grade")
  }

  @Test("a row of the start page says where somebody is, and apart from it what comes next")
  func rows() async throws {
    let house = try House()
    let scene = try Scene(house)
    let away = scene.people[2]
    try house.perform(.staff) {
      try $0.startLeave(away, LeaveDraft(expectedBack: house.now + .hours(3), destination: "女儿家"), $1)
    }
    let page = try await house.ask(.get, "/", as: .staff).text
    #expect(page.contains("请假·12:00 前回") && page.contains("去销假 ›") && page.contains("去报到 ›"))
  }
}
