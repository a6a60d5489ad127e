internal import ArgumentParser
internal import Evidence
internal import Foundation
internal import Hosting
internal import SanatoriumStore

/// `sanatoriumd verify`: chain and tables. Works beside a running daemon: it only reads.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the chain, rebuild every table from the journal and compare.")

  @OptionGroup var place: Place
  @Option(help: "A file to check instead of the data folder's, such as a backup.")
  var file: String?
  @Flag(help: "Print one JSON object instead of text.")
  var json = false

  func run() throws {
    try reporting {
      let path = file ?? place.dataPath + "/" + House.storeName
      guard FileManager.default.fileExists(atPath: path) else {
        throw HostFault(.noInput, "找不到 \(path)", "there is no \(path)")
      }
      let result = try Store.verify(path: path)
      if file == nil {
        if let fault = result.faults.first {
          UpkeepFile.verification.failed(in: place.dataPath, file: path, why: fault)
        } else {
          UpkeepFile.verification.succeeded(in: place.dataPath, entries: result.entries, file: path)
        }
      }
      if json {
        let answer = JSON.object([
          "entries": .int(Int64(result.entries)), "rows": .int(Int64(result.rows)), "chain": .string(result.chain),
          "intact": .bool(result.isIntact), "faults": .array(result.faults.map(JSON.string)),
        ])
        Console.line(String(decoding: JSONWriter.wire(answer), as: UTF8.self))
      } else {
        Console.line("\(result.entries) entries, \(result.rows) rows, chain \(result.chain)")
        for fault in result.faults { Console.line(fault) }
        Console.line(result.isIntact ? "完好 intact" : "不一致 NOT INTACT")
      }
      if !result.isIntact { throw ExitCode(ExitStatus.data.rawValue) }
    }
  }
}
