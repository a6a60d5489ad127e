import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Rota templates of the house")
struct RotaTemplateTests {
  private static let lines = [
    RotaLine(duty: .dutyLead, from: 480, until: 1200, people: ["周敏"]), RotaLine(duty: .dutyLead, from: 1200, until: 480, people: ["李桂芳"]),
  ]

  private func save(_ house: StayHouse, _ id: ID? = nil, _ name: String = "两班", _ lines: [RotaLine] = lines, basedOn: Int64? = nil) throws -> ID {
    try house.perform(StayHouse.lead) { try $0.saveRotaTemplate(id, RotaTemplateDraft(name: name, lines: lines), basedOn: basedOn, $1) }.subject
  }

  @Test("applied in one step to the days of a batch; what somebody serves already stays, and the preview says so")
  func apply() throws {
    let house = try StayHouse()
    let batch = house.batch
    let zhou = try house.escort("周敏", .general, .host)
    _ = try house.escort("李桂芳", .general, .host)
    let known = ShiftDraft(escort: zhou, duty: .reception, startsAt: house.at(3, 10), endsAt: house.at(3, 14))
    try house.perform { try $0.planShift(known, in: batch, $1) }
    let id = try save(house)
    let preview = try house.read { try $0.rotaPlan(of: $0.rotaTemplate(id), for: $1, from: house.now) }
    #expect(preview.shifts.count == 13 && preview.kept == 1 && preview.unknown.isEmpty)
    #expect(preview.problems.contains { $0.kind == .noLead && $0.from == house.at(3, 8) })
    let seen = try house.read { try $0.rosterRevision(of: $1) }
    try house.perform(StayHouse.lead) { try $0.applyRotaTemplate(id, to: batch, basedOn: seen, $1) }
    #expect(try house.read { try $0.shifts(of: $1, on: StayHouse.firstDay, days: 7).count } == 14)
    #expect(codes { try house.perform(StayHouse.lead) { _ = try $0.applyRotaTemplate(id, to: batch, $1) } } == ["template: nothing-new"])
    let lines = try house.read { try $0.rotaLines(of: $1) }
    #expect(lines.contains(RotaTemplateTests.lines[1]))
    #expect(try house.faults() == [])
  }

  @Test("the second of two who change a template is shown the first's; names are unlike; a removed one is gone")
  func editors() throws {
    let house = try StayHouse()
    let id = try save(house)
    let seen = try house.store.read { try $0.rotaTemplate(id).revision }
    let mine = [RotaLine(duty: .dutyLead, from: 540, until: 1260, people: ["陈立"])]
    _ = try save(house, id, "两班", mine, basedOn: seen)
    #expect(codes { _ = try save(house, id, basedOn: seen) } == ["revision: changed-since"])
    #expect(words { _ = try save(house, id, basedOn: seen) }.contains("值班负责人 09:00–21:00 每天：陈立"))
    #expect(codes { _ = try save(house) } == ["name: known-already"])
    #expect(codes { _ = try save(house, nil, " ", []) } == ["name: missing", "lines: empty"])
    try house.perform(StayHouse.lead) { try $0.removeRotaTemplate(id, $1) }
    #expect(try house.store.read { try $0.rotaTemplates() }.isEmpty)
    #expect(try house.faults() == [])
  }

  @Test("applied again it leaves alone what was planned before, also a shift that somebody else serves")
  func again() throws {
    let house = try StayHouse()
    let batch = house.batch
    let zhou = try house.escort("周敏", .general, .host)
    let chen = try house.escort("陈立", .general, .host)
    let id = try save(house, nil, "白班", [RotaTemplateTests.lines[0]])
    try house.perform(StayHouse.lead) { try $0.applyRotaTemplate(id, to: batch, $1) }
    let shift = try #require(try house.read { try $0.shifts(of: $1, on: StayHouse.firstDay + 2) }.first).id
    try house.perform(StayHouse.lead) { try $0.standIn(for: shift, StandInDraft(escort: chen, reason: "病了"), in: batch, $1) }
    let preview = try house.read { try $0.rotaPlan(of: $0.rotaTemplate(id), for: $1, from: house.now) }
    #expect(preview.shifts.isEmpty && preview.kept == 7)
    #expect(codes { try house.perform(StayHouse.lead) { _ = try $0.applyRotaTemplate(id, to: batch, $1) } } == ["template: nothing-new"])
    let own = try house.read { try $0.shifts(of: $1, on: StayHouse.firstDay, days: 7) }.filter { $0.escort == zhou }
    #expect(own.count == 7)
    // Another duty at that time is none that he was planned for.
    let reception = try save(house, nil, "前台", [RotaLine(duty: .reception, from: 600, until: 720, people: ["周敏"])])
    let other = try house.read { try $0.rotaPlan(of: $0.rotaTemplate(reception), for: $1, from: house.now) }
    #expect(other.shifts.map(\.startsAt) == [house.at(3, 10)])
  }

  @Test("a template changed since its preview is refused with what it is now; nothing is planned")
  func changed() throws {
    let house = try StayHouse()
    let batch = house.batch
    _ = try house.escort("周敏", .general, .host)
    let id = try save(house)
    let seen = try house.store.read { try $0.rotaTemplate(id).revision }
    let other = [RotaLine(duty: .dutyLead, from: 540, until: 1260, people: ["周敏"])]
    _ = try save(house, id, "两班", other, basedOn: seen)
    func apply() throws {
      try house.perform(StayHouse.organizer) { _ = try $0.applyRotaTemplate(id, to: batch, templateRevision: seen, $1) }
    }
    #expect(codes(apply) == ["templateRevision: changed-since"])
    #expect(words(apply).contains("周敏 6月1日 08:00 改了“两班”") && words(apply).contains("值班负责人 09:00–21:00 每天：周敏"))
    #expect(try house.read { try $0.shifts(of: $1, on: StayHouse.firstDay, days: 7) }.isEmpty)
    let now = try house.store.read { try $0.rotaTemplate(id).revision }
    try house.perform(StayHouse.organizer) { try $0.applyRotaTemplate(id, to: batch, templateRevision: now, $1) }
  }

  @Test("a repeated request is answered with its first result, also when the template is gone")
  func repeated() throws {
    let house = try StayHouse()
    let (batch, key) = (house.batch, ID.random())
    _ = try house.escort("周敏", .general, .host)
    let id = try save(house)
    let first = try house.perform(StayHouse.lead, key: key) { try $0.applyRotaTemplate(id, to: batch, $1) }
    try house.perform(StayHouse.lead) { try $0.removeRotaTemplate(id, $1) }
    let again = try house.perform(StayHouse.lead, key: key) { try $0.applyRotaTemplate(id, to: batch, $1) }
    #expect(again.repeated && again.sequence == first.sequence)
    #expect(throws: Refusal.self) { try house.perform(StayHouse.lead) { try $0.applyRotaTemplate(id, to: batch, $1) } }
  }
}
