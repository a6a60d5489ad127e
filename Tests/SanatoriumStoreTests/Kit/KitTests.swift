import Packs
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("The medicine kit")
struct KitTests {
  private let aspirin = KitItem(category: .emergency, name: "阿司匹林", specification: "100mg", unit: "盒", needed: 3, present: 3)

  private func add(_ item: KitItem, _ house: StayHouse) throws -> KitLine {
    let id = house.batch
    let recorded = try house.perform(StayHouse.medic) { try $0.addKitItem(item, in: id, $1) }
    return try house.store.read { try $0.kitLine(recorded.subject, in: $0.batch(id)) }
  }

  @discardableResult
  private func sign(_ house: StayHouse, _ seen: Kit? = nil) throws -> Recorded {
    let id = house.batch
    let kit = try seen ?? house.store.read { try $0.kit(of: $0.batch(id)) }
    return try house.perform(StayHouse.medic) { try $0.signKit(basedOn: kit.revision, in: id, $1) }
  }

  private func rule(_ gate: Gate, _ house: StayHouse) throws -> RuleResult? {
    let regulation = try Packs.regulation("nm-2023")
    return try house.store.read { reader in
      try reader.gate(gate, of: reader.batch(house.batch), under: regulation, at: house.now).results.first { $0.rule == "NM09" }
    }
  }

  @Test("the list itself answers NM09: unknown until somebody signs, then complete, short when something is used up")
  func answers() throws {
    let house = try StayHouse(open: false)
    let id = house.batch
    let line = try add(aspirin, house)
    #expect(try rule(.open, house)?.outcome == .unknown)
    try sign(house)
    #expect(try rule(.open, house)?.outcome == .pass)
    try house.perform(StayHouse.medic) { try $0.moveKit(line.id, .used, amount: 2, note: "二楼", in: id, $1) }
    let short = try #require(try rule(.open, house))
    #expect(short.outcome == .fail && short.force == .hard)
    try house.perform(StayHouse.lead) { try $0.moveKit(line.id, .restocked, amount: 2, in: id, $1) }
    #expect(try rule(.open, house)?.outcome == .pass)
    var bandage = aspirin
    bandage.name = "绷带"
    _ = try add(bandage, house)
    #expect(try rule(.open, house)?.outcome == .unknown, "the signature was of another list")
    let movements = try house.store.read { try $0.kitMovements(of: $0.batch(id)) }
    #expect(movements.map(\.change) == [.restocked, .used] && movements.map(\.amount) == [2, 2])
    #expect(try house.store.verify().faults == [])
  }

  @Test("an item that runs out during the stay is short, whatever was written down by hand before")
  func expires() throws {
    let house = try StayHouse(open: false)
    try house.record(.kit, of: .batch(house.batch))
    #expect(try rule(.open, house)?.outcome == .pass)
    var item = aspirin
    item.expires = StayHouse.firstDay + 2
    _ = try add(item, house)
    let id = house.batch
    try sign(house)
    #expect(try rule(.open, house)?.outcome == .fail)
    let kit = try house.store.read { try $0.kit(of: $0.batch(id)) }
    #expect(kit.signed?.short == 1 && kit.short(until: StayHouse.firstDay + 1).isEmpty)
  }

  @Test("what is used up between gates opens a nonconformity, and restocking ends it")
  func breach() throws {
    let house = try StayHouse(open: false)
    try house.prepareOpening()
    let line = try add(aspirin, house)
    let (id, packs) = (house.batch, try StayHouse.packs())
    try sign(house)
    try house.perform(StayHouse.organizer) { try $0.openBatch(id, packs: packs, $1) }
    func breaches() throws -> [Nonconformity] {
      try house.store.read { try $0.nonconformities(of: $0.batch(id)) }.filter { $0.rule == "NM09" }
    }
    try house.perform(StayHouse.medic) { try $0.moveKit(line.id, .used, amount: 1, in: id, $1) }
    #expect(try breaches().map(\.isOpen) == [true])
    house.now = house.now + .hours(1)
    try house.perform(StayHouse.medic) { try $0.moveKit(line.id, .restocked, amount: 5, in: id, $1) }
    #expect(try breaches().map(\.closedAt) == [house.now])
  }

  @Test("more can't be taken out than there is; two lines of one thing, a stranger's hand and an overtaken change are refused")
  func refused() throws {
    let house = try StayHouse(open: false)
    let id = house.batch
    let line = try add(aspirin, house)
    #expect(codes { _ = try house.perform(StayHouse.medic) { try $0.moveKit(line.id, .used, amount: 4, in: id, $1) } } == ["amount: out-of-range"])
    #expect(codes { _ = try add(aspirin, house) } == ["name: twice"])
    #expect(throws: Refusal.self) { try house.perform(StayHouse.staff) { try $0.addKitItem(aspirin, in: id, $1) } }
    var more = aspirin
    more.needed = 5
    let (mine, theirs) = (more, aspirin)
    try house.perform(StayHouse.medic) { try $0.changeKitItem(line.id, mine, basedOn: line.revision, in: id, $1) }
    #expect(
      codes { _ = try house.perform(StayHouse.lead) { try $0.changeKitItem(line.id, theirs, basedOn: line.revision, in: id, $1) } }
        == ["revision: changed-since"])
    #expect(try house.store.read { try $0.kit(of: $0.batch(id)) }.lines.map(\.item.needed) == [5])
  }
}
