internal import ArgumentParser
internal import Documents
internal import Evidence
internal import Foundation
internal import Hosting
internal import Packs
internal import Sanatorium
internal import SanatoriumStore
internal import SanatoriumWeb

/// `sanatoriumd roster`: lists of people, checked without any data and imported while the daemon is stopped.
struct RosterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roster", abstract: "Check a list of people, or import it while the daemon is stopped.",
    subcommands: [RosterCheckCommand.self, RosterImportCommand.self])
}

struct RosterCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Tell every fault of a list; touches no data.",
    discussion: "Exit code 0 when no fault is an error or breaks a hard rule, else "
      + "\(ExitStatus.stopped.rawValue).")

  @Argument(help: "CSV or XLSX file.") var file: String
  @Option(help: "The regulation's id: \(Packs.regulations.joined(separator: ", ")).") var regulation: String
  @Option(help: "Day 1 of the stay, 2026-06-08.", transform: RosterCommand.day) var starts: Day
  @Option(help: "Last day of the stay; the first by default.", transform: RosterCommand.day) var ends: Day?
  @Option(help: "The sheet to read.") var sheet: String?
  @Option(help: "Language of the sentences: zh or en.", transform: RosterCommand.language) var lang = Language.chinese
  @Flag(help: "Print one JSON object instead of text.") var json = false

  func validate() throws {
    if let ends, ends < starts { throw ValidationError("--ends is before --starts") }
  }

  func run() throws {
    try reporting {
      let pack = try RosterCommand.regulation(regulation)
      let check = try RosterCommand.check(file, sheet: sheet, regulation: pack, startsOn: starts)
      if json {
        Console.line(String(decoding: try check.json(lang), as: UTF8.self))
      } else {
        RosterCommand.show(check, lang)
      }
      if check.isStopped { throw ExitCode(ExitStatus.stopped.rawValue) }
    }
  }
}

struct RosterImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Import a list into a batch while the daemon is stopped.",
    discussion: "Without --rows every row without an error is imported; errors left out end with exit code "
      + "\(ExitStatus.stopped.rawValue).")

  @OptionGroup var place: Place
  @Argument(help: "CSV or XLSX file.") var file: String
  @Option(help: "The batch's id or number.") var batch: String
  @Option(help: "The sheet to read.") var sheet: String?
  @Option(help: "Rows to import, as the spreadsheet numbers them: 2,3,4.") var rows: String?
  @Option(help: "Language of the sentences: zh or en.", transform: RosterCommand.language) var lang = Language.chinese

  func run() throws {
    try reporting {
      let bytes = try RosterCommand.read(file)
      let opened = try StoppedStore(place.dataPath, command: "sanatoriumd roster import")
      defer { opened.store.close() }
      let (found, frozen) = try opened.store.read { reader in
        let found = try ID(batch).map { try reader.batch($0) } ?? reader.batches(limit: 500).first { $0.number == batch }
        return (found, try found.flatMap { try reader.packs(of: $0)?.regulation })
      }
      guard let found else {
        throw HostFault(.data, "没有“\(batch)”这一批", "there is no batch “\(batch)”")
      }
      let regulation = try frozen ?? RosterCommand.regulation(found.regulation)
      let check = try RosterCommand.check(bytes, sheet: sheet, regulation: regulation, startsOn: found.firstDay)
      let wrong = Set(check.faults.filter { $0.force == .error }.map(\.row))
      let chosen = rows.map { Set($0.split(separator: ",").compactMap { Int($0) }) }
      let people = check.participants.filter {
        !$0.name.isEmpty && (chosen?.contains($0.row) ?? !wrong.contains($0.row))
      }
      RosterCommand.show(check, lang)
      let drafts = people.map { ParticipantDraft($0) }
      let submission = Submission(key: .random(), actor: .daemon, request: Digest.of(bytes))
      let id = found.id
      let count = try RosterCommand.faults { try opened.store.perform { try $0.listParticipants(drafts, in: id, submission).count } }
      Console.line(Text("已导入 \(count) 人，共 \(check.rows) 人", "\(count) imported of \(check.rows)")(lang))
      if count < check.rows, chosen == nil { throw ExitCode(ExitStatus.stopped.rawValue) }
    }
  }
}

extension RosterCommand {
  static func day(_ text: String) throws -> Day {
    guard let day = Day(text) else { throw ValidationError("“\(text)” is no day; write it as 2026-06-08") }
    return day
  }

  static func language(_ text: String) throws -> Language {
    guard let language = Language(rawValue: text) else { throw ValidationError("the language is zh or en") }
    return language
  }

  static func regulation(_ id: String) throws -> Regulation {
    do { return try Packs.regulation(id) } catch {
      throw HostFault(.usage, "没有规则包“\(id)”", "\(error)")
    }
  }

  static func read(_ file: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw HostFault(.noInput, "读不了 \(file)", "can't read \(file)")
    }
    return Array(data)
  }

  static func check(_ file: String, sheet: String?, regulation: Regulation, startsOn: Day) throws -> RosterCheck {
    try check(read(file), sheet: sheet, regulation: regulation, startsOn: startsOn)
  }

  static func check(_ bytes: [UInt8], sheet: String?, regulation: Regulation, startsOn: Day) throws -> RosterCheck {
    try faults { try RosterCheck.run(bytes: bytes, sheet: sheet, regulation: regulation, startsOn: startsOn) }
  }

  /// A refusal as the fault of a file, all its sentences.
  static func faults<Result>(_ work: () throws -> Result) throws -> Result {
    func fault(_ texts: [Text]) -> HostFault {
      HostFault(
        .data, texts.map(\.chinese).joined(separator: "\n"), texts.map(\.english).joined(separator: "\n"))
    }
    do { return try work() } catch Refusal.invalid(let faults) {
      throw fault(faults.map(\.message))
    } catch Refusal.conflict(let one) {
      throw fault([one.message])
    } catch Refusal.notFound(let text) {
      throw fault([text])
    }
  }

  static func show(_ check: RosterCheck, _ language: Language) {
    Console.line(Text("\(check.rows) 人", "\(check.rows) people")(language))
    for fault in check.faults {
      let rule = fault.rule.map { " \($0)" } ?? ""
      Console.line("\(fault.row)\t\(fault.columnLabel)\t\(fault.force.rawValue)\(rule)\t\(fault.message(language))")
    }
    if !check.notAsked.isEmpty {
      let rules = check.notAsked.joined(separator: ", ")
      Console.line(Text("名单里没有栏的规定：\(rules)", "rules without a column: \(rules)")(language))
    }
  }
}
