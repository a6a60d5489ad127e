import Foundation
import Packs
import Sanatorium
import Testing

@Suite("Health packs")
struct HealthPackTests {
  @Test("every built-in health pack loads, with a response for each band and tiers for each severity")
  func builtIn() throws {
    for id in Packs.healthPacks {
      let pack = try Packs.health(id)
      #expect(pack.id == id)
      for band in NEWS2Band.allCases { #expect(pack.response(to: band) != nil) }
      for severity in Severity.allCases { #expect(!pack.alerts(for: severity).steps.isEmpty) }
      for rule in pack.ladders.flatMap(\.rules) { #expect(!rule.source.isEmpty) }
    }
  }

  @Test("a frozen pack comes back from its JSON unchanged")
  func frozen() throws {
    let pack = try Packs.health("cn-elder-2026")
    #expect(try JSONDecoder().decode(HealthPack.self, from: JSONEncoder().encode(pack)) == pack)
  }

  @Test("an unknown pack is refused with the known ones")
  func unknown() {
    #expect(throws: PackFaults.self) { try Packs.health("../../etc/passwd") }
    let fault = faults { _ = try Packs.health("nowhere") }.first
    #expect(fault?.file == "nowhere.yaml")
    #expect(fault?.reason.english.contains("cn-elder-2026") == true)
  }

  @Test("a county's file gives only what differs")
  func extending() throws {
    let base = try Packs.health("cn-elder-2026")
    let pack = try read(
      """
      pack: health
      extends: cn-elder-2026
      id: county
      version: "1"
      name: {zh: 县, en: County}
      note: {zh: 注, en: Note}
      sources: {county: 县卫健委}
      ladders:
        - code: pulse
          rules:
            - code: pulse-fast
              any: [{reading: pulse, above: 150}]
              severity: urgent
              message: {zh: 快, en: Fast}
              source: county
      """)
    #expect(pack.rounds == base.rounds)
    #expect(pack.ladders.count == base.ladders.count)
    #expect(pack.ladders.first { $0.code == "pulse" }?.rules.map(\.code) == ["pulse-fast"])
    #expect(pack.ladders.first { $0.code == "pulse" }?.rules.first?.source == "县卫健委")
    #expect(pack.responses == base.responses)
    #expect(pack.alerts == base.alerts)
  }

  @Test("every fault is told at once, with its line, field and reason")
  func allFaults() {
    let found = faults {
      _ = try read(
        """
        pack: health
        extends: cn-elder-2026
        id: county
        version: "1"
        name: {zh: 县}
        note: {zh: 注, en: Note}
        sources: {county: 县}
        colour: red
        rounds:
          - code: morning
            name: {zh: 早, en: M}
            opens: "7:00"
            due: "06:00"
            overdue: "05:00"
            source: county
        ladders:
          - code: pulse
            rules:
              - code: pulse-fast
                any: [{reading: pulse, above: 1500}]
                severity: deadly
                message: {zh: 快, en: Fast}
                source: nobody
              - code: glucose-x
                any: [{reading: glucose, above: 3.95}]
                severity: urgent
                message: {zh: 快, en: Fast}
                source: county
        """)
    }
    let places = Set(found.map { "\($0.line) \($0.field)" })
    for place in [
      "5 name.en", "8 colour", "12 rounds[morning].opens", "14 rounds[morning].overdue",
      "20 ladders[pulse].rules[pulse-fast].any[1].above", "21 ladders[pulse].rules[pulse-fast].severity", "23 ladders[pulse].rules[pulse-fast].source",
      "25 ladders[pulse].rules[glucose-x].any[1].above",
    ] {
      #expect(places.contains(place), "\(place) in \(places.sorted())")
    }
    #expect(found.allSatisfy { $0.file == "county.yaml" && !$0.reason.chinese.isEmpty && !$0.reason.english.isEmpty })
    #expect(found.map(\.line) == found.map(\.line).sorted())
    #expect(found.first { $0.field == "colour" }?.description.hasPrefix("county.yaml:8: colour: there is no such field; known: pack, ") == true)
  }

  @Test("a missing band, severity and unknown base are told")
  func incomplete() {
    let found = faults {
      _ = try read(
        """
        pack: plan
        extends: nowhere
        id: x
        version: "1"
        name: {zh: 县, en: County}
        note: {zh: 注, en: Note}
        sources: {a: b}
        rounds: []
        responses:
          - {band: low, minutes: 0, action: {zh: 做, en: Do}, source: a}
        alerts:
          - severity: urgent
            steps: [{tier: duty-lead, minutes: 5}, {tier: assigned, minutes: 2}, {tier: organizer}]
            source: a
        """)
    }
    let fields = found.map(\.field)
    for field in [
      "pack", "extends", "rounds", "red-flags", "ladders", "responses", "responses[1].minutes", "alerts",
      "alerts[1].steps[2].tier", "alerts[1].steps[2].minutes", "alerts[1].steps[3].minutes",
    ] {
      #expect(fields.contains(field), "\(field) in \(fields)")
    }
  }

  @Test(
    "what is no YAML, no UTF-8 or no mapping is refused with the line",
    arguments: [
      (Array("pack: health\nid: [1, 2\nname: x\n".utf8), 3), (Array("- a\n- b\n".utf8), 1), ([0xFF, 0xFE], 0), ([], 0),
      (Array("id: a\nid: b\n".utf8), 1),
    ] as [([UInt8], Int)])
  func unreadable(bytes: [UInt8], line: Int) {
    let found = faults { _ = try Packs.health(bytes, file: "county.yaml") }
    #expect(found.count == 1)
    #expect(found.first.map { abs($0.line - line) <= 1 } == true, "\(found)")
  }
}

private func read(_ yaml: String) throws -> HealthPack { try Packs.health(Array(yaml.utf8), file: "county.yaml") }

/// The faults that reading throws; none when it doesn't.
func faults(_ read: () throws -> Void) -> [PackFault] {
  do {
    try read()
    return []
  } catch let error as PackFaults { return error.faults } catch {
    Issue.record(error)
    return []
  }
}
