internal import ArgumentParser
internal import Evidence
internal import Hosting
internal import OrganizerStore
internal import Sanatorium

/// `sanatorium-organizer receive FILE`: takes a report from a site that has no link, as if it had been delivered.
struct Receive: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check and take a report exported to FILE; prints the signed receipt or writes it to a file.")

  @OptionGroup var place: Place
  @Argument(help: "A signed report, as exported by the facility.") var file: String
  @Option(help: "Write the receipt here; it goes back to the facility.") var receipt: String?

  func run() throws {
    try reporting {
      let bytes = try AtomicFile.read(file, limit: UnverifiedReport.limit)
      let store = try place.store()
      do {
        let reception = try store.receive(bytes, via: .file, now: .now)
        try write(reception.receipt)
        let words = reception.isRepeated ? "以前已签收 taken before" : "已签收 accepted"
        Console.error("\(words): \(reception.receipt.receipt.batchNumber), \(reception.receipt.receipt.figures)")
      } catch let rejection as Rejection {
        // A signed refusal goes back to the facility as well.
        if let receipt = rejection.receipt { try write(receipt) }
        throw rejection
      }
    }
  }

  private func write(_ signed: SignedReceipt) throws {
    if let receipt {
      try AtomicFile.write(signed.bytes, to: receipt)
    } else {
      Console.line(String(decoding: signed.bytes, as: UTF8.self))
    }
  }
}

/// `sanatorium-organizer verify FILE`: checks a report without taking it; needs nothing but the facility's public key.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check a report's signature, chain and every figure, without taking it.")

  @OptionGroup var place: Place
  @Argument(help: "A signed report.") var file: String
  @Option(help: "The facility's public key; without it the enrolled one from the data folder.") var publicKey: String?
  @Flag(help: "Print one JSON object instead of text.") var json = false

  func run() throws {
    try reporting {
      let bytes = try AtomicFile.read(file, limit: UnverifiedReport.limit)
      var faults: [Fault] = []
      var signed: SignedReport?
      do {
        let report = try UnverifiedReport(bytes)
        signed = try report.verified(by: try key(report))
      } catch Refusal.invalid(let found) {
        faults = found
      }
      let figures = try signed?.comparison().count ?? 0
      if json {
        let answer = JSON.object([
          "valid": .bool(faults.isEmpty), "digest": .string(Digest.of(bytes).description),
          "batch": JSON.optional(signed?.report.batch.number), "entries": JSON.optional(signed?.evidence.entries.count),
          "figures": .int(Int64(figures)),
          "faults": .array(
            faults.map {
              .object(["field": .string($0.field), "code": .string($0.code), "message": .string($0.message.chinese)])
            }),
        ])
        Console.line(String(decoding: JSONWriter.wire(answer), as: UTF8.self))
      } else if let signed {
        Console.line(
          "\(signed.report.batch.number): 签名有效，\(signed.evidence.entries.count) 条记录连续，\(figures) 项数字一致")
        Console.line(
          "valid signature, \(signed.evidence.entries.count) entries in one chain, \(figures) figures agree")
        if signed.report.hasUncounted {
          Console.line("报告是旧格式：每天的服务人员按排班计，没有重算")
          Console.line("a report of the earlier format: its escorts by day, counted by shifts, were not counted again")
        }
      }
      if !faults.isEmpty { throw Refusal.invalid(faults) }
    }
  }

  private func key(_ report: UnverifiedReport) throws -> PublicKey {
    guard let publicKey else { return try place.store().facility(report.facility).publicKey }
    guard let key = PublicKey(publicKey) else {
      throw HostFault(.usage, "不是公钥（sanpk_…）", "not a public key (sanpk_…)")
    }
    return key
  }
}
