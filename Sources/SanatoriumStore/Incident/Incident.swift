public import Sanatorium

/// 突发情况: something that happened, with who commands, what was done, and what has to be reported.
public struct Incident: Sendable, Hashable {
  let key: Int64
  public let id: ID
  let batch: Int64
  public let kind: IncidentKind
  public let harm: HarmDegree
  public let grade: FacilityGrade
  public let place: String
  public let text: String
  public let happenedAt: Instant
  /// When the house knew: the limits of the reports run from here.
  public let reportedAt: Instant
  public let reporter: String
  /// The commander's account.
  public let commander: ID
  public let commanderName: String
  /// The account that has been asked to take the command and has not yet accepted.
  public let offered: ID?
  public let offeredName: String?
  public let closedAt: Instant?
  public let closedBy: String?
  public let conclusion: String

  public var isOpen: Bool { closedAt == nil }

  init(_ row: Row) throws {
    key = row.int64(0)
    id = row.id(1)
    batch = row.int64(2)
    kind = try row.code(3)
    harm = try row.code(4)
    grade = try row.code(5)
    place = row.text(6)
    text = row.text(7)
    happenedAt = row.instant(8)
    reportedAt = row.instant(9)
    reporter = row.text(10)
    commander = row.id(11)
    commanderName = row.text(12)
    offered = row.optionalID(13)
    offeredName = row.optionalText(14)
    closedAt = row.optionalInstant(15)
    closedBy = row.optionalText(16)
    conclusion = row.text(17)
  }
}

/// What a note in an incident's timeline tells.
public enum IncidentNoteKind: String, Sendable, Codable, CaseIterable {
  case observation, measure, call, report
  /// The degree of harm or the grade was set anew.
  case regrade
  /// Command was offered or accepted.
  case command

  public var label: Text {
    switch self {
    case .observation: Text("看到的情况", "Observation")
    case .measure: Text("采取的措施", "Measure")
    case .call: Text("打的电话", "Call")
    case .report: Text("对外报告", "External report")
    case .regrade: Text("改定级", "Regraded")
    case .command: Text("指挥交接", "Command")
    }
  }

  /// What a person writes by hand; the rest comes with an act of its own.
  public static let written: [IncidentNoteKind] = [.observation, .measure, .call]
}

/// 初报、续报、终报
public enum ReportPhase: String, Sendable, Codable, CaseIterable {
  case initial
  case followUp = "follow-up"
  case final

  public var label: Text {
    switch self {
    case .initial: Text("初报", "Initial report")
    case .followUp: Text("续报", "Follow-up report")
    case .final: Text("终报", "Final report")
    }
  }
}

/// One entry of the timeline; never changed.
public struct IncidentNote: Sendable, Hashable {
  public let entry: Int64
  public let kind: IncidentNoteKind
  public let text: String
  /// To whom a report or a call went.
  public let authority: String
  public let phase: ReportPhase?
  public let at: Instant
  public let recordedAt: Instant
  public let person: String
  public let harm: HarmDegree?
  public let grade: FacilityGrade?

  init(_ row: Row) throws {
    entry = row.int64(0)
    kind = try row.code(1)
    text = row.text(2)
    authority = row.text(3)
    phase = row.optionalText(4).flatMap(ReportPhase.init(rawValue:))
    at = row.instant(5)
    recordedAt = row.instant(6)
    person = row.text(7)
    harm = row.optionalText(8).flatMap(HarmDegree.init(rawValue:))
    grade = row.optionalText(9).flatMap(FacilityGrade.init(rawValue:))
  }
}

/// A report that the grade asks for, with its limit.
public struct IncidentDuty: Sendable, Hashable {
  public let code: String
  public let recipient: String
  public let label: Text
  public let source: String
  public let dueAt: Instant
  public let madeAt: Instant?
  public let madeBy: String?
  public let isOverdue: Bool

  init(_ row: Row) {
    code = row.text(0)
    recipient = row.text(1)
    label = Text(row.text(2), row.text(3))
    source = row.text(4)
    dueAt = row.instant(5)
    madeAt = row.optionalInstant(6)
    madeBy = row.optionalText(7)
    isOverdue = row.bool(8)
  }
}

extension Connection {
  func incident(_ id: ID) throws -> Incident {
    guard let incident = try first(IncidentTable.byID, id, read: Incident.init) else {
      throw Refusal.notFound(Text("没有这件突发情况。", "There is no such incident."))
    }
    return incident
  }

  func incident(key: Int64) throws -> Incident {
    guard let incident = try first(IncidentTable.byKey, key, read: Incident.init) else {
      throw CorruptRow(column: 0, value: "incident \(key)")
    }
    return incident
  }

  /// From `apply`: the clock wakes for the next report that is neither made nor known to be late.
  func watchDuties(of incident: Int64, batch: Int64) throws {
    let next = try first(IncidentTable.nextDuty, incident) { $0.optionalInstant(0) } ?? nil
    try setDeadline(.report, incident, batch: batch, at: next)
  }
}

extension Reader {
  /// Throws `Refusal.notFound`.
  public func incident(_ id: ID) throws -> Incident { try tables.incident(id) }

  /// Those not closed, newest first.
  public func openIncidents(of batch: Batch) throws -> [Incident] {
    try tables.all(IncidentTable.open, batch.key, read: Incident.init)
  }

  /// Those closed, last closed first; `before` is the last one's closing time of the previous page.
  public func closedIncidents(
    of batch: Batch, before: Instant = Instant(milliseconds: .max), limit: Int = 50
  ) throws -> [Incident] {
    try tables.all(IncidentTable.closed, batch.key, before, limit, read: Incident.init)
  }

  public func notes(of incident: Incident) throws -> [IncidentNote] {
    try tables.all(IncidentTable.notes, incident.key, read: IncidentNote.init)
  }

  public func duties(of incident: Incident) throws -> [IncidentDuty] {
    try tables.all(IncidentTable.duties, incident.key, read: IncidentDuty.init)
  }

  public func participants(of incident: Incident) throws -> [Participant] {
    try tables.all(IncidentTable.participants, incident.key) { $0.int64(0) }.map { try tables.participant(key: $0) }
  }

  public func batch(of incident: Incident) throws -> Batch { try tables.batch(key: incident.batch) }
}
