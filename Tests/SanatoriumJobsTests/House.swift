import Evidence
import Foundation
import Packs
import Sanatorium
import SanatoriumStore
import Synchronization

/// A house with one open batch without rules, on a clock that the test moves.
final class House: Sendable {
  static let firstDay = Day("2026-06-01")!
  static let lead = Actor(account: .random(), role: .lead, name: "周敏")

  let folder: String
  let store: Store
  let people: [ID]
  private let clock: Clock

  private final class Clock: Sendable {
    let now: Mutex<Instant>
    init(_ now: Instant) { self.now = Mutex(now) }
  }

  init(people names: [String] = ["巴特尔", "陈玉兰"]) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("jobs-\(ID.random())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let clock = Clock(LocalTime.china.instant(House.firstDay, minute: 5 * 60))
    self.clock = clock
    store = try Store(path: folder + "/house.sqlite", clock: { clock.now.withLock { $0 } })
    let plan = BatchDraft(
      number: "2026年第3批", regulation: "nm-2023", organizer: "退役军人事务厅", host: "疗养中心", venue: "白桦湖",
      firstDay: House.firstDay, lastDay: House.firstDay + 6, planned: 12)
    let batch = try House.perform(store) { try $0.planBatch(plan, $1) }.subject
    let drafts = names.map { ParticipantDraft(name: $0, allergies: "青霉素") }
    _ = try House.perform(store) { try $0.listParticipants(drafts, in: batch, $1).count }
    let nm = try Packs.regulation("nm-2023")
    let packs = FrozenPacks(
      regulation: Regulation(
        id: nm.id, edition: nm.edition, title: nm.title, issuer: nm.issuer, documentNumber: nil, status: nm.status,
        validity: nm.validity, bases: [], parameters: nm.parameters, rules: []),
      health: try Packs.health("cn-elder-2026"), plans: [])
    try House.perform(store) { try $0.openBatch(batch, packs: packs, $1) }
    people = try store.read { reader in try reader.participants(of: reader.batch(batch)).map(\.id) }
  }

  deinit {
    store.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  @discardableResult
  static func perform<Result: Sendable>(
    _ store: Store, _ event: @escaping @Sendable (Ledger, Submission) throws -> Result
  ) throws -> Result {
    let submission = Submission(key: .random(), actor: lead, request: Digest.of([1]))
    return try store.perform { try event($0, submission) }
  }

  func arrive(_ index: Int, room: String) throws {
    let id = people[index]
    try House.perform(store) { try $0.arrive(id, room: room, $1) }
  }

  func move(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Instant {
    let moment = LocalTime.china.instant(House.firstDay + (day - 1), minute: hour * 60 + minute)
    clock.now.withLock { $0 = moment }
    return moment
  }
}
