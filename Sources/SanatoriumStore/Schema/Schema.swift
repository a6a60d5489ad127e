internal import GRDB

/// Every table. The journal and the tables rebuilt from it, and beside them what is no record of the stay: sessions and
/// the log of reads.
enum Schema {
  /// Rebuilt from the journal by `verify` and compared.
  static let projections: [any Projection.Type] = [
    AccountTable.self, BatchTable.self, ParticipantTable.self, EscortTable.self, WhereaboutsTable.self,
    OutingTable.self, ActivityTable.self, NonconformityTable.self, ClosingTable.self, AlertTable.self,
    DeadlineTable.self, RoundTable.self, CheckInTable.self, ReportTable.self, IncidentTable.self,
    ActivationTable.self, DeviceTable.self, ServiceGroupTable.self, GateTable.self, ScanTable.self, HandOverTable.self, RotaTemplateTable.self,
    HomeVisitTable.self, KitTable.self,
  ]

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("2026-11-21 first tables") { database in
      try database.execute(sql: JournalSchema.ddl)
      for projection in projections { try database.execute(sql: projection.ddl) }
      try database.execute(sql: ReportFile.ddl)
      try database.execute(sql: ScanFile.ddl)
      try database.execute(sql: SessionTable.ddl)
      try database.execute(sql: AccessLog.ddl)
      try database.execute(sql: DeviceSeen.ddl)
    }
    migrator.registerMigration("2026-11-21 a person's checks are a chain") { database in
      // A new file has them from its first tables.
      guard try !database.columns(in: "check_in").contains(where: { $0.name == "earlier" }) else { return }
      try database.execute(
        sql: """
          ALTER TABLE check_in ADD COLUMN earlier INTEGER;
          ALTER TABLE participant ADD COLUMN last_check INTEGER;
          UPDATE check_in SET earlier = (
            SELECT max(before.entry) FROM check_in AS before
            WHERE before.participant = check_in.participant AND before.entry < check_in.entry);
          UPDATE participant SET last_check = (SELECT max(entry) FROM check_in WHERE participant = participant.id);
          DROP INDEX check_in_participant;
          """)
    }
    migrator.registerMigration("2026-11-21 devices") { database in
      guard try !database.tableExists("device") else { return }
      try database.execute(sql: DeviceTable.ddl)
      try database.execute(sql: DeviceSeen.ddl)
    }
    migrator.registerMigration("2026-11-22 accounts know their own password and what was put away") { database in
      guard try !database.columns(in: "account").contains(where: { $0.name == "own_password" }) else { return }
      // A change of language or a repaired name is no change of the password; the last one that was decides.
      try database.execute(
        sql: """
          ALTER TABLE account ADD COLUMN own_password INTEGER NOT NULL DEFAULT 0 CHECK(own_password IN (0, 1));
          ALTER TABLE account ADD COLUMN steps_away INTEGER NOT NULL DEFAULT 0 CHECK(steps_away IN (0, 1));
          \(AccountTable.findOwnPasswords);
          """)
    }
    migrator.registerMigration("2026-11-22 devices come and go when it is recorded") { database in
      try database.execute(sql: DeviceTable.recordedTimes)
    }
    migrator.registerMigration("2026-11-22 service groups") { database in
      guard try !database.tableExists("service_member") else { return }
      try database.execute(sql: ServiceGroupTable.ddl)
    }
    migrator.registerMigration("2026-11-22 what the gates' rules said") { database in
      guard try !database.tableExists("gate_answer") else { return }
      try database.execute(sql: GateTable.ddl)
    }
    migrator.registerMigration("2026-11-22 scans") { database in
      guard try !database.tableExists("scan") else { return }
      try database.execute(sql: ScanTable.ddl)
      try database.execute(sql: ScanFile.ddl)
    }
    migrator.registerMigration("2026-11-23 a shift may be taken over") { database in
      guard try !database.columns(in: "shift").contains(where: { $0.name == "until_at" }) else { return }
      try database.execute(sql: EscortTable.standIns)
    }
    migrator.registerMigration("2026-11-23 hand-over notes and rota templates") { database in
      guard try !database.tableExists("hand_over") else { return }
      try database.execute(sql: HandOverTable.ddl)
      try database.execute(sql: RotaTemplateTable.ddl)
    }
    migrator.registerMigration("2026-11-22 home visits and the medicine kit") { database in
      guard try !database.tableExists("home_visit") else { return }
      try database.execute(sql: HomeVisitTable.ddl)
      try database.execute(sql: KitTable.ddl)
      try database.execute(sql: ParticipantTable.person)
    }
    migrator.registerMigration("2026-11-23 the roster's entries are found by themselves") { database in
      guard try !database.indexes(on: "journal").contains(where: { $0.name == "journal_roster" }) else { return }
      try database.execute(sql: JournalSchema.roster)
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
