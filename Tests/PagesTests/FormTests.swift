import MicroHTTP
import Testing

@testable import Pages

struct FormTests {
  private let key = "5e0c7a52-0000-4000-8000-000000000000"

  private func draw(_ form: Form, english: Bool = false, _ fields: (HTML) -> Void) -> String {
    let h = HTML(lang: english ? "en" : "zh-CN", english: english)
    h.form("/check-ins", form, key: key) { fields(h) }
    return h.string
  }

  @Test("a form sent back keeps what was typed, even where it is wrong or markup")
  func keeps() {
    let typed = FormValues([
      ("name", "<b>"), ("temperature", "386"), ("symptom", "cough"), ("symptom", "dizzy"), ("room", "415"),
      ("remarks", "\n一行"),
    ])
    let page = draw(Form(typed)) { h in
      h.field("姓名", "name", value: "旧")
      h.measure("体温", "temperature", unit: "℃", value: "36.7", stepping: .tenth)
      h.chips("症状", "symptom", [Choice("cough", "咳嗽"), Choice("dizzy", "头晕"), Choice("rash", "皮疹")], values: ["rash"])
      h.select("房间", "room", [Choice("412", "412"), Choice("415", "415")], value: "412")
      h.area("备注", "remarks", value: "旧")
    }
    #expect(page.contains("value=\"&lt;b&gt;\"") && !page.contains("旧"))
    #expect(page.contains("value=\"386\""))
    #expect(page.contains("value=\"cough\" checked>") && page.contains("value=\"dizzy\" checked>"))
    #expect(page.contains("value=\"rash\">"))
    #expect(page.contains("<option value=\"415\" selected>") && page.contains("<option value=\"412\">"))
    #expect(page.contains(">\n\n一行</textarea>"))
  }

  @Test("a list that came back empty shows what is recorded, or that nothing is chosen")
  func emptyList() {
    let choices = [Choice("severe", "特重"), Choice("light", "一般")]
    let back = Form(FormValues([("grade", "")]))
    #expect(draw(back) { $0.select("定级", "grade", choices, value: "light") }.contains("<option value=\"light\" selected>"))
    let unknown = draw(back) { $0.select("定级", "grade", choices) }
    #expect(unknown.contains("<option value=\"\">请选</option>") && !unknown.contains(" selected"))
    #expect(!draw(Form()) { $0.select("定级", "grade", choices) }.contains("请选"))
  }

  @Test("of two readings under one name each fault says which it means, and the summary leads to it")
  func pair() {
    let faults = ["systolic", "diastolic"].map { FieldFault($0, "out-of-range", "可填 20 到 300。") }
    let page = draw(Form(FormValues([]), faults: faults)) { h in
      h.measurePair("血压", "pressure", unit: "mmHg", ("收缩压", "systolic", nil), ("舒张压", "diastolic", nil))
    }
    for (name, label) in [("systolic", "收缩压"), ("diastolic", "舒张压")] {
      #expect(page.contains("<a href=\"#f-\(name)\">\(label)：可填 20 到 300。</a>"))
      #expect(page.contains("<span>\(label)：可填 20 到 300。</span>"))
    }
  }

  @Test("a box that was unticked stays so though its default is ticked")
  func unticked() {
    #expect(draw(Form()) { $0.checkbox("同意", "agree", on: true) }.contains(" checked"))
    #expect(!draw(Form(FormValues([("name", "x")]))) { $0.checkbox("同意", "agree", on: true) }.contains(" checked"))
    #expect(draw(Form(FormValues([("agree", "1")]))) { $0.checkbox("同意", "agree") }.contains(" checked"))
  }

  @Test("passwords and codes are never written back")
  func secrets() {
    let page = draw(Form(FormValues([("password", "geheim"), ("code", "123456")]))) { h in
      h.field("密码", "password", .password, value: "geheim")
      h.codeField("验证码", "code")
    }
    #expect(!page.contains("geheim") && !page.contains("123456"))
    #expect(page.contains("autocomplete=\"current-password\""))
  }

  @Test("all faults are summed up with links, and each field says its own")
  func faults() {
    let faults = [
      FieldFault("readings.temperature", "out-of-range", "可填 30.0 到 43.0。"), FieldFault("reason", "missing", "选一个原因"),
      FieldFault("", "late", "这一轮已经结束"),
    ]
    let page = draw(Form(FormValues([]), faults: faults)) { h in
      h.measure("体温", "readings.temperature", unit: "℃", last: "上次 36.7", stepping: .tenth)
      h.radios("原因", "reason", [Choice("asleep", "睡着了")])
      h.field("备注", "remarks", optional: true)
    }
    #expect(page.contains("还没保存，有\u{A0}3\u{A0}处要改"))
    #expect(
      page.contains("<a href=\"#f-readings-temperature\">体温：可填 30.0 到 43.0。</a>")
        && page.contains("<a href=\"#f-reason\">"))
    #expect(page.contains("<li>这一轮已经结束</li>"))
    #expect(page.contains("aria-describedby=\"f-readings-temperature-h f-readings-temperature-e\""))
    #expect(
      page.contains(
        "id=\"f-readings-temperature\" name=\"readings.temperature\" aria-required=\"true\" aria-invalid=\"true\""))
    #expect(page.contains("<fieldset class=\"field\" tabindex=\"-1\" id=\"f-reason\" aria-invalid=\"true\""))
    #expect(!page.contains("id=\"f-remarks\" name=\"remarks\" aria-"))
    #expect(page.components(of: "aria-invalid") == 2)
  }

  @Test("the summary names the faults as the fields stand on the page, what has no field last")
  func order() {
    let faults = ["", "remarks", "name", "room"].map { FieldFault($0, "missing", "这一项要填") }
    let page = draw(Form(FormValues([]), faults: faults)) { h in
      h.field("姓名", "name")
      h.field("房间", "room")
      h.area("备注", "remarks")
    }
    let links = page.matches(of: /<li>(?:<a href="#f-([a-z]+)">)?/).map { $0.1.map(String.init) ?? "" }
    #expect(links == ["name", "room", "remarks", ""])
  }

  @Test("a form carries its key and cannot post to another place than ours")
  func action() {
    #expect(draw(Form()) { _ in }.contains("<input type=\"hidden\" name=\"idempotency-key\" value=\"\(key)\">"))
    let h = HTML()
    h.form("javascript:alert(1)", key: nil) {}
    #expect(h.string.contains("action=\"#\""))
  }

  @Test("a fault of one form is not shown in the next on the same page")
  func nested() {
    let h = HTML()
    h.form("/a", Form(FormValues([("name", "typed")]), faults: [FieldFault("name", "x", "错")]), key: nil) {}
    h.form("/b", key: nil) { h.field("姓名", "name", value: "默认") }
    #expect(h.string.contains("value=\"默认\"") && h.string.components(of: "错") == 1)
  }

  @Test("values are read without the spaces around them, passwords exactly")
  func values() {
    let values = FormValues([
      ("name", " 李 华\u{3000}"), ("empty", "  "), ("word", " a "), ("twice", "1"), ("twice", "2"),
    ])
    #expect(values["name"] == "李 华" && values["empty"] == "" && values.filled("empty") == nil)
    #expect(values.exactly("word") == " a " && values["absent"] == nil)
    #expect(values["twice"] == "2" && values.all("twice") == ["1", "2"])
  }

  @Test("a form is read by its content type, with its files")
  func sent() throws {
    let plain = try #require(
      Request(
        .post, "/x", headers: ["Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"],
        body: Array("name=%E6%9D%8E+a&on=1&flag".utf8)))
    let form = try SentForm(plain)
    #expect(form.values["name"] == "李 a" && form.values.isOn("on") && form.values["flag"] == "" && form.files.isEmpty)

    let body =
      "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n李\r\n--b\r\nContent-Disposition: form-data; name=\"roster\"; filename=\"a.csv\"\r\n\r\n1,2\r\n--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"\"\r\n\r\n\r\n--b--\r\n"
    let multipart = try #require(
      Request(.post, "/x", headers: ["Content-Type": "multipart/form-data; boundary=b"], body: Array(body.utf8)))
    let files = try SentForm(multipart)
    #expect(files.values["name"] == "李" && files.file("roster")?.text == "1,2" && files.file("photo") == nil)

    let json = try #require(Request(.post, "/x", headers: ["Content-Type": "application/json"], body: Array("{}".utf8)))
    #expect(throws: SentForm.Fault.notAForm) { try SentForm(json) }
    let broken = try #require(
      Request(.post, "/x", headers: ["Content-Type": "application/x-www-form-urlencoded"], body: Array("a=%zz".utf8)))
    #expect(throws: SentForm.Fault.unreadable) { try SentForm(broken) }
  }
}

extension String {
  func components(of part: String) -> Int { split(separator: part, omittingEmptySubsequences: false).count - 1 }
}
