internal import ArgumentParser
internal import Evidence
internal import Hosting
internal import OrganizerStore
internal import Sanatorium

/// The organizer's executable: takes, checks and compares completion reports.
@main
struct SanatoriumOrganizer: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sanatorium-organizer",
    abstract: "Takes signed completion reports from recuperation houses, checks and compares them.",
    discussion: "Exit codes: "
      + ExitStatus.allCases.map { "\($0.rawValue) \($0.meaning.english)" }.joined(separator: "; ") + ".",
    version: Build.version,
    subcommands: [
      Serve.self, Demo.self, Init.self, AccountCommand.self, FacilityCommand.self, Receive.self, Verify.self,
    ])
}

extension ParsableCommand {
  /// Runs a command's work; what goes wrong becomes a line in both languages and the documented exit code.
  func reporting(_ work: () throws -> Void) throws {
    do { try work() } catch let fault as HostFault {
      throw fault.ended
    } catch let rejection as Rejection {
      throw HostFault(.data, rejection.faults.map(\.message)).ended
    } catch let refusal as Refusal {
      throw HostFault(refusal).ended
    } catch let error as OrganizerStoreUnusable {
      throw HostFault(.inputOutput, error.description, error.description).ended
    }
  }
}

extension HostFault {
  init(_ status: ExitStatus, _ sentences: [Text]) {
    self.init(
      status, sentences.map(\.chinese).joined(separator: "\n"), sentences.map(\.english).joined(separator: "\n"))
  }

  init(_ refusal: Refusal) {
    switch refusal {
    case .invalid(let faults):
      self.init(.data, faults.map { Text("\($0.field)：\($0.message.chinese)", "\($0.field): \($0.message.english)") })
    case .conflict(let fault): self.init(.data, [fault.message])
    case .notFound(let sentence): self.init(.noInput, [sentence])
    case .forbidden(let sentence): self.init(.failure, [sentence])
    case .gate(let results): self.init(.data, results.map(\.message))
    case .storageFull: self.init(.inputOutput, "磁盘满了，没有保存", "the disk is full; nothing was saved")
    case .storageUnavailable: self.init(.inputOutput, "数据文件现在读写不了", "the data file can't be read or written now")
    }
  }

  /// Says what is wrong and ends with the fault's exit code.
  var ended: ExitCode {
    Console.error("\(wording.english)\n\(wording.chinese)")
    return ExitCode(status.rawValue)
  }
}
