internal import MicroHTTP
internal import Packs
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  func batchesPage() throws -> Response {
    let batches = try batchList(limit: 50)
    let decides = actor.role == .lead || actor.role == .organizer
    return html { h in
      h.page(page(Text("批次", "Batches"), .batch)) {
        if decides { h.linkButton(Text("计划一批", "Plan a batch")(language), "/batches/new", .other, icon: .plus) }
      } top: {
        notices(h)
      } main: {
        if batches.isEmpty {
          h.empty(
            Text("还没有批次", "There are no batches yet")(language),
            Text("计划好的批次会列在这里，新的在前。", "Planned batches appear here, the newest first.")(language),
            act: decides ? (words: Text("计划一批", "Plan a batch")(language), target: "/batches/new") : nil)
        }
        h.list {
          for batch in batches {
            h.linkRow(
              batch.number, target: "/batches/\(batch.id)", state: batch.mark, stateWords: batch.state.name(language),
              facts: [days(of: batch), batch.venue, Text("\(batch.planned) 人", "\(batch.planned) people")(language)],
              isCurrent: batch.state == .open)
          }
        }
        h.pager(
          first: request.query.first("before") == nil ? nil : "/batches",
          next: batches.count == 50 ? "/batches?before=\(batches[49].id)" : nil)
      }
    }
  }

  /// `6月1日到 6月7日`.
  func days(of batch: Batch) -> String {
    let (first, last) = (batch.firstDay.civil, batch.lastDay.civil)
    return Text(
      "\(first.month)月\(first.day)日到 \(last.month)月\(last.day)日，\(batch.days) 天",
      "\(batch.firstDay) to \(batch.lastDay), \(batch.days) days")(language)
  }

  /// A batch's life in steps, with the next act in front.
  func batchPage() throws -> Response {
    let id = try self.id("batch")
    let (batch, people, opening, matters, regulation) = try site.store.read { reader in
      let batch = try reader.batch(id)
      // The file of a regulation of one's own may have gone or got a fault since it was chosen: the plan is still there.
      let regulation = try self.regulationIfSound(of: batch, reader)
      let opening = try regulation.flatMap { regulation in
        batch.state == .planned ? try reader.gate(.open, of: batch, under: regulation, at: site.store.now) : nil
      }
      return (
        batch, try reader.presence(in: batch), opening, batch.state == .open ? try reader.openMatters(of: batch) : [],
        regulation
      )
    }
    return html { h in
      h.page(
        page(Text(verbatim: batch.number), .batch, detail: days(of: batch), back: (Text("批次", "Batches"), "/batches"), layout: .desk)
      ) {
      } top: {
        notices(h)
      } main: {
        packFaults(h, batch)
        h.div("cols") {
          h.div {
            h.section(Text("进程", "Course")(language)) {
              h.timeline { steps(h, batch, people, opening?.blocking.count, matters.count(where: \.isElsewhere)) }
            }
          }
          h.div {
            h.section(Text("人数", "People")(language)) {
              h.figures {
                for (value, words) in [
                  (batch.planned, Text("计划", "planned")), (people.listed, Text("名单", "listed")),
                  (people.arrived, Text("报到", "arrived")), (people.held, Text("暂留", "held")),
                  (people.present, Text("在院", "here")), (people.departed, Text("返程", "departed")),
                ] { h.figure(String(value), words(language)) }
              }
            }
            h.section(Text("计划", "Plan")(language)) {
              h.facts([
                (Text("依据", "Regulation")(language), regulation.map { named($0) } ?? batch.regulation),
                (Text("组织单位", "Organizer")(language), batch.organizer),
                (Text("承办单位", "Host")(language), batch.host), (Text("地点", "Venue")(language), batch.venue),
              ])
              h.div("row") {
                h.a("/batches/\(id)/compliance", "link", text: Text("合规看板", "Compliance")(language))
                if batch.closedAt == nil {
                  h.a("/batches/\(id)/missing", "link", text: Text("还缺什么，谁来办", "What is missing, by whom")(language))
                }
                h.a("/batches/\(id)/facts", "link", text: Text("本批的事项", "Facts of the batch")(language))
                h.a("/batches/\(id)/service-groups", "link", text: Text("服务小组和责任表", "Service groups, responsibilities")(language))
                for gate in [Gate.open, .arrival, .close, .report] {
                  h.a(
                    "/batches/\(id)/gates/\(gate.rawValue)", "link",
                    text: Text("\(gate.name.chinese)核对", "\(gate.name.english) checks")(language))
                }
                h.a("/batches/\(id)/kit", "link", text: Text("药箱", "Medicine kit")(language))
                h.a("/batches/\(id)/home-visits", "link", text: Text("走访慰问", "Home visits")(language))
                if people.listed > 0, Audience.listers.admits(actor) {
                  h.a("/badges?batch=\(id)", "link", text: Text("打印证件牌", "Print badges")(language))
                  h.a("/batches/\(id)/papers/declaration", "link", text: Text("打印如实报告", "Print declarations")(language))
                  h.a("/batches/\(id)/papers/arrival", "link", text: Text("打印报到登记表", "Print the arrival register")(language))
                }
                if batch.state == .planned, actor.role == .lead || actor.role == .organizer {
                  h.a("/batches/\(id)/change", "link", text: Text("改计划", "Change the plan")(language))
                }
              }
            }
          }
        }
      }
    }
  }

  /// Why a planned batch's regulation can't be read, and the way to another.
  private func packFaults(_ h: HTML, _ batch: Batch) {
    guard batch.state == .planned, site.configuration.regulations.content[batch.regulation] == nil else { return }
    h.note(.bad, say("依据的规则包“\(batch.regulation)”用不了", "The regulation pack “\(batch.regulation)” can't be used")) {
      let faults = packFaults(of: batch)
      if faults.isEmpty { h.p("s", say("找不到这个文件。", "Its file is gone.")) }
      for fault in faults.prefix(5) { h.p("s", fault.sentence(language)) }
      if Audience.deciders.admits(actor) {
        h.a("/batches/\(batch.id)/change", "link", text: say("改好文件，或者换一个规定", "Mend the file, or choose another regulation"))
      }
    }
  }

  private func steps(_ h: HTML, _ batch: Batch, _ people: Presence, _ blocking: Int?, _ open: Int) {
    let base = "/batches/\(batch.id)"
    func step(
      _ what: Text, done: Bool, now: Bool, _ detail: Text, act: (Text, String)? = nil
    ) {
      h.event(done ? .done : now ? .due : .notDone, what(language), icon: done ? nil : .due, isNow: now) {
        h.span("m s", detail(language))
        if let act {
          h.div("row") { h.linkButton(act.0(language), act.1, now ? .main : .other) }
        }
      }
    }
    let moment = { (instant: Instant?) -> Text in
      instant.map { Text(verbatim: self.moment($0)) }
        ?? Text("还没有", "not yet")
    }
    let planned = batch.state == .planned
    let decides = actor.role == .lead || actor.role == .organizer
    step(
      Text("导入名单", "Import the list"), done: people.listed > 0, now: planned && people.listed == 0,
      Text("名单上 \(people.listed) 人，计划 \(batch.planned) 人", "\(people.listed) listed, \(batch.planned) planned"),
      act: (batch.state == .planned || batch.state == .open) && Audience.listers.admits(actor) ? (Text("导入名单", "Import a list"), "\(base)/import") : nil)
    step(
      Text("开班核对", "Opening checks"), done: !planned || blocking == 0, now: planned && people.listed > 0 && blocking != 0,
      planned ? Text("还有 \(blocking ?? 0) 条没满足", "\(blocking ?? 0) rules not met") : Text("已通过", "passed"),
      act: planned ? (Text("逐条核对", "Go through the rules"), "\(base)/gates/open") : nil)
    step(
      Text("开班", "Open"), done: !planned, now: planned && people.listed > 0 && blocking == 0, moment(batch.openedAt),
      act: planned && blocking == 0 ? (Text("去开班", "Open the batch"), "\(base)/gates/open") : nil)
    step(
      Text("报到", "Arrivals"), done: people.expected == 0 && !planned,
      now: batch.state == .open && people.expected > 0,
      Text("报到 \(people.arrived) 人，还没到 \(people.expected) 人", "\(people.arrived) arrived, \(people.expected) expected"),
      act: batch.state == .open ? (Text("登记报到", "Register arrivals"), "/arrivals") : nil)
    step(
      Text("结束", "Close"), done: batch.closedAt != nil, now: batch.state == .open && people.expected == 0,
      batch.state == .open ? Text("还有 \(open) 件没了结", "\(open) matters open") : moment(batch.closedAt),
      act: batch.state == .open && decides ? (Text("结束这一批", "Close the batch"), "\(base)/close") : nil)
    step(
      Text("完成情况报告", "Completion report"), done: batch.reportedAt != nil, now: batch.state == .closed,
      moment(batch.reportedAt),
      act: batch.closedAt == nil ? nil : (batch.reportedAt == nil ? Text("出报告", "Issue the report") : Text("看报告", "Reports"), "\(base)/reports"))
    step(
      Text("组织单位签收", "Acknowledged"), done: batch.acknowledgedAt != nil, now: batch.state == .reported,
      moment(batch.acknowledgedAt))
  }

  /// The plan of a new batch, or of one that is planned already.
  func batchFormPage(_ batch: Batch?, _ form: Form, _ status: Status = .ok) throws -> Response {
    let action = batch.map { "/batches/\($0.id)/change" } ?? "/batches"
    return html(status) { h in
      h.page(
        page(
          batch == nil ? Text("计划一批", "Plan a batch") : Text("改计划", "Change the plan"), .batch,
          back: batch.map { (Text(verbatim: $0.number), "/batches/\($0.id)") } ?? (Text("批次", "Batches"), "/batches"))
      ) {
      } top: {
        notices(h)
      } main: {
        h.form(action, form, key: formKey, "sheet stack", guardsLeaving: true) {
          h.field(
            Text("批次", "Batch")(language), "number", value: batch?.number,
            hint: Text("例如 2026年第3批", "for example 2026年第3批")(language), maxLength: 60)
          let faults = site.configuration.regulations.content.faults
          if !faults.isEmpty {
            h.note(.late, Text("本院的规则包有错，没有列出来", "Own packs with faults, which are not listed")(language)) {
              for fault in faults.prefix(5) { h.p("s", fault.sentence(language)) }
            }
          }
          h.select(
            Text("依据的规定", "Regulation")(language), "regulation", regulationChoices, value: batch?.regulation,
            none: Text("还没选", "Not chosen yet")(language))
          h.field(Text("第一天（报到）", "First day")(language), "firstDay", .date, value: batch?.firstDay.description)
          h.field(
            Text("最后一天（返程）", "Last day")(language), "lastDay", .date, value: batch?.lastDay.description,
            hint: Text("往返都算在内", "both travel days count")(language))
          h.field(Text("计划人数", "Planned number")(language), "planned", .whole, value: batch.map { String($0.planned) })
          h.field(Text("组织单位", "Organizer")(language), "organizer", value: batch?.organizer, maxLength: 100)
          h.field(
            Text("承办单位", "Host")(language), "host", value: batch?.host ?? site.configuration.facility, maxLength: 100)
          h.field(Text("疗养地点", "Venue")(language), "venue", value: batch?.venue, maxLength: 100)
          h.button((batch == nil ? Text("记下计划", "Keep the plan") : Text("保存计划", "Save the plan"))(language), full: true)
        }
      }
    }
  }

  /// A regulation by its title and document number.
  private func named(_ regulation: Regulation) -> String {
    guard let number = regulation.documentNumber, !regulation.title(language).contains(number) else { return regulation.title(language) }
    return "\(regulation.title(language)) \(number)"
  }

  private var regulationChoices: [Choice] {
    site.configuration.regulations.content.regulations.map { Choice($0.id, named($0)) }
  }
}

extension Batch {
  fileprivate var mark: State {
    switch state {
    case .planned: .due
    case .open: .passed
    case .closed, .reported: .waiting
    case .acknowledged: .done
    }
  }
}
