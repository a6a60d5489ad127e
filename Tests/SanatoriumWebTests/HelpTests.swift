import Foundation
import MicroHTTP
import Sanatorium
import Testing

@testable import SanatoriumWeb

@Suite("Help")
struct HelpTests {
  private func section(_ heading: String) throws -> [String] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    let from = try #require(readme.range(of: "\n## \(heading)\n"))
    let rest = readme[from.upperBound...]
    let end = rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex
    return rest[..<end].components(separatedBy: "\n\n").map { $0.trimmingCharacters(in: .newlines) }.filter { !$0.isEmpty }
  }

  @Test("what the README says of operating the program is what the help says in English")
  func readme() throws {
    let written = try section("Operate it")
    let told = HelpTopic.operation.flatMap { topic in
      topic.paragraphs.enumerated().map { $0 == 0 ? "**\(topic.title.english).** \($1.english)" : $1.english }
    }
    #expect(written == told)
  }

  @Test("every topic has an address of its own, for somebody, in both languages")
  func topics() {
    #expect(Set(HelpTopic.all.map(\.code)).count == HelpTopic.all.count)
    for topic in HelpTopic.all {
      #expect(!topic.roles.isEmpty && !topic.paragraphs.isEmpty, "\(topic.code)")
      for text in [topic.title] + topic.paragraphs {
        #expect(text.chinese.contains { $0.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }, "\(text.english)")
        #expect(text.chinese.filter { $0 == "`" }.count == text.english.filter { $0 == "`" }.count, "\(text.english)")
      }
    }
  }

  @Test("what a topic is about may be opened by those whose work it is said to be")
  func roles() throws {
    let site = try House().site
    for (code, pattern) in [("accounts", "/accounts"), ("devices", "/devices"), ("badge-sheets", "/badges"), ("wall", "/board"), ("board", "/board")] {
      let route = try #require(site.listedRoutes.first { $0.pattern == pattern && $0.method == .get })
      let admitted = Role.allCases.filter { route.audience.admits(Actor(account: .none, role: $0, name: "")) }
      let topic = try #require(HelpTopic.named(code))
      #expect(topic.roles.isSubset(of: Set(admitted)), "\(code)")
      if code != "wall", code != "board" { #expect(topic.roles == Set(admitted), "\(code)") }
    }
  }

  @Test("everybody opens the help and each topic", arguments: House.Person.allCases)
  func pages(person: House.Person) async throws {
    let house = try House()
    let index = try await house.ask(.get, "/help", as: person)
    #expect(index.status == .ok)
    for topic in HelpTopic.all {
      #expect(index.text.contains("/help/\(topic.code)"), "\(topic.code)")
      #expect(try await house.ask(.get, "/help/\(topic.code)", as: person).status == .ok)
    }
    #expect(try await house.ask(.get, "/help/nothing", as: person).status == .notFound)
  }

  @Test("every page's link to the help leads to a topic", arguments: House.Person.allCases)
  func links(person: House.Person) async throws {
    let house = try House()
    for page in ["/", "/rounds", "/arrivals", "/alerts", "/incidents", "/batches", "/me", "/plans", "/outings", "/system"] {
      let text = try await house.ask(.get, page, as: person).text
      for link in text.matches(of: /href="\/help\/([a-z-]+)"/) { #expect(HelpTopic.named(String(link.1)) != nil, "\(page) \(link.1)") }
    }
  }
}
