internal import ArgumentParser
internal import Foundation
internal import Hosting
internal import Packs
internal import Sanatorium

/// `sanatoriumd pack`: regulations as files. None of it touches a data folder.
struct PackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack", abstract: "Regulations as files: list, show, check, evaluate.",
    subcommands: [
      PackList.self, PackShow.self, PackCheck.self, PackEvaluate.self, PackKinds.self, PackParameters.self, PackFacts.self,
    ])
}

/// Where a facility's own packs stand, and the language of what is printed.
struct PackOptions: ParsableArguments {
  @Option(help: "Folder of the facility's own packs, as packs_folder in the configuration.") var folder: String?
  @Option(help: "Language of the sentences: zh or en.", transform: RosterCommand.language) var lang = Language.chinese

  /// The regulation of an id, or the faults of its file.
  func regulation(_ id: String) throws -> Regulation {
    let content = RegulationShelf(folder: folder).content
    if let regulation = content[id] { return regulation }
    if id == "cn-base" { return try PackOptions.read(lang) { () throws(PackFaults) in try Packs.regulation(id) } }
    let faults = content.faults(of: id)
    guard faults.isEmpty else { throw PackOptions.tell(PackFaults(faults), lang) }
    throw HostFault(
      .usage, "没有规则包“\(id)”；有 \(content.ids.joined(separator: ", "))",
      "there is no regulation pack “\(id)”; there are \(content.ids.joined(separator: ", "))")
  }

  static func read<Result>(_ language: Language, _ work: () throws(PackFaults) -> Result) throws -> Result {
    do { return try work() } catch { throw tell(error, language) }
  }

  /// Writes every fault on a line of its own, and says how to end.
  static func tell(_ faults: PackFaults, _ language: Language) -> ExitCode {
    for fault in faults.faults { Console.error(fault.sentence(language)) }
    return ExitCode(ExitStatus.data.rawValue)
  }
}

struct PackList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The regulations that a batch can be planned under.")

  @OptionGroup var options: PackOptions

  func run() throws {
    try reporting {
      let content = RegulationShelf(folder: options.folder).content
      for regulation in content.regulations {
        let number = regulation.documentNumber ?? regulation.status.name(options.lang)
        Console.line("\(regulation.id)\t\(number)\t\(regulation.title(options.lang))")
      }
      for fault in content.faults { Console.error(fault.sentence(options.lang)) }
      if !content.faults.isEmpty { throw ExitCode(ExitStatus.data.rawValue) }
    }
  }
}

struct PackCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Tell every fault of a pack: its line, field and reason.",
    discussion: "What it extends is looked for among the built-in packs and beside the file. Exit code 0 when it has no "
      + "fault, \(ExitStatus.data.rawValue) otherwise.")

  @Argument(help: "The YAML file, named after its id.") var file: String
  @Option(help: "Language of the sentences: zh or en.", transform: RosterCommand.language) var lang = Language.chinese

  func run() throws {
    try reporting {
      let name = file.split(separator: "/").last.map(String.init) ?? file
      let bytes = try RosterCommand.read(file)
      let folder = file.contains("/") ? String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)]) : "."
      let packs = RegulationPacks.builtIn.adding([(name, bytes)] + beside(folder, but: name))
      let taken = packs.faults.filter { $0.file == name }
      guard taken.isEmpty else { throw PackOptions.tell(PackFaults(taken), lang) }
      let id = name.split(separator: ".").first.map(String.init) ?? name
      guard name.hasSuffix(".yaml") || name.hasSuffix(".yml"),
        let (regulation, changes) = try PackOptions.read(lang, { () throws(PackFaults) in try packs.told(id) })
      else {
        throw HostFault(.data, "\(name)：规则包的文件名要以 .yaml 结尾", "\(name): a pack's file name ends in .yaml")
      }
      let own = regulation.rules.count { $0.regulation == regulation.id }
      let rules = Set(changes.filter { $0.part != nil }.map(\.subject)).count
      let figures = Set(changes.filter { $0.part == nil }.map(\.subject)).count
      Console.line(
        Text(
          "\(regulation.id)：没有错误。自己的规定 \(own) 条，改动上级规定 \(rules) 条，一共 \(regulation.rules.count) 条；另定参数 \(figures) 个。",
          "\(regulation.id): no fault. \(own) rules of its own, \(rules) changed, \(regulation.rules.count) in all; \(figures) parameters set otherwise."
        )(lang))
      for change in changes { Console.line(change.sentence(lang)) }
    }
  }

  /// The other packs of the folder.
  private func beside(_ folder: String, but name: String) -> [(file: String, bytes: [UInt8])] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return [] }
    return names.sorted().filter { $0 != name && ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) }.compactMap { other in
      FileManager.default.contents(atPath: "\(folder)/\(other)").map { (other, Array($0)) }
    }
  }
}
