import Foundation
import MicroHTTP
import Synchronization
import Testing

@testable import Pages

struct PageCacheTests {
  private let key = PageKey("/board", viewer: "lead", lang: "zh-CN")

  @Test("a page is rendered once for a sequence and again for the next")
  func sequences() {
    let cache = PageCache(build: "1")
    var rendered = 0
    func ask(_ sequence: Int64, slot: Int64 = 0) -> PreparedResponse {
      cache.response(key, sequence: sequence, slot: slot) {
        rendered += 1
        return Array("\(sequence)".utf8)
      }
    }
    let first = ask(1)
    #expect(ask(1) === first && rendered == 1)
    #expect(ask(2) !== first && rendered == 2)
    #expect(ask(1).plain.body == Array("2".utf8), "a later state is good for who asked for an earlier one")
    _ = ask(2, slot: 1)
    #expect(rendered == 3)
  }

  @Test("viewers and languages never share a page")
  func apart() {
    let cache = PageCache(build: "1")
    let tags = [("lead", "zh-CN"), ("staff", "zh-CN"), ("lead", "en")].map { viewer, lang in
      cache.response(PageKey("/board", viewer: viewer, lang: lang), sequence: 1) { Array((viewer + lang).utf8) }.etag
    }
    #expect(Set(tags).count == 3)
    #expect(cache.response(key, sequence: 1) { [] }.plain.body == Array("leadzh-CN".utf8))
  }

  @Test("a browser that has the page gets 304; another build makes it ask again")
  func revalidation() throws {
    let page = PageCache(build: "1").response(key, sequence: 1) { Array("x".utf8) }
    let tag = try #require(page.etag)
    let request = try #require(Request(.get, "/board", headers: ["If-None-Match": tag]))
    #expect(page.response(for: request).status == .notModified)
    #expect(page.plain.headers["Cache-Control"] == "private, no-cache")
    #expect(PageCache(build: "2").response(key, sequence: 1) { Array("x".utf8) }.etag != tag)
  }

  @Test("what is thrown while rendering is kept by nobody")
  func failure() throws {
    struct Broken: Error {}
    let cache = PageCache(build: "1")
    #expect(throws: Broken.self) { try cache.response(key, sequence: 1) { throw Broken() } }
    #expect(cache.response(key, sequence: 1) { [65] }.plain.body == [65])
  }

  @Test("the page asked for longest ago goes first")
  func bounded() {
    let cache = PageCache(build: "1", limit: 2)
    func ask(_ page: String) -> Bool {
      var rendered = false
      _ = cache.response(PageKey(page, viewer: "", lang: "en"), sequence: 1) {
        rendered = true
        return []
      }
      return rendered
    }
    #expect(ask("a") && ask("b") && !ask("a") && ask("c"))
    #expect(cache.count == 2 && !ask("a") && ask("b"))
  }

  @Test("of many who ask at once one renders")
  func together() {
    let cache = PageCache(build: "1")
    let rendered = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 32) { _ in
      _ = cache.response(key, sequence: 5) {
        rendered.add(1, ordering: .relaxed)
        return [1]
      }
    }
    #expect(rendered.load(ordering: .relaxed) == 1)
  }
}

struct ProblemTests {
  @Test("a problem is JSON that says every fault")
  func json() throws {
    let problem = ProblemAnswer(
      .unprocessableContent, type: "invalid", title: "有 2 处要改", detail: "\"体温\"\n\u{1}\\",
      faults: [FieldFault("temperature", "out-of-range", "可填 30.0 到 43.0"), FieldFault("", "late", "晚了")],
      members: [("sequence", .int(7)), ("gates", .list([.object([("id", .string("NM11"))]), .bool(true)]))])
    let response = problem.jsonResponse()
    #expect(response.headers["Content-Type"] == "application/problem+json")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any])
    #expect(object["type"] as? String == "/problems/invalid" && object["status"] as? Int == 422)
    #expect(object["detail"] as? String == "\"体温\"\n\u{1}\\")
    let faults = try #require(object["faults"] as? [[String: String]])
    #expect(
      faults == [
        ["field": "temperature", "code": "out-of-range", "message": "可填 30.0 到 43.0"],
        ["field": "", "code": "late", "message": "晚了"],
      ])
    #expect(object["sequence"] as? Int == 7 && (object["gates"] as? [Any])?.count == 2)
  }

  @Test("an internal error tells its number and nothing else")
  func internalError() {
    let answer = ProblemAnswer.internalError(english: true, number: "a1b2")
    #expect(String(decoding: answer.json, as: UTF8.self).contains("a1b2") && answer.status == .internalServerError)
    let page = answer.pageResponse(lang: "en", english: true, site: "House", back: ("Rounds", "/rounds"))
    let text = String(decoding: page.body, as: UTF8.self)
    #expect(page.status == .internalServerError && text.contains("a1b2") && text.contains("href=\"/rounds\""))
    #expect(page.headers["Cache-Control"] == "no-store")
  }

  @Test("scripts get JSON, browsers a page")
  func negotiation() throws {
    let browser: Headers = ["Accept": "text/html,application/xhtml+xml"]
    #expect(!ProblemAnswer.wantsJSON(try #require(Request(.get, "/board", headers: browser))))
    #expect(ProblemAnswer.wantsJSON(try #require(Request(.get, "/api/v1/batches", headers: browser))))
    #expect(ProblemAnswer.wantsJSON(try #require(Request(.get, "/board"))))
  }
}

struct AssetTests {
  private func get(_ path: String, gzip: Bool = false) throws -> Response {
    var router = Router()
    AssetRoutes.add(to: &router)
    let request = try #require(Request(.get, path, headers: gzip ? ["Accept-Encoding": "gzip"] : [:]))
    switch router.handle(request) {
    case .response(let response): return response
    case .prepared(let prepared): return prepared.response(for: request)
    default: throw CancellationError()
    }
  }

  @Test("style and scripts are served for ever under an address of their content")
  func served() throws {
    for file in AssetFile.all {
      let response = try get(file.address)
      #expect(response.status == .ok && response.body == file.bytes && response.headers["Content-Type"] == file.type)
      #expect(response.headers["Cache-Control"]?.contains("immutable") == true)
    }
    let style = AssetFile.address("app.css")
    #expect(style.hasPrefix("/assets/app.") && style.hasSuffix(".css") && style.count == "/assets/app..css".count + 16)
    #expect(try get(style, gzip: true).headers["Content-Encoding"] == "gzip")
  }

  @Test("what is compiled in but no browser's business has no address")
  func packs() throws {
    #expect(AssetFile.all.allSatisfy { !$0.name.hasSuffix(".yaml") })
    #expect(try get("/assets/packs/cn-base.yaml").status == .notFound)
    #expect(try get("/assets/app.css").status == .notFound)
  }

  @Test("style and scripts stay small")
  func small() throws {
    let style = try #require(AssetFile.all.first { $0.name == "app.css" })
    #expect(style.bytes.count <= 30_720)
    #expect(AssetFile.all.filter { $0.name.hasSuffix(".js") }.map(\.bytes.count).reduce(0, +) <= 40_960)
  }
}
