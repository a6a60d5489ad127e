internal import Evidence
public import Sanatorium

extension Ledger {
  /// Plans a batch under a fresh id.
  public func planBatch(_ batch: BatchDraft, _ submission: Submission) throws -> Recorded {
    // The surrogate of a batch is the sequence of the entry that planned it: handed out in order, and known again when
    // the tables are rebuilt.
    if let earlier = try earlierPlan(submission) { return earlier }
    var draft = submission.draft(batch: sequence + 1, subject: .random(), now: now)
    draft.batch = sequence + 1
    return Recorded(try record(BatchPlanned(batch), draft), repeated: false)
  }

  /// A planned batch has its own surrogate, so a repeated request is looked for among all of them; planning is rare.
  private func earlierPlan(_ submission: Submission) throws -> Recorded? {
    guard let key = try tables.first(Ledger.plannedByID, submission.key, read: { $0.int64(0) }) else { return nil }
    let draft = submission.draft(batch: key, subject: .none, now: now)
    return try earlier(BatchPlanned.self, draft).map { Recorded($0.entry, repeated: true) }
  }

  private static let plannedByID = SQL(
    "SELECT b.id FROM batch b JOIN journal j ON j.seq = b.first_entry WHERE j.id = ?")

  /// Changes what was planned, until the batch is opened.
  public func changeBatch(_ id: ID, _ batch: BatchDraft, _ submission: Submission) throws -> Recorded {
    let known = try tables.batch(id)
    let draft = submission.draft(batch: known.key, subject: id, now: now)
    if let earlier = try earlier(BatchChanged.self, draft) { return Recorded(earlier.entry, repeated: true) }
    guard known.state == .planned else {
      throw Refusal.conflict(
        Fault("state", "not-planned", Text("这一批已经开始，计划不能再改。", "This batch has begun; its plan can't change.")))
    }
    let planned = BatchPlanned(batch)
    return Recorded(
      try record(BatchChanged(openPart: planned.openPart, personalPart: planned.personalPart), draft), repeated: false)
  }
}

extension BatchPlanned {
  init(_ batch: BatchDraft) {
    openPart = .init(
      number: batch.number, regulation: batch.regulation, firstDay: batch.firstDay, lastDay: batch.lastDay,
      planned: batch.planned)
    personalPart = .init(organizer: batch.organizer, host: batch.host, venue: batch.venue)
  }
}
