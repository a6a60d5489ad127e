import Foundation
import Sanatorium
import SanatoriumStore
import Testing

@testable import SanatoriumJobs

@Suite("The emergency list as files")
struct EmergencyFileTests {
  private let house: House
  private let folder: String
  private let file: EmergencyFile

  init() throws {
    house = try House()
    folder = house.folder + "/stick"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    file = EmergencyFile(store: house.store, folder: folder, facility: "疗养中心", log: { _ in })
  }

  /// What the clock calls each second; whether anything was looked at.
  @discardableResult
  private func poll(_ moment: Instant) -> Bool {
    guard file.begin(at: moment) else { return false }
    file.write(at: moment)
    return true
  }

  private func text() throws -> String {
    try String(contentsOfFile: "\(folder)/\(EmergencyFile.names.text)", encoding: .utf8)
  }

  @Test("it is written after each arrival and names whoever is here, readable by its owner alone")
  func arrivals() throws {
    poll(house.move(1, 9))
    #expect(try !text().contains("巴特尔"))
    try house.arrive(0, room: "301")
    #expect(poll(house.move(1, 9, 5)))
    #expect(try text().contains("巴特尔"))
    #expect(try text().contains("301"))
    #expect(try text().contains("青霉素"))
    #expect(try !text().contains("陈玉兰"))
    try house.arrive(1, room: "302")
    poll(house.move(1, 9, 10))
    #expect(try text().contains("陈玉兰"))
    for name in [EmergencyFile.names.text, EmergencyFile.names.html] {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
  }

  @Test("it is written each morning at six although nothing has changed, and not before")
  func mornings() throws {
    try house.arrive(0, room: "301")
    poll(house.move(1, 9))
    let written = file.condition.writtenAt
    #expect(!poll(house.move(2, 5, 59)))
    let morning = house.move(2, 6)
    #expect(poll(morning))
    #expect(file.condition.writtenAt == morning)
    #expect(written != morning)
    #expect(!poll(house.move(2, 6, 1)))
    #expect(try text().contains("2026-06-02 06:00"))
  }

  @Test("several changes within ten seconds make one writing")
  func changes() throws {
    let moment = house.move(1, 9)
    poll(moment)
    try house.arrive(0, room: "301")
    #expect(!poll(moment + .seconds(9)))
    try house.arrive(1, room: "302")
    #expect(poll(moment + .seconds(10)))
    #expect(try text().contains("陈玉兰"))
  }

  @Test("a folder that is gone is told and tried again each minute")
  func gone() throws {
    try FileManager.default.removeItem(atPath: folder)
    let moment = house.move(1, 9)
    poll(moment)
    #expect(file.condition.failure != nil)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    #expect(!poll(moment + .seconds(30)))
    #expect(poll(moment + .minutes(1)))
    #expect(file.condition.failure == nil)
    #expect(try !text().isEmpty)
  }
}
