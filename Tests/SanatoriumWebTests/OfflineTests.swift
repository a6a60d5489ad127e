import Evidence
import Foundation
import MicroHTTP
import Packs
import Pages
import Sanatorium
import Testing

@testable import SanatoriumStore
@testable import SanatoriumWeb

/// The pages that a device keeps for the time without network.
@Suite("Pages without network")
struct OfflineTests {
  private static let people: [House.Person] = [.lead, .organizer, .staff, .medic, .escort]

  @Test("every address is a page that the account may open", arguments: people)
  func addresses(_ person: House.Person) async throws {
    let house = try House()
    let scene = try Scene(house)
    let answer = try await house.ask(.get, "/api/v1/offline", as: person)
    #expect(answer.status == .ok)
    let copy = try JSON.parse(answer.body)
    let pages = Dictionary(
      uniqueKeysWithValues: (copy["pages"]?.array ?? []).map { ($0["address"]?.string ?? "", $0["document"]?.string ?? "") })
    #expect(copy["account"]?.string == house.accounts[person]!.description)
    let everybodys: Set = ["/", "/unsent", "/me", "/incidents/new", "/arrivals", "/alerts", "/incidents", "/plans", "/outings"]
    #expect(everybodys.subtracting(pages.keys).isEmpty)
    #expect((pages["/rounds"] != nil) == [.medic, .lead].contains(person) || person == .organizer)
    for id in scene.people where try house.store.read({ try $0.participant(id) }).place != .departed {
      #expect(pages["/participants/\(id)"]?.contains("<main") == true)
    }
    #expect((pages["/participants/\(scene.people[2])/check-in"] != nil) == [.medic, .lead].contains(person))
    // an incident can be reported from a person's page, by the form that the copy holds
    #expect(pages.values.allSatisfy { !$0.contains("/incidents/new?") } && pages["/incidents/new"] != nil)
    // a badge leads to its person, by a page that holds nothing else
    for id in scene.people {
      let participant = try house.store.read { try $0.participant(id) }
      let document = pages["/b/\(participant.badge)"]
      #expect((document != nil) == (participant.place != .departed))
      #expect(document?.contains("url=/participants/\(id)\"") != false && document?.contains(participant.name) != true)
    }
    // nothing that was asked for is missing: each is a page, and this account's
    for (address, document) in pages where !address.hasPrefix("/b/") {
      let asked = try await house.ask(.get, address, as: person)
      #expect(asked.status == .ok, "\(address)")
      #expect(document.contains("data-worker=\"/worker.js\""), "\(address)")
    }
  }

  @Test("what can't be read or drawn is left out and logged; the copy has the rest, and no sequence, so that it is asked for again")
  func spoilt() async throws {
    let house = try House()
    _ = try Scene(house)
    func copy() async throws -> (sequence: JSON?, pages: Set<String>) {
      let answer = try await house.ask(.get, "/api/v1/offline?since=-1", as: .staff)
      #expect(answer.status == .ok)
      let copy = try JSON.parse(answer.body)
      return (copy["sequence"], Set((copy["pages"]?.array ?? []).compactMap { $0["address"]?.string }))
    }
    let whole = try await copy()
    #expect(whole.sequence == .int(house.store.sequence))
    try house.spoil("UPDATE alert SET severity = 'spoilt' WHERE code = 'health'")
    let rest = try await copy()
    #expect(rest.sequence == .int(-1))
    #expect(rest.pages.isSuperset(of: ["/arrivals", "/incidents", "/outings", "/me"]) && !rest.pages.contains("/alerts"))
    #expect(rest.pages.count { $0.hasPrefix("/participants/") } >= 4)
    #expect(house.logged.contains { $0.contains("offline copy without /alerts: 500") })
  }

  @Test("the copy is one reading in the log; a copy of the newest state is not sent again")
  func log() async throws {
    let house = try House()
    _ = try Scene(house)
    _ = try await house.ask(.get, "/api/v1/offline", as: .medic)
    #expect(try house.reads().map { $0[1] } == ["offline pages"])
    let again = try await house.ask(.get, "/api/v1/offline?since=\(house.store.sequence)", as: .medic)
    #expect(again.status == .noContent)
    #expect(try await house.ask(.get, "/api/v1/offline", as: .admin).status == .forbidden)
  }

  @Test("pages have a tag that changes with the journal, the viewer and the language, and 304 answers whoever has it")
  func tags() async throws {
    let house = try House()
    let scene = try Scene(house)
    let target = "/participants/\(scene.people[2])"
    let first = try await house.ask(.get, target, as: .medic)
    let tag = try #require(first.headers["ETag"])
    #expect(first.headers["Cache-Control"] == "private, no-cache")
    #expect(try await house.ask(.get, target, as: .medic, headers: ["If-None-Match": tag]).status == .notModified)
    #expect(try await house.ask(.get, target, as: .lead, headers: ["If-None-Match": tag]).status == .ok)
    #expect(try await house.ask(.get, "\(target)?lang=en", as: .medic, headers: ["If-None-Match": tag]).status == .ok)
    try house.perform(.staff) { try $0.arrive(scene.people[4], room: "305", $1) }
    #expect(try await house.ask(.get, target, as: .medic, headers: ["If-None-Match": tag]).status == .ok)
  }

  @Test("beyond what a reading can be the chart gives no points")
  func bounds() throws {
    let health = try Packs.health("cn-elder-2026")
    let chart = try JSON.parse(Array(OwnScoring.chart(.scale1, health, .chinese).utf8))
    for parameter in NEWS2.parameters {
      guard let bounds = parameter.bounds else { continue }
      let steps = try #require(chart[parameter.rawValue]?.array)
      let first = steps.first?.array?.first, last = steps.last?.array
      let written = { (value: Int) in parameter == .temperature ? JSON.decimal(Int64(value), scale: 1) : .int(Int64(value)) }
      #expect(first == written(bounds.lowerBound) && last == [written(bounds.upperBound + 1), .null], "\(parameter)")
    }
    #expect(Reading.allCases.allSatisfy { chart["names"]?[$0.rawValue]?.string == $0.label(.chinese) })
  }

  @Test("the chart that a form carries scores as the rule does, on both scales")
  func chart() throws {
    for scale in [OxygenScale.scale1, .scale2] {
      for onOxygen in [false, true] {
        for (parameter, steps) in NEWS2Chart(scale, onOxygen: onOxygen).steps {
          for value in try #require(parameter.bounds) {
            var readings = Readings()
            readings.oxygenScale = scale
            readings.supplementalOxygen = onOxygen
            #expect(readings.set(parameter, to: parameter.written(value)) == nil)
            #expect(steps.last { $0.from <= value }?.points == NEWS2.score(readings).points(of: parameter))
          }
        }
      }
    }
  }
}
