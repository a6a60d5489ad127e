internal import GRDB

/// Every table. The journal and the tables rebuilt from it, and beside them what is no record of the stay: sessions and
/// the log of reads.
enum Schema {
  /// Rebuilt from the journal by `verify` and compared.
  static let projections: [any Projection.Type] = [
    AccountTable.self, BatchTable.self, ParticipantTable.self, EscortTable.self, WhereaboutsTable.self,
    OutingTable.self, ActivityTable.self, NonconformityTable.self, ClosingTable.self, AlertTable.self,
    DeadlineTable.self, RoundTable.self, CheckInTable.self, ReportTable.self, IncidentTable.self,
    ActivationTable.self,
  ]

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("2026-11-21 first tables") { database in
      try database.execute(sql: JournalSchema.ddl)
      for projection in projections { try database.execute(sql: projection.ddl) }
      try database.execute(sql: ReportFile.ddl)
      try database.execute(sql: SessionTable.ddl)
      try database.execute(sql: AccessLog.ddl)
    }
    return migrator
  }
}

/// A noun's tables, all of them derived from the journal.
protocol Projection: Sendable {
  static var ddl: String { get }
  /// The tables' names, in an order in which they may be compared.
  static var tables: [String] { get }
}
