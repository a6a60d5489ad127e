internal import Dispatch
public import Evidence
internal import Sanatorium
public import SanatoriumStore
internal import Synchronization

/// Where reports go, as the operator configured it; never an address that came from elsewhere.
public struct OrganizerEndpoint: Sendable {
  public var url: String
  /// PEM of the organizer's authority; nil trusts the system's.
  public var authorityFile: String?
  public var certificateFile: String?
  public var keyFile: String?
  public var secret: WebhookSecret
  /// The key that signs the organizer's receipts.
  public var receiptKey: PublicKey

  public init(
    url: String, authorityFile: String?, certificateFile: String? = nil, keyFile: String? = nil,
    secret: WebhookSecret, receiptKey: PublicKey
  ) {
    self.url = url
    self.authorityFile = authorityFile
    self.certificateFile = certificateFile
    self.keyFile = keyFile
    self.secret = secret
    self.receiptKey = receiptKey
  }
}

/// Carries issued reports to the organizer, one at a time on a thread of its own, for as long as it takes. Every try is
/// an entry; the webhook's id is the report's, so that a repeated delivery is known.
public final class Outbox: Sendable {
  private let store: Store
  private let endpoint: OrganizerEndpoint
  private let log: @Sendable (String) -> Void
  private let queue = DispatchQueue(label: "outbox")
  private let isBusy = Atomic(false)

  public init(store: Store, endpoint: OrganizerEndpoint, log: @escaping @Sendable (String) -> Void) {
    self.store = store
    self.endpoint = endpoint
    self.log = log
  }

  /// Starts the next delivery if its time has come and none is under way; called each second.
  public func poll() {
    guard !isBusy.exchange(true, ordering: .acquiringAndReleasing) else { return }
    queue.async { [self] in
      defer { isBusy.store(false, ordering: .releasing) }
      do { try deliverNext() } catch { log("a report could not be delivered: \(error)") }
    }
  }

  private func deliverNext() throws {
    let waiting = try store.read { reader in
      try reader.waitingReport(at: store.now).map {
        (report: $0, bytes: try reader.bytes(of: $0), seen: try reader.sequence())
      }
    }
    guard let (report, bytes, seen) = waiting else { return }
    // A read may see what is not on the disk yet: nothing leaves the house that a power cut could still take back.
    guard store.writerAnswers(within: 5_000), store.sequence >= seen else { return }
    let headers = StandardWebhooks.sign(
      bytes, id: "msg_\(report.id)", at: store.now, with: [endpoint.secret])
    let answer = HTTPSPost(
      url: endpoint.url, authorityFile: endpoint.authorityFile, certificateFile: endpoint.certificateFile,
      keyFile: endpoint.keyFile,
      headers: headers.fields.map { ($0.name, $0.value) } + [("Content-Type", "application/json"), ("Expect", "")],
      body: bytes
    ).perform()
    try settle(report, answer)
  }

  private func settle(_ report: Report, _ answer: HTTPSPost.Answer) throws {
    let id = report.id
    let key = endpoint.receiptKey
    var reason = answer.error ?? "status \(answer.status ?? 0) without a receipt"
    // A refusal of the report itself comes with a signed receipt as well.
    if let status = answer.status, !answer.body.isEmpty {
      let receipt = SignedReceipt.bytes(inAnswer: answer.body)
      do {
        _ = try store.perform { try $0.takeReceipt(id, receipt, from: key, status: status) }
        return
      } catch Refusal.invalid(let faults) {
        // Whoever answered there is not the organizer, or answered something else: it is tried again.
        reason = "status \(status), no valid receipt: \(faults.map(\.message.english).joined(separator: " "))"
      }
    }
    let verdict = Retry.verdict(
      status: answer.status.flatMap { (200..<300).contains($0) ? nil : $0 }, failures: report.attempts,
      retryAfter: answer.retryAfter, jitter: Double.random(in: 0...1), now: store.now)
    let nextAt: Instant? = if case .again(let at) = verdict { at } else { nil }
    let (status, error) = (answer.status, reason)
    try store.perform { try $0.recordDeliveryFailure(id, status: status, error: error, nextAt: nextAt) }
    log("delivery of revision \(report.revision) failed: \(reason)")
  }
}
