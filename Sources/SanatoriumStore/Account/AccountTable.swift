internal import Sanatorium

/// Who may log in. The password's hash is a PHC string of argon2id.
enum AccountTable: Projection {
  static let tables = ["account"]
  static let ddl = """
    CREATE TABLE account(
      id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, username TEXT NOT NULL UNIQUE COLLATE NOCASE,
      name TEXT NOT NULL, role TEXT NOT NULL CHECK(role IN ('escort', 'staff', 'lead', 'organizer', 'admin')),
      medical INTEGER NOT NULL CHECK(medical IN (0, 1)), language TEXT NOT NULL CHECK(language IN ('zh', 'en')),
      password TEXT NOT NULL, disabled INTEGER NOT NULL CHECK(disabled IN (0, 1)),
      own_password INTEGER NOT NULL DEFAULT 0 CHECK(own_password IN (0, 1)),
      steps_away INTEGER NOT NULL DEFAULT 0 CHECK(steps_away IN (0, 1))) STRICT;
    """

  static let columns = "id, uuid, username, name, role, medical, language, password, disabled, own_password, steps_away"
  static let all = SQL("SELECT \(columns) FROM account ORDER BY id")
  static let byUsername = SQL("SELECT \(columns) FROM account WHERE username = ?")
  static let byID = SQL("SELECT \(columns) FROM account WHERE uuid = ?")
  static let insert = SQL(
    """
    INSERT INTO account(id, uuid, username, name, role, medical, language, password, own_password, disabled)
    VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
    """)
  /// For files from before: each account's last entry that set a password decides. The index begins with the batch, and
  /// entries of accounts are outside batches; sorted by the sequence itself, the whole journal would be read for each.
  static let findOwnPasswords = """
    UPDATE account SET own_password = coalesce((
      SELECT actor = subject FROM journal
      WHERE batch = 0 AND kind = 2 AND subject = account.uuid AND json_extract(personal_body, '$.password') IS NOT NULL
      ORDER BY +seq DESC LIMIT 1), 0)
    """
  /// A password set by an administrator is not the person's own.
  static let update = SQL(
    """
    UPDATE account SET name = coalesce(?1, name), role = coalesce(?2, role), medical = coalesce(?3, medical),
      language = coalesce(?4, language), password = coalesce(?5, password), disabled = coalesce(?6, disabled),
      steps_away = coalesce(?7, steps_away), own_password = iif(?5 IS NULL, own_password, uuid = ?8)
    WHERE uuid = ?9
    """)
}

extension Account {
  init(_ row: Row) throws {
    self.init(
      id: row.id(1), username: row.text(2), name: row.text(3), role: try row.code(4), isMedical: row.bool(5),
      language: try row.code(6), passwordHash: row.text(7), isDisabled: row.bool(8),
      hasOwnPassword: row.bool(9), hasPutStepsAway: row.bool(10))
  }
}
