import Evidence
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Hand-over notes")
struct HandOverTests {
  private static let li = Actor(account: .random(), role: .staff, name: "李桂芳")

  /// The duty lead by day and the one by night, both with an account.
  private struct Rig {
    let house: StayHouse
    let day: ID
    let night: ID

    init(linked: Bool = true) throws {
      let house = try StayHouse()
      self.house = house
      let (zhou, li) = (try house.escort("周敏", .general, .host), try house.escort("李桂芳", .general, .host))
      let batch = house.batch
      func plan(_ escort: ID, _ from: Instant, _ until: Instant) throws -> ID {
        try house.perform { try $0.planShift(ShiftDraft(escort: escort, duty: .dutyLead, startsAt: from, endsAt: until), in: batch, $1) }.subject
      }
      day = try plan(zhou, house.at(1, 8), house.at(1, 20))
      night = try plan(li, house.at(1, 20), house.at(2, 8))
      try house.arrive(0..<3)
      guard linked else { return }
      // Accounts of their own, as the roster links them.
      try house.store.perform(at: house.now) { ledger in
        try ledger.tables.run(SQL("UPDATE escort SET account = ? WHERE uuid = ?"), StayHouse.lead.account, zhou)
        try ledger.tables.run(SQL("UPDATE escort SET account = ? WHERE uuid = ?"), HandOverTests.li.account, li)
      }
    }

    static func words(_ people: String = "巴特尔 血压高", tasks: String = "305 空调报修") -> HandOverDraft {
      var words = HandOverDraft()
      words.people = people
      words.tasks = tasks
      return words
    }

    @discardableResult
    func write(_ actor: Actor = StayHouse.lead, _ words: HandOverDraft = Rig.words(), signs: Bool = true, basedOn: Int64? = nil) throws -> HandOver {
      let day = day
      let id = try house.perform(actor) { try $0.writeHandOver(of: day, words, signs: signs, basedOn: basedOn, $1) }.subject
      return try house.store.read { try $0.handOver(id) }
    }
  }

  @Test("the house counts who is where; who goes writes and signs, who comes reads and signs, and then it stays")
  func both() throws {
    let rig = try Rig()
    let house = rig.house
    let person = house.people[0]
    let leave = LeaveDraft(expectedBack: house.at(1, 22), destination: "镇上", companion: "")
    try house.perform { try $0.startLeave(person, leave, $1) }
    house.now = house.at(1, 19, 50)
    let note = try rig.write()
    #expect(note.figures == HandOverFigures(expected: 3, present: 2, outing: 0, leave: 1, hospital: 0, arrived: 3, departed: 0))
    #expect(note.changeAt == house.at(1, 20) && note.giver?.name == "周敏" && note.isOpen)
    let id = note.id
    #expect(codes { try house.perform(StayHouse.lead) { _ = try $0.signHandOver(id, $1) } } == ["note: the-same"])
    let stranger = Actor(account: .random(), role: .staff, name: "韩梅")
    #expect(throws: Refusal.self) { try house.perform(stranger) { try $0.signHandOver(id, $1) } }
    try house.perform(HandOverTests.li) { try $0.signHandOver(id, basedOn: note.revision, $1) }
    let signed = try house.store.read { try $0.handOver(id) }
    #expect(signed.taker?.name == "李桂芳" && !signed.isOpen)
    #expect(codes { try rig.write(basedOn: signed.revision) } == ["note: signed"])
    #expect(codes { try house.perform(HandOverTests.li) { _ = try $0.signHandOver(id, $1) } } == ["note: signed"])
    try house.advance(to: house.at(1, 23))
    #expect(try house.alerts("hand-over-late").isEmpty)
  }

  @Test("written anew it must be signed again, and what somebody wrote meanwhile is not overwritten or signed unread")
  func anew() throws {
    let rig = try Rig()
    let house = rig.house
    house.now = house.at(1, 19)
    let note = try rig.write()
    #expect(codes { try rig.write() } == ["revision: changed-since"])
    let id = note.id
    let second = try rig.write(signs: false, basedOn: note.revision)
    #expect(second.id == id && second.giver == nil && second.revision > note.revision)
    #expect(codes { try house.perform(HandOverTests.li) { _ = try $0.signHandOver(id, $1) } } == ["note: not-given"])
    let third = try rig.write(basedOn: second.revision)
    #expect(codes { try house.perform(HandOverTests.li) { _ = try $0.signHandOver(id, basedOn: second.revision, $1) } } == ["revision: changed-since"])
    try house.perform(HandOverTests.li) { try $0.signHandOver(id, basedOn: third.revision, $1) }
  }

  @Test("an hour after the change of shift an unsigned note is late, raises attention, and ends it when it is signed")
  func late() throws {
    let rig = try Rig()
    let house = rig.house
    house.now = house.at(1, 19)
    let note = try rig.write()
    try house.advance(to: house.at(1, 20, 59))
    #expect(try house.alerts("hand-over-late").isEmpty)
    try house.advance(to: house.at(1, 21))
    let alert = try #require(try house.alerts("hand-over-late").first)
    #expect(alert.severity == .attention && alert.people == "李桂芳")
    #expect(try house.store.read { try $0.handOver(note.id).isLate })
    let id = note.id
    try house.perform(HandOverTests.li) { try $0.signHandOver(id, $1) }
    #expect(try house.alerts("hand-over-late").isEmpty)
  }

  @Test("who owes a signature is told: the shift that ends, then the one that comes")
  func owed() throws {
    let rig = try Rig()
    let house = rig.house
    func calls(_ account: ID?, at moment: Instant) throws -> [HandOverCall] {
      try house.read { try $0.handOverCalls(of: $1, at: moment) }.filter { call in account.map { call.accounts.contains($0) } ?? true }
    }
    #expect(try calls(nil, at: house.at(1, 19)).isEmpty)
    #expect(try calls(StayHouse.lead.account, at: house.at(1, 19, 40)).map(\.side) == [.give])
    #expect(try calls(HandOverTests.li.account, at: house.at(1, 19, 40)).isEmpty)
    house.now = house.at(1, 19, 50)
    try rig.write()
    #expect(try calls(StayHouse.lead.account, at: house.at(1, 20)).isEmpty)
    let call = try #require(try calls(HandOverTests.li.account, at: house.at(1, 20)).first)
    #expect(call.side == .take && !call.isLate)
    // never written at all is late by itself, without anything recorded
    #expect(try calls(nil, at: house.at(2, 9, 30)).filter { $0.shift == rig.night }.map(\.isLate) == [true])
  }

  @Test("who may not read health data neither reads nor loses what is written about it, and nobody writes for another's shift")
  func discretion() throws {
    let rig = try Rig()
    let house = rig.house
    house.now = house.at(1, 19)
    #expect(throws: Refusal.self) { try rig.write(HandOverTests.li) }
    let note = try rig.write()
    let plain = Actor(account: StayHouse.lead.account, role: .staff, name: "周敏")
    let again = try rig.write(plain, Rig.words("偷看", tasks: "修好了"), basedOn: note.revision)
    #expect(again.words.people == "巴特尔 血压高" && again.words.tasks == "修好了")
  }

  @Test("the tables equal those made again from the journal")
  func rebuilt() throws {
    let rig = try Rig(linked: false)
    let house = rig.house
    house.now = house.at(1, 19)
    let note = try rig.write()
    try house.advance(to: house.at(1, 22))
    let other = Actor(account: .random(), role: .lead, name: "陈立")
    let id = note.id
    try house.perform(other) { try $0.signHandOver(id, $1) }
    let saved = try house.perform(StayHouse.lead) { ledger, submission in
      try ledger.saveRotaTemplate(
        nil, RotaTemplateDraft(name: "两班", lines: [RotaLine(duty: .dutyLead, from: 480, until: 1200, people: ["周敏"])]), submission)
    }.subject
    let other2 = RotaTemplateDraft(name: "两班", lines: [RotaLine(duty: .dutyLead, from: 540, until: 1200, people: ["周敏"])])
    try house.perform(StayHouse.lead) { try $0.saveRotaTemplate(saved, other2, $1) }
    #expect(try house.faults() == [])
  }

  @Test("a note goes with the end of its shift: a stand-in from a moment on, taken back, and the shift ended early")
  func follows() throws {
    let rig = try Rig(linked: false)
    let (house, batch, day) = (rig.house, rig.house.batch, rig.day)
    let chen = try house.escort("陈立", .general, .host)
    house.now = house.at(1, 10)
    let note = try rig.write()
    func change() throws -> Instant { try house.store.read { try $0.handOver(note.id).changeAt } }
    let late = StandInDraft(escort: chen, from: house.at(1, 14), reason: "开会")
    let standIn = try house.perform(StayHouse.lead) { try $0.standIn(for: day, late, in: batch, $1) }.subject
    #expect(try change() == house.at(1, 14))
    try house.perform(StayHouse.lead) { try $0.removeShift(standIn, in: batch, $1) }
    #expect(try change() == house.at(1, 20))
    try house.advance(to: house.at(1, 15, 30))
    #expect(try house.alerts("hand-over-late").isEmpty)
    try house.perform(StayHouse.lead) { try $0.removeShift(day, in: batch, $1) }
    #expect(try change() == house.at(1, 15, 30))
    try house.advance(to: house.at(1, 16, 29))
    #expect(try house.alerts("hand-over-late").isEmpty)
    try house.advance(to: house.at(1, 16, 30))
    #expect(try house.alerts("hand-over-late").count == 1)
    #expect(try house.faults() == [])
  }

  @Test("an hour after the stand-in's beginning the note that waits for it is late; told afterwards it gets an hour from then")
  func standIn() throws {
    for (told, due) in [((11, 0), (13, 0)), ((12, 30), (13, 30))] {
      let rig = try Rig(linked: false)
      let (house, batch, day) = (rig.house, rig.house.batch, rig.day)
      let chen = try house.escort("陈立", .general, .host)
      house.now = house.at(1, 10)
      try rig.write()
      house.now = house.at(1, told.0, told.1)
      let draft = StandInDraft(escort: chen, from: house.at(1, 12), reason: "病了")
      try house.perform(StayHouse.lead) { try $0.standIn(for: day, draft, in: batch, $1) }
      try house.advance(to: house.at(1, due.0, due.1) - .minutes(1))
      #expect(try house.alerts("hand-over-late").isEmpty)
      try house.advance(to: house.at(1, due.0, due.1))
      #expect(try house.alerts("hand-over-late").count == 1)
      #expect(try house.faults() == [])
    }
  }

  @Test("what both have signed stays; a note whose shift is gone or wholly another's is asked of nobody")
  func settled() throws {
    let rig = try Rig()
    let (house, batch, day, night) = (rig.house, rig.house.batch, rig.day, rig.night)
    // In the very moment in which it begins.
    let key = ID.random()
    func write() throws -> Recorded {
      try house.perform(StayHouse.lead, key: key) { try $0.writeHandOver(of: day, Rig.words(), signs: true, $1) }
    }
    let first = try write()
    let note = try house.store.read { try $0.handOver(first.subject) }
    try house.perform(StayHouse.lead) { try $0.removeShift(day, in: batch, $1) }
    #expect(try house.store.read { try $0.tables.count(SQL("SELECT count(*) FROM deadline WHERE kind = 'handOver'")) } == 0)
    #expect(try house.store.read { try $0.shift(of: $0.handOver(note.id)) } == nil)
    let again = try write()
    #expect(again.repeated && again.sequence == first.sequence)
    try house.advance(to: house.at(1, 23))
    #expect(try house.alerts("hand-over-late").isEmpty)
    let other = Actor(account: .random(), role: .lead, name: "陈立")
    let second = try house.perform(HandOverTests.li) { try $0.writeHandOver(of: night, Rig.words(), signs: true, $1) }.subject
    try house.perform(other) { try $0.signHandOver(second, $1) }
    try house.perform(StayHouse.lead) { try $0.removeShift(night, in: batch, $1) }
    #expect(try house.store.read { try $0.handOver(second).changeAt } == house.at(2, 8))
    try house.advance(to: house.at(2, 12))
    #expect(try house.alerts("hand-over-late").isEmpty)
    #expect(try house.read { try $0.handOverCalls(of: $1, at: house.at(2, 0)) }.isEmpty)
  }
}
