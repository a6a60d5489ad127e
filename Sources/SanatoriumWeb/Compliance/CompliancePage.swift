internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// 合规看板: one page a batch, every rule with its clause, what it says at each gate and by which facts, who accepted a
/// departure from it, and the breaches of it.
extension Context {
  func compliancePage() throws -> Response {
    let (batch, board) = try complianceBoard()
    let shown = ComplianceFilter(request.query)
    let path = "/batches/\(batch.id)/compliance"
    let number = board.regulation.documentNumber ?? board.regulation.status.name(language)
    return html { h in
      h.page(
        page(
          Text("合规看板", "Compliance"), .batch, detail: "\(batch.number)·\(say("依据", "under")) \(number)",
          back: (Text(verbatim: batch.number), "/batches/\(batch.id)"), layout: .desk)
      ) {
      } top: {
        notices(h)
      } main: {
        h.filters(
          say("按结果看", "By result"),
          ComplianceFilter.results.map { one in
            Filter(
              one.state, one.words(language), count: board.lines.count(where: shown.at(one).takes), target: shown.with(one).target(path),
              isCurrent: shown.standing == one)
          })
        h.el("nav", .class("row pad noprint"), .label(say("按关口看", "By gate"))) {
          for gate in [Gate?.none] + Gate.allCases.map({ $0 }) {
            let words = gate?.name(language) ?? say("所有关口", "All gates")
            if gate == shown.gate, shown.standing == nil || gate != nil {
              h.el("b", .of("aria-current", "true"), text: words)
            } else {
              h.a(shown.with(gate).target(path), "link", text: words)
            }
          }
          h.a("/batches/\(batch.id)/missing", "link", text: say("还缺什么，谁来办", "What is missing, by whom"))
        }
        let lines = board.lines.filter(shown.takes).sorted { left, right in
          (left.needsAct ? 0 : 1, left.standing) < (right.needsAct ? 0 : 1, right.standing)
        }
        if lines.isEmpty {
          h.empty(
            say("没有这样的规定", "No rule like that"), say("换一个结果或关口看看。", "Choose another result or gate."), icon: .tick,
            act: (words: say("看全部", "Show all"), target: path))
        } else {
          h.list { for line in lines { self.line(h, line, batch, shown.gate) } }
        }
        h.p("m s pad noprint", say("打印：用浏览器的打印，A4 竖排。", "To print, use the browser’s print; it is laid out for A4."))
        h.p(
          "m s pad",
          say(
            "\(moment(board.at)) 核算。已经过的关口照当时的结果，没到的关口按现在的情况。",
            "Reckoned \(moment(board.at)). Gates that were passed stand as decided then, the others as things are now."))
      }
    }
  }

  /// One rule on the board.
  private func line(_ h: HTML, _ line: ComplianceBoard.Line, _ batch: Batch, _ gate: Gate?) {
    h.item(line.needsAct ? (line.standing == .failed ? .bad : .late) : nil, id: line.rule.id) {
      h.div("row") {
        h.mark(line.standing.state, line.standing.words(language))
        h.a("/batches/\(batch.id)/compliance/\(line.rule.id)", "link") { h.b(line.rule.title(language)) }
        h.tag(line.rule.force.name(language), line.rule.force == .hard ? .due : .mute)
      }
      h.clause("\(line.rule.id)·\(article(line.rule.article))", quote: line.rule.quote, quoteLang: "zh-CN")
      for at in line.gates where gate == nil || at.gate == gate { h.p("s", result(of: at)) }
      for departure in line.departures.prefix(3) where gate == nil || departure.gate == gate { accepted(h, departure) }
      if line.departures.count > 3 {
        h.p("m s", say("还有 \(line.departures.count - 3) 条说明放行", "\(line.departures.count - 3) more departures"))
      }
      for breach in line.nonconformities where breach.isOpen || breach.explanation == nil { self.breach(h, breach) }
    }
  }

  /// `开班：通过，6月1日 08:00。与承办单位的疗养协议 2026-15`
  private func result(of at: ComplianceBoard.AtGate) -> String {
    let head = at.gate.name(language) + say("：", ": ")
    if at.answers.isEmpty { return head + say("还没有可核对的", "nothing to check yet") }
    let when = at.decidedAt.map { say("，\(moment($0))", ", \(moment($0))") } ?? ""
    if at.answers.count == 1, let one = at.answers.first, one.participant == nil {
      return head + at.standing.words(language) + when + say("。", ". ") + evidence(of: one)
    }
    var parts: [String] = []
    for outcome in [Outcome.fail, .unknown, .pass] where at.count(outcome) > 0 {
      parts.append(say("\(at.count(outcome)) 人\(outcome.name.chinese)", "\(at.count(outcome)) \(outcome.name.english)"))
    }
    if at.accepted > 0 { parts.append(say("\(at.accepted) 人说明放行", "\(at.accepted) accepted")) }
    return head + (at.standing == .later ? at.standing.words(language) + say("，", ", ") : "") + parts.joined(separator: say("，", ", "))
  }

  /// What was found and by which facts, as far as this reader may know.
  func evidence(of answer: GateAnswer) -> String {
    if answer.tellsHealth, !actor.mayReadHealth { return say("由医护核对", "checked by the medical staff") }
    var keys: [FactKey] = []
    for use in answer.facts where !keys.contains(use.key) { keys.append(use.key) }
    let facts = keys.map { key in
      var values: [String] = []
      for use in answer.facts where use.key == key {
        let value = FactCatalogue[key]?.label(of: use.value)(language) ?? use.value
        if !values.contains(value) { values.append(value) }
      }
      return "\(FactCatalogue.label(key)(language)) \(values.joined(separator: say("，", ", ")))"
    }
    // A pass of recorded facts says their names alone; with what stands there they say more.
    let message = answer.outcome == .pass && !facts.isEmpty ? "" : answer.message(language)
    let shown = facts.prefix(6).joined(separator: say("；", "; ")) + (facts.count > 6 ? "…" : "")
    let warning = answer.warning.map { say("注意：\($0.chinese)", "Note: \($0.english)") } ?? ""
    return [message, shown, warning].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private func accepted(_ h: HTML, _ departure: Departure) {
    let isKept = departure.participant != nil && !actor.mayReadHealth
    let reason = isKept ? Text("理由由医护掌握", "the medical staff know why") : Text(verbatim: departure.reason)
    h.p("s") {
      h.mark(.accepted)
      h.text(
        " "
          + say(
            "\(departure.gate.name.chinese)，\(departure.person) 接受：“\(reason.chinese)”",
            "\(departure.gate.name.english), accepted by \(departure.person): “\(reason.english)”"))
    }
  }

  /// From when until when a rule was broken, why, and who explained it.
  func breach(_ h: HTML, _ breach: Nonconformity) {
    h.p("s") {
      h.mark(
        breach.isOpen ? .failed : breach.explanation == nil ? .late : .done,
        breach.isOpen ? say("现在不符合", "broken now") : breach.explanation == nil ? say("还没说明", "not explained") : say("已说明", "explained"))
      let until = breach.closedAt.map { say("到 \(moment($0))", "until \(moment($0))") } ?? say("一直到现在", "to this moment")
      h.text(
        " "
          + say(
            "\(moment(breach.openedAt)) 起，\(until)，\(breach.cause.name.chinese)。", "From \(moment(breach.openedAt)) \(until), \(breach.cause.name.english). "))
      h.text(breach.message(language))
      if let explanation = breach.explanation {
        h.text(say("\(breach.explainedBy ?? "")：“\(explanation)”", " \(breach.explainedBy ?? ""): “\(explanation)”"))
      }
    }
  }

  func complianceBoard() throws -> (Batch, ComplianceBoard) {
    let id = try self.id("batch")
    return try site.store.read { reader in
      let batch = try reader.batch(id)
      return (
        batch,
        try reader.compliance(of: batch, under: self.regulation(of: batch, reader), at: site.store.now)
      )
    }
  }
}

/// Which of the board's rules are shown: by result and by gate, as the address says.
struct ComplianceFilter {
  static let results: [ComplianceBoard.Standing] = [.failed, .unknown, .accepted, .passed, .later]
  var standing: ComplianceBoard.Standing?
  var gate: Gate?

  init(_ query: Query) {
    standing = query.first("result").flatMap { code in ComplianceBoard.Standing.allCases.first { $0.code == code } }
    gate = query.first("gate").flatMap(Gate.init)
  }

  func takes(_ line: ComplianceBoard.Line) -> Bool {
    if let gate {
      guard let at = line.gates.first(where: { $0.gate == gate }) else { return false }
      return standing == nil || at.standing == standing
    }
    return standing == nil || line.standing == standing
  }

  /// The rules that stand so, under the same gate.
  func at(_ standing: ComplianceBoard.Standing) -> ComplianceFilter {
    var other = self
    other.standing = standing
    return other
  }

  /// The same with another result; the one that is chosen already is let go.
  func with(_ standing: ComplianceBoard.Standing) -> ComplianceFilter {
    var other = self
    other.standing = self.standing == standing ? nil : standing
    return other
  }

  func with(_ gate: Gate?) -> ComplianceFilter {
    var other = self
    other.gate = gate
    if gate == nil { other.standing = nil }
    return other
  }

  func target(_ path: String) -> String {
    let parts = [gate.map { "gate=\($0.rawValue)" }, standing.map { "result=\($0.code)" }].compactMap { $0 }
    return parts.isEmpty ? path : "\(path)?\(parts.joined(separator: "&"))"
  }
}

extension ComplianceBoard.Standing {
  var code: String {
    switch self {
    case .failed: "fail"
    case .unknown: "unknown"
    case .accepted: "accepted"
    case .later: "later"
    case .passed: "pass"
    }
  }

  var words: Text {
    switch self {
    case .failed: Text("不通过", "Failed")
    case .unknown: Text("不明", "Unknown")
    case .accepted: Text("说明放行", "Accepted")
    case .later: Text("还没到", "Not yet")
    case .passed: Text("通过", "Passed")
    }
  }

  var state: State {
    switch self {
    case .failed: .failed
    case .unknown: .unknown
    case .accepted: .accepted
    case .later: .due
    case .passed: .passed
    }
  }
}
