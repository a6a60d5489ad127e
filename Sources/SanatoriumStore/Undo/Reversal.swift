internal import Evidence
public import Sanatorium

/// What takes back something that was just recorded: an event of its own, since nothing is erased.
public enum Reversal: Sendable, Hashable {
  /// Leave: the person is back at once.
  case leave(participant: ID)
  /// A shift: taken off the rota again.
  case shift(ID, batch: ID)
  /// An escort left the site: is back.
  case escort(ID)
  /// A planned outing: called off.
  case outing(ID)
  /// An account that was disabled: enabled.
  case account(ID)
}

private enum ReversalSQL {
  static let entry = SQL("SELECT batch, kind, subject, actor, recorded_at, personal_body FROM journal WHERE seq = ?")
  /// Since the moment of the entry alone: a few entries.
  static let later = SQL("SELECT 1 FROM journal WHERE seq > ? AND subject = ? LIMIT 1")
}

extension Reader {
  /// How long after recording it something may be taken back with one tap.
  private static let window = Span.minutes(2)

  /// What takes back an entry; nil where nothing does, where somebody else has recorded it, where it is older than two
  /// minutes, or where more has happened to its subject since.
  public func reversal(of sequence: Int64, by account: ID, at now: Instant) throws -> Reversal? {
    guard let entry = try entry(sequence), entry.actor == account, now - entry.recordedAt < Self.window,
      try !tables.exists(ReversalSQL.later, sequence, entry.subject)
    else { return nil }
    switch entry.kind {
    case .leaveStarted: return .leave(participant: entry.subject)
    case .shiftStoodIn:
      return try tables.first(BatchTable.idOfKey, entry.batch) { $0.id(0) }.map { .shift(entry.subject, batch: $0) }
    case .shiftPlanned:
      // Several that were planned at once are taken off one by one, each on its page.
      for neighbour in [sequence - 1, sequence + 1] {
        if let other = try self.entry(neighbour), other.kind == .shiftPlanned, other.recordedAt == entry.recordedAt { return nil }
      }
      return try tables.first(BatchTable.idOfKey, entry.batch) { $0.id(0) }.map { .shift(entry.subject, batch: $0) }
    case .escortMoved:
      return try entry.personal(EscortMoved.Personal.self).place == .left ? .escort(entry.subject) : nil
    case .outingPlanned: return .outing(entry.subject)
    case .accountChanged:
      return try entry.personal(AccountChanged.Personal.self).disabled == true ? .account(entry.subject) : nil
    default: return nil
    }
  }

  private struct Entry {
    let batch: Int64
    let kind: EntryKind?
    let subject: ID
    let actor: ID
    let recordedAt: Instant
    let body: [UInt8]

    func personal<Part: Decodable>(_ type: Part.Type) throws -> Part { try JSON.parse(body).decoded(as: Part.self) }
  }

  private func entry(_ sequence: Int64) throws -> Entry? {
    try tables.first(ReversalSQL.entry, sequence) { row in
      Entry(
        batch: row.int64(0), kind: EntryKind(rawValue: UInt64(row.int64(1))), subject: row.id(2), actor: row.id(3),
        recordedAt: row.instant(4), body: row.isNull(5) ? [] : row.bytes(5))
    }
  }
}
