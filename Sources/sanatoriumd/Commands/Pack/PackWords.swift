internal import ArgumentParser
internal import Hosting
internal import Packs
internal import Sanatorium

/// What a pack's author can write: the kinds of checks, the parameters and the facts.
struct PackKinds: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kinds", abstract: "The kinds of checks that a rule can be made of.")

  @Option(help: "Language of the sentences: zh or en.", transform: RosterCommand.language) var lang = Language.chinese

  func run() {
    for kind in CheckKind.allCases { Console.line("\(kind.rawValue)\t\(kind.meaning(lang))") }
  }
}

struct PackParameters: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parameters",
    abstract: "The parameters that a pack can set: name, form with range and unit, meaning, an example.")

  @Option(help: "Language of the sentences: zh or en.", transform: RosterCommand.language) var lang = Language.chinese

  func run() {
    for field in ParameterField.all {
      Console.line("\(field.key)\t\(field.form(lang))\t\(field.meaning(lang))")
      tell(field.options, "\t")
      for part in field.parts {
        Console.line("\t\(part.key)\t\(part.form(lang))\t\(part.meaning(lang))")
        tell(part.options, "\t\t")
      }
      Console.line("\t\(Text("例：", "Example: ")(lang))\(field.example)")
    }
  }

  private func tell(_ options: [ParameterField.Option], _ indent: String) {
    guard !options.isEmpty else { return }
    Console.line(indent + options.map { "\($0.code) \($0.name(lang))" }.joined(separator: "; "))
  }
}

struct PackFacts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "facts", abstract: "The facts that a check of kind `facts` can ask for, with their parts and values.")

  @Option(help: "Language of the sentences: zh or en.", transform: RosterCommand.language) var lang = Language.chinese

  func run() {
    for definition in FactCatalogue.all {
      let scope = definition.scope == .batch ? Text("批次", "batch") : Text("个人", "person")
      Console.line("\(definition.key)\t\(scope(lang))\t\(definition.label(lang))")
      for part in definition.parts {
        let options = definition.key == .qualifyingGround && part.part == .value ? FactCatalogue.groundOptions : part.options
        let values = options.map { "\($0.code) \($0.label(lang))" }.joined(separator: "; ")
        Console.line("\t\(part.part.rawValue)\t\(part.label(lang))" + (values.isEmpty ? "" : "\t\(values)"))
      }
    }
  }
}
