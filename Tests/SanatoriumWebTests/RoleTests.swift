import Evidence
import MicroHTTP
import Sanatorium
import Testing

@testable import SanatoriumWeb

@Suite("Who may do what")
struct RoleTests {
  /// Every route, with a path that leads to nothing, so that nothing is done.
  private static func target(_ route: ListedRoute) -> String {
    route.pattern.split(separator: "/", omittingEmptySubsequences: false)
      .map { $0.hasPrefix(":") ? ID.random().description : String($0) }.joined(separator: "/")
  }

  private static let sentence = "您的角色不能打开这里"

  @Test("each route admits and refuses as it declares", arguments: House.Person.allCases)
  func declared(person: House.Person) async throws {
    let house = try House()
    for route in house.site.listedRoutes where route.pattern != "/api/v1/events" && route.pattern != "/first" {
      let response = try await house.ask(route.method, RoleTests.target(route), as: person)
      let refused = response.status == .forbidden && response.text.contains(RoleTests.sentence)
      #expect(refused != route.audience.admits(house.actor(person)), "\(person): \(route.method) \(route.pattern) \(response.status)")
      #expect(response.status.code < 500, "\(route.method) \(route.pattern) \(response.status)")
    }
  }

  @Test("a stranger gets the login or 401, and only the open routes")
  func stranger() async throws {
    let house = try House()
    let open: Set<String> = [
      "/healthz", "/readyz", "/openapi.json", "/metrics", "/login", "/api/v1/session", "/api/v1/assessments", "/trust",
      "/trust/ca.pem", "/trust/ca.crt", "/first", "/away", "/b/:code", "/enrol/:code",
    ]
    for route in house.site.listedRoutes where route.pattern != "/api/v1/events" {
      if open.contains(route.pattern), route.audience == .everyone { continue }
      let response = try await house.ask(route.method, RoleTests.target(route))
      let page = response.status == .seeOther && response.headers["Location"]?.hasPrefix("/login") == true
      #expect(response.status == .unauthorized || page, "\(route.method) \(route.pattern) \(response.status)")
    }
    #expect(Set(house.site.listedRoutes.filter { $0.audience == .everyone }.map(\.pattern)).isSubset(of: open))
  }

  @Test("an administrator is admitted nowhere where health is shown, and to no write about people")
  func administrator() throws {
    let house = try House()
    let admin = house.actor(.admin)
    for route in house.site.listedRoutes where route.audience.admits(admin) {
      // These show each role its own pages.
      if !["/", "/api/v1/offline"].contains(route.pattern) { #expect(!route.reads.isLogged, "\(route.pattern)") }
      let isOwn = ["accounts", "devices", "enrol", "me", "logout", "session", "first", "login", "assessments", "unsent"].contains {
        route.pattern.split(separator: "/").contains(Substring($0))
      }
      #expect(route.method == .get || isOwn, "\(route.method) \(route.pattern)")
    }
  }

  @Test("checks are recorded by the medical staff and the duty lead alone; the report is the lead's; admission the organizer's")
  func offices() throws {
    let house = try House()
    func admitted(_ method: MicroHTTP.Method, _ pattern: String) -> [House.Person] {
      guard let route = house.site.listedRoutes.first(where: { $0.method == method && $0.pattern == pattern }) else { return [] }
      return House.Person.allCases.filter { route.audience.admits(house.actor($0)) }
    }
    #expect(admitted(.post, "/api/v1/check-ins") == [.lead, .medic])
    #expect(admitted(.get, "/api/v1/check-ins") == [.lead, .organizer, .medic])
    #expect(admitted(.post, "/api/v1/batches/:batch/reports") == [.lead])
    #expect(admitted(.post, "/api/v1/participants/:participant/admission") == [.organizer])
    #expect(admitted(.post, "/api/v1/participants/:participant/arrival") == [.lead, .staff])
    #expect(admitted(.post, "/api/v1/participants/:participant/hospital") == [.lead, .staff, .medic, .escort])
    #expect(admitted(.post, "/api/v1/incidents") == [.lead, .organizer, .staff, .medic, .escort])
    #expect(admitted(.post, "/api/v1/accounts") == [.admin])
    #expect(admitted(.get, "/api/v1/batches/:batch/close") == [.lead, .organizer])
  }
}
