public import Evidence
public import Sanatorium

extension Ledger {
  /// A try to deliver that brought no receipt. `nextAt` nil stops the outbox for this report until a person acts.
  public func recordDeliveryFailure(_ id: ID, status: Int?, error: String, nextAt: Instant?) throws {
    let report = try tables.report(id)
    guard report.delivery != .accepted else { return }
    try record(
      DeliveryAttempted(
        openPart: .init(revision: report.revision, outcome: "failed", status: status),
        personalPart: .init(report: report.key, error: String(error.prefix(500)), nextAt: nextAt)),
      .consequence(batch: report.batch, subject: report.id, at: now))
    // Some minutes without a link are nothing; half an hour is, and so is an organizer that wants no more.
    if nextAt == nil || report.attempts == 3 { try warn(of: report, Text("送不到：\(error)", "can't be delivered: \(error)")) }
  }

  /// A report that is not where it should be is heard of, also when nobody looks at its page.
  private func warn(of report: Report, _ what: Text) throws {
    try raise(
      AlertDraft(
        code: "delivery", severity: .attention, batch: report.batch, subject: report.id,
        message: Text(
          "报告第 \(report.revision) 版\(what.chinese)", "Revision \(report.revision) of the report \(what.english)"),
        at: now))
  }

  /// A person has it tried again at once.
  public func retryDelivery(_ id: ID, _ submission: Submission) throws -> Recorded {
    let report = try tables.report(id)
    let draft = submission.draft(batch: report.batch, subject: report.id, now: now)
    if let earlier = try earlier(DeliveryAttempted.self, draft) { return Recorded(earlier.entry, repeated: true) }
    guard report.delivery != .accepted else {
      throw Refusal.conflict(
        Fault("report", "accepted", Text("这份报告已经签收了。", "This report has been accepted already.")))
    }
    let payload = DeliveryAttempted(
      openPart: .init(revision: report.revision, outcome: "failed", status: report.lastStatus),
      personalPart: .init(report: report.key, error: "sent again by hand", nextAt: now))
    return Recorded(try record(payload, draft), repeated: false)
  }

  /// The organizer's receipt, by push or from a file. Refuses one whose signature or digest is not this report's.
  public func takeReceipt(_ id: ID, _ bytes: [UInt8], from organizer: PublicKey, status: Int?) throws -> Receipt {
    let report = try tables.report(id)
    guard let digest = Digest(hex: report.digest) else { throw CorruptRow(column: 4, value: report.digest) }
    let signed = try SignedReceipt.verify(bytes, organizer, for: digest)
    guard report.receipt != String(decoding: bytes, as: UTF8.self) else { return signed.receipt }
    let isAccepted = signed.receipt.verdict == .accepted
    try record(
      ReceiptReceived(
        openPart: .init(
          revision: report.revision, outcome: isAccepted ? "accepted" : "refused", status: status),
        personalPart: .init(report: report.key, receipt: String(decoding: bytes, as: UTF8.self))),
      .consequence(batch: report.batch, subject: report.id, at: now))
    if isAccepted {
      try resolveAlert("delivery", batch: report.batch, subject: report.id, reason: "accepted", at: now)
    } else {
      try warn(of: report, Text("被组织单位退回", "was refused by the organizer"))
    }
    return signed.receipt
  }
}
