internal import Evidence
internal import Sanatorium

/// A fact of a batch or of a participant, as it was seen on paper. The latest counts; the earlier ones stay.
struct FactRecorded: CodedPayload {
  static let kind = EntryKind.factRecorded
  struct Personal: Codable, Sendable {
    /// 0 for a fact of the batch.
    var participant: Int64
    var fact: RecordedFact
  }
  let openPart: Open.FactRecorded
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.store(
      personalPart.fact, key: openPart.key, batch: entry.batch, participant: personalPart.participant, by: entry)
  }
}

extension Open.FactRecorded {
  /// What of a fact names nobody: of a batch's fact coded values, numbers of papers and dates, but no telephone and no
  /// free text that may hold a name; of a participant's fact the key alone.
  init(_ fact: RecordedFact, _ definition: FactDefinition) {
    guard definition.scope == .batch else {
      self.init(key: definition.key.rawValue, scope: definition.scope.rawValue)
      return
    }
    let isCoded = definition[.value]?.options.isEmpty == false || fact.isConfirmedMissing
    // Where a fact names who answers for something, its number is that person's telephone; a plan's is its version.
    let namesPeople = definition[.person]?.isRequired == true && definition[.date] == nil
    self.init(
      key: definition.key.rawValue, scope: definition.scope.rawValue, value: isCoded ? fact.value : nil,
      number: namesPeople ? nil : fact.number, date: fact.date)
  }
}

/// A soft rule knowingly not followed.
struct DepartureAccepted: CodedPayload {
  static let kind = EntryKind.departureAccepted
  struct Personal: Codable, Sendable {
    /// 0 for the batch.
    var participant: Int64
    var reason: String
    var person: String
  }
  let openPart: Open.DepartureAccepted
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(
      BatchTable.insertDeparture, entry.sequence, entry.batch, personalPart.participant, openPart.gate, openPart.rule,
      personalPart.reason, personalPart.person, entry.occurredAt)
  }
}
