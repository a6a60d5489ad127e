internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// Every fact of an owner that the regulation asks, what stands there, and the rest behind a fold.
  func factsPage(_ owner: FactOwner) throws -> Response {
    let (name, entries, regulation, standing, scans) = try site.store.read { reader in
      let batch = try self.batch(of: owner, reader)
      return (
        try title(of: owner, batch, reader), try reader.factEntries(of: owner), try self.regulation(of: batch, reader),
        try self.standing(owner, batch, reader), try reader.scanCounts(of: owner)
      )
    }
    let recorded = Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0) })
    var listed: Set<FactKey> = []
    return html { h in
      h.page(
        page(
          Text("要记的事项", "Facts to record"), owner.scope == .batch ? .batch : .people, detail: name,
          back: (Text(verbatim: name), path(of: owner)))
      ) {
      } top: {
        notices(h)
      } main: {
        for gate in Gate.allCases {
          let keys = regulation.asked(at: gate, of: owner.scope).filter { !listed.contains($0) }
          listed.formUnion(keys)
          if !keys.isEmpty {
            let left = keys.count { standing[$0].map { $0.state != .done } ?? (recorded[$0] == nil) }
            h.listHead(
              gate.name(language), count: keys.count,
              note: left == 0 ? Text("齐", "complete")(language) : Text("还差 \(left) 项", "\(left) missing")(language))
            h.list { for key in keys { factRow(h, owner, key, recorded[key], standing[key], scans[key] ?? 0) } }
          }
        }
        let others = FactCatalogue.all.filter { $0.scope == owner.scope && !listed.contains($0.key) }
        h.fold(Text("这部规定不问的 \(others.count) 项", "\(others.count) that this regulation does not ask")(language)) {
          h.list {
            for definition in others { factRow(h, owner, definition.key, recorded[definition.key], standing[definition.key], scans[definition.key] ?? 0) }
          }
        }
      }
    }
  }

  /// What stands for a fact without being recorded as one: where it is kept, and what it says.
  private struct Standing {
    let page: String
    let words: Text
    let fact: RecordedFact
    let state: State
    /// Whether it counts before what somebody recorded.
    let goesFirst: Bool
  }

  private func standing(_ owner: FactOwner, _ batch: Batch, _ reader: Reader) throws -> [FactKey: Standing] {
    guard owner.scope == .batch else { return [:] }
    var standing = try reader.serviceGroups(of: batch).facts.mapValues {
      Standing(page: "service-groups", words: Text("服务小组里有", "In the service groups"), fact: $0, state: .done, goesFirst: false)
    }
    if let fact = try reader.kit(of: batch).fact(until: batch.lastDay, in: time) {
      let (state, words) =
        fact.value != "complete"
        ? (State.failed, Text("清单上不够", "Short by the list"))
        : fact.date == nil
          ? (.unknown, Text("清单还没签字", "The list is not signed")) : (.done, Text("按药箱清单", "By the kit's list"))
      standing[.kit] = Standing(page: "kit", words: words, fact: fact, state: state, goesFirst: true)
    }
    return standing
  }

  private func factRow(_ h: HTML, _ owner: FactOwner, _ key: FactKey, _ entry: FactEntry?, _ standing: Standing?, _ scans: Int) {
    guard let definition = FactCatalogue[key] else { return }
    let isHidden = definition.isHealth && owner.scope == .participant && !actor.mayReadHealth
    let words =
      isHidden
      ? [Text("由医护记录", "recorded by the medical staff")(language)]
      : entry.map { [summary(of: $0.fact, definition)] } ?? []
    let state: State = entry == nil ? .unknown : entry?.fact.isConfirmedMissing == true && !isHidden ? .failed : .done
    if let standing, entry == nil || standing.goesFirst {
      return h.linkRow(
        definition.label(language), target: "\(path(of: owner))/\(scans > 0 ? "facts/\(key.rawValue)" : standing.page)",
        state: standing.state, stateWords: standing.words(language), facts: [summary(of: standing.fact, definition)],
        tags: scanTags(scans))
    }
    h.linkRow(
      definition.label(language), target: "\(path(of: owner))/facts/\(key.rawValue)", state: state,
      stateWords: (entry == nil ? Text("还没记", "Not recorded") : Text("已记", "Recorded"))(language), facts: words,
      tags: isHidden ? [] : scanTags(scans))
  }

  /// The parts in words: `完全自理·周敏`.
  func summary(of fact: RecordedFact, _ definition: FactDefinition) -> String {
    fact.given.compactMap { part in
      guard let value = fact[part] else { return nil }
      if part == .date || part == .until, let day = Day(value) { return date(day) }
      return value.split(separator: ",").map { definition.label(of: String($0), part: part)(language) }
        .joined(separator: Text("、", ", ")(language))
    }.joined(separator: "·")
  }

  private func title(of owner: FactOwner, _ batch: Batch, _ reader: Reader) throws -> String {
    switch owner {
    case .batch: batch.number
    case .participant(let id): try reader.participant(id).name
    }
  }

  /// One fact's form, made from its definition, with the rules that ask for it and what was recorded before.
  /// - Parameter scan: a form about its scans that comes back.
  func factPage(_ owner: FactOwner, _ form: Form, _ status: Status = .ok, scan: Form = Form()) throws -> Response {
    let definition = try self.definition(of: owner)
    let isHidden = definition.isHealth && owner.scope == .participant && !actor.mayReadHealth
    let (name, history, rules, names, scans, isListed) = try site.store.read { reader in
      let batch = try self.batch(of: owner, reader)
      let regulation = try self.regulation(of: batch, reader)
      let rules = regulation.rules.filter { rule in
        let alone = Regulation.alone(rule, of: regulation)
        return Gate.allCases.contains { alone.asked(at: $0, of: owner.scope).contains(definition.key) }
      }
      return (
        try title(of: owner, batch, reader), isHidden ? [] : try reader.factHistory(definition.key, of: owner), rules,
        Dictionary(uniqueKeysWithValues: try reader.accounts().map { ($0.id, $0.name) }),
        isHidden ? [] : try reader.scans(of: definition.key, owner),
        definition.key == .kit ? try !reader.kit(of: batch).lines.isEmpty : false
      )
    }
    let back = ownPath(request.query.first("back") ?? form.values?.filled("back") ?? scan.values?.filled("back"))
    let target = back ?? "\(path(of: owner))/facts"
    return html(status) { h in
      h.page(
        page(
          definition.label, owner.scope == .batch ? .batch : .people, detail: name,
          back: (Text("返回", "Back"), target))
      ) {
      } top: {
        notices(h)
        h.returning(scan, to: ownAddress)
      } main: {
        if !rules.isEmpty {
          h.div("pad stack") {
            for rule in rules { h.clause("\(rule.id)·\(article(rule.article))", quote: rule.quote, quoteLang: "zh-CN") }
          }
        }
        if ServiceGroups.keys.contains(definition.key) {
          h.div("pad") { h.a("\(path(of: owner))/service-groups", "link", text: say("一起填：服务小组和责任表", "All in one: service groups, responsibilities")) }
        }
        if definition.key == .kit {
          h.div("pad") { h.a("\(path(of: owner))/kit", "link", text: say("药箱清单", "The kit's list")) }
        }
        if isListed {
          h.note(.due, say("药箱有清单，按清单算，不用另记。", "The kit has a list, and the list counts; nothing is recorded beside it."))
        } else if definition.admits(actor) {
          h.form("\(path(of: owner))/facts/\(definition.key.rawValue)", form, key: formKey, "sheet stack") {
            if let back { h.hiddenField("back", back) }
            for part in definition.parts { field(h, part, definition, history.first?.fact) }
            h.button(Text("记下“\(definition.label.chinese)”", "Record it")(language), full: true)
          }
          if definition.mayBeMissing {
            h.form("\(path(of: owner))/facts/\(definition.key.rawValue)", key: formKey, "sheet stack") {
              if let back { h.hiddenField("back", back) }
              h.hiddenField("missing", "true")
              h.button(Text("查过了，没有", "Looked for it: there is none")(language), .other)
            }
          }
        } else {
          let roles = definition.roles.map { $0.name(language) }.joined(separator: Text("、", ", ")(language))
          h.note(.due, Text("由\(roles)记录", "Recorded by: \(roles)")(language))
        }
        if !isHidden { scanSection(h, owner, definition, scans, names, back: back) }
        if !history.isEmpty {
          h.section(Text("记过的", "Recorded so far")(language)) {
            h.timeline {
              for entry in history {
                h.event(
                  .done, summary(of: entry.fact, definition), "\(moment(entry.recordedAt)) \(names[entry.actor] ?? "")",
                  isNow: entry == history.first)
              }
            }
          }
        }
      }
    }
  }

  private func field(_ h: HTML, _ part: FactDefinition.Part, _ definition: FactDefinition, _ known: RecordedFact?) {
    let name = part.part.rawValue
    let label = part.label(language)
    let value = known?.isConfirmedMissing == true ? nil : known?[part.part]
    let ground = definition.key == .qualifyingGround && part.part == .value
    let options = ground ? FactCatalogue.groundOptions : part.options
    let choices = options.map { Choice($0.code, $0.label(language), isAlone: $0.code == "none") }
    if definition.takesSeveral, !choices.isEmpty {
      h.chips(label, name, choices, values: Set((value ?? "").split(separator: ",").map(String.init)))
    } else if choices.count > 8 {
      h.select(label, name, choices, value: value, none: Text("还没选", "Not chosen yet")(language), optional: !part.isRequired)
    } else if !choices.isEmpty {
      h.radios(label, name, choices, value: value, optional: !part.isRequired)
    } else {
      let kind: FieldKind = part.part == .date || part.part == .until ? .date : part.range == nil ? .text : .whole
      h.field(label, name, kind, value: value, optional: !part.isRequired, maxLength: 500)
    }
  }

  /// `第九条`, or the citation as it stands.
  func article(_ article: String) -> String {
    article.allSatisfy { $0.isNumber } ? Text("第 \(article) 条", "Art. \(article)")(language) : article
  }
}

extension Regulation {
  /// The regulation with one of its rules, to ask what that rule looks at.
  static func alone(_ rule: Rule, of regulation: Regulation) -> Regulation {
    Regulation(
      id: regulation.id, edition: regulation.edition, title: regulation.title, issuer: regulation.issuer,
      documentNumber: regulation.documentNumber, status: regulation.status, validity: regulation.validity,
      bases: regulation.bases, parameters: regulation.parameters, rules: [rule])
  }
}
