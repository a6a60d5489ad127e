internal import ArgumentParser
internal import Hosting

/// The facility's executable: one command each for what an operator does.
@main
struct Sanatoriumd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sanatoriumd",
    abstract: "The daemon of a recuperation house: registration, rounds, alarms, plans and the report of a batch.",
    discussion: "Exit codes: "
      + ExitStatus.allCases.map { "\($0.rawValue) \($0.meaning.english)" }.joined(separator: "; ") + ".",
    version: Build.version,
    subcommands: [
      Serve.self, Demo.self, Init.self, AccountCommand.self, DeviceCommand.self, RosterCommand.self,
      PackCommand.self, ReportCommand.self, Verify.self, Backup.self, Restore.self,
    ])
}

extension ParsableCommand {
  /// Runs a command's work; a fault becomes one line on standard error and the documented exit code.
  func reporting(_ work: () throws -> Void) throws {
    do { try work() } catch let fault as HostFault {
      throw fault.ended
    }
  }
}

extension HostFault {
  /// Says what is wrong and ends with the fault's exit code.
  var ended: ExitCode {
    Console.error("\(wording.english)\n\(wording.chinese)")
    return ExitCode(status.rawValue)
  }
}
