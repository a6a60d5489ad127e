import MicroHTTP
import Testing

@testable import Pages

@Suite("Scripts as they are served")
struct ScriptTextTests {
  private func tightened(_ script: String) -> String {
    String(decoding: ScriptText.tightened(Array(script.utf8)), as: UTF8.self)
  }

  @Test("comments, indentation and spaces beside signs go; texts, templates and patterns stay as they are")
  func tightens() {
    #expect(tightened("// why\n  const a = { b, c };\n") == "const a={b,c};")
    #expect(tightened("  if (a && b) return c\n") == "if(a&&b)return c\n")
    #expect(tightened("say(\"a , b\" , \"c ; d\") ;\n") == "say(\"a , b\",\"c ; d\");")
    #expect(tightened("say(\"a , b\", `c ; ${ d } e`) ;\n") == "say(\"a , b\", `c ; ${ d } e`);")
    #expect(tightened("const at = / [,;] /.exec(text) ;\n") == "const at=/ [,;] /.exec(text);")
    #expect(tightened("a = b + +c\nd = e\n") == "a=b+ +c\nd=e\n")
    #expect(tightened("a = b - (c + d) * 2 % 3 - -e\n") == "a=b-(c+d)*2%3- -e\n")
    #expect(tightened("if (a) {\n  b();\n}\nc();\n") == "if(a){b()}c();")
    #expect(tightened("call(\n  one,\n  two)\n") == "call(one,two)\n")
  }

  @Test("the two names that stand everywhere become letters, in code alone, and no script has such a letter of its own")
  func names() throws {
    #expect(tightened("const house = {};\non(\"a\", (event) => house.go(event.target));\n") == "const h={};on(\"a\",(e)=>h.go(e.target));")
    #expect(tightened("say(\"the house. No event. Warehouse.js\");\n") == "say(\"the house. No event. Warehouse.js\");")
    #expect(tightened("my.house.go(event.x);\n") == "my.house.go(e.x);")
    let script = String(decoding: try #require(AssetFile.all.first { $0.name == "app.js" }).bytes, as: UTF8.self)
    for script in [script, String(decoding: AssetFile.worker, as: UTF8.self)] {
      let left = script.matches(of: /\bhouse\.[a-z]|\bevent\b|\b(?:const|let|function) [he]\b|[{(,][he][,})]=>/).map { String($0.output) }
      #expect(left.filter { $0 != "(e)=>" && $0 != "const h" }.isEmpty && left.count { $0 == "const h" } <= 1)
    }
  }

  @Test("of the style comments, line ends and the spaces between rules go; texts and selectors stay as they are")
  func style() {
    func tightened(_ style: String) -> String { String(decoding: StyleText.tightened(Array(style.utf8)), as: UTF8.self) }
    #expect(tightened("/* why */\n.a .b{c:d e} .f{g:h}\n") == ".a .b{c:d e}.f{g:h}")
    #expect(tightened("@media print{\n  a{content:\" / \"}\n  b{c:d}\n}\n") == "@media print{a{content:\" / \"}b{c:d}}")
    #expect(tightened(".a,\n.b\n.c{d:e}") == ".a,.b .c{d:e}")
  }

  @Test("the whole app's scripts and styles keep to their budget")
  func budget() throws {
    let script = try #require(AssetFile.all.first { $0.name == "app.js" })
    let style = try #require(AssetFile.all.first { $0.name == "app.css" })
    #expect(script.bytes.count + AssetFile.worker.count < 40_000, "\(script.bytes.count + AssetFile.worker.count)")
    #expect(style.bytes.count < 30_000)
  }
}
