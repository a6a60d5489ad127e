import Evidence
import Foundation
import MicroHTTP
import Sanatorium
import Testing

@testable import SanatoriumStore
@testable import SanatoriumWeb

@Suite("Rota, stand-ins and hand-over on pages and API")
struct RotaPageTests {
  private let house: House
  private let scene: Scene

  init() throws {
    house = try House()
    scene = try Scene(house)
  }

  private func add(_ name: String, _ kind: EscortKind = .general, _ side: EscortSide = .host, account: ID? = nil) throws -> ID {
    let batch = scene.batch
    let draft = EscortDraft(name: name, kind: kind, side: side, telephone: "13800000002", account: account)
    return try house.perform(.lead) { try $0.addEscort(draft, in: batch, $1) }.subject
  }

  private func send(_ target: String, _ form: String, as person: House.Person = .lead) async throws -> Response {
    try await house.ask(
      .post, target, as: person, headers: ["Content-Type": "application/x-www-form-urlencoded"], body: Array(form.utf8))
  }

  private var revision: Int64 {
    get throws { try house.store.read { try $0.rosterRevision(of: $0.batch(scene.batch)) } }
  }

  @Test("the grid hatches who is missing and leads to the form that plans somebody who is free")
  func grid() async throws {
    let free = try add("李桂芳")
    let page = try await house.ask(.get, "/shifts", as: .lead).text
    #expect(page.contains("会出的问题") && page.contains("没有值班负责人") && page.contains("class=\"gap bad\""))
    #expect(page.contains("李桂芳有空，排上") && page.contains("duty=duty-lead&amp;day=2026-06-01&amp;from=17:00"))
    let form = try await house.ask(.get, "/shifts/new?duty=duty-lead&day=2026-06-01&from=17:00&until=05:00&escort=\(free)", as: .lead).text
    #expect(form.contains("value=\"\(free)\" selected") && form.contains("value=\"17:00\""))
    // Who only looks is shown the gap and led nowhere.
    let seen = try await house.ask(.get, "/shifts", as: .staff).text
    #expect(seen.contains("class=\"gap bad\"") && !seen.contains("/shifts/new"))
    #expect(try await house.ask(.get, "/shifts?by=person", as: .lead).text.contains("苏和"))
    #expect(try await house.ask(.get, "/", as: .lead).text.contains("排班会出"))
  }

  @Test("what a plan will cause comes back as a question, with everything that was typed; ticked it is saved")
  func question() async throws {
    let form = "batch=\(scene.batch)&revision=\(try revision)&escort=\(scene.escort)&duty=duty-lead&day=2026-06-01&days=1&from=17:00&until=07:00"
    let asked = try await send("/shifts", form)
    #expect(asked.status == .unprocessableContent)
    #expect(asked.text.contains("还没保存。这样会出下面的问题") && asked.text.contains("连上 22 小时") && asked.text.contains("name=\"confirmed\""))
    #expect(asked.text.contains("value=\"07:00\""))
    #expect(try await send("/shifts", form + "&confirmed=1").status == .seeOther)
  }

  @Test("the second of two editors is shown the first's change, keeps what was typed, and saves after that")
  func editors() async throws {
    let (first, second) = (try add("李桂芳"), try add("陈立"))
    let seen = try revision
    func form(_ escort: ID, _ revision: Int64) -> String {
      "batch=\(scene.batch)&revision=\(revision)&escort=\(escort)&duty=duty-lead&day=2026-06-02&days=1&from=08:00&until=20:00&confirmed=1"
    }
    #expect(try await send("/shifts", form(first, seen)).status == .seeOther)
    let refused = try await send("/shifts", form(second, seen), as: .organizer)
    #expect(refused.status == .unprocessableContent)
    #expect(refused.text.contains("账号lead") && refused.text.contains("给李桂芳排了 6月2日 08:00 的班") && refused.text.contains("value=\"\(second)\" selected"))
    let fresh = try revision
    #expect(refused.text.contains("name=\"revision\" value=\"\(fresh)\""))
    #expect(try await send("/shifts", form(second, fresh), as: .organizer).status == .seeOther)
  }

  @Test("a stand-in: by page and API, seen in the grid with whom they replace, and taken back with one tap")
  func standIn() async throws {
    let chen = try add("陈立")
    let form = "batch=\(scene.batch)&escort=\(chen)&from=2026-06-01T09:00&reason=%E7%97%85%E4%BA%86&confirmed=1"
    let saved = try await send("/shifts/\(scene.shift)/stand-in", form)
    #expect(saved.status == .seeOther)
    let page = try await house.ask(.get, saved.headers["Location"] ?? "", as: .lead).text
    #expect(page.contains("<del>苏和</del>") && page.contains("替苏和"))
    let list = try await house.ask(.get, "/api/v1/shifts", as: .lead)
    let shifts = try JSON.parse(list.body)["shifts"]?.array ?? []
    let standIn = try #require(shifts.first { $0["insteadOf"]?.string == "苏和" })
    #expect(try JSON.parse(list.body)["onDuty"]?.array?.map { $0["name"]?.string } == ["陈立"])
    let refused = try await house.post("/api/v1/shifts/\(scene.shift)/stand-in", .object(["escort": .string(chen.description), "reason": "x"]), as: .lead)
    #expect(refused.status == .conflict)
    let taken = try await house.post(
      "/api/v1/shifts/\(standIn["id"]?.string ?? "")/removal", .object(["revision": standIn["revision"] ?? .null]), as: .lead)
    #expect(taken.status == .created)
    let staff = try await house.post("/api/v1/shifts/\(scene.shift)/stand-in", .object(["escort": .string(chen.description), "reason": "x"]), as: .staff)
    #expect(staff.status == .forbidden)
  }

  @Test("a note is prefilled, signed by both, and says nothing of health to who may not read it")
  func handOver() async throws {
    let night = try add("李桂芳", account: house.accounts[.staff])
    let batch = scene.batch
    let change = house.now + .hours(8)
    try house.perform(.lead) {
      try $0.planShift(ShiftDraft(escort: night, duty: .dutyLead, startsAt: change, endsAt: change + .hours(12)), in: batch, $1)
    }
    house.move(to: change - .minutes(10))
    let form = try await house.ask(.get, "/shifts/\(scene.shift)/hand-over", as: .lead).text
    #expect(form.contains("夜里看住壬") && form.contains("接班：李桂芳"))
    let read = try await house.ask(.get, "/hand-overs/\(scene.handOver)", as: .staff).text
    #expect(read.contains("由医护和值班负责人掌握") && !read.contains("夜里看住壬") && read.contains("看过了，签字接班"))
    #expect(try await house.ask(.get, "/", as: .staff).text.contains("交接班没签完"))
    let revision = try house.store.read { try $0.handOver(scene.handOver).revision }
    #expect(try await send("/hand-overs/\(scene.handOver)/signature", "revision=\(revision)", as: .staff).status == .seeOther)
    #expect(try await house.ask(.get, "/hand-overs", as: .staff).text.contains("两边都签了"))
    #expect(!(try await house.ask(.get, "/", as: .staff).text.contains("交接班没签完")))
    let api = try JSON.parse(try await house.ask(.get, "/api/v1/hand-overs/\(scene.handOver)", as: .medic).body)
    #expect(api["people"]?.string == "夜里看住壬" && api["taker"]?["name"]?.string == "账号staff" && api["figures"]?["hospital"]?.int == 1)
    #expect(try JSON.parse(try await house.ask(.get, "/api/v1/hand-overs/\(scene.handOver)", as: .escort).body)["people"] == nil)
  }

  @Test("what the house knows fills a new note: who is in hospital for the lead alone, incidents without their words for all")
  func preset() async throws {
    let batch = scene.batch
    let now = house.now
    let staff = try add("韩梅", account: house.accounts[.staff])
    let shift = try house.perform(.lead) {
      try $0.planShift(ShiftDraft(escort: staff, duty: .reception, startsAt: now, endsAt: now + .hours(8)), in: batch, $1)
    }.subject
    let lead = try await house.ask(.get, "/shifts/\(shift)/hand-over", as: .lead).text
    #expect(lead.contains("北山医院己") && lead.contains("急病，餐厅"))
    let own = try await house.ask(.get, "/shifts/\(shift)/hand-over", as: .staff).text
    #expect(own.contains("急病，餐厅") && !own.contains("北山医院己") && !own.contains("name=\"people\""))
    #expect(try await send("/shifts/\(shift)/hand-over", "tasks=x&sign=1", as: .staff).status == .seeOther)
  }

  @Test("a template is written in lines, shown with what it will cause, and planned in one step")
  func template() async throws {
    _ = try add("周敏")
    let bad = try await send("/rota-templates", "name=A&lines=%E9%97%A8%E5%8D%AB+08%3A00-20%3A00%EF%BC%9A%E5%91%A8%E6%95%8F")
    #expect(bad.status == .unprocessableContent && bad.text.contains("第 1 行"))
    let lines = FormText.encoded("值班负责人 20:00–08:00 每天：周敏\n值班负责人 17:00-20:00 第1天：周敏、没有的人")
    let saved = try await send("/rota-templates", "name=A&lines=\(lines)")
    #expect(saved.status == .seeOther)
    let template = try #require(try house.store.read { try $0.rotaTemplates() }.first { $0.name == "A" })
    let preview = try await house.ask(.get, "/rota-templates/\(template.id)/application", as: .lead).text
    #expect(preview.contains("会排上 8 班") && preview.contains("排好以后还会有") && preview.contains("没有随行医护"))
    let planned = try await send("/rota-templates/\(template.id)/application", "batch=\(scene.batch)&revision=\(try revision)&confirmed=1")
    #expect(planned.status == .seeOther)
    let api = try JSON.parse(try await house.ask(.get, "/api/v1/rota-templates/\(template.id)/preview", as: .lead).body)
    #expect(api["shifts"]?.array?.isEmpty == true && api["kept"]?.int == 8)
    let from = try await house.ask(.get, "/rota-templates/new?from=rota", as: .lead).text
    #expect(from.contains("值班负责人 20:00–08:00 每天：周敏"))
    let given = try await house.post(
      "/api/v1/rota-templates",
      .object(["name": "B", "lines": .array([.object(["duty": "duty-lead", "from": 480, "until": 1200, "people": .array(["周敏"])])])]), as: .lead)
    #expect(given.status == .created)
  }

  @Test("a template that was changed since its preview is not planned unseen: by page and API")
  func changedTemplate() async throws {
    let template = scene.template
    let application = "/rota-templates/\(template)/application"
    let seen = try house.store.read { try $0.rotaTemplate(template).revision }
    #expect(try await house.ask(.get, application, as: .lead).text.contains("name=\"templateRevision\" value=\"\(seen)\""))
    try house.perform(.organizer) {
      try $0.saveRotaTemplate(
        template, RotaTemplateDraft(name: "白班", lines: [RotaLine(duty: .dutyLead, from: 540, until: 1260, people: ["苏和"])]), basedOn: seen, $1)
    }
    let form = "batch=\(scene.batch)&revision=\(try revision)&confirmed=1&templateRevision="
    let refused = try await send(application, form + "\(seen)")
    let fresh = try house.store.read { try $0.rotaTemplate(template).revision }
    #expect(refused.status == .unprocessableContent && refused.text.contains("账号organizer") && refused.text.contains("值班负责人 09:00–21:00 每天：苏和"))
    #expect(refused.text.contains("name=\"templateRevision\" value=\"\(fresh)\""))
    let scripted = try await house.post("/api/v1" + application, .object(["templateRevision": .int(seen)]), as: .lead)
    #expect(scripted.status == .conflict)
    let preview = try JSON.parse(try await house.ask(.get, "/api/v1/rota-templates/\(template)/preview", as: .lead).body)
    #expect(preview["templateRevision"]?.int == fresh)
    #expect(try await send(application, form + "\(fresh)").status == .seeOther)
  }

  @Test("a shift that runs is ended and not taken off; a stand-in that runs is not taken back but taken over")
  func running() async throws {
    let chen = try add("陈立")
    let before = try await house.ask(.get, "/shifts/\(scene.shift)", as: .lead).text
    #expect(before.contains("从值班表上拿掉这一班"))
    house.move(to: house.now + .hours(1))
    let page = try await house.ask(.get, "/shifts/\(scene.shift)", as: .lead).text
    #expect(page.contains("这一班现在就结束") && page.contains("上到现在的记录留着") && !page.contains("从值班表上拿掉"))
    let form = "batch=\(scene.batch)&escort=\(chen)&from=2026-06-01T10:00&reason=x&confirmed=1"
    #expect(try await send("/shifts/\(scene.shift)/stand-in", form).status == .seeOther)
    let list = try JSON.parse(try await house.ask(.get, "/api/v1/shifts", as: .lead).body)
    let standIn = list["shifts"]?.array?.first { $0["insteadOf"]?.string == "苏和" }?["id"]?.string ?? ""
    #expect(try await house.ask(.get, "/shifts/\(standIn)", as: .lead).text.contains("撤销替班，还是苏和上"))
    house.move(to: house.now + .minutes(10))
    let runs = try await house.ask(.get, "/shifts/\(standIn)", as: .lead).text
    #expect(!runs.contains("撤销替班") && !runs.contains("/removal") && runs.contains("也可以换回苏和") && runs.contains("/shifts/\(standIn)/stand-in"))
    let stale = try await send("/shifts/\(standIn)/removal", "batch=\(scene.batch)&confirmed=1")
    #expect(stale.status == .unprocessableContent && stale.text.contains("已经在替这一班，不能撤销"))
    let refused = try await house.post("/api/v1/shifts/\(standIn)/removal", .object([:]), as: .lead)
    #expect(refused.status == .conflict && refused.body["faults"]?.array?.first?["code"]?.string == "begun")
  }

  @Test("who may not write or sign a note is shown no way to it; the open fields say that everybody reads them")
  func noteButtons() async throws {
    let form = try await house.ask(.get, "/shifts/\(scene.shift)/hand-over", as: .lead).text
    #expect(form.components(separatedBy: "大家都看得到，不写病情。").count == 5)
    let english = try await house.ask(.get, "/shifts/\(scene.shift)/hand-over?lang=en", as: .lead).text
    #expect(english.components(separatedBy: "Everybody in the house can read this: no clinical words.").count == 5)
    let note = try await house.ask(.get, "/hand-overs/\(scene.handOver)", as: .staff).text
    #expect(!note.contains("改这份记录") && !note.contains("/signature"))
    #expect(try await house.ask(.get, "/hand-overs/\(scene.handOver)", as: .organizer).text.contains("改这份记录"))
    let led = try await house.ask(.get, "/shifts/\(scene.shift)/hand-over", as: .staff)
    #expect(led.status == .seeOther && led.headers["Location"] == "/hand-overs/\(scene.handOver)")
    #expect(!(try await house.ask(.get, "/shifts/\(scene.shift)", as: .staff).text.contains("写交接班记录")))
    // What nobody has written yet leads who may not write it to the shift.
    let chen = try add("陈立", account: house.accounts[.organizer])
    let (batch, now) = (scene.batch, house.now)
    let shift = try house.perform(.lead) {
      try $0.planShift(ShiftDraft(escort: chen, duty: .medicalLead, startsAt: now - .hours(8), endsAt: now + .minutes(5)), in: batch, $1)
    }.subject
    #expect(try await house.ask(.get, "/hand-overs", as: .staff).text.contains("href=\"/shifts/\(shift)\""))
    #expect(try await house.ask(.get, "/hand-overs", as: .lead).text.contains("href=\"/shifts/\(shift)/hand-over\""))
  }

  @Test("in English no sentence of the rota has Chinese punctuation")
  func english() async throws {
    let chen = try add("Chen")
    let batch = scene.batch
    let shift = scene.shift
    try house.perform(.lead) { try $0.standIn(for: shift, StandInDraft(escort: chen, reason: "ill"), in: batch, $1) }
    let preview = "/rota-templates/\(scene.template)/application"
    for target in ["/shifts", "/shifts?by=person", "/shifts/\(shift)", "/hand-overs/\(scene.handOver)", preview] {
      let separator = target.contains("?") ? "&" : "?"
      let text = try await house.ask(.get, "\(target)\(separator)lang=en", as: .lead).text
      // A clause is quoted in the words in which it was issued.
      let main = text.components(separatedBy: "<main").dropFirst().joined()
        .components(separatedBy: "<q ").map { $0.components(separatedBy: "</q>").last ?? "" }.joined()
      for mark in ["：", "，", "、", "（", "）", "；"] {
        let around = main.range(of: mark).map { main[$0.lowerBound...].prefix(60) } ?? ""
        #expect(!main.contains(mark), "\(target): \(around)")
      }
    }
  }

  @Test("the paper for the wall has its columns, the stand-ins, and the telephones at its foot")
  func paper() async throws {
    let page = try await house.ask(.get, "/sheets/shifts", as: .staff).text
    for head in ["日期", "星期", "带班领导", "白班", "夜班", "随行医护", "备勤车辆", "电话", "备注"] { #expect(page.contains(">\(head)<"), "\(head)") }
    #expect(page.contains("24 小时值班电话") && page.contains("急救 120"))
  }

  @Test("whoever looks after people is remarked on where they can't be reached")
  func contact() async throws {
    let added = try await house.post(
      "/api/v1/escorts",
      .object(["name": "图雅", "kind": "medical", "side": "sent", "telephone": "8012"]), as: .lead)
    #expect(added.status == .created)
    let page = try await house.ask(.get, "/escorts", as: .lead).text
    #expect(page.contains("这个电话不像能打通的") && page.contains("没有记执业证") && page.contains("没有连账号"))
    let nobody = try await house.post("/api/v1/escorts", .object(["name": "某人", "kind": "general", "side": "host"]), as: .lead)
    #expect(nobody.status == .unprocessableContent)
  }
}

/// A form's text as a browser sends it.
private enum FormText {
  static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let hex = String(byte, radix: 16, uppercase: true)
      return "%" + (hex.count == 1 ? "0" + hex : hex)
    }.joined()
  }
}
