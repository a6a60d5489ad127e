internal import Evidence
internal import Sanatorium

private enum RosterSQL {
  /// The few entries since a page was drawn; by the sequence itself, not through the index that begins with the batch.
  static let since = SQL(
    """
    SELECT kind, subject, actor, recorded_at, open_body, personal_body FROM journal
    WHERE seq > ? AND +batch = ? AND kind IN (41, 42, 43, 46) ORDER BY seq
    """)
}

/// Somebody's change of the roster, in a sentence: who, when, what.
struct RosterChange {
  let subject: ID
  let actor: ID
  let words: Text
}

extension Connection {
  /// What was changed in a batch's roster after an entry, in its order.
  func rosterChanges(batch: Int64, since revision: Int64, time: LocalTime) throws -> [RosterChange] {
    let rows = try all(RosterSQL.since, revision, batch) { row in
      (
        kind: EntryKind(rawValue: UInt64(row.int64(0))), subject: row.id(1), actor: row.id(2), at: row.instant(3),
        open: row.bytes(4), personal: row.isNull(5) ? nil : row.bytes(5)
      )
    }
    let names = Dictionary(uniqueKeysWithValues: try escorts(of: batch).map { ($0.id, $0.name) })
    return try rows.compactMap { row in
      guard let kind = row.kind, let personal = row.personal else { return nil }
      let open = try JSON.parse(row.open)
      let who = try first(AccountTable.byID, row.actor, read: Account.init)?.name
      let what: Text
      switch kind {
      case .shiftPlanned, .shiftRemoved:
        let shift = try open.decoded(as: Open.Shift.self)
        let name = names[shift.escort] ?? ""
        let from = time.moment(shift.from)
        what =
          kind == .shiftPlanned
          ? Text("给\(name)排了 \(from.chinese) 的班", "planned a shift of \(name) at \(from.english)")
          : Text("拿掉了\(name) \(from.chinese) 起的班", "took off the shift of \(name) from \(from.english) on")
      case .shiftStoodIn:
        let standIn = try open.decoded(as: Open.StandIn.self)
        let from = time.moment(standIn.from)
        let name = names[standIn.escort] ?? ""
        what = Text("让\(name)从 \(from.chinese) 起替班", "had \(name) stand in from \(from.english)")
      case .escortChanged:
        let name = try JSON.parse(personal).decoded(as: EscortPersonal.self).name
        what = Text("改了\(name)的资料", "changed what is known of \(name)")
      default: return nil
      }
      let at = time.moment(row.at)
      return RosterChange(
        subject: row.subject, actor: row.actor,
        words: Text("\(who ?? "有人") \(at.chinese) \(what.chinese)", "\(who ?? "Somebody") at \(at.english) \(what.english)"))
    }
  }
}

extension Ledger {
  /// Refuses an edit that was made from an older rota, and says what others have changed in it since. One's own changes
  /// are known to oneself.
  func requireSeen(_ revision: Int64?, of batch: Batch, by actor: Actor) throws {
    guard let revision, try tables.rosterRevision(batch: batch.key) > revision else { return }
    let changes = try tables.rosterChanges(batch: batch.key, since: revision, time: time).filter { $0.actor != actor.account }
    if !changes.isEmpty { throw Ledger.changedSince(changes, Text("值班表", "the rota")) }
  }

  /// The same for one shift that is there.
  func requireSeen(_ revision: Int64?, of shift: Shift) throws {
    guard let revision, shift.revision > revision else { return }
    throw Ledger.changedSince(
      try tables.rosterChanges(batch: shift.batch, since: revision, time: time), Text("这张值班表", "this rota"))
  }

  /// A shift that a page still shows and somebody has taken off meanwhile.
  func shift(_ id: ID, in batch: Batch, seen revision: Int64?) throws -> Shift {
    do { return try tables.shift(id) } catch Refusal.notFound(let words) {
      guard let revision else { throw Refusal.notFound(words) }
      let changes = try tables.rosterChanges(batch: batch.key, since: revision, time: time).filter { $0.subject == id }
      guard !changes.isEmpty else { throw Refusal.notFound(words) }
      throw Ledger.changedSince(changes, Text("这一班", "this shift"))
    }
  }

  private static func changedSince(_ changes: [RosterChange], _ what: Text) -> Refusal {
    let shown = changes.suffix(4).map(\.words)
    let more = changes.count - shown.count
    return .conflict(
      "revision", "changed-since",
      Text(
        "您打开以后，\(what.chinese)变了：\(more > 0 ? "另有 \(more) 处；" : "")\(shown.map(\.chinese).joined(separator: "；"))。什么也没覆盖，请看过再保存。",
        "\(what.english) has changed since you opened it: \(more > 0 ? "\(more) more; " : "")\(shown.map(\.english).joined(separator: "; ")). Nothing was overwritten; look at it and save again."
      ))
  }
}
