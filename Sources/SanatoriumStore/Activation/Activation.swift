public import Sanatorium

/// 预案启动: one plan put into effect, or proposed to be.
public struct Activation: Sendable, Hashable {
  public enum State: String, Sendable, Codable, CaseIterable {
    case proposed, active, declined, terminated, reviewed
  }

  public enum Origin: String, Sendable, Codable, CaseIterable {
    case automatic, manual, drill, proposal

    public var label: Text {
      switch self {
      case .automatic: Text("自动启动", "Started by itself")
      case .manual: Text("手动启动", "Started by hand")
      case .drill: Text("演练", "Drill")
      case .proposal: Text("建议启动", "Proposed")
      }
    }
  }

  let key: Int64
  public let id: ID
  let batch: Int64
  /// The frozen plan pack's id.
  public let plan: String
  /// 0 when it concerns no single person.
  let participant: Int64
  let incident: Int64
  public let state: State
  /// Proposed, current, or last.
  public let level: PlanLevel
  /// The level to which the duty lead is asked to raise, since several are ill at once.
  public let raise: PlanLevel?
  public let origin: Origin
  public let isDrill: Bool
  public let reason: Text
  public let proposedAt: Instant?
  /// When a proposal that nobody answers starts by itself.
  public let activatesAt: Instant?
  /// The start from which every step's time runs; nil while proposed.
  public let t0: Instant?
  public let startedBy: String
  public let endedAt: Instant?
  public let reviewedAt: Instant?

  init(_ row: Row) throws {
    key = row.int64(0)
    id = row.id(1)
    batch = row.int64(2)
    plan = row.text(3)
    participant = row.int64(4)
    incident = row.int64(5)
    state = try row.code(6)
    guard let level = PlanLevel(rawValue: row.int(7)) else { throw CorruptRow(column: 7, value: "\(row.int(7))") }
    self.level = level
    raise = row.optionalInt(8).flatMap(PlanLevel.init(rawValue:))
    origin = try row.code(9)
    isDrill = row.bool(10)
    reason = Text(row.text(11), row.text(12))
    proposedAt = row.optionalInstant(13)
    activatesAt = row.optionalInstant(14)
    t0 = row.optionalInstant(15)
    startedBy = row.text(16)
    endedAt = row.optionalInstant(17)
    reviewedAt = row.optionalInstant(18)
  }

  public var isOpen: Bool { state == .proposed || state == .active }

  /// As the plan's rules look at it.
  public var planState: PlanState {
    switch state {
    case .proposed: .proposed(level)
    case .active: .active(level)
    case .declined: .declined
    case .terminated: .terminated
    case .reviewed: .reviewed
    }
  }
}

/// What was recorded of one step; a step without a record is not among them.
public struct ActivationStep: Sendable, Hashable {
  public let number: Int
  /// When it was last done.
  public let doneAt: Instant?
  public let person: String
  public let role: PlanRole?
  public let note: String
  public let times: Int
  /// It is late and has been since; nil once done.
  public let overdueAt: Instant?

  init(_ row: Row) {
    number = row.int(0)
    doneAt = row.optionalInstant(1)
    person = row.text(2)
    role = PlanRole(rawValue: row.text(3))
    note = row.text(4)
    times = row.int(5)
    overdueAt = row.optionalInstant(6)
  }
}

/// What happened in an activation, in order.
public struct ActivationEvent: Sendable, Hashable {
  public enum Kind: String, Sendable, Codable {
    case proposed, raised, started, level, step, overdue, declined, terminated, reviewed
  }

  public let entry: Int64
  public let kind: Kind
  public let level: PlanLevel?
  public let step: Int?
  public let text: String
  public let at: Instant
  public let recordedAt: Instant
  /// Empty when nobody did it: a trigger, a clock.
  public let person: String

  init(_ row: Row) throws {
    entry = row.int64(0)
    kind = try row.code(1)
    level = row.optionalInt(2).flatMap(PlanLevel.init(rawValue:))
    step = row.optionalInt(3)
    text = row.text(4)
    at = row.instant(5)
    recordedAt = row.instant(6)
    person = row.text(7)
  }
}

extension Connection {
  func activation(_ id: ID) throws -> Activation {
    guard let activation = try first(ActivationTable.byID, id, read: Activation.init) else {
      throw Refusal.notFound(Text("没有这次预案启动。", "There is no such activation."))
    }
    return activation
  }

  func activation(key: Int64) throws -> Activation {
    guard let activation = try first(ActivationTable.byKey, key, read: Activation.init) else {
      throw CorruptRow(column: 0, value: "activation \(key)")
    }
    return activation
  }

  func openActivations(of batch: Int64) throws -> [Activation] {
    try all(ActivationTable.open, batch, read: Activation.init)
  }

  func steps(of activation: Int64) throws -> [ActivationStep] {
    try all(ActivationTable.steps, activation, read: ActivationStep.init)
  }
}

extension Reader {
  /// Throws `Refusal.notFound`.
  public func activation(_ id: ID) throws -> Activation { try tables.activation(id) }

  /// Proposed and active ones, in the order in which they began; few.
  public func openActivations(of batch: Batch) throws -> [Activation] { try tables.openActivations(of: batch.key) }

  /// Declined, ended and reviewed ones, newest first; `before` is the last one of the previous page.
  public func endedActivations(of batch: Batch, before: Activation? = nil, limit: Int = 50) throws -> [Activation] {
    try tables.all(ActivationTable.ended, batch.key, before?.key ?? .max, limit, read: Activation.init)
  }

  public func activations(of incident: Incident) throws -> [Activation] {
    try tables.all(ActivationTable.ofIncident, incident.key, read: Activation.init)
  }

  public func steps(of activation: Activation) throws -> [ActivationStep] { try tables.steps(of: activation.key) }

  public func events(of activation: Activation) throws -> [ActivationEvent] {
    try tables.all(ActivationTable.events, activation.key, read: ActivationEvent.init)
  }

  public func batch(of activation: Activation) throws -> Batch { try tables.batch(key: activation.batch) }

  /// The plan as it was frozen when the batch opened.
  public func plan(of activation: Activation) throws -> PlanPack {
    guard let plan = try packs(of: batch(of: activation))?.plan(activation.plan) else {
      throw CorruptRow(column: 0, value: "plan \(activation.plan)")
    }
    return plan
  }

  public func participant(of activation: Activation) throws -> Participant? {
    activation.participant == 0 ? nil : try tables.participant(key: activation.participant)
  }

  public func incident(of activation: Activation) throws -> Incident? {
    activation.incident == 0 ? nil : try tables.incident(key: activation.incident)
  }
}
