internal import Sanatorium

/// Outings with everybody on them, and each time the people were counted.
enum OutingTable: Projection {
  static let tables = ["outing", "outing_member", "headcount"]
  static let ddl = """
    CREATE TABLE outing(
      id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, batch INTEGER NOT NULL, activity TEXT NOT NULL,
      destination TEXT NOT NULL, vehicle TEXT NOT NULL, note TEXT NOT NULL, leaves_at INTEGER NOT NULL,
      returns_at INTEGER NOT NULL, state TEXT NOT NULL CHECK(state IN ('planned', 'away', 'returned', 'cancelled')),
      left_at INTEGER, returned_at INTEGER, overdue INTEGER NOT NULL DEFAULT 0 CHECK(overdue IN (0, 1)),
      missing TEXT NOT NULL DEFAULT '') STRICT;
    CREATE INDEX outing_batch ON outing(batch, leaves_at);
    CREATE TABLE outing_member(
      outing INTEGER NOT NULL, side TEXT NOT NULL CHECK(side IN ('participant', 'escort')), person INTEGER NOT NULL,
      state TEXT NOT NULL CHECK(state IN ('planned', 'away', 'behind', 'back', 'transferred')),
      PRIMARY KEY(outing, side, person)) STRICT, WITHOUT ROWID;
    CREATE INDEX outing_member_person ON outing_member(side, person, state);
    CREATE TABLE headcount(
      entry INTEGER PRIMARY KEY, batch INTEGER NOT NULL, outing INTEGER NOT NULL,
      point TEXT NOT NULL CHECK(point IN ('out', 'on-site', 'back')), expected INTEGER NOT NULL,
      counted INTEGER NOT NULL, missing TEXT NOT NULL, person TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
    CREATE INDEX headcount_outing ON headcount(outing, at);
    """
  static let columns = """
    id, uuid, batch, activity, destination, vehicle, note, leaves_at, returns_at, state, left_at, returned_at, overdue,
    missing
    """
  static let byID = SQL("SELECT \(columns) FROM outing WHERE uuid = ?")
  static let byKey = SQL("SELECT \(columns) FROM outing WHERE id = ?")
  static let ofBatch = SQL("SELECT \(columns) FROM outing WHERE batch = ? ORDER BY leaves_at, id")
  static let withPeopleAway = SQL(
    """
    SELECT \(columns) FROM outing WHERE batch = ?1 AND (state = 'away'
      OR id IN (SELECT outing FROM participant WHERE batch = ?1 AND place = 'outing'))
    ORDER BY leaves_at, id
    """)
  static let members = SQL("SELECT side, person, state FROM outing_member WHERE outing = ? ORDER BY side, person")
  /// Who goes with the outings that are planned, or is away with those that are.
  static let openMembers = SQL(
    """
    SELECT m.outing, m.side, m.person, m.state FROM outing o JOIN outing_member m ON m.outing = o.id
    WHERE o.batch = ? AND o.state IN ('planned', 'away') AND m.state IN ('planned', 'away')
    ORDER BY o.leaves_at, o.id, m.side, m.person
    """)
  static let headcounts = SQL(
    "SELECT point, expected, counted, missing, person, at FROM headcount WHERE outing = ? ORDER BY entry")
  static let insert = SQL(
    """
    INSERT INTO outing(id, uuid, batch, activity, destination, vehicle, note, leaves_at, returns_at, state)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned')
    """)
  static let change = SQL(
    """
    UPDATE outing SET activity = ?, destination = ?, vehicle = ?, note = ?, leaves_at = ?, returns_at = ? WHERE id = ?
    """)
  static let cancel = SQL("UPDATE outing SET state = 'cancelled' WHERE id = ?")
  static let delay = SQL("UPDATE outing SET returns_at = ?, overdue = 0 WHERE id = ?")
  static let leave = SQL("UPDATE outing SET state = 'away', left_at = ? WHERE id = ?")
  static let back = SQL("UPDATE outing SET state = 'returned', returned_at = ?, overdue = 0 WHERE id = ?")
  static let late = SQL("UPDATE outing SET overdue = 1 WHERE id = ?")
  static let clearMembers = SQL("DELETE FROM outing_member WHERE outing = ?")
  static let setMember = SQL(
    """
    INSERT INTO outing_member(outing, side, person, state) VALUES(?, ?, ?, ?)
    ON CONFLICT(outing, side, person) DO UPDATE SET state = excluded.state
    """)
  /// Ends whichever outing somebody is away on.
  static let leaveMember = SQL(
    "UPDATE outing_member SET state = ? WHERE side = ? AND person = ? AND state = 'away'")
  static let setMissing = SQL("UPDATE outing SET missing = ? WHERE id = ?")
  static let insertHeadcount = SQL(
    """
    INSERT INTO headcount(entry, batch, outing, point, expected, counted, missing, person, at)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)
    """)
}
