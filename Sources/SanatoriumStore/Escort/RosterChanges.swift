internal import Evidence
internal import Sanatorium

private enum RosterSQL {
  /// The newest of them, through the index that holds the roster's entries alone: how long the journal is costs nothing.
  static let since = SQL(
    """
    SELECT kind, actor, recorded_at, open_body, personal_body FROM journal INDEXED BY journal_roster
    WHERE batch = ?1 AND seq > ?2 AND kind IN (41, 42, 43, 46) AND (?3 IS NULL OR actor <> ?3) AND (?4 IS NULL OR subject = ?4)
    ORDER BY seq DESC LIMIT ?5
    """)
}

/// Somebody's change of the roster, in a sentence: who, when, what.
struct RosterChange {
  let words: Text

  /// As many as a sentence tells, and as many as are looked for.
  static let told = 4
  static let most = 20
}

extension Connection {
  /// What was changed last in a batch's roster after an entry, in its order, at most so many as are looked for.
  ///
  /// - Parameters:
  ///   - subject: of one shift or escort alone.
  ///   - reader: whose own changes are left out.
  func rosterChanges(
    batch: Int64, since revision: Int64, of subject: ID? = nil, unknownTo reader: ID? = nil, time: LocalTime
  ) throws -> [RosterChange] {
    let rows = try all(RosterSQL.since, batch, revision, reader, subject, RosterChange.most) { row in
      (
        kind: EntryKind(rawValue: UInt64(row.int64(0))), actor: row.id(1), at: row.instant(2), open: row.bytes(3),
        personal: row.isNull(4) ? nil : row.bytes(4)
      )
    }
    let names = Dictionary(uniqueKeysWithValues: try escorts(of: batch).map { ($0.id, $0.name) })
    return try rows.reversed().compactMap { row in
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
        words: Text("\(who ?? "有人") \(at.chinese) \(what.chinese)", "\(who ?? "Somebody") at \(at.english) \(what.english)"))
    }
  }
}

extension Ledger {
  /// Refuses an edit that was made from an older rota, and says what others have changed in it since. One's own changes
  /// are known to oneself.
  func requireSeen(_ revision: Int64?, of batch: Batch, by actor: Actor) throws {
    guard let revision, try tables.rosterRevision(batch: batch.key) > revision else { return }
    let changes = try tables.rosterChanges(batch: batch.key, since: revision, unknownTo: actor.account, time: time)
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
      let changes = try tables.rosterChanges(batch: batch.key, since: revision, of: id, time: time)
      guard !changes.isEmpty else { throw Refusal.notFound(words) }
      throw Ledger.changedSince(changes, Text("这一班", "this shift"))
    }
  }

  private static func changedSince(_ changes: [RosterChange], _ what: Text) -> Refusal {
    let shown = changes.suffix(RosterChange.told).map(\.words)
    let more = changes.count - shown.count
    let isCut = changes.count == RosterChange.most
    let others =
      more > 0 ? Text("另有 \(more) 处\(isCut ? "以上" : "")；", "\(isCut ? "at least " : "")\(more) more; ") : Text("", "")
    return .conflict(
      "revision", "changed-since",
      Text(
        "您打开以后，\(what.chinese)变了：\(others.chinese)\(shown.map(\.chinese).joined(separator: "；"))。没有覆盖任何内容，请看过再保存。",
        "\(what.english) has changed since you opened it: \(others.english)\(shown.map(\.english).joined(separator: "; ")). Nothing has been overwritten; look at it and save again."
      ))
  }
}
