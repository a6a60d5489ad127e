internal import ArgumentParser
internal import Foundation
internal import Hosting
internal import Sanatorium
internal import SanatoriumStore

/// `sanatoriumd report`: for a site without a link to the organizer, and for enrolling there.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "The facility's public key; signed reports as files.",
    subcommands: [ReportKey.self, ReportExport.self])
}

struct ReportKey: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "Print the public key that the organizer enrols this facility with.")

  @OptionGroup var place: Place

  func run() throws {
    try reporting {
      let key = try ReportKeys.publicKey(inFolder: place.dataPath)
      Console.line("\(key)\t\(key.spokenID)")
    }
  }
}

struct ReportExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the newest signed report of a batch to FILE; works beside a running daemon.")

  @OptionGroup var place: Place
  @Argument(help: "The file to write.") var file: String
  @Option(help: "The batch's id; the newest batch with a report otherwise.") var batch: String?

  func run() throws {
    try reporting {
      let path = place.dataPath + "/" + House.storeName
      guard FileManager.default.fileExists(atPath: path) else {
        throw HostFault(.noInput, "找不到 \(path)", "there is no \(path)")
      }
      let id = try batch.map { text in
        guard let id = ID(text) else { throw HostFault(.usage, "--batch 要是 UUID", "--batch must be a UUID") }
        return id
      }
      guard let (report, bytes) = try Store.newestReport(path: path, batch: id) else {
        throw HostFault(.noInput, "还没有签发过报告", "no report has been issued yet")
      }
      try AtomicFile.write(bytes, to: file)
      Console.line("\(file): revision \(report.revision), \(bytes.count) bytes, SHA-256 \(report.digest)")
    }
  }
}
