import Packs
import Sanatorium
import Testing

@Suite("Departures")
struct DepartureTests {
  private func result(_ rule: String, _ gate: Gate, _ change: (inout Scene) -> Void) throws -> RuleResult {
    try #require(try Scene("nm-2023").but(change).result(rule, at: gate))
  }

  private func departure(_ rule: String, _ gate: Gate = .open, reason: String = "当地接待能力有限", person: String = "周敏")
    -> Departure
  {
    Departure(rule: rule, gate: gate, reason: reason, person: person, at: Instant(milliseconds: 1))
  }

  @Test("a soft rule goes on with reason and person, unknown ones too")
  func accepted() throws {
    let outside = try result("NM12", .open) { $0[.venueArea]?.value = "37" }
    #expect([outside].blocking() == [outside])
    #expect([outside].blocking(departures: [departure("NM12")]).isEmpty)
    let unset = try result("NM12", .open) { $0[.venueArea] = nil }
    #expect([unset].blocking(departures: [departure("NM12")]).isEmpty)
  }

  @Test("without reason or person, for another rule, gate or person it is no departure")
  func refused() throws {
    let outside = try result("NM12", .open) { $0[.venueArea]?.value = "37" }
    #expect(departure("NM12", reason: " ", person: "").faults(for: outside).map(\.field) == ["reason", "person"])
    #expect(departure("NM14").faults(for: outside).map(\.code) == ["other-rule"])
    #expect(departure("NM12", .arrival).faults(for: outside).map(\.code) == ["other-rule"])
    #expect([outside].blocking(departures: [departure("NM12", reason: " ")]).count == 1)
  }

  @Test("nobody departs from a hard rule, an informational one, or one that passes")
  func pointless() throws {
    let hard = try result("NM10", .open) { $0[.planEmergency] = nil }
    #expect(departure("NM10").faults(for: hard).map(\.code) == ["rule-is-hard"])
    #expect([hard].blocking(departures: [departure("NM10")]) == [hard])
    let informational = try result("NM13", .open) { $0[.resourceKind] = nil }
    #expect(departure("NM13").faults(for: informational).map(\.code) == ["rule-is-informational"])
    let passing = try result("NM12", .open) { _ in }
    #expect(departure("NM12").faults(for: passing).map(\.code) == ["rule-passes"])
  }
}
