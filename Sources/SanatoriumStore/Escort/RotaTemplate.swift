internal import Evidence
public import Sanatorium

/// A named pattern of the house's rota, kept from batch to batch.
public struct RotaTemplate: Sendable, Hashable {
  public let id: ID
  public let name: String
  public let lines: [RotaLine]
  /// Who saved it last, and when.
  public let savedBy: String
  public let savedAt: Instant
  /// The sequence of the entry that changed it last.
  public let revision: Int64

  init(_ row: Row) throws {
    id = row.id(0)
    name = row.text(1)
    lines = try JSON.parse(row.bytes(2)).decoded(as: [RotaLine].self)
    savedBy = row.text(3)
    savedAt = row.instant(4)
    revision = row.int64(5)
  }
}

/// A template as the form gives it.
public struct RotaTemplateDraft: Sendable, Hashable {
  public var name: String
  public var lines: [RotaLine]

  public init(name: String, lines: [RotaLine]) {
    self.name = name
    self.lines = lines
  }

  public static let most = 40
}

enum RotaTemplateTable: Projection {
  static let tables = ["rota_template"]
  static let ddl = """
    CREATE TABLE rota_template(
      id INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, name TEXT NOT NULL, lines TEXT NOT NULL, saved_by TEXT NOT NULL,
      saved_at INTEGER NOT NULL, revision INTEGER NOT NULL) STRICT;
    """
  private static let columns = "uuid, name, lines, saved_by, saved_at, revision"
  static let all = SQL("SELECT \(columns) FROM rota_template ORDER BY name, id")
  static let byID = SQL("SELECT \(columns) FROM rota_template WHERE uuid = ?")
  static let save = SQL(
    """
    INSERT INTO rota_template(id, uuid, name, lines, saved_by, saved_at, revision) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?1)
    ON CONFLICT(uuid) DO UPDATE SET name = ?3, lines = ?4, saved_by = ?5, saved_at = ?6, revision = ?1
    """)
  static let remove = SQL("DELETE FROM rota_template WHERE uuid = ?")
}

struct RotaTemplateSaved: CodedPayload {
  static let kind = EntryKind.rotaTemplateSaved
  struct Personal: Codable, Sendable {
    var name: String
    var lines: [RotaLine]
    var savedBy: String
  }
  let openPart: Nothing
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let lines = String(decoding: JSONWriter.canonical(JSON.encoded(personalPart.lines)), as: UTF8.self)
    try tables.run(
      RotaTemplateTable.save, entry.sequence, entry.subject, personalPart.name, lines, personalPart.savedBy,
      entry.recordedAt)
  }
}

struct RotaTemplateRemoved: CodedPayload {
  static let kind = EntryKind.rotaTemplateRemoved
  let openPart: Nothing
  let personalPart: Nothing

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(RotaTemplateTable.remove, entry.subject)
  }
}

extension Reader {
  public func rotaTemplates() throws -> [RotaTemplate] { try tables.all(RotaTemplateTable.all, read: RotaTemplate.init) }

  /// Throws `Refusal.notFound`.
  public func rotaTemplate(_ id: ID) throws -> RotaTemplate { try tables.rotaTemplate(id) }
}

extension Connection {
  func rotaTemplate(_ id: ID) throws -> RotaTemplate {
    guard let template = try first(RotaTemplateTable.byID, id, read: RotaTemplate.init) else {
      throw Refusal.notFound(Text("没有这个排班模板。", "There is no such rota template."))
    }
    return template
  }
}

extension Ledger {
  /// Saves a template: a new one, or a known one anew.
  ///
  /// - Parameter revision: of a known one, the revision that the change was made from.
  public func saveRotaTemplate(
    _ id: ID?, _ template: RotaTemplateDraft, basedOn revision: Int64? = nil, _ submission: Submission
  ) throws -> Recorded {
    let draft = submission.draftOfNow(subject: id ?? .random(), now: now)
    if let earlier = try earlier(RotaTemplateSaved.self, draft) { return Recorded(earlier.entry, repeated: true) }
    var faults = Faults()
    faults.require(template.name, "name")
    if template.lines.isEmpty {
      faults.add("lines", "empty", Text("至少写一行。", "At least one line is needed."))
    } else if template.lines.count > RotaTemplateDraft.most {
      faults.add("lines", "too-many", Text("最多 \(RotaTemplateDraft.most) 行。", "At most \(RotaTemplateDraft.most) lines."))
    }
    for (index, line) in template.lines.enumerated() {
      for fault in line.faults { faults.add("lines[\(index)]", "malformed", fault) }
    }
    let name = trim(template.name)
    if try tables.all(RotaTemplateTable.all, read: RotaTemplate.init).contains(where: { $0.name == name && $0.id != id }) {
      faults.add("name", "known-already", Text("已经有叫“\(name)”的模板。", "There is a template “\(name)” already."))
    }
    try faults.refuse()
    if let id { try requireSeen(revision, of: try tables.rotaTemplate(id)) }
    let payload = RotaTemplateSaved(
      openPart: Nothing(), personalPart: .init(name: name, lines: template.lines, savedBy: submission.actor.name))
    return Recorded(try record(payload, draft), repeated: false)
  }

  /// Removes a template; the shifts that it made stay.
  public func removeRotaTemplate(_ id: ID, basedOn revision: Int64? = nil, _ submission: Submission) throws -> Recorded {
    let draft = submission.draftOfNow(subject: id, now: now)
    if let earlier = try earlier(RotaTemplateRemoved.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try requireSeen(revision, of: try tables.rotaTemplate(id))
    return Recorded(try record(RotaTemplateRemoved(openPart: Nothing(), personalPart: Nothing()), draft), repeated: false)
  }

  private func requireSeen(_ revision: Int64?, of template: RotaTemplate, as field: String = "revision") throws {
    guard let revision, revision != template.revision else { return }
    let at = time.moment(template.savedAt)
    let lines = (
      chinese: template.lines.map { $0.words(.chinese) }.joined(separator: "；"),
      english: template.lines.map { $0.words(.english) }.joined(separator: "; ")
    )
    throw Refusal.conflict(
      field, "changed-since",
      Text(
        "您打开以后，\(template.savedBy) \(at.chinese) 改了“\(template.name)”。现在是：\(lines.chinese)。没有覆盖任何内容，请看过再保存。",
        "\(template.savedBy) changed “\(template.name)” at \(at.english), after you opened it. Now: \(lines.english). Nothing has been overwritten; look at it and save again."
      ))
  }

  /// Plans what a template makes of a batch, without what its people have at that time already.
  ///
  /// - Parameters:
  ///   - revision: the rota's revision that the preview was made from.
  ///   - templateRevision: the template's own; one that was changed since its preview is refused.
  /// - Throws: `Refusal.notFound`.
  public func applyRotaTemplate(
    _ id: ID, to batchID: ID, basedOn revision: Int64? = nil, templateRevision: Int64? = nil, confirmed: Bool = true,
    _ submission: Submission
  ) throws -> Recorded {
    let batch = try tables.batch(batchID)
    // The template may be gone when the request is repeated; what it planned is not.
    if let earlier = try earlier(ShiftPlanned.self, submission.draft(batch: batch.key, subject: batchID, now: now)) {
      return Recorded(earlier.entry, repeated: true)
    }
    let template = try tables.rotaTemplate(id)
    try requireSeen(templateRevision, of: template, as: "templateRevision")
    let plan = try Reader(tables: tables, time: time).rotaPlan(of: template, for: batch, from: now)
    guard !plan.shifts.isEmpty else {
      throw Refusal.conflict("template", "nothing-new", Text("没有可排的班：都已经排了，或者没有这些人。", "Nothing to plan: it is there already, or nobody has these names."))
    }
    return try planShifts(plan.shifts, in: batchID, basedOn: revision, confirmed: confirmed, submission)
  }
}

/// What a template makes of a batch.
public struct RotaPreview: Sendable {
  public let shifts: [ShiftDraft]
  /// Shifts that would fall on a time that their person serves already, or has been planned for with the same duty while
  /// somebody else serves it; they are left as they are.
  public let kept: Int
  /// Names that nobody, or more than one, on the roster has.
  public let unknown: [String]
  /// What would go wrong with the rota as it would be.
  public let problems: [RotaProblem]
}

extension Reader {
  /// - Parameter now: what ends before is not planned any more.
  public func rotaPlan(of template: RotaTemplate, for batch: Batch, from now: Instant) throws -> RotaPreview {
    var rota = try rota(of: batch, at: now)
    let plan = RotaPlan(template.lines, people: rota.people, firstDay: batch.firstDay, days: batch.days, time: time)
    let ahead = plan.shifts.filter { $0.until > now }
    let planned = try tables.all(EscortTable.shiftsOf, batch.key, read: Shift.init)
    let free = ahead.filter { one in
      // A shift that somebody else serves is in no time served; it is planned all the same.
      !rota.times.contains { $0.person == one.person && $0.from < one.until && $0.until > one.from }
        && !planned.contains { $0.escort == one.person && $0.duty == one.duty && $0.startsAt < one.until && $0.endsAt > one.from }
    }
    let shifts = free.map { ShiftDraft(escort: $0.person, duty: $0.duty, startsAt: $0.from, endsAt: $0.until) }
    rota.times += shifts.map(RotaTime.init)
    return RotaPreview(
      shifts: shifts, kept: ahead.count - free.count, unknown: plan.unknown, problems: rota.problems(at: now, time))
  }

  /// The lines of a template that would plan a batch's rota as it stands, without its stand-ins.
  public func rotaLines(of batch: Batch) throws -> [RotaLine] {
    let shifts = try tables.all(EscortTable.shiftsOf, batch.key, read: Shift.init).filter { $0.standsInFor == nil }
    let times = shifts.map { RotaTime(shift: $0.id, person: $0.escort, duty: $0.duty, from: $0.startsAt, until: $0.endsAt) }
    return [RotaLine](
      of: times, people: try escorts(of: batch).map(RotaPerson.init), firstDay: batch.firstDay, days: batch.days, time: time)
  }
}
