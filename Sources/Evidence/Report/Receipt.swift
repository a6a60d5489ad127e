public import Sanatorium

/// 签收回执: the organizer's signed answer to one report.
///
/// Canonical JSON of `{"receipt": …, "signature": …}`; the signature is over the canonical JSON of `{"receipt": …}`.
public struct Receipt: Codable, Hashable, Sendable {
  public static let format = "receipt/1"

  public enum Verdict: String, Codable, Hashable, Sendable, CaseIterable {
    /// Signature, chain and every figure agree.
    case accepted
    /// Authentic, but it contradicts its own evidence or an earlier report; `reasons` say where.
    case refused

    public var name: Text {
      switch self {
      case .accepted: Text("已签收", "Accepted")
      case .refused: Text("退回", "Refused")
      }
    }
  }

  public var format = Receipt.format
  public var organizer: String
  public var facility: ID
  public var batch: ID
  public var batchNumber: String
  public var revision: Int
  /// SHA-256 of the report's bytes, hexadecimal.
  public var reportDigest: String
  public var receivedAt: Instant
  public var verdict: Verdict
  /// How many figures were counted again and agreed.
  public var figures: Int
  public var reasons: [Text]

  public init(
    organizer: String, facility: ID, batch: ID, batchNumber: String, revision: Int, reportDigest: Digest,
    receivedAt: Instant, verdict: Verdict, figures: Int, reasons: [Text] = []
  ) {
    self.organizer = organizer
    self.facility = facility
    self.batch = batch
    self.batchNumber = batchNumber
    self.revision = revision
    self.reportDigest = reportDigest.description
    self.receivedAt = receivedAt
    self.verdict = verdict
    self.figures = figures
    self.reasons = reasons
  }
}

/// A receipt frozen into bytes and signed.
public struct SignedReceipt: Hashable, Sendable {
  public let bytes: [UInt8]
  public let receipt: Receipt
  public let signature: DocumentSignature

  public init(signing receipt: Receipt, with key: SigningKey) {
    self.receipt = receipt
    let content = JSON.Member("receipt", JSON(encoding: receipt))
    signature = DocumentSignature(of: JSONWriter.canonical(.object([content])), by: key)
    bytes = JSONWriter.canonical(.object([content, .init("signature", signature.json)]))
  }

  /// Reads and checks a receipt.
  ///
  /// - Parameter digest: of the report that it should answer; a receipt for another is refused.
  /// - Throws: `Refusal.invalid`
  public static func verify(_ bytes: [UInt8], _ publicKey: PublicKey, for digest: Digest) throws -> SignedReceipt {
    let read = try SignedReceipt(stored: bytes)
    let content = JSONWriter.canonical(.object([.init("receipt", JSON(encoding: read.receipt))]))
    if let fault = read.signature.fault(for: content, by: publicKey) { throw Refusal.invalid([fault]) }
    guard read.receipt.reportDigest == digest.description else {
      throw Refusal.invalid(
        "receipt.reportDigest", "other-report",
        Text("这张回执是给另一份报告的。", "This receipt answers another report."))
    }
    return read
  }

  /// The receipt's bytes in an organizer's answer: the whole body, or the member `receipt` of a problem (RFC 9457) that
  /// carries a signed refusal.
  public static func bytes(inAnswer body: [UInt8]) -> [UInt8] {
    guard let tree = try? JSON.parse(body), let text = tree["receipt"]?.string else { return body }
    return Array(text.utf8)
  }

  /// Reads one that was checked when it was stored.
  ///
  /// - Throws: `Refusal.invalid` when the bytes are no receipt.
  public init(stored bytes: [UInt8]) throws {
    let tree: JSON
    do throws(MalformedJSON) { tree = try JSON.parse(bytes) } catch { throw Refusal.invalid([error.fault]) }
    guard tree.members?.map(\.name) == ["receipt", "signature"], let content = tree["receipt"],
      let signature = DocumentSignature(tree["signature"]), JSONWriter.canonical(tree) == bytes,
      let receipt = try? content.decode(Receipt.self), receipt.format == Receipt.format,
      content.firstMember(notIn: JSON(encoding: receipt)) == nil
    else {
      throw Refusal.invalid("", "not-a-receipt", Text("这不是签过名的回执。", "This is no signed receipt."))
    }
    self.bytes = bytes
    self.receipt = receipt
    self.signature = signature
  }
}
