internal import Evidence
public import Sanatorium

/// An activity that was held.
public struct Activity: Sendable, Hashable {
  public let id: ID
  public let kind: ActivityKind
  public let day: Day
  public let participants: Int
  public let note: String
  /// Who logged it.
  public let person: String

  init(_ row: Row) throws {
    id = row.id(1)
    kind = try row.code(2)
    day = row.day(3)
    participants = row.int(4)
    note = row.text(5)
    person = row.text(6)
  }
}

struct ActivityHeld: CodedPayload {
  static let kind = EntryKind.activityHeld
  struct Personal: Codable, Sendable {
    var day: Day
    var note: String
    var person: String
  }
  let openPart: Open.Activity
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(
      ActivityTable.insert, entry.sequence, entry.subject, entry.batch, openPart.kind, personalPart.day,
      openPart.participants, personalPart.note, personalPart.person)
  }
}

extension Connection {
  /// How often each kind was held.
  func activityCounts(batch: Int64) throws -> [ActivityKind: Int] {
    Dictionary(
      uniqueKeysWithValues: try all(ActivityTable.counts, batch) { (try $0.code(0, as: ActivityKind.self), $0.int(1)) })
  }
}

extension Reader {
  /// In the order of their days.
  public func activities(of batch: Batch) throws -> [Activity] {
    try tables.all(ActivityTable.ofBatch, batch.key, read: Activity.init)
  }

  public func activityCounts(of batch: Batch) throws -> [ActivityKind: Int] {
    try tables.activityCounts(batch: batch.key)
  }
}

extension Ledger {
  /// Logs an activity that was held.
  ///
  /// - Parameter participants: how many took part, at most as many as ever arrived.
  public func logActivity(
    _ kind: ActivityKind, on day: Day, participants: Int, note: String = "", in batchID: ID, _ submission: Submission
  ) throws -> Recorded {
    let batch = try tables.batch(batchID)
    let draft = submission.draft(batch: batch.key, subject: .random(), now: now)
    if let earlier = try earlier(ActivityHeld.self, draft) { return Recorded(earlier.entry, repeated: true) }
    guard batch.hasBegun else {
      throw Refusal.conflict("batch", "not-open", Text("\(batch.number)还没有开班。", "\(batch.number) has not been opened."))
    }
    var faults = Faults()
    let today = time.day(of: now)
    if day > today { faults.add("day", "in-the-future", Text("这一天还没到。", "This day is yet to come.")) }
    if day < batch.firstDay || day > batch.lastDay {
      faults.add(
        "day", "outside-the-batch",
        Text(
          "这一批是 \(batch.firstDay) 到 \(batch.lastDay)。", "The batch lasts from \(batch.firstDay) to \(batch.lastDay)."))
    }
    let arrived = try Reader(tables: tables, time: time).presence(in: batch).arrived
    if participants < 1 || participants > arrived {
      faults.add(
        "participants", "out-of-range",
        Text("可填 1 到 \(arrived) 人，填的是 \(participants)。", "1 to \(arrived) is allowed, \(participants) was given."))
    }
    try faults.refuse()
    let payload = ActivityHeld(
      openPart: .init(kind: kind.rawValue, participants: participants),
      personalPart: .init(day: day, note: trim(note), person: submission.actor.name))
    return Recorded(try record(payload, draft), repeated: false)
  }
}
