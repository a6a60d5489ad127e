public import Sanatorium

/// A completion report with its evidence, frozen into bytes once and signed. The bytes are what is stored, sent,
/// exported and hashed; a reader never makes them anew.
///
/// They are canonical JSON (RFC 8785) of
///
///     {"evidence": EvidenceBundle, "report": CompletionReport, "signature": {"algorithm": "Ed25519", "keyId", "value"}}
///
/// and the signature is over the canonical JSON of the same object without `signature`: the bytes up to `,"signature":`
/// and a closing brace.
public struct SignedReport: Hashable, Sendable {
  public let bytes: [UInt8]
  public let report: CompletionReport
  public let evidence: EvidenceBundle
  public let signature: DocumentSignature

  /// SHA-256 of the bytes: the report's name in receipts and in the journal.
  public var digest: Digest { Digest.of(bytes) }

  /// Freezes and signs.
  public init(signing report: CompletionReport, evidence: EvidenceBundle, with key: SigningKey) {
    self.report = report
    self.evidence = evidence
    let content: [JSON.Member] = [.init("evidence", evidence.json), .init("report", JSON(encoding: report))]
    signature = DocumentSignature(of: JSONWriter.canonical(.object(content)), by: key)
    bytes = JSONWriter.canonical(.object(content + [.init("signature", signature.json)]))
  }

  fileprivate init(bytes: [UInt8], report: CompletionReport, evidence: EvidenceBundle, signature: DocumentSignature) {
    self.bytes = bytes
    self.report = report
    self.evidence = evidence
    self.signature = signature
  }

  /// Checks everything that can be checked without trusting the sender: the signature, the chain over all headers, each
  /// open payload's digest, every figure counted again from the payloads, and that the report's own tables and identity
  /// agree with them.
  ///
  /// - Throws: `Refusal.invalid` with every difference, each naming its field, the declared value and the counted one.
  public static func verify(_ bytes: [UInt8], _ publicKey: PublicKey) throws -> CompletionReport {
    try UnverifiedReport(bytes).verified(by: publicKey).report
  }

  /// Every figure beside its recount, but those of an earlier format that can't be counted again.
  public func comparison() throws -> [FigureLine] {
    report.compared(to: try CompletionFigures(of: evidence.ofBatch, time: report.batch.time))
  }
}

/// A document that claims to be a signed report: well-formed, believed in nothing.
public struct UnverifiedReport: Sendable {
  public let bytes: [UInt8]
  private let tree: JSON
  /// Whose report it says it is.
  public let facility: ID
  public let signature: DocumentSignature

  /// The largest document that is taken.
  public static let limit = 32 << 20

  public var digest: Digest { Digest.of(bytes) }

  /// - Throws: `Refusal.invalid` when the bytes are no canonical document of the described form.
  public init(_ bytes: [UInt8]) throws {
    guard bytes.count <= Self.limit else {
      throw Refusal.invalid(
        "", "too-large", Text("报告超过 32 MB。", "The report is larger than 32 MB."))
    }
    do throws(MalformedJSON) { tree = try JSON.parse(bytes) } catch { throw Refusal.invalid([error.fault]) }
    guard tree.members?.map(\.name) == ["evidence", "report", "signature"],
      let facility = tree["report"]?["facility"]?["id"]?.string.flatMap({ ID($0) }),
      let signature = DocumentSignature(tree["signature"]), JSONWriter.canonical(tree) == bytes
    else {
      throw Refusal.invalid(
        "", "not-a-signed-report",
        Text(
          "这不是签过名的完成情况报告，或者文件的字节变过。",
          "This is no signed completion report, or the file's bytes were changed."))
    }
    self.bytes = bytes
    self.facility = facility
    self.signature = signature
  }

  /// What it says it is, for the answer to one that is refused.
  public var batch: ID? { tree["report"]?["batch"]?["id"]?.string.flatMap { ID($0) } }
  public var batchNumber: String? { tree["report"]?["batch"]?["number"]?.string.map { String($0.prefix(100)) } }
  public var revision: Int? { tree["report"]?["revision"]?.int.map(Int.init) }

  /// See `SignedReport.verify`. The signature is checked before anything else is read.
  public func verified(by key: PublicKey) throws -> SignedReport {
    let content = (tree.members ?? []).filter { $0.name != "signature" }
    if let fault = signature.fault(for: JSONWriter.canonical(.object(content)), by: key) {
      throw Refusal.invalid([fault])
    }
    let report = try decodedReport()
    let evidence = try EvidenceBundle(json: tree["evidence"] ?? .null)
    let faults = try ReportCheck(report, evidence).faults()
    guard faults.isEmpty else { throw Refusal.invalid(faults) }
    return SignedReport(bytes: bytes, report: report, evidence: evidence, signature: signature)
  }

  /// Reads a document that was verified when it was stored.
  public func trusted() throws -> SignedReport {
    SignedReport(
      bytes: bytes, report: try decodedReport(), evidence: try EvidenceBundle(json: tree["evidence"] ?? .null),
      signature: signature)
  }

  private func decodedReport() throws -> CompletionReport {
    let json = tree["report"] ?? .null
    guard let report = try? json.decode(CompletionReport.self),
      report.format == CompletionReport.format || report.hasUncounted
    else {
      throw Refusal.invalid(
        "report", "malformed-report",
        Text("报告的格式读不懂，可能是别的版本写的。", "The report's form is not understood; another version may have written it."))
    }
    // A member that this reader does not know would be signed but never shown.
    if let path = json.firstMember(notIn: JSON(encoding: report)) {
      throw Refusal.invalid(
        "report.\(path)", "unknown-field",
        Text(
          "报告里的“\(path)”读不懂，可能是别的版本写的。",
          "“\(path)” of the report is not understood; another version may have written it."))
    }
    return report
  }
}
