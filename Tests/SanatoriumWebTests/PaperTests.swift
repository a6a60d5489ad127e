import Sanatorium
import Testing

@testable import SanatoriumWeb

@Suite("Blank papers")
struct PaperTests {
  @Test("a declaration for each person quotes the clause, excludes nobody's liability, and shows nothing of their health")
  func declarations() async throws {
    let house = try House()
    let scene = try Scene(house)
    let page = try await house.ask(.get, "/batches/\(scene.batch)/papers/declaration", as: .staff)
    #expect(page.status == .ok)
    #expect(page.text.components("现如实报告").count - 1 == scene.people.count)
    for words in ["后果自负", "免除", "概不负责"] { #expect(!page.text.contains(words), "\(words)") }
    for words in scene.clinical + [Scene.allergy] { #expect(!page.text.contains(words), "\(words)") }
    for words in ["巴特尔", "单独同意", "NM17", "告知人"] { #expect(page.text.contains(words), "\(words)") }
    #expect(try await house.ask(.get, "/batches/\(scene.batch)/papers/declaration", as: .escort).status == .forbidden)
  }

  @Test("the arrival register has everybody awaited, with boxes for what is looked at")
  func register() async throws {
    let house = try House()
    let scene = try Scene(house)
    let page = try await house.ask(.get, "/batches/\(scene.batch)/papers/arrival", as: .staff).text
    for words in ["巴特尔", "高建军", "□ 如实报告", "本人签名", "登记人"] { #expect(page.contains(words), "\(words)") }
  }
}

extension String {
  fileprivate func components(_ separator: String) -> [Substring] { split(separator: separator, omittingEmptySubsequences: false) }
}
