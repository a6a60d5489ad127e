internal import Sanatorium

/// Activities that were held, as the regulations ask for their log.
enum ActivityTable: Projection {
  static let tables = ["activity"]
  static let ddl = """
    CREATE TABLE activity(
      id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, batch INTEGER NOT NULL, kind TEXT NOT NULL,
      day INTEGER NOT NULL, participants INTEGER NOT NULL CHECK(participants >= 0), note TEXT NOT NULL,
      person TEXT NOT NULL) STRICT;
    CREATE INDEX activity_batch ON activity(batch, day);
    """
  static let columns = "id, uuid, kind, day, participants, note, person"
  static let ofBatch = SQL("SELECT \(columns) FROM activity WHERE batch = ? ORDER BY day, id")
  static let counts = SQL("SELECT kind, count(*) FROM activity WHERE batch = ? GROUP BY kind")
  static let insert = SQL(
    "INSERT INTO activity(id, uuid, batch, kind, day, participants, note, person) VALUES(?, ?, ?, ?, ?, ?, ?, ?)")
}
