internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// One rule of a batch: what it asks, what it says at each gate of whom, and its course.
extension Context {
  func complianceRulePage() throws -> Response {
    let (batch, board) = try complianceBoard()
    let code = parameters["rule"]
    guard let line = board.lines.first(where: { $0.rule.id == code }) else {
      throw Refusal.notFound(Text("没有这条规定。", "There is no such rule."))
    }
    let names = try site.store.read { reader in
      Dictionary(uniqueKeysWithValues: try reader.participants(of: batch).map { ($0.id, $0.name) })
    }
    let rule = line.rule
    let boardPath = "/batches/\(batch.id)/compliance"
    return html { h in
      h.page(
        page(
          rule.title, .batch, detail: "\(rule.id)·\(batch.number)",
          back: (Text("合规看板", "Compliance"), boardPath), layout: .desk)
      ) {
      } top: {
        notices(h)
      } main: {
        h.div("cols") {
          h.div {
            h.section(say("规定", "The rule")) {
              h.div("row") {
                h.mark(line.standing.state, line.standing.words(language))
                h.tag(rule.force.name(language), rule.force == .hard ? .due : .mute)
              }
              h.clause("\(rule.id)·\(article(rule.article))", quote: rule.quote, quoteLang: "zh-CN")
              asked(h, rule, batch)
            }
            course(h, line)
            unexplained(h, line, batch)
          }
          h.div {
            for at in line.gates { self.gate(h, at, rule, batch, names) }
          }
        }
      }
    }
  }

  /// What the rule's checks look at, when, and who has to bring it.
  private func asked(_ h: HTML, _ rule: Rule, _ batch: Batch) {
    for check in rule.checks {
      let gates = check.gates.map { $0.name(language) }.joined(separator: say("、", ", "))
      let by = check.by.map { $0.name(language) }.joined(separator: say("、", ", "))
      let named = check.kind == .facts ? check.demands.map { FactCatalogue.label($0.key)(language) } : []
      let what = named.isEmpty ? check.kind.plain(language) : say("要记的：", "recorded: ") + named.joined(separator: say("、", ", "))
      h.p(
        "m s",
        say(
          "\(gates)核对（\(check.force.name.chinese)），由\(by)负责。\(what)。",
          "Checked at: \(gates.lowercased()) (\(check.force.name.english.lowercased())), by: \(by). Asked: \(what)."))
    }
    let ways = ways(of: rule, batch)
    if !ways.isEmpty {
      h.p("noprint") {
        for (index, way) in ways.enumerated() {
          if index > 0 { h.text(" ") }
          h.a(way.target, "link", text: way.words(language))
        }
      }
    }
    if let report = rule.report {
      h.p("m s", say("报告里写：\(report.chinese)", "In the report: \(report.english)"))
    }
    if let change = rule.changedBy {
      h.clause(
        say("由 \(change.regulation) 细化，依据\(change.article)", "Refined by \(change.regulation), by \(change.article)"), quote: change.quote, quoteLang: "zh-CN")
    }
  }

  /// Where what the rule looks at is kept.
  private func ways(of rule: Rule, _ batch: Batch) -> [(words: Text, target: String)] {
    let own = "/batches/\(batch.id)"
    var ways: [(words: Text, target: String)] = []
    func add(_ words: Text, _ target: String) {
      if !ways.contains(where: { $0.target == target }) { ways.append((words, target)) }
    }
    for check in rule.checks {
      switch check.kind {
      case .activities: add(Text("活动", "Activities"), "/activities")
      case .ratioFloor, .ratioCeiling, .medicalEscorts: add(Text("人员配备", "Coverage"), "/coverage")
      case .medicalLicences: add(Text("服务人员", "Escorts"), "/escorts")
      case .facts:
        for key in check.demands.map(\.key) where FactCatalogue[key]?.scope == .batch {
          if key == .kit {
            add(Text("药箱清单", "The kit's list"), "\(own)/kit")
          } else if ServiceGroups.keys.contains(key) {
            add(Text("服务小组和责任表", "Service groups, responsibilities"), "\(own)/service-groups")
          } else {
            add(Text("这一批要记的事项", "The batch's facts"), "\(own)/facts")
          }
        }
      default: break
      }
    }
    return ways
  }

  private func gate(
    _ h: HTML, _ at: ComplianceBoard.AtGate, _ rule: Rule, _ batch: Batch, _ names: [ID: String]
  ) {
    h.section(at.gate.name(language)) {
      h.div("row") {
        h.mark(at.standing.state, at.standing.words(language))
        if let decided = at.decidedAt { h.span("m s", say("\(moment(decided)) 核定", "decided \(moment(decided))")) }
      }
      if at.answers.isEmpty { h.p("m", say("还没有可核对的人。", "Nobody to check yet.")) }
      for one in at.answers where one.participant == nil { h.p(evidence(of: one)) }
      let people = at.answers.filter { $0.participant != nil }
      for outcome in [Outcome.fail, .unknown, .pass] {
        let those = people.filter { $0.outcome == outcome }
        if !those.isEmpty {
          let state: State = outcome == .pass ? .passed : outcome == .fail ? .failed : .unknown
          h.fold(
            say("\(those.count) 人\(state.word(english: false))", "\(those.count): \(state.word(english: true))"), state: state,
            open: outcome != .pass && those.count <= 5, id: "\(at.gate.rawValue)-\(outcome.rawValue)"
          ) {
            h.list {
              for one in those {
                if let person = one.participant {
                  h.linkRow(
                    names[person] ?? "", target: at.gate == .arrival ? "/participants/\(person)/gates/arrival" : "/participants/\(person)",
                    state: one.departure == nil ? state : .accepted, facts: [evidence(of: one)])
                }
              }
            }
          }
        }
      }
      if at.answers.contains(where: { $0.blocks && $0.decidedAt == nil }) {
        h.linkButton(
          say("去\(at.gate.name.chinese)核对里办", "Settle it in the \(at.gate.name.english.lowercased()) checks"),
          "/batches/\(batch.id)/gates/\(at.gate.rawValue)", .other)
      }
    }
  }

  /// Breaches that nobody has explained, and the way to where it is done.
  private func unexplained(_ h: HTML, _ line: ComplianceBoard.Line, _ batch: Batch) {
    let left = line.nonconformities.count { $0.explanation == nil }
    guard left > 0 else { return }
    h.div("pad stack noprint") {
      h.mark(.late, say("\(left) 次不符合还没说明", "Breaches not explained: \(left)"))
      if batch.state == .open, Audience.planners.admits(actor) {
        h.linkButton(say("去说明", "Explain"), "/batches/\(batch.id)/close?explain=1#closing", .other, icon: .note)
      }
    }
  }

  /// 这条规定的经过: departures and breaches, the newest first.
  private func course(_ h: HTML, _ line: ComplianceBoard.Line) {
    var events: [(at: Instant, write: () -> Void)] = []
    for departure in line.departures {
      events.append(
        (
          departure.at,
          {
            let isHealth = departure.participant != nil && !self.actor.mayReadHealth
            let reason = isHealth ? self.say("理由由医护掌握", "the medical staff know why") : departure.reason
            h.event(
              .accepted,
              self.say(
                "\(departure.gate.name.chinese)说明放行：“\(reason)”", "Accepted at the \(departure.gate.name.english.lowercased()) gate: “\(reason)”"),
              "\(self.moment(departure.at)) \(departure.person)")
          }
        ))
    }
    for breach in line.nonconformities {
      events.append((breach.openedAt, { h.event(.failed, breach.message(self.language), self.moment(breach.openedAt)) }))
      if let closed = breach.closedAt {
        events.append((closed, { h.event(.passed, self.say("恢复符合", "It held again"), self.moment(closed)) }))
      }
      if let explained = breach.explainedAt, let explanation = breach.explanation {
        events.append(
          (explained, { h.event(.done, "“\(explanation)”", "\(self.moment(explained)) \(breach.explainedBy ?? "")") }))
      }
    }
    for at in line.gates {
      if let decided = at.decidedAt, at.gate != .arrival {
        events.append(
          (
            decided,
            {
              h.event(
                at.standing.state, self.say("\(at.gate.name.chinese)：\(at.standing.words.chinese)", "\(at.gate.name.english): \(at.standing.words.english)"),
                self.moment(decided))
            }
          ))
      }
    }
    guard !events.isEmpty else { return }
    h.section(say("这条规定的经过", "Its course")) {
      h.timeline { for event in events.sorted(by: { $0.at > $1.at }) { event.write() } }
    }
  }
}
