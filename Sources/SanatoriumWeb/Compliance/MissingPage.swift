internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// One thing that a gate ahead still asks for: what, by whom, of how many people.
struct MissingMatter {
  let key: FactKey?
  let label: Text
  let by: Responsible
  let gate: Gate
  /// Whether it stops its gate; else it is only recorded.
  let stops: Bool
  var rules: [String]
  var articles: [String]
  /// Empty for a matter of the batch.
  var people: [ID]
  var message: Text
  let isHealth: Bool
}

extension [RuleResult] {
  /// What is missing or wrong, each fact once, in the order of the rules.
  func missingMatters(_ departures: [Departure]) -> [MissingMatter] {
    var matters: [MissingMatter] = []
    for result in self where result.outcome != .pass {
      if departures.contains(where: { $0.faults(for: result).isEmpty }) { continue }
      for finding in result.findings where finding.outcome != .pass {
        let by = result.by.first ?? .host
        let stops = finding.force != .informational
        let known = matters.firstIndex {
          $0.gate == result.gate && $0.by == by && $0.stops == stops
            && (finding.key == nil ? $0.rules == [result.rule] : $0.key == finding.key) && $0.people.isEmpty == (result.participant == nil)
        }
        let index = known ?? matters.count
        if known == nil {
          matters.append(
            MissingMatter(
              key: finding.key, label: finding.key.map { FactCatalogue.label($0) } ?? result.title, by: by,
              gate: result.gate, stops: stops, rules: [], articles: [], people: [], message: finding.message,
              isHealth: finding.key.flatMap { FactCatalogue[$0] }?.isHealth == true && result.participant != nil))
        }
        if !matters[index].rules.contains(result.rule) {
          matters[index].rules.append(result.rule)
          matters[index].articles.append(result.article)
        }
        if let person = result.participant, !matters[index].people.contains(person) { matters[index].people.append(person) }
      }
    }
    return matters
  }
}

/// 还缺什么，谁来办: what opening and the arrivals still ask for, by the person who has to bring it, days before it is late.
extension Context {
  func missingPage() throws -> Response {
    let (batch, matters, names, duties) = try missing()
    let days = batch.firstDay - today
    return html { h in
      h.page(
        page(
          Text("还缺什么，谁来办", "What is missing, by whom"), .batch, detail: batch.number,
          back: (Text("合规看板", "Compliance"), "/batches/\(batch.id)/compliance"), layout: .desk)
      ) {
      } top: {
        notices(h)
      } main: {
        let binding = matters.filter(\.stops)
        if matters.isEmpty {
          h.note(.ok, say("开班和报到要的都齐了", "Opening and arrivals have all they ask for"))
        } else {
          h.note(binding.isEmpty ? .ok : days <= 3 ? .bad : .late, heading(batch, binding.count, days))
        }
        h.div("cols") {
          for by in Responsible.allCases {
            let own = matters.filter { $0.by == by }
            if !own.isEmpty {
              h.div {
                h.listHead(by.name(language), count: own.count, note: duties[by])
                h.list { for matter in own.sorted(by: { ($0.stops ? 0 : 1) < ($1.stops ? 0 : 1) }) { row(h, matter, batch, names) } }
              }
            }
          }
        }
      }
    }
  }

  private func heading(_ batch: Batch, _ count: Int, _ days: Int) -> String {
    let what = count == 0 ? say("要紧的都齐了", "Nothing binding is missing") : say("还缺 \(count) 样", "Missing: \(count)")
    if days > 0 { return say("离报到还有 \(days) 天，\(what)", "Days to the arrivals: \(days); \(what.lowercased())") }
    return days == 0 ? say("今天报到，\(what)", "Arrivals are today; \(what.lowercased())") : what
  }

  private func row(_ h: HTML, _ matter: MissingMatter, _ batch: Batch, _ names: [ID: String]) {
    h.item(matter.stops ? .late : nil) {
      h.div("row") {
        h.b(matter.label(language))
        h.tag(matter.gate.name(language), matter.stops ? .due : .mute)
        if !matter.people.isEmpty { h.span("m", say("\(matter.people.count) 人", "of \(matter.people.count)")) }
      }
      h.p("m s", zip(matter.rules, matter.articles).map { "\($0)·\(article($1))" }.joined(separator: say("；", "; ")))
      if matter.people.isEmpty {
        h.p("s", matter.message(language))
        if let key = matter.key, ServiceGroups.keys.contains(key) {
          h.a("/batches/\(batch.id)/service-groups", "link", text: say("服务小组和责任表", "Service groups, responsibilities"))
        } else if matter.key == .kit {
          h.a("/batches/\(batch.id)/kit", "link", text: say("药箱清单", "The kit's list"))
        } else if let key = matter.key, let definition = FactCatalogue[key], definition.scope == .batch, definition.admits(actor) {
          let back = percentEncoded("/batches/\(batch.id)/missing")
          h.linkButton(
            say("记“\(definition.label.chinese)”", "Record: \(definition.label.english)"),
            "/batches/\(batch.id)/facts/\(key.rawValue)?back=\(back)", .other)
        }
      } else if matter.isHealth, !actor.mayReadHealth {
        h.p("s", say("由医护核对。", "The medical staff check this."))
      } else {
        h.fold(say("是哪些人", "Who"), id: "\(matter.gate.rawValue)-\(matter.key?.rawValue ?? matter.rules[0])") {
          h.list {
            for person in matter.people {
              h.linkRow(names[person] ?? "", target: "/participants/\(person)/gates/arrival", state: .unknown)
            }
          }
        }
      }
    }
  }

  /// What is missing now at the gates ahead, people's names, and who has which duty.
  private func missing() throws -> (Batch, [MissingMatter], [ID: String], [Responsible: String]) {
    let id = try self.id("batch")
    return try site.store.read { reader in
      let batch = try reader.batch(id)
      let regulation = try self.regulation(of: batch, reader)
      var matters: [MissingMatter] = []
      if batch.state == .planned {
        let gate = try reader.gate(.open, of: batch, under: regulation, at: site.store.now)
        matters += gate.results.missingMatters(gate.departures)
      }
      let people = try reader.participants(of: batch)
      if batch.state == .planned || batch.state == .open {
        let awaited = Set(people.filter { $0.admission == .held || $0.arrivedAt == nil && $0.admission == .expected }.map(\.id))
        let gate = try reader.gate(.arrival, of: batch, under: regulation, at: site.store.now)
        matters += gate.results.filter { $0.participant.map(awaited.contains) == true }.missingMatters(gate.departures)
      }
      let facts = try reader.facts(of: batch).recorded
      let groups = try reader.serviceGroups(of: batch).facts
      var duties: [Responsible: String] = [:]
      for (by, key) in [
        (Responsible.organizer, FactKey.dutyCoordination), (.registrar, .dutyRegistration), (.medical, .dutyMedical),
      ] { duties[by] = (facts[key] ?? groups[key])?.person }
      return (batch, matters, Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0.name) }), duties)
    }
  }

  func missingJSON() throws -> JSON {
    let (batch, matters, names, _) = try missing()
    return .object([
      "batch": .string(batch.id.description), "firstDay": .string(batch.firstDay.description),
      "missing": .array(
        matters.map { matter in
          let isHidden = matter.isHealth && !actor.mayReadHealth
          return .object([
            "fact": .optional(matter.key?.rawValue), "label": matter.label.json, "by": .string(matter.by.rawValue),
            "gate": .string(matter.gate.rawValue), "stops": .bool(matter.stops),
            "rules": .array(matter.rules.map { .string($0) }), "people": .int(Int64(matter.people.count)),
            "participants": isHidden
              ? nil
              : .array(
                matter.people.map { .object(["participant": .string($0.description), "name": .string(names[$0] ?? "")]) }),
          ])
        }),
    ])
  }
}
