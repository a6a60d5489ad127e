import Packs
import Sanatorium

@testable import SanatoriumStore

/// What a test records so that a gate has nothing left to ask.
extension StayHouse {
  static let medic = Actor(account: .random(), role: .escort, isMedical: true, name: "何一鸣")
  static let lead = Actor(account: .random(), role: .lead, name: "周敏")

  static func packs() throws -> FrozenPacks {
    FrozenPacks(
      regulation: try Packs.regulation("nm-2023"), health: try Packs.health("cn-elder-2026"),
      plans: [try Packs.plan("acute-illness")])
  }

  /// A fact with every part that its definition has; of options the first, which is the good one.
  static func complete(_ key: FactKey) -> RecordedFact {
    var fact = RecordedFact()
    for part in FactCatalogue[key]?.parts ?? [] {
      switch part.part {
      case .value: fact.value = part.options.first?.code ?? "merit_2"
      case .number: fact.number = part.range == nil ? "第 12 号" : "12"
      case .date: fact.date = firstDay + -20
      case .until: fact.until = firstDay + 400
      case .person: fact.person = "周敏"
      case .paper: fact.paper = "档案柜 2"
      }
    }
    if key == .venueArea { fact.value = "15" }
    if key == .previousStay { fact = RecordedFact(value: "none") }
    return fact
  }

  /// Who may record it.
  static func recorder(_ key: FactKey) -> Actor {
    [organizer, lead, medic, staff].first { FactCatalogue[key]?.admits($0) == true } ?? lead
  }

  func record(_ key: FactKey, _ fact: RecordedFact? = nil, of owner: FactOwner) throws {
    let fact = fact ?? StayHouse.complete(key)
    let regulation = try Packs.regulation("nm-2023")
    try perform(StayHouse.recorder(key)) { try $0.recordFact(key, fact, of: owner, under: regulation, $1) }
  }

  /// Everything the opening gate asks, and the escorts.
  func prepareOpening() throws {
    let regulation = try Packs.regulation("nm-2023")
    for key in regulation.asked(at: .open, of: .batch) where key != .successor { try record(key, of: .batch(batch)) }
    _ = try escort("苏和")
    _ = try escort("图雅")
    _ = try escort("何一鸣", .medical)
  }

  func openByGate() throws {
    try prepareOpening()
    let (id, packs) = (batch, try StayHouse.packs())
    try perform(StayHouse.organizer) { try $0.openBatch(id, packs: packs, $1) }
  }

  /// Everything the arrival gate asks of one person.
  func prepareArrival(_ index: Int, without left: Set<FactKey> = []) throws {
    let regulation = try Packs.regulation("nm-2023")
    for key in regulation.asked(at: .arrival, of: .participant) where !left.contains(key) {
      try record(key, of: .participant(people[index]))
    }
  }
}

/// The rules that a refused gate names.
func stopping(_ body: () throws -> Void) -> [String] {
  do {
    try body()
    return []
  } catch Refusal.gate(let results) {
    return results.map(\.rule)
  } catch {
    return ["\(error)"]
  }
}
