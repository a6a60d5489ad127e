internal import ArgumentParser
internal import Evidence
internal import Hosting
internal import Packs
internal import Sanatorium

struct PackEvaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "What a regulation says of given facts, gate by gate; touches no data.",
    discussion: "Exit code 0 when nothing is stopped, \(ExitStatus.stopped.rawValue) when a gate is.")

  @OptionGroup var options: PackOptions
  @Option(help: "The regulation's id.") var pack: String
  @Option(help: "The facts, YAML or JSON.") var facts: String
  @Option(help: "Only this gate: open, arrival, daily, close or report.") var gate: String?
  @Flag(help: "Print one JSON object instead of text.") var json = false
  @Option(
    name: .customLong("repeat"),
    help: "Evaluate so many times, 1 to 10000, and print only how long each took, in microseconds, as JSON.")
  var repetitions: Int?

  func validate() throws {
    if let repetitions, !(1...10_000).contains(repetitions) {
      throw ValidationError("--repeat: \(repetitions) is not between 1 and 10000")
    }
  }

  func run() throws {
    try reporting {
      let regulation = try options.regulation(pack)
      let bytes = try RosterCommand.read(facts)
      let file = try PackOptions.read(options.lang) { () throws(PackFaults) in
        try FactsFile.read(bytes, file: facts, under: regulation)
      }
      let gates = try chosen()
      if let repetitions { return measure(regulation, file, gates, repetitions) }
      var stopped = false
      var answers: [JSON] = []
      for gate in gates {
        let results = PackEvaluate.results(regulation, file, at: gate)
        let blocking = Set(results.blocking(departures: file.departures))
        stopped = stopped || !blocking.isEmpty
        if json {
          answers.append(answer(gate, results, blocking, file))
        } else {
          show(gate, results, blocking, file)
        }
      }
      if json {
        let whole = JSON.object([
          "pack": .string(regulation.id), "edition": .int(Int64(regulation.edition)),
          "status": .string(regulation.status.rawValue), "day": .string(file.day.description), "gates": .array(answers),
        ])
        Console.line(String(decoding: JSONWriter.wire(whole), as: UTF8.self))
      }
      if stopped { throw ExitCode(ExitStatus.stopped.rawValue) }
    }
  }

  private func measure(_ regulation: Regulation, _ file: FactsFile, _ gates: [Gate], _ repetitions: Int) {
    var results = 0
    let spans = (0..<repetitions).map { _ in
      let duration = ContinuousClock().measure {
        for gate in gates { results += PackEvaluate.results(regulation, file, at: gate).count }
      }
      return JSON.int(Int64(duration / .microseconds(1)))
    }
    let told = JSON.object([
      "pack": .string(regulation.id), "people": .int(Int64(file.people.count)), "results": .int(Int64(results / repetitions)),
      "microseconds": .array(spans),
    ])
    Console.line(String(decoding: JSONWriter.wire(told), as: UTF8.self))
  }

  private func chosen() throws -> [Gate] {
    guard let gate else { return Gate.allCases }
    guard let one = Gate(rawValue: gate) else {
      let known = Gate.allCases.map(\.rawValue).joined(separator: ", ")
      throw HostFault(.usage, "没有“\(gate)”这个关口；有 \(known)", "there is no gate “\(gate)”; there are \(known)")
    }
    return [one]
  }

  /// The batch's rules, then each person's.
  static func results(_ regulation: Regulation, _ file: FactsFile, at gate: Gate) -> [RuleResult] {
    regulation.results(at: gate, on: file.day, batch: file.batch)
      + file.people.flatMap { regulation.results(at: gate, on: file.day, batch: file.batch, person: $0.facts) }
  }

  private func departure(for result: RuleResult, _ file: FactsFile) -> Departure? {
    file.departures.last { $0.faults(for: result).isEmpty }
  }

  private func name(of result: RuleResult, _ file: FactsFile) -> String? {
    result.participant.flatMap { id in file.people.first { $0.facts.id == id }?.name }
  }

  private func answer(_ gate: Gate, _ results: [RuleResult], _ blocking: Set<RuleResult>, _ file: FactsFile) -> JSON {
    .object([
      "gate": .string(gate.rawValue), "passes": .bool(blocking.isEmpty),
      "results": .array(
        results.map { result in
          result.json(
            departure: departure(for: result, file), blocks: blocking.contains(result),
            participant: name(of: result, file))
        }),
    ])
  }

  private func show(_ gate: Gate, _ results: [RuleResult], _ blocking: Set<RuleResult>, _ file: FactsFile) {
    let lang = options.lang
    guard !results.isEmpty else { return }
    Console.line(
      "\(gate.name(lang)): "
        + (blocking.isEmpty ? Text("没有挡住的", "nothing is stopped") : Text("挡住 \(blocking.count) 条", "stopped by \(blocking.count)"))(lang))
    for result in results {
      let mark = departure(for: result, file) != nil ? Text("说明放行", "accepted") : result.outcome.name
      let who = name(of: result, file).map { " \($0)" } ?? ""
      Console.line("\t\(result.rule)\t\(result.force.letter)\t\(mark(lang))\t\(result.article)\(who)\t\(result.message(lang))")
      if let warning = result.warning { Console.line("\t\t\(warning(lang))") }
    }
  }
}
