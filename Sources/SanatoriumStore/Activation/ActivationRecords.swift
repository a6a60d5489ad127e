internal import Evidence
internal import Sanatorium

extension Connection {
  fileprivate func note(
    _ kind: ActivationEvent.Kind, _ activation: Int64, _ entry: AppliedEntry, level: Int? = nil, step: Int? = nil,
    text: String = "", person: String = ""
  ) throws {
    try run(
      ActivationTable.insertEvent, entry.sequence, activation, kind.rawValue, level, step, text, entry.occurredAt,
      entry.recordedAt, person)
  }
}

/// What starts or proposes it, for whom.
struct ActivationCause: Codable, Sendable {
  var participant: Int64
  var incident: Int64
  var reason: Text
  /// The level the duty lead is asked to raise to.
  var raise: Int?
}

struct ActivationProposed: CodedPayload {
  static let kind = EntryKind.activationProposed
  struct Personal: Codable, Sendable {
    var cause: ActivationCause
    var raisesAt: Instant
    var activatesAt: Instant
  }
  let openPart: Open.Activation
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let (part, cause) = (personalPart, personalPart.cause)
    try tables.run(
      ActivationTable.insert, entry.sequence, entry.subject, entry.batch, openPart.plan, cause.participant,
      cause.incident, "proposed", openPart.level ?? 4, cause.raise, "proposal", openPart.drill, cause.reason.chinese,
      cause.reason.english, entry.occurredAt, part.activatesAt, Instant?.none, "")
    try tables.note(.proposed, entry.sequence, entry, level: openPart.level, text: cause.reason.chinese)
    try tables.setDeadline(.proposal, entry.sequence, batch: entry.batch, at: part.raisesAt)
  }
}

/// Nobody answered a proposal; the next tier is told.
struct ActivationRaised: CodedPayload {
  static let kind = EntryKind.activationRaised
  struct Personal: Codable, Sendable {
    var activation: Int64
    /// Nil when the pack lets nobody but a person start it.
    var activatesAt: Instant?
  }
  let openPart: Open.Activation
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    if personalPart.activatesAt == nil { try tables.run(ActivationTable.waitForPerson, personalPart.activation) }
    try tables.note(.raised, personalPart.activation, entry)
    try tables.setDeadline(.proposal, personalPart.activation, batch: entry.batch, at: personalPart.activatesAt)
  }
}

struct ActivationStarted: CodedPayload {
  static let kind = EntryKind.activationStarted
  struct Personal: Codable, Sendable {
    /// The proposal that it follows; nil for a new one.
    var activation: Int64?
    var cause: ActivationCause
    var person: String
    /// When the first step is late.
    var nextLate: Instant?
  }
  let openPart: Open.Activation
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let (part, cause) = (personalPart, personalPart.cause)
    let (level, origin) = (openPart.level ?? 4, openPart.origin ?? "manual")
    let key = part.activation ?? entry.sequence
    if part.activation != nil {
      try tables.run(ActivationTable.start, level, cause.raise, origin, entry.occurredAt, part.person, key)
    } else {
      try tables.run(
        ActivationTable.insert, key, entry.subject, entry.batch, openPart.plan, cause.participant, cause.incident,
        "active", level, cause.raise, origin, openPart.drill, cause.reason.chinese, cause.reason.english, Instant?.none,
        Instant?.none, entry.occurredAt, part.person)
    }
    try tables.note(.started, key, entry, level: level, text: cause.reason.chinese, person: part.person)
    try tables.setDeadline(.proposal, key, batch: entry.batch, at: nil)
    try tables.setDeadline(.step, key, batch: entry.batch, at: part.nextLate)
  }
}

struct ActivationLevelChanged: CodedPayload {
  static let kind = EntryKind.activationLevelChanged
  struct Personal: Codable, Sendable {
    var activation: Int64
    var reason: String
    var person: String
  }
  let openPart: Open.Activation
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let part = personalPart
    try tables.run(ActivationTable.setLevel, openPart.level ?? 4, part.activation)
    try tables.note(
      .level, part.activation, entry, level: openPart.level, text: part.reason, person: part.person)
  }
}

struct ActivationStepDone: CodedPayload {
  static let kind = EntryKind.activationStepDone
  struct Personal: Codable, Sendable {
    var activation: Int64
    var person: String
    var role: PlanRole
    var note: String
    var nextLate: Instant?
  }
  let openPart: Open.Activation
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let part = personalPart
    try tables.run(
      ActivationTable.stepDone, part.activation, openPart.step ?? 0, entry.occurredAt, part.person, part.role.rawValue,
      part.note)
    try tables.note(.step, part.activation, entry, step: openPart.step, text: part.note, person: part.person)
    try tables.setDeadline(.step, part.activation, batch: entry.batch, at: part.nextLate)
  }
}

struct ActivationStepOverdue: CodedPayload {
  static let kind = EntryKind.activationStepOverdue
  struct Personal: Codable, Sendable {
    var activation: Int64
    var nextLate: Instant?
  }
  let openPart: Open.Activation
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let part = personalPart
    try tables.run(ActivationTable.stepOverdue, part.activation, openPart.step ?? 0, entry.occurredAt)
    try tables.note(.overdue, part.activation, entry, step: openPart.step)
    try tables.setDeadline(.step, part.activation, batch: entry.batch, at: part.nextLate)
  }
}

/// How an activation ends; the same shape for declining, ending and reviewing.
struct ActivationEnding: Codable, Sendable {
  var activation: Int64
  var text: String
  /// Of an end: the codes of the conditions that were confirmed.
  var confirmed: [String]
  var person: String
}

struct ActivationDeclined: CodedPayload {
  static let kind = EntryKind.activationDeclined
  let openPart: Open.Activation
  let personalPart: ActivationEnding

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let part = personalPart
    try tables.run(ActivationTable.decline, entry.occurredAt, part.activation)
    try tables.note(.declined, part.activation, entry, text: part.text, person: part.person)
    try tables.setDeadline(.proposal, part.activation, batch: entry.batch, at: nil)
  }
}

struct ActivationTerminated: CodedPayload {
  static let kind = EntryKind.activationTerminated
  let openPart: Open.Activation
  let personalPart: ActivationEnding

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let part = personalPart
    try tables.run(ActivationTable.terminate, entry.occurredAt, part.activation)
    try tables.note(.terminated, part.activation, entry, text: part.text, person: part.person)
    try tables.setDeadline(.step, part.activation, batch: entry.batch, at: nil)
  }
}

struct ActivationReviewed: CodedPayload {
  static let kind = EntryKind.activationReviewed
  let openPart: Open.Activation
  let personalPart: ActivationEnding

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(ActivationTable.review, entry.occurredAt, personalPart.activation)
    try tables.note(
      .reviewed, personalPart.activation, entry, text: personalPart.text, person: personalPart.person)
  }
}
