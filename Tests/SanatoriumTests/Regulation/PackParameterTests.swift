import Packs
import Sanatorium
import Testing

@Suite("Parameters of a pack")
struct PackParameterTests {
  private func load(_ parameters: String, on base: String, _ rest: String = "") throws -> Regulation {
    let text = """
      id: nm-county
      edition: 1
      title: {zh: 某县实施细则, en: A county's rules}
      issuer: {zh: 某县退役军人事务局, en: A county bureau}
      document: 1号
      status: in_force
      extends: [\(base)]
      \(rest)
      parameters:
      \(parameters)
      """
    return try #require(
      try RegulationPacks.builtIn.adding([("nm-county.yaml", Array(text.utf8))]).regulation("nm-county"))
  }

  private let permission = "allowed_by: {article: 第十四条, quote: 细化具体措施}"

  @Test("the example of each one is right as it stands")
  func examples() throws {
    #expect(ParameterField.all.count == 22)
    for field in ParameterField.all {
      let regulation = try load("  \(field.example)", on: "nm-2023", permission)
      if field.key != "age_cap_inclusive" {
        #expect(field.written(in: regulation.parameters).map { "\(field.key): \($0)" } == field.example)
      }
      #expect(!field.meaning.chinese.isEmpty && !field.form.english.isEmpty)
    }
  }

  @Test("what is shown of a regulation can be copied into a pack", arguments: Packs.regulations)
  func copied(id: String) throws {
    let sheet = try Packs.regulation(id).parameters
    let lines = ParameterField.all.compactMap { field in field.written(in: sheet).map { "  \(field.key): \($0)" } }
    #expect(try load(lines.joined(separator: "\n"), on: "cn-base").parameters == sheet)
  }

  @Test("texts with marks of their own are quoted")
  func quoted() throws {
    let words = "{zh: \"甲: 乙，“丙”#丁\", en: \"a: \\\"b\\\" \\\\\"}"
    let sheet = try load("  host_agreement_signer: \(words)", on: "cn-base").parameters
    #expect(sheet.hostAgreementSigner == Text("甲: 乙，“丙”#丁", "a: \"b\" \\"))
    let field = try #require(ParameterField.all.first { $0.key == "host_agreement_signer" })
    let written = try #require(field.written(in: sheet))
    #expect(try load("  host_agreement_signer: \(written)", on: "cn-base").parameters == sheet)
  }

  @Test(
    "what is written otherwise is told how to be",
    arguments: [
      ("maxDays: 8", "parameters.maxDays", "max_days, usual_days"),
      ("ratio: 8", "parameters.ratio", "ratio: {participants_per_escort: 10, medical: counted}"),
      ("ratio: {escorts: 8, participants_per_escort: 9, medical: counted}", "parameters.ratio.escorts", "participants_per_escort_at_least"),
      ("venue_area: 内蒙古", "parameters.venue_area", "venue_area: {code: \"15\""),
      ("host_agreement_signer: 民政局", "parameters.host_agreement_signer", "host_agreement_signer: {zh: "),
    ])
  func told(line: String, field: String, words: String) {
    let faults = #expect(throws: PackFaults.self) { try load("  \(line)", on: "nm-2023", permission) }
    let fault = faults?.faults.first { $0.field == field }
    #expect(fault?.reason.chinese.contains(words) == true && fault?.reason.english.contains(words) == true)
  }
}
