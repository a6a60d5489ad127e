import Evidence
import MicroHTTP
import Sanatorium
import Testing

@testable import SanatoriumStore
@testable import SanatoriumWeb

@Suite("The coverage pages")
struct CoverageTests {
  private let house: House
  private let scene: Scene

  /// Four came with one escort, of whom one went to hospital; nobody medical is there. An hour later the escort leaves,
  /// and comes back after half an hour.
  init() throws {
    house = try House()
    scene = try Scene(house)
    let escort = scene.escort
    house.move(to: house.now + .minutes(60))
    try house.perform(.lead) { try $0.moveEscort(escort, to: .left, $1) }
    house.move(to: house.now + .minutes(30))
    try house.perform(.lead) { try $0.moveEscort(escort, to: .present, $1) }
    house.move(to: house.now + .minutes(30))
  }

  private func answer(_ target: String) async throws -> JSON {
    try JSON.parse(Array(try await house.ask(.get, target, as: .lead).body))
  }

  @Test("the page has each day's worst moment, each breach with its clause, and what a planned outing leaves behind")
  func page() async throws {
    let page = try await house.ask(.get, "/coverage", as: .lead).text
    let day = house.store.time.day(of: house.now)
    #expect(page.contains("href=\"/coverage/days/\(day)\""))
    for words in ["每天最紧的时候", "不够的时候", "缺 1 名", "30 分钟", "计划中的外出", "湿地公园", "名单上在院的人都去来算", "NM11", "还没说明"] {
      #expect(page.contains(words), "\(words)")
    }
  }

  @Test("a day's page has its pieces; a day without anybody says so, and no day is no page")
  func day() async throws {
    let day = house.store.time.day(of: house.now)
    let page = try await house.ask(.get, "/coverage/days/\(day)", as: .lead).text
    let begin = house.store.time.clock(house.now - .minutes(60))
    let end = house.store.time.clock(house.now - .minutes(30))
    #expect(page.contains("\(begin)–\(end)"))
    #expect(try await house.ask(.get, "/coverage/days/\(day + 9)", as: .lead).text.contains("这一天没有人在住"))
    #expect(try await house.ask(.get, "/coverage/days/2026-02-30", as: .lead).status == .notFound)
  }

  @Test("a script is told the same, and the pieces of a time that it asks for")
  func script() async throws {
    let all = try await answer("/api/v1/coverage")
    #expect(all["pieces"] == nil && all["planned"]?.array?.count == 1)
    let breaches = try #require(all["breaches"]?.array)
    let short = try #require(breaches.first { $0["kind"]?.string == "ratio" })
    let (left, back) = (house.now - .minutes(60), house.now - .minutes(30))
    #expect(short["from"]?.int == left.milliseconds && short["until"]?.int == back.milliseconds)
    #expect(short["rule"]?.string == "NM11" && short["cause"]?.string == "staffing" && short["nonconformity"] != nil)
    #expect(all["days"]?.array?.first?["holds"]?.bool == false)
    let (from, until) = (left + .minutes(10), left + .minutes(20))
    let part = try await answer("/api/v1/coverage?from=\(from.milliseconds)&until=\(until.milliseconds)")
    let pieces = try #require(part["pieces"]?.array)
    #expect(pieces.count == 1 && pieces[0]["from"]?.int == from.milliseconds && pieces[0]["until"]?.int == until.milliseconds)
    #expect(pieces[0]["counted"]?.int == 0 && pieces[0]["needed"]?.int == 1)
    #expect(try await house.ask(.get, "/api/v1/coverage?from=yesterday", as: .lead).status == .unprocessableContent)
  }
}
