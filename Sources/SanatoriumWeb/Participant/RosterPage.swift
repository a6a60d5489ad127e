internal import Documents
internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// Step one: the file.
  func importPage(_ faults: [Fault] = []) throws -> Response {
    let id = try self.id("batch")
    let (batch, listed) = try site.store.read { reader in
      let batch = try reader.batch(id)
      return (batch, try reader.presence(in: batch).listed)
    }
    let form = Form(faults.isEmpty ? nil : FormValues([(String, String)]()), faults: faults.map { $0.shown(language) })
    return html(faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(
        page(
          Text("导入名单", "Import a list"), .batch, detail: batch.number,
          back: (Text(verbatim: batch.number), "/batches/\(id)"))
      ) {
      } top: {
        notices(h)
      } main: {
        if listed > 0 {
          h.note(.due, Text("名单上已经有 \(listed) 人", "\(listed) people are listed already")(language)) {
            h.p(Text("再导入会加在后面，同名同生日的不收。", "More are added behind them; the same name and birthday is refused.")(language))
          }
        }
        h.form("/batches/\(id)/import/check", form, key: nil, "sheet stack", takesFiles: true) {
          h.file(
            Text("名单文件", "The list")(language), "file", accept: ".csv,.xlsx,.txt",
            hint: Text("单位发来的 .xlsx 或 .csv，原样就行", "the .xlsx or .csv as the unit sent it")(language))
          h.field(
            Text("表名", "Sheet")(language), "sheet",
            hint: Text("空着就读第一张有人的表", "left empty, the first sheet with people is read")(language), optional: true)
          h.button(Text("先看看，还不导入", "Preview, nothing is imported yet")(language), full: true)
        }
      }
    }
  }

  /// Step two: every row with every fault, and the choice of rows.
  func previewPage(_ roster: SentRoster) throws -> Response {
    let id = try self.id("batch")
    let check = try rosterCheck(roster)
    let (batch, regulation) = try site.store.read { reader in
      let batch = try reader.batch(id)
      return (batch, try self.regulation(of: batch, reader))
    }
    let wrong = check.rowsWithErrors
    let faults = Dictionary(grouping: check.faults, by: \.row)
    let stopping = check.faults.count { $0.force == .hard || $0.force == .error }
    return html { h in
      h.page(
        page(
          Text("核对名单", "Check the list"), .batch, detail: batch.number,
          back: (Text("换个文件", "Another file"), "/batches/\(id)/import"), layout: .wide)
      ) {
      } top: {
        notices(h)
      } main: {
        h.div("pad") {
          h.figures {
            h.figure(String(check.rows), Text("人", "people")(language))
            h.figure(String(faults.count { $0.key > 0 }), Text("行有问题", "rows with faults")(language))
            h.figure(String(stopping), Text("处必须改", "must be corrected")(language), tone: stopping > 0 ? .bad : nil)
          }
        }
        for fault in faults[0] ?? [] { h.note(.late, fault.message(language)) }
        if !check.notAsked.isEmpty {
          h.note(
            .due,
            Text("名单里没有的栏，报到前另外记", "Columns that the list lacks; record them before arrival")(language)
          ) {
            h.p(
              check.notAsked.map { regulation.rule($0)?.title(language) ?? $0 }.joined(separator: Text("、", ", ")(language)))
          }
        }
        if !check.passedOver.isEmpty {
          h.fold(Text("跳过了 \(check.passedOver.count) 行不是人的", "\(check.passedOver.count) lines that are no people")(language)) {
            h.bullets(check.passedOver.map { "\($0.row)\(colon)\($0.text)" })
          }
        }
        h.form("/batches/\(id)/import", key: formKey, "stack") {
          h.hiddenField("file", Base64.encode(roster.bytes))
          if let sheet = roster.sheet ?? (check.sheet.isEmpty ? nil : check.sheet) { h.hiddenField("sheet", sheet) }
          rows(h, check, faults, wrong)
          h.p(
            "pad m s",
            Text(
              "没勾的行不导入。“必须”没满足的人先不勾；勾上也能导入，报到时先暂留。",
              "Rows without a tick are left out. Who fails a required rule has none; ticked all the same, they are held at arrival.")(language))
          h.div("pad") { h.button(Text("导入勾选的人", "Import the ticked people")(language), full: true) }
        }
      }
    }
  }

  /// `第 2 行·女·1961-05-05·济宁市军休服务中心`
  private func facts(of person: RosterPerson) -> String {
    let sex = person.sex.map { ($0 == .male ? Text("男", "male") : Text("女", "female"))(language) }
    return [Text("第 \(person.row) 行", "row \(person.row)")(language), sex, person.birth?.description, person.unit]
      .compactMap { $0 }.joined(separator: "·")
  }

  private func rows(_ h: HTML, _ check: RosterCheck, _ faults: [Int: [RosterFault]], _ wrong: Set<Int>) {
    h.list {
      for person in check.participants {
        let found = faults[person.row] ?? []
        let isWrong = wrong.contains(person.row)
        h.item(isWrong ? .bad : found.contains { $0.force == .hard } ? .late : nil) {
          h.el("label", .class("opt")) {
            h.void(
              "input", .of("type", "checkbox"), .of("name", "row"), .of("value", person.row),
              .flag("checked", !isWrong && !found.contains { $0.force == .hard }))
            h.open("span")
            h.b(person.name.isEmpty ? Text("没有姓名", "no name")(language) : person.name)
            h.small(facts(of: person))
            h.close("span")
          }
          if found.isEmpty { h.mark(.passed) }
          for fault in found {
            h.p("s") {
              h.mark(fault.force.state, fault.force.words(language))
              h.text(" \(fault.columnLabel)")
              if !fault.value.isEmpty { h.text("“\(fault.value)”") }
              h.text(" ")
              h.text(fault.message(language))
              if let rule = fault.rule { h.span("m", " \(rule) \(fault.clause ?? "")") }
            }
          }
        }
      }
    }
  }
}

extension RosterForce {
  fileprivate var state: State {
    switch self {
    case .error: .failed
    case .ask: .unknown
    case .hard: .late
    case .soft, .informational: .due
    }
  }

  fileprivate func words(_ language: Language) -> String {
    switch self {
    case .error: Text("读不对", "can't be right")(language)
    case .ask: Text("请看一眼", "please look")(language)
    case .hard: Force.hard.name(language)
    case .soft: Force.soft.name(language)
    case .informational: Force.informational.name(language)
    }
  }
}
