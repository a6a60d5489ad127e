internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  /// Blank papers to be signed, with the names of the batch's people on them.
  func paperRoutes(_ table: inout RouteTable) {
    table.page("/batches/:batch/papers/declaration", for: .listers, reads: .none) { .response(try $0.declarationPapers()) }
    table.page("/batches/:batch/papers/arrival", for: .listers, reads: .none) { .response(try $0.arrivalPapers()) }
  }
}

extension Context {
  private func papers() throws -> (Batch, Regulation, [Participant]) {
    let id = try self.id("batch")
    return try site.store.read { reader in
      let batch = try reader.batch(id)
      let people = try reader.participants(of: batch).filter { $0.admission.isOfTheBatch }.sorted { $0.number < $1.number }
      return (batch, try self.regulation(of: batch, reader), people)
    }
  }

  /// 健康状况如实报告, a page for each person. It asks for truth and for consent, and excludes nobody's liability: such a
  /// clause is void (民法典 第五百零六条) and frightens people into silence.
  func declarationPapers() throws -> Response {
    let (batch, regulation, people) = try papers()
    // What the regulation itself says of it may be quoted.
    let clause = regulation.rules.first { rule in
      Regulation.alone(rule, of: regulation).asked(at: .arrival, of: .participant).contains(.declaration)
    }
    return html { h in
      h.page(
        page(
          Text("健康状况如实报告", "Health declaration"), .batch, detail: batch.number,
          back: (Text(verbatim: batch.number), "/batches/\(batch.id)"))
      ) {
      } top: {
        notices(h)
      } main: {
        h.p(
          "pad noprint m",
          say(
            "每人一页，共 \(people.count) 页。打印：Ctrl+P 或浏览器菜单。签好后可以拍照放进本人的“如实报告”。",
            "One page each, \(people.count) in all. To print: Ctrl+P or the browser's menu. Once signed, photograph it into the person's facts."))
        if people.isEmpty {
          h.empty(say("名单还是空的", "The list is empty"), say("导入名单以后，这里每人一页。", "Once the list is imported, everybody has a page here."), icon: .people)
        }
        for (index, person) in people.enumerated() {
          // Each but the first begins a sheet of its own.
          h.el(index == 0 ? "div" : "aside", .class("card stack"), .of("aria-label", ifAny: index == 0 ? nil : "\(person.number). \(person.name)")) {
            declaration(h, person, batch, clause)
          }
        }
      }
    }
  }

  private func declaration(_ h: HTML, _ person: Participant, _ batch: Batch, _ clause: Rule?) {
    let line = "＿＿＿＿＿＿＿＿＿＿"
    let age = person.birth?.completedYears(on: batch.firstDay)
    h.h2(say("健康状况如实报告", "Health declaration"))
    h.p("m", "\(batch.number)·\(batch.organizer)·\(batch.host)")
    let sexAndAge = [Sex(rawValue: person.sex).map(name), age.map { say("\($0) 岁", "\($0)") }].compactMap(\.self)
    h.facts([
      (say("姓名", "Name"), "\(person.number). \(person.name)"),
      (say("性别、年龄", "Sex, age"), sexAndAge.joined(separator: say("，", ", "))),
      (say("单位", "Unit"), person.unit.isEmpty ? line : person.unit),
    ])
    if let clause { h.clause("\(clause.id)·\(article(clause.article))", quote: clause.quote, quoteLang: "zh-CN") }
    h.p("l", say("本人自愿参加\(batch.number)荣誉疗养，现如实报告：", "I take part in \(batch.number) of my own will and report truthfully:"))
    for asked in [
      say("以前得过的病", "Former illnesses"), say("现在的病", "Present illnesses"), say("长期吃的药", "Medicines taken regularly"),
      say("过敏", "Allergies"), say("近 14 日发热、腹泻、咳嗽等", "Fever, diarrhoea, cough … within 14 days"),
    ] { h.p("l", "\(asked)\(colon)\(line)\(line)") }
    h.p("l", say("生活自理：能 □　不能 □", "Looks after himself or herself: yes □  no □"))
    h.p(
      "l",
      say(
        "以上内容真实，没有隐瞒。疗养期间身体不舒服马上告诉医护人员，外出听从安排。工作人员已经逐条说明，本人听明白了。",
        "This is true and nothing is held back. I shall tell the medical staff at once when I feel unwell and follow what is arranged for outings. All of it was explained to me and I have understood it."
      ))
    h.p(
      "l",
      say(
        "本人单独同意承办单位为健康保障处理上述健康信息，只给医护和应急人员看，保存到＿＿＿＿年＿＿月＿＿日。同意 □　不同意 □",
        "I agree separately that the host processes this health data for my care; only medical and emergency staff read it; it is kept until ________. Yes □  no □"
      ))
    let family = [person.familyName, person.familyRelation, person.familyTelephone].filter { !$0.isEmpty }.joined(separator: "，")
    h.p("l", say("紧急时请联系：", "In an emergency call: ") + (family.isEmpty ? "\(line)（\(say("关系、电话", "relation, telephone"))\(line)）" : family))
    h.p("l", say("本人签名\(line)　家属签名\(line)", "Signed \(line)  family \(line)"))
    h.p("l", say("告知人\(line)　＿＿＿＿年＿＿月＿＿日", "Explained by \(line)  date ____________"))
  }

  private func name(_ sex: Sex) -> String { sex == .male ? say("男", "male") : say("女", "female") }

  /// 报到登记表: what is looked at and signed at the desk.
  func arrivalPapers() throws -> Response {
    let (batch, _, people) = try papers()
    let sheet = Sheet(
      title: Text("报到登记表", "Arrival register"), batch: batch,
      summary: Text("\(people.count) 人，\(batch.firstDay) 报到。登记人＿＿＿＿＿＿", "\(people.count) people, arriving on \(batch.firstDay). Registered by ____________"),
      back: (Text(verbatim: batch.number), "/batches/\(batch.id)"))
    return draw(
      sheet,
      [
        Text("序号", "No."), Text("姓名、单位", "Name, unit"), Text("紧急联系人", "Emergency contact"), Text("房", "Room"),
        Text("时间", "Time"), Text("看过没有", "Seen"), Text("自带药品", "Own medicines"), Text("本人签名", "Signature"),
      ]
    ) { h in
      for person in people {
        h.row {
          h.th(String(person.number))
          h.td {
            h.b("blk", person.name)
            let age = person.birth?.completedYears(on: batch.firstDay).map { String($0) }
            h.span("s m", [Sex(rawValue: person.sex).map(name), age, person.unit].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " "))
          }
          h.td([person.familyName, person.familyTelephone].filter { !$0.isEmpty }.joined(separator: " "))
          if person.room.isEmpty { h.td(names: "pen") {} } else { h.td(person.room) }
          h.td(names: "pen") {}
          h.td {
            for paper in [say("协议", "agreement"), say("保险", "insurance"), say("如实报告", "declaration"), say("体检", "check-up")] {
              h.span("s blk nw", "□ \(paper)")
            }
          }
          for _ in 0..<2 { h.td(names: "pen") {} }
        }
      }
    }
  }
}
