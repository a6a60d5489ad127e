import Testing

@testable import Pages

struct EscapingTests {
  private func text(_ words: String) -> String {
    let h = HTML()
    h.text(words)
    return h.string
  }

  @Test("words never become markup, in text or in attributes")
  func escapes() {
    #expect(text("<script>\"a\" & 'b'</script>") == "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;")
    let h = HTML()
    h.el("p", .of("title", "\" onclick=\"x"), text: "<b>")
    #expect(h.string == "<p title=\"&quot; onclick=&quot;x\">&lt;b&gt;</p>")
  }

  @Test("words without anything odd stay as they are", arguments: ["", "孛儿只斤·巴特尔", "a\tb\r\nc", "é â ’ … “”", "👩‍⚕️ 𠮷"])
  func keeps(_ words: String) { #expect(text(words) == words) }

  @Test("control characters and turned text show as replacement characters")
  func controls() {
    #expect(text("a\u{0}b\u{1B}[31m\u{7F}") == "a\u{FFFD}b\u{FFFD}[31m\u{FFFD}")
    #expect(text("a\u{85}b\u{9F}\u{A0}c") == "a\u{FFFD}b\u{FFFD}\u{A0}c")
    #expect(text("\u{202E}fdp.exe\u{2066}x\u{2069}") == "\u{FFFD}fdp.exe\u{FFFD}x\u{FFFD}")
    #expect(text("\u{2029}\u{202F}\u{2065}\u{206A}") == "\u{2029}\u{202F}\u{2065}\u{206A}")
  }

  @Test("strings that aren't stored as one piece are escaped the same")
  func bridged() {
    let pieces = ["<", "巴", ">"].joined(separator: "\u{202E}")
    #expect(text(pieces + "") == "&lt;\u{FFFD}巴\u{FFFD}&gt;")
    #expect(text(String("abc<def".suffix(4))) == "&lt;def")
  }

  @Test("numbers are written as people read them")
  func numbers() {
    let h = HTML()
    for write in [
      { h.int(-1277) }, { h.number(1_277_000) }, { h.number(-100) }, { h.tenths(384) }, { h.tenths(-5) },
      { h.percent(tenths: 1000) },
    ] {
      write()
      h.raw(";")
    }
    #expect(h.string == "-1277;1,277,000;-100;38.4;-0.5;100.0\u{A0}%;")
    let extremes = HTML()
    extremes.int(.min)
    extremes.tenths(.min)
    #expect(extremes.string == "-9223372036854775808-922,337,203,685,477,580.8")
  }

  @Test("a link leads only to addresses that do no harm")
  func links() {
    for good in [
      "/people/1", "?q=a:b", "#top", "tel:120", "mailto:a@b.cn", "https://b.cn", "people/1", "", "HTTPS://b.cn",
    ] {
      #expect(Attribute.safe(good), "\(good)")
    }
    for bad in [
      "javascript:alert(1)", "JavaScript:x", " javascript:x", "\u{1}javascript:x", "java\nscript:x", "data:text/html,x",
      "http://b.cn", "vbscript:x",
    ] {
      #expect(!Attribute.safe(bad), "\(bad)")
      let h = HTML()
      h.a(bad, text: "x")
      #expect(h.string == "<a href=\"#\">x</a>")
    }
  }

  @Test("what was searched for is marked, whatever its letters' case")
  func marking() {
    let h = HTML()
    h.marked("Li <Na> li", "LI")
    h.raw("|")
    h.marked("孛儿只斤·巴特尔", "巴特")
    h.raw("|")
    h.marked("a", "")
    #expect(h.string == "<mark>Li</mark> &lt;Na&gt; li|孛儿只斤·<mark>巴特</mark>尔|a")
  }

  @Test("clocks show the distance as the page is drawn")
  func clocks() {
    let h = HTML(lang: "en", english: true)
    h.clockFace(4308)
    h.raw(" ")
    h.clockFace(708)
    h.raw(" ")
    h.age(25 * 60)
    h.raw(" ")
    h.age(3 * 3600 + 300)
    h.raw(" ")
    h.age(2 * 86_400)
    #expect(h.string == "1:11:48 11:48 25\u{A0}min 3\u{A0}h 5\u{A0}min 2\u{A0}d")
  }
}
