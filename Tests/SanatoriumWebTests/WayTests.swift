import MicroHTTP
import Sanatorium
import Testing

@testable import SanatoriumWeb

@Suite("Ways through the pages")
struct WayTests {
  private static func matches(_ pattern: String, _ path: String) -> Bool {
    let (expected, given) = (pattern.split(separator: "/"), path.split(separator: "/"))
    return expected.count == given.count && zip(expected, given).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
  }

  /// Every page that links lead to from the start page, and what is wrong with the ways on it: a link that is refused or
  /// leads nowhere, a form that the role may not send.
  private func faults(_ house: House, _ person: House.Person) async throws -> [String] {
    let actor = house.actor(person)
    let routes = house.site.listedRoutes
    var (faults, seen, waiting): ([String], Set<String>, [String]) = ([], ["/"], ["/"])
    // Of pages that look the same for each person or day a few are enough.
    var visits: [String: Int] = [:]
    while let page = waiting.popLast() {
      let path = String(page.prefix { $0 != "?" })
      let pattern = routes.first { $0.method == .get && Self.matches($0.pattern, path) }?.pattern ?? path
      visits[pattern, default: 0] += 1
      guard visits[pattern, default: 0] <= 4 else { continue }
      let answer = try await house.ask(.get, page, as: person, headers: ["Host": "house.local:8443"])
      guard answer.status.code < 400 else {
        faults.append("\(page) is linked and answers \(answer.status)")
        continue
      }
      guard answer.headers["Content-Type"]?.hasPrefix("text/html") == true else { continue }
      for link in answer.text.matches(of: /<a[^>]* href="(\/[^"#]*)/) {
        let target = String(link.1).replacing("&amp;", with: "&")
        if seen.insert(target).inserted { waiting.append(target) }
      }
      // The page of all components shows forms that lead nowhere.
      if path.hasPrefix("/components") { continue }
      for form in answer.text.matches(of: /<form method="post"[^>]* action="(\/[^"?#]*)/) {
        let admitted = routes.contains { $0.method == .post && Self.matches($0.pattern, String(form.1)) && $0.audience.admits(actor) }
        if !admitted { faults.append("\(page) has a form for \(form.1), which is refused") }
      }
    }
    return faults
  }

  @Test("no page leads to one that the role may not open, before there is a batch", arguments: House.Person.allCases)
  func empty(person: House.Person) async throws {
    let found = try await faults(House(), person)
    #expect(found.isEmpty, "\(found.joined(separator: "; "))")
  }

  @Test("no page leads to one that the role may not open, while a batch runs", arguments: House.Person.allCases)
  func running(person: House.Person) async throws {
    let house = try House()
    let scene = try Scene(house)
    let found = try await faults(house, person)
    #expect(found.isEmpty, "\(found.joined(separator: "; "))")
    withExtendedLifetime(scene) {}
  }

  @Test("what has no batch to show says so and what to do, on every page of the navigation", arguments: House.Person.allCases)
  func nothing(person: House.Person) async throws {
    let house = try House()
    for route in house.site.listedRoutes where route.method == .get && !route.pattern.contains(":") && route.audience.admits(house.actor(person)) {
      guard !route.pattern.hasPrefix("/api"),
        !["/metrics", "/openapi.json", "/healthz", "/readyz", "/first", "/trust/ca.pem", "/trust/ca.crt"].contains(route.pattern)
      else {
        continue
      }
      let answer = try await house.ask(.get, route.pattern, as: person, headers: ["Host": "house.local:8443"])
      #expect(answer.status.code < 400, "\(route.pattern) \(answer.status)")
    }
  }
}
