internal import Evidence
public import Sanatorium

/// A breach that a rule found.
struct NonconformityDraft {
  var rule: Rule
  var cause: NonconformityCause
  var batch: Int64
  /// 0 when it concerns no single person, `Nonconformity.house` for those left in the house.
  var participant: Int64 = 0
  /// The participant, the batch, or the outing that has too few escorts.
  var subject: ID
  var message: Text
  var at: Instant
}

extension Ledger {
  /// Opens a nonconformity unless the same one is open; whether it is new.
  @discardableResult
  func openNonconformity(_ draft: NonconformityDraft) throws -> Bool {
    guard
      try !tables.exists(
        NonconformityTable.openLike, draft.batch, draft.rule.id, draft.participant, draft.subject)
    else { return false }
    try record(
      NonconformityOpened(
        openPart: .init(rule: draft.rule.id, cause: draft.cause.rawValue),
        personalPart: .init(
          participant: draft.participant, article: draft.rule.article, quote: draft.rule.quote,
          message: draft.message)),
      .consequence(batch: draft.batch, subject: draft.subject, at: draft.at))
    return true
  }

  /// Closes the open nonconformity about that rule and subject, if there is one: the rule holds again. Whether there was.
  @discardableResult
  func closeNonconformity(
    rule: String, batch: Int64, participant: Int64 = 0, subject: ID, at: Instant
  ) throws -> Bool {
    let standing = try tables.first(
      NonconformityTable.openLike, batch, rule, participant, subject, read: Nonconformity.init)
    guard let standing else { return false }
    try record(
      NonconformityClosed(
        openPart: .init(rule: rule, cause: standing.cause.rawValue),
        personalPart: .init(nonconformity: standing.key)),
      .consequence(batch: batch, subject: subject, at: at))
    return true
  }

  /// A named person says how a breach came about; open or closed, once.
  public func explainNonconformity(
    _ id: ID, explanation: String, _ submission: Submission
  ) throws -> Recorded {
    let standing = try tables.nonconformity(id)
    let draft = submission.draft(batch: standing.batch, subject: standing.subject, now: now)
    if let earlier = try earlier(NonconformityExplained.self, draft) {
      return Recorded(earlier.entry, repeated: true)
    }
    var faults = Faults()
    faults.require(explanation, "explanation")
    try faults.refuse()
    if let person = standing.explainedBy {
      throw Refusal.conflict(
        "explanation", "explained-already", Text("\(person)已经说明过了。", "\(person) has explained it already."))
    }
    let payload = NonconformityExplained(
      openPart: .init(rule: standing.rule, cause: standing.cause.rawValue),
      personalPart: .init(
        nonconformity: standing.key, explanation: trim(explanation), person: submission.actor.name))
    return Recorded(try record(payload, draft), repeated: false)
  }
}
