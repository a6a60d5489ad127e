public import Sanatorium

/// A line of a batch's kit as it stands.
public struct KitLine: Sendable, Hashable {
  let key: Int64
  public let id: ID
  let batch: Int64
  public let item: KitItem
  /// The sequence of the entry that changed it last; a change names the one that it was based on.
  public let revision: Int64

  init(_ row: Row) throws {
    key = row.int64(0)
    id = row.id(1)
    batch = row.int64(2)
    item = KitItem(
      category: try row.code(3), name: row.text(4), specification: row.text(5), unit: row.text(6), needed: row.int(7),
      present: row.int(8), place: row.text(9), expires: row.optionalDay(10), keeper: row.text(11))
    revision = row.int64(12)
  }
}

/// What was taken out or put in.
public struct KitMovement: Sendable, Hashable {
  public let item: String
  public let change: KitChange
  public let amount: Int
  /// Tells of somebody's health where it says for whom.
  public let note: String
  public let person: String
  public let at: Instant

  init(_ row: Row) throws {
    item = row.text(0)
    change = try row.code(1)
    amount = row.int(2)
    note = row.text(3)
    person = row.text(4)
    at = row.instant(5)
  }
}

/// A kit with the last time that somebody went through it and signed.
public struct Kit: Sendable, Hashable {
  /// A signed check of the whole kit.
  public struct Signature: Sendable, Hashable {
    public let person: String
    public let at: Instant
    public let items: Int
    public let short: Int
    /// Whether the list is still the one that was signed: nothing added, replaced or taken off since. What is used and
    /// restocked changes the numbers, not the list.
    public let holds: Bool
  }

  public let lines: [KitLine]
  /// The sequence of the entry that changed the list or a number in it last; 0 for an empty one.
  public let revision: Int64
  /// Nil while nobody has signed.
  public let signed: Signature?

  /// Lines that are short or run out before a day.
  public func short(until day: Day) -> [KitLine] { lines.filter { !$0.item.suffices(until: day) } }

  /// What the rules ask for; nil without a list, when the fact is recorded by hand.
  public func fact(until last: Day, in time: LocalTime) -> RecordedFact? {
    guard !lines.isEmpty else { return nil }
    let short = short(until: last)
    let signature = signed.flatMap { $0.holds ? $0 : nil }
    let names = short.prefix(8).map(\.item.name).joined(separator: "、")
    return RecordedFact(
      value: short.isEmpty ? "complete" : "short", date: signature.map { time.day(of: $0.at) }, person: signature?.person,
      paper: short.isEmpty ? nil : names)
  }
}

enum KitTable: Projection {
  static let tables = ["kit_item", "kit_movement", "kit"]
  static let ddl = """
    CREATE TABLE kit_item(
      id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, batch INTEGER NOT NULL,
      category TEXT NOT NULL CHECK(category IN ('emergency', 'common')), name TEXT NOT NULL,
      specification TEXT NOT NULL, unit TEXT NOT NULL, needed INTEGER NOT NULL CHECK(needed >= 0),
      present INTEGER NOT NULL CHECK(present >= 0), place TEXT NOT NULL, expires INTEGER, keeper TEXT NOT NULL,
      revision INTEGER NOT NULL) STRICT;
    CREATE INDEX kit_item_batch ON kit_item(batch);
    CREATE TABLE kit_movement(
      entry INTEGER PRIMARY KEY, batch INTEGER NOT NULL, item TEXT NOT NULL, change TEXT NOT NULL,
      amount INTEGER NOT NULL CHECK(amount > 0), note TEXT NOT NULL, person TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
    CREATE INDEX kit_movement_batch ON kit_movement(batch, entry);
    CREATE TABLE kit(
      batch INTEGER PRIMARY KEY, revision INTEGER NOT NULL, signed_by TEXT, signed_at INTEGER, items INTEGER,
      short INTEGER, holds INTEGER NOT NULL CHECK(holds IN (0, 1))) STRICT;
    """
  private static let columns = """
    id, uuid, batch, category, name, specification, unit, needed, present, place, expires, keeper, revision
    """
  static let ofBatch = SQL("SELECT \(columns) FROM kit_item WHERE batch = ? ORDER BY category DESC, place, name, id")
  static let byID = SQL("SELECT \(columns) FROM kit_item WHERE uuid = ?")
  static let insert = SQL(
    "INSERT INTO kit_item(\(columns)) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
  static let update = SQL(
    """
    UPDATE kit_item SET category = ?, name = ?, specification = ?, unit = ?, needed = ?, present = ?, place = ?,
      expires = ?, keeper = ?, revision = ?
    WHERE uuid = ?
    """)
  static let remove = SQL("DELETE FROM kit_item WHERE uuid = ?")
  static let move = SQL("UPDATE kit_item SET present = present + ?, revision = ? WHERE uuid = ?")
  static let insertMovement = SQL(
    "INSERT INTO kit_movement(entry, batch, item, change, amount, note, person, at) VALUES(?, ?, ?, ?, ?, ?, ?, ?)")
  static let movements = SQL(
    "SELECT item, change, amount, note, person, at FROM kit_movement WHERE batch = ? ORDER BY entry DESC LIMIT ?")
  static let sign = SQL(
    """
    UPDATE kit SET revision = ?, signed_by = ?, signed_at = ?, items = ?, short = ?, holds = 1 WHERE batch = ?
    """)
  /// The list was changed: who signed it signed another.
  static let change = SQL(
    """
    INSERT INTO kit(batch, revision, holds) VALUES(?, ?, 0)
    ON CONFLICT(batch) DO UPDATE SET revision = excluded.revision, holds = 0
    """)
  /// A number in it was.
  static let touch = SQL("UPDATE kit SET revision = ? WHERE batch = ?")
  static let ofKit = SQL("SELECT revision, signed_by, signed_at, items, short, holds FROM kit WHERE batch = ?")
}

extension Connection {
  func kit(of batch: Int64) throws -> Kit {
    let lines = try all(KitTable.ofBatch, batch, read: KitLine.init)
    let head = try first(KitTable.ofKit, batch) { row in
      let person = row.optionalText(1)
      return (
        revision: row.int64(0),
        signed: person.map {
          Kit.Signature(person: $0, at: row.instant(2), items: row.int(3), short: row.int(4), holds: row.int(5) == 1)
        }
      )
    }
    return Kit(lines: lines, revision: head?.revision ?? 0, signed: head?.signed)
  }

  func kitLine(_ id: ID, in batch: Int64) throws -> KitLine {
    guard let line = try first(KitTable.byID, id, read: KitLine.init), line.batch == batch else {
      throw Refusal.notFound(Text("药箱里没有这一样。", "The kit has no such item."))
    }
    return line
  }
}

extension Reader {
  public func kit(of batch: Batch) throws -> Kit { try tables.kit(of: batch.key) }

  /// Throws `Refusal.notFound`.
  public func kitLine(_ id: ID, in batch: Batch) throws -> KitLine { try tables.kitLine(id, in: batch.key) }

  /// The newest first.
  public func kitMovements(of batch: Batch, limit: Int = 50) throws -> [KitMovement] {
    try tables.all(KitTable.movements, batch.key, limit, read: KitMovement.init)
  }
}
