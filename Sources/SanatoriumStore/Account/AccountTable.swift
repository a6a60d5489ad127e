internal import Sanatorium

/// Who may log in. The password's hash is a PHC string of argon2id.
enum AccountTable: Projection {
  static let tables = ["account"]
  static let ddl = """
    CREATE TABLE account(
      id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, username TEXT NOT NULL UNIQUE COLLATE NOCASE,
      name TEXT NOT NULL, role TEXT NOT NULL CHECK(role IN ('escort', 'staff', 'lead', 'organizer', 'admin')),
      medical INTEGER NOT NULL CHECK(medical IN (0, 1)), language TEXT NOT NULL CHECK(language IN ('zh', 'en')),
      password TEXT NOT NULL, disabled INTEGER NOT NULL CHECK(disabled IN (0, 1))) STRICT;
    """

  static let columns = "id, uuid, username, name, role, medical, language, password, disabled"
  static let all = SQL("SELECT \(columns) FROM account ORDER BY id")
  static let byUsername = SQL("SELECT \(columns) FROM account WHERE username = ?")
  static let byID = SQL("SELECT \(columns) FROM account WHERE uuid = ?")
  static let insert = SQL(
    """
    INSERT INTO account(id, uuid, username, name, role, medical, language, password, disabled)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, 0)
    """)
  static let update = SQL(
    """
    UPDATE account SET name = coalesce(?, name), role = coalesce(?, role), medical = coalesce(?, medical),
      language = coalesce(?, language), password = coalesce(?, password), disabled = coalesce(?, disabled)
    WHERE uuid = ?
    """)
}

extension Account {
  init(_ row: Row) throws {
    self.init(
      id: row.id(1), username: row.text(2), name: row.text(3), role: try row.code(4), isMedical: row.bool(5),
      language: try row.code(6), passwordHash: row.text(7), isDisabled: row.bool(8))
  }
}
