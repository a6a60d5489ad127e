internal import Evidence
public import Sanatorium

/// The packs that a batch opened with. A pack changed later changes no batch already opened.
public struct FrozenPacks: Sendable, Hashable {
  public var regulation: Regulation
  public var health: HealthPack
  public var plans: [PlanPack]

  public init(regulation: Regulation, health: HealthPack, plans: [PlanPack]) {
    self.regulation = regulation
    self.health = health
    self.plans = plans
  }

  public func plan(_ id: String) -> PlanPack? { plans.first { $0.id == id } }
}

extension Connection {
  /// The packs frozen into an open batch; nil before it is opened.
  func frozenPacks(batch: Int64) throws -> FrozenPacks? {
    var regulation: Regulation?
    var health: HealthPack?
    var plans: [PlanPack] = []
    let rows = try all(BatchTable.packs, batch) { ($0.text(0), $0.bytes(2)) }
    for (kind, body) in rows {
      let json = try JSON.parse(body)
      switch kind {
      case "regulation": regulation = try json.decoded(as: Regulation.self)
      case "health": health = try json.decoded(as: HealthPack.self)
      default: plans.append(try json.decoded(as: PlanPack.self))
      }
    }
    guard let regulation, let health else { return nil }
    return FrozenPacks(regulation: regulation, health: health, plans: plans)
  }
}

extension Ledger {
  /// The batch's packs, decoded once per batch and kept.
  func packs(of batch: Int64) throws -> FrozenPacks {
    if let known = frozen[batch] { return known }
    guard let packs = try tables.frozenPacks(batch: batch) else {
      throw Refusal.conflict(
        Fault("batch", "not-open", Text("这一批还没有开始。", "This batch has not been opened.")))
    }
    frozen[batch] = packs
    return packs
  }
}

extension Reader {
  public func packs(of batch: Batch) throws -> FrozenPacks? {
    if let known = tables.packs[batch.key] { return known }
    guard let packs = try tables.frozenPacks(batch: batch.key) else { return nil }
    // A batch that is no longer open comes on a page now and then, and the open one on every page.
    if batch.state == .open { tables.packs = [batch.key: packs] }
    return packs
  }
}
