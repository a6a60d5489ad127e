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
    return signed.receipt
  }
}
