import Sanatorium

@testable import SanatoriumStore

/// One write of a random history, so that it can be sent again.
struct RandomWrite: Sendable {
  let actor: Actor
  let key = ID.random()
  let event: @Sendable (Ledger, Submission) throws -> Recorded

  init(_ actor: Actor, _ event: @escaping @Sendable (Ledger, Submission) throws -> Recorded) {
    self.actor = actor
    self.event = event
  }

  func send(to house: StayHouse) throws -> Recorded { try house.perform(actor, key: key, event) }
}

/// Writes of the roster, its templates and hand-overs, of the kit and of home visits, on whatever stands there by then.
struct RandomWrites {
  let house: StayHouse
  let escorts: [ID]

  private static let lead = RandomHistoryTests.lead
  private static let other = Actor(account: .random(), role: .lead, name: "李桂芳")
  private static let medic = RandomHistoryTests.medic

  init(_ house: StayHouse) throws {
    self.house = house
    escorts = try ["高原", "王洁", "赵磊", "陈立", "图雅"].map { try house.escort($0, $0 == "高原" ? .medical : .general, .host) }
  }

  /// Nil where there is nothing yet to be written about.
  func next(_ dice: inout Dice) throws -> RandomWrite? {
    switch Int.random(in: 0..<20, using: &dice) {
    case 0...2: return plan(&dice)
    case 3: return try removal(&dice)
    case 4, 5: return try standIn(&dice)
    case 6...8: return try template(&dice)
    case 9, 10: return try note(&dice)
    case 11: return try signature(&dice)
    case 12...15: return try kit(&dice)
    default: return visit(&dice)
    }
  }

  private func plan(_ dice: inout Dice) -> RandomWrite {
    let start = house.now + .minutes(Int.random(in: -4...24, using: &dice) * 30)
    let shift = ShiftDraft(
      escort: escorts.randomElement(using: &dice) ?? .none, duty: [.dutyLead, .medicalLead, .reception].randomElement(using: &dice) ?? .escort,
      startsAt: start, endsAt: start + .hours(Int.random(in: 1...12, using: &dice)))
    let (batch, confirmed) = (house.batch, Int.random(in: 0..<4, using: &dice) > 0)
    return RandomWrite(RandomWrites.lead) { try $0.planShifts([shift], in: batch, confirmed: confirmed, $1) }
  }

  private func shifts() throws -> [Shift] { try house.read { try $0.tables.all(EscortTable.shiftsOf, $1.key, read: Shift.init) } }

  private func removal(_ dice: inout Dice) throws -> RandomWrite? {
    let now = house.now
    guard let shift = try shifts().filter({ $0.endsAt > now }).randomElement(using: &dice) else { return nil }
    let (batch, revision) = (house.batch, Bool.random(using: &dice) ? shift.revision : nil)
    return RandomWrite(RandomWrites.lead) { try $0.removeShift(shift.id, reason: "改排", in: batch, basedOn: revision, $1) }
  }

  private func standIn(_ dice: inout Dice) throws -> RandomWrite? {
    let now = house.now
    guard let shift = try shifts().filter({ $0.endsAt > now - .hours(6) }).randomElement(using: &dice) else { return nil }
    let minutes = (shift.endsAt - shift.startsAt).minutes
    let from = Bool.random(using: &dice) ? shift.startsAt + .minutes(Int.random(in: 0..<max(1, Int(minutes)), using: &dice)) : nil
    let draft = StandInDraft(escort: escorts.randomElement(using: &dice) ?? .none, from: from, reason: "有事")
    let batch = house.batch
    return RandomWrite(RandomWrites.lead) { try $0.standIn(for: shift.id, draft, in: batch, basedOn: shift.revision, $1) }
  }

  private func template(_ dice: inout Dice) throws -> RandomWrite {
    let known = try house.store.read { try $0.rotaTemplates() }.randomElement(using: &dice)
    let from = Int.random(in: 0..<24, using: &dice) * 60
    let people = [["王洁", "赵磊"], ["陈立"], ["没有的人"]].randomElement(using: &dice) ?? []
    let line = RotaLine(duty: .dutyLead, from: from, until: (from + 720) % 1440, every: Int.random(in: 1...3, using: &dice), people: people)
    let draft = RotaTemplateDraft(name: "模板\(Int.random(in: 0..<3, using: &dice))", lines: [line])
    let batch = house.batch
    guard let known else { return RandomWrite(RandomWrites.lead) { try $0.saveRotaTemplate(nil, draft, $1) } }
    switch Int.random(in: 0..<5, using: &dice) {
    case 0: return RandomWrite(RandomWrites.lead) { try $0.saveRotaTemplate(nil, draft, $1) }
    case 1: return RandomWrite(RandomWrites.lead) { try $0.saveRotaTemplate(known.id, draft, basedOn: known.revision, $1) }
    case 2: return RandomWrite(RandomWrites.lead) { try $0.removeRotaTemplate(known.id, basedOn: known.revision, $1) }
    default: return RandomWrite(RandomWrites.lead) { try $0.applyRotaTemplate(known.id, to: batch, templateRevision: known.revision, $1) }
    }
  }

  private func note(_ dice: inout Dice) throws -> RandomWrite? {
    let now = house.now
    guard let shift = try shifts().filter({ $0.isServed && $0.startsAt <= now }).suffix(4).randomElement(using: &dice) else { return nil }
    let revision = try house.store.read { try $0.handOver(of: shift)?.revision }
    let signs = Int.random(in: 0..<3, using: &dice) > 0
    var words = HandOverDraft()
    words.tasks = "第 \(Int.random(in: 1...99, using: &dice)) 件"
    let draft = words
    return RandomWrite(RandomWrites.lead) { try $0.writeHandOver(of: shift.id, draft, signs: signs, basedOn: revision, $1) }
  }

  private func signature(_ dice: inout Dice) throws -> RandomWrite? {
    guard let note = try house.read({ try $0.handOvers(of: $1) }).filter(\.isOpen).randomElement(using: &dice) else { return nil }
    return RandomWrite(RandomWrites.other) { try $0.signHandOver(note.id, basedOn: note.revision, $1) }
  }

  private func kit(_ dice: inout Dice) throws -> RandomWrite {
    let batch = house.batch
    let kit = try house.read { try $0.kit(of: $1) }
    let name = "药 \(Int.random(in: 0..<6, using: &dice))"
    var item = KitItem(category: .emergency, name: name, unit: "盒", needed: 2, present: Int.random(in: 0...4, using: &dice))
    item.expires = Bool.random(using: &dice) ? StayHouse.firstDay + Int.random(in: 0...30, using: &dice) : nil
    let drafted = item
    guard let line = kit.lines.randomElement(using: &dice) else {
      return RandomWrite(RandomWrites.medic) { try $0.addKitItem(drafted, in: batch, $1) }
    }
    let amount = Int.random(in: 1...3, using: &dice)
    let change = KitChange.allCases.randomElement(using: &dice) ?? .used
    switch Int.random(in: 0..<6, using: &dice) {
    case 0, 1: return RandomWrite(RandomWrites.medic) { try $0.addKitItem(drafted, in: batch, $1) }
    case 2: return RandomWrite(RandomWrites.medic) { try $0.changeKitItem(line.id, drafted, basedOn: line.revision, in: batch, $1) }
    case 3: return RandomWrite(RandomWrites.medic) { try $0.removeKitItem(line.id, reason: "过期", basedOn: line.revision, in: batch, $1) }
    case 4: return RandomWrite(RandomWrites.medic) { try $0.signKit(basedOn: kit.revision, in: batch, $1) }
    default: return RandomWrite(RandomWrites.medic) { try $0.moveKit(line.id, change, amount: amount, in: batch, $1) }
    }
  }

  private func visit(_ dice: inout Dice) -> RandomWrite {
    let person = house.people.randomElement(using: &dice) ?? .none
    let day = house.store.time.day(of: house.now)
    switch Int.random(in: 0..<4, using: &dice) {
    case 0:
      let outcome: TurnAway = Bool.random(using: &dice) ? .withdrawn : .noShow
      return RandomWrite(StayHouse.staff) { try $0.turnAway(person, outcome, reason: "住院", forHealth: true, $1) }
    case 1: return RandomWrite(StayHouse.staff) { try $0.arrive(person, room: "201", results: [], $1) }
    case 2: return RandomWrite(StayHouse.staff) { try $0.depart(person, reason: .medical, badgeReturned: true, $1) }
    default: return RandomWrite(StayHouse.organizer) { try $0.makeHomeVisit(person, on: day, by: "白露", $1) }
    }
  }
}
