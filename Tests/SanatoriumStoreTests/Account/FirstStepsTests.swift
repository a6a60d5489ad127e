import Evidence
import GRDB
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("What an account remembers of its first steps")
struct FirstStepsTests {
  private let house: House
  private let id: ID

  init() throws {
    let house = try House()
    self.house = house
    let draft = AccountDraft(username: "zhou", name: "周敏", role: .lead, passwordHash: "hash")
    let submission = house.submission(house.admin)
    id = try house.store.perform { try $0.addAccount(draft, submission) }.subject
  }

  private var account: Account {
    get throws { try #require(try house.store.read { try $0.account(id) }) }
  }

  private func change(_ change: AccountChange, by actor: Actor? = nil) throws {
    let (id, submission) = (id, house.submission(try actor ?? account.actor()))
    try house.store.perform { try $0.changeAccount(id, change, submission) }
  }

  @Test("a password is one's own once the person has set it, and no more when an administrator sets another")
  func ownPassword() throws {
    #expect(try !account.hasOwnPassword)
    try change(AccountChange(passwordHash: "mine"))
    #expect(try account.hasOwnPassword)
    try change(AccountChange(language: .english))
    try change(AccountChange(name: "周敏敏"), by: house.admin)
    #expect(try account.hasOwnPassword)
    try change(AccountChange(passwordHash: "given"), by: house.admin)
    #expect(try !account.hasOwnPassword)
    #expect(try house.store.verify().faults == [])
  }

  @Test("finding the own passwords of an older file doesn't read the whole journal for each account")
  func plan() throws {
    let file = try DatabaseQueue(path: house.store.path)
    for statement in [AccountTable.findOwnPasswords, DeviceTable.recordedTimes] {
      let steps = try file.read { try GRDB.Row.fetchAll($0, sql: "EXPLAIN QUERY PLAN \(statement)").map { $0["detail"] as String } }
      #expect(steps.contains { $0.hasPrefix("SEARCH journal USING INDEX sqlite_autoindex_journal_1 (batch=?)") }, "\(steps)")
      #expect(!steps.contains { $0.hasPrefix("SCAN journal") }, "\(steps)")
    }
  }

  @Test("the steps are put away and shown again")
  func putAway() throws {
    #expect(try !account.hasPutStepsAway)
    try change(AccountChange(hasPutStepsAway: true))
    try change(AccountChange(language: .english))
    #expect(try account.hasPutStepsAway)
    try change(AccountChange(hasPutStepsAway: false))
    #expect(try !account.hasPutStepsAway)
    #expect(try house.store.verify().faults == [])
  }

  @Test("a file from before knows whose passwords are their own after it is opened, and the rebuild agrees")
  func migrated() throws {
    try change(AccountChange(passwordHash: "mine"))
    try change(AccountChange(language: .english))
    house.store.close()
    let old = try DatabaseQueue(path: house.store.path)
    try old.writeWithoutTransaction { database in
      try database.execute(
        sql: """
          ALTER TABLE account DROP COLUMN own_password;
          ALTER TABLE account DROP COLUMN steps_away;
          DELETE FROM grdb_migrations WHERE identifier LIKE '%own password%';
          """)
    }
    try old.close()
    let store = try Store(path: house.store.path)
    defer { store.close() }
    let accounts = try store.read { try $0.accounts() }
    #expect(accounts.first { $0.id == id }?.hasOwnPassword == true)
    #expect(accounts.filter { $0.id != id }.allSatisfy { !$0.hasOwnPassword })
    #expect(try store.verify().faults == [])
  }
}
