import Foundation
import MicroHTTP
import Testing

@testable import Pages

struct PageTests {
  static let pages: [(String, String)] = ComponentsPage.names.flatMap { [($0, "zh-CN"), ($0, "en")] }

  private func draw(_ page: (String, String)) throws -> String {
    String(decoding: try #require(ComponentsPage.render(page.0, lang: page.1, english: page.1 == "en")), as: UTF8.self)
  }

  @Test("no page holds what the content security policy forbids", arguments: pages)
  func policy(_ page: (String, String)) throws {
    let text = try draw(page)
    #expect(!text.contains(" style=") && !text.contains("<style"))
    #expect(text.matches(of: /<script(?! type="module" src="\/assets\/)/).isEmpty)
    #expect(text.matches(of: /\son[a-z]+="/).isEmpty)
  }

  @Test("ids occur once and everything that names one finds it", arguments: pages)
  func ids(_ page: (String, String)) throws {
    let text = try draw(page)
    let ids = text.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count, "\(Dictionary(grouping: ids, by: \.self).filter { $1.count > 1 }.keys)")
    let named = text.matches(of: /\s(?:for|form|list|aria-labelledby|aria-describedby)="([^"]*)"/)
      .flatMap { $0.1.split(separator: " ").map(String.init) }
    #expect(Set(named).subtracting(ids).isEmpty)
    let shapes = text.matches(of: /use href="#([^"]*)"/).map { String($0.1) }
    #expect(!shapes.isEmpty || page.0 == "survey")
    #expect(Set(shapes).subtracting(ids).isEmpty)
    #expect(text.components(of: "<symbol") == Set(shapes).count)
  }

  @Test("every element that is opened is closed", arguments: pages)
  func balance(_ page: (String, String)) throws {
    var open: [Substring] = []
    let void: Set<Substring> = ["meta", "link", "input", "br", "hr", "wbr", "img"]
    for match in try draw(page).matches(of: /<(\/?)([a-z0-9]+)[^>]*?(\/?)>/) {
      if match.3 == "/" || void.contains(match.2) { continue }
      if match.1.isEmpty { open.append(match.2) } else { #expect(open.popLast() == match.2) }
    }
    #expect(open.isEmpty)
  }

  @Test("the pages of components are served, in English on request")
  func served() throws {
    var router = Router()
    ComponentsPage.add(to: &router)
    for (path, lang) in [("/components", "zh-CN"), ("/components/wall?lang=en", "en")] {
      guard case .response(let answer) = router.handle(try #require(Request(.get, path))) else {
        Issue.record("\(path) is not answered at once")
        continue
      }
      #expect(answer.status == .ok && String(decoding: answer.body, as: UTF8.self).contains("<html lang=\"\(lang)\""))
    }
  }

  @Test("a page names its language, its title and the house, and one heading")
  func frame() throws {
    let text = try draw(("check-in", "zh-CN"))
    #expect(text.hasPrefix("<!doctype html>\n<html lang=\"zh-CN\">"))
    #expect(text.contains("<title>检查 孛儿只斤·巴特尔·白桦湖疗养中心</title>"))
    #expect(text.components(of: "<h1") == 1)
    #expect(try draw(("check-in", "en")).contains("<html lang=\"en\">"))
  }

  @Test("a page without act bar has none, and a live one brings its scripts and its cover")
  func live() {
    let h = HTML()
    h.page(Page("x", site: "", live: Live(sequence: 7, now: 1000))) { h.p("x") }
    #expect(!h.string.contains("dock"))
    #expect(h.string.contains("data-live=\"/api/v1/events\" data-seq=\"7\" data-now=\"1000\""))
    #expect(h.string.contains(AssetFile.address("app.js")) && h.string.contains("id=\"stale\" hidden"))
    let still = HTML()
    still.page(Page("x", site: "")) { still.p("x") }
    #expect(!still.string.contains("stale"))
  }

  @Test("a board of a hundred people is written at once")
  func board() {
    let h = HTML(capacity: 80_000)
    h.list {
      for index in 0..<100 {
        h.personRow(
          PersonRow(
            "孛儿只斤·巴特尔 \(index)", target: "/participants/\(index)", score: Score(total: index % 12, band: .medium),
            state: .late, stateWords: "逾期 25 分", room: "412", facts: ["79 岁"], tags: [.allergy("青霉素过敏")], rail: .late))
      }
    }
    #expect(h.string.components(of: "<li>") == 100)
  }

  @Test("an unscored reading is dashed and never a zero")
  func notMeasured() {
    let h = HTML()
    h.score(Score(total: nil, band: .routine))
    h.points(nil)
    #expect(h.string.contains("class=\"n none\"") && h.string.contains("class=\"p none\"") && !h.string.contains("0"))
  }

  @Test("a meter's shares fill the whole, and the smallest can be seen")
  func meter() throws {
    let h = HTML()
    h.meter([Share(.done, 997, "已查"), Share(.late, 1, "逾期"), Share(.rest, 0, "没到")])
    let widths = h.string.matches(of: /width="(\d+)"\/>/).compactMap { Int($0.1) }
    #expect(widths.count == 2 && widths.reduce(0, +) + 8 == 1000 && widths[1] >= 8)
    #expect(h.string.contains("已查 997，逾期 1，没到 0"))
  }

  @Test("a trend without any value draws nothing, and a gap breaks its line")
  func trends() {
    let h = HTML()
    h.trends("体征", [Trend("呼吸", unit: "次/分", points: [.init("早", day: "1日", tenths: nil)], bands: [])])
    #expect(!h.string.contains("<svg"))
    let gap = HTML()
    gap.trends(
      "体征",
      [
        Trend(
          "体温", unit: "℃",
          points: [
            .init("早", day: "1日", tenths: 367), .init("午", day: "1日", tenths: nil, note: "没测"),
            .init("晚", day: "1日", tenths: 384),
          ],
          bands: [.init(upTo: 350, points: 3), .init(upTo: 380, points: 0), .init(upTo: 990, points: 1)],
          isDecimal: true)
      ])
    #expect(gap.string.matches(of: /class="ln" d="M\d+ \d+M\d+ \d+"/).count == 1)
    #expect(gap.string.contains("<td class=\"num\">38.4</td>") && gap.string.contains("<td class=\"num\">没测</td>"))
  }

  @Test("the pages are written to a folder for the eye, where one is named")
  func shown() throws {
    guard let folder = ProcessInfo.processInfo.environment["COMPONENTS_FOLDER"] else { return }
    let root = URL(fileURLWithPath: folder)
    try FileManager.default.createDirectory(
      at: root.appendingPathComponent("assets"), withIntermediateDirectories: true)
    for page in Self.pages {
      try Data(try draw(page).utf8).write(to: root.appendingPathComponent("\(page.0).\(page.1.prefix(2)).html"))
    }
    for file in AssetFile.all { try Data(file.bytes).write(to: root.appendingPathComponent(file.address)) }
  }
}
