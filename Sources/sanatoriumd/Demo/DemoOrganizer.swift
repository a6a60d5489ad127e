internal import Evidence
internal import Foundation
internal import Glibc
internal import Hosting

/// The organizer that runs beside the demonstration, as a process of its own: what it says when it is ready.
final class DemoOrganizer {
  let url: String
  let authority: String
  let receiptKey: String
  let accounts: JSON
  private let process: Process
  /// The child ends when this end is closed, also when we are killed.
  private let lifeline = Pipe()

  /// Starts `sanatorium-organizer demo` from beside this executable and waits for its line.
  init(folder: DataFolder, facilityKey: PublicKey, facilityName: String, secretFile: String) throws {
    let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("sanatorium-organizer")
    guard FileManager.default.isExecutableFile(atPath: executable.path) else {
      throw HostFault(.noInput, "找不到 \(executable.path)", "there is no \(executable.path)")
    }
    let process = Process()
    process.executableURL = executable
    process.arguments = [
      "demo", "--listen", "127.0.0.1:0", "--data", folder.file("organizer"), "--facility-key", facilityKey.description,
      "--facility-name", facilityName, "--secret-file", secretFile, "--json", "--follow-stdin",
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = lifeline
    try process.run()
    self.process = process
    let line = DemoOrganizer.line(from: output.fileHandleForReading)
    guard let json = try? JSON.parse(line), let url = json["url"]?.string, let authority = json["ca"]?.string,
      let key = json["publicKey"]?.string, let accounts = json["accounts"]
    else {
      process.terminate()
      throw HostFault(.failure, "组织单位一侧没有启动", "the organizer's side did not start")
    }
    self.url = url
    self.authority = authority
    receiptKey = key
    self.accounts = accounts
  }

  private static func line(from handle: FileHandle) -> [UInt8] {
    var line: [UInt8] = []
    while let byte = try? handle.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") { line.append(byte) }
    return line
  }

  func stop() {
    process.terminate()
    process.waitUntilExit()
  }
}
