internal import ArgumentParser
internal import Foundation
internal import Hosting
internal import Packs
internal import Sanatorium

struct PackShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "A regulation as a batch would run under it: every rule with its clause, force and gates.")

  @OptionGroup var options: PackOptions
  @Argument(help: "The regulation's id.") var id: String
  @Flag(help: "Print it as it would be frozen into a batch, one JSON object.") var json = false

  func run() throws {
    try reporting {
      let regulation = try options.regulation(id)
      if json {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        Console.line(String(decoding: try encoder.encode(regulation), as: UTF8.self))
      } else {
        show(regulation, options.lang)
      }
    }
  }

  private func show(_ regulation: Regulation, _ lang: Language) {
    Console.line(regulation.title(lang))
    func line(_ label: Text, _ value: String?) {
      if let value { Console.line("\(label(lang))\t\(value)") }
    }
    line(Text("编号", "Id"), "\(regulation.id) (\(regulation.edition))")
    line(Text("发文单位", "Issuer"), regulation.issuer(lang))
    line(Text("文号", "Document"), regulation.documentNumber)
    line(Text("状态", "Status"), regulation.status.name(lang))
    line(Text("印发", "Issued"), regulation.issued?.description)
    line(Text("施行", "In force from"), regulation.validity.from?.description)
    line(Text("有效期至", "In force until"), regulation.validity.until?.description)
    line(Text("依据", "Extends"), regulation.bases.isEmpty ? nil : regulation.bases.joined(separator: ", "))
    line(Text("允许下级细化", "May be refined by"), regulation.allows.map { "\($0.article)“\($0.quote)”" })
    showParameters(regulation.parameters)
    for rule in regulation.rules {
      Console.line("")
      Console.line("\(rule.id)\t\(rule.article)\t\(rule.title(lang))")
      Console.line("\t“\(rule.quote)”")
      for check in rule.checks {
        let asked = check.demands.map(\.key.rawValue).joined(separator: ", ")
        let gates = check.gates.map { $0.name(lang) }.joined(separator: "、")
        let by = check.by.map { $0.name(lang) }.joined(separator: "、")
        Console.line(
          "\t\(check.force.letter) \(check.force.name(lang))\t\(gates)\t\(by)\t\(check.kind.rawValue)"
            + (asked.isEmpty ? "" : " (\(asked))"))
      }
      if let report = rule.report { Console.line("\t\(Text("报告", "Report")(lang))\t\(report(lang))") }
      if let change = rule.changedBy {
        Console.line(
          "\t"
            + Text(
              "由 \(change.regulation) 改动，依据\(change.article)“\(change.quote)”",
              "changed by \(change.regulation), by \(change.article) “\(change.quote)”")(lang))
      }
    }
  }

  /// As a pack writes them, so that they can be copied into one.
  private func showParameters(_ parameters: RegulationParameters) {
    let lines = ParameterField.all.compactMap { field in
      field.written(in: parameters).map { "  \(field.key): \($0)" }
    }
    guard !lines.isEmpty else { return }
    Console.line("")
    Console.line("parameters:")
    for line in lines { Console.line(line) }
  }
}
