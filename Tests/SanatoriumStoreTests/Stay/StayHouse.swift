import Evidence
import Foundation
import Packs
import Sanatorium

@testable import SanatoriumStore

/// A house with one batch on a real file, on a clock that stands where the test puts it.
final class StayHouse {
  let store: Store
  let folder: URL
  private(set) var batch: ID = .none
  private(set) var people: [ID] = []
  var now: Instant

  static let firstDay = Day("2026-06-01")!
  static let staff = Actor(account: .random(), role: .staff, name: "韩梅")
  static let organizer = Actor(account: .random(), role: .organizer, name: "白露")
  static let names = ["巴特尔", "白天恩", "陈玉兰", "丁国强", "高建军", "韩淑珍", "黄志远", "贾文斌", "康秀英", "李德山", "刘凤琴", "马占海"]

  /// A batch of so many people under nm-2023, planned for seven days from 1 June 2026, opened on the first at 8.
  init(people count: Int = 4, open: Bool = true, plans: [String] = []) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("house-\(ID.random())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = try Store(path: folder.appendingPathComponent("house.sqlite").path)
    now = LocalTime.china.instant(StayHouse.firstDay, minute: 8 * 60)
    batch = try perform(StayHouse.organizer) { try $0.planBatch(StayHouse.plan, $1) }.subject
    let drafts = StayHouse.names.prefix(count).map { ParticipantDraft(name: $0) }
    let id = batch
    _ = try perform(StayHouse.staff) { try $0.listParticipants(drafts, in: id, $1).recorded }
    people = try store.read { try $0.participants(of: $0.batch(id)).map(\.id) }
    if open { try openIt(plans) }
  }

  /// Opened under nm-2023 with its daily rules alone, so that no paper has to be recorded first.
  private func openIt(_ plans: [String]) throws {
    let id = batch
    let nm = try Packs.regulation("nm-2023")
    let rules = nm.rules.compactMap { rule -> Rule? in
      let checks = rule.checks.filter { $0.gates.contains(.daily) }.map {
        RuleCheck($0.kind, at: [.daily], force: $0.force, by: $0.by, demands: $0.demands)
      }
      guard !checks.isEmpty else { return nil }
      return Rule(
        id: rule.id, regulation: rule.regulation, article: rule.article, quote: rule.quote, title: rule.title,
        checks: checks)
    }
    let regulation = Regulation(
      id: nm.id, edition: nm.edition, title: nm.title, issuer: nm.issuer, documentNumber: nm.documentNumber,
      status: nm.status, validity: nm.validity, bases: nm.bases, parameters: nm.parameters, rules: rules)
    let packs = FrozenPacks(
      regulation: regulation, health: try Packs.health("cn-elder-2026"), plans: try plans.map { try Packs.plan($0) })
    try perform(StayHouse.organizer) { try $0.openBatch(id, packs: packs, $1) }
  }

  deinit {
    store.close()
    try? FileManager.default.removeItem(at: folder)
  }

  static let plan = BatchDraft(
    number: "2026年第3批", regulation: "nm-2023", organizer: "自治区退役军人事务厅", host: "白桦湖疗养中心", venue: "白桦湖",
    firstDay: firstDay, lastDay: firstDay + 6, planned: 12)

  /// At a time of the stay: day 1 is the first.
  func at(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Instant {
    store.time.instant(StayHouse.firstDay + (day - 1), minute: hour * 60 + minute)
  }

  /// One event by somebody, now or as of another moment.
  @discardableResult
  func perform<Result: Sendable>(
    _ actor: Actor = StayHouse.staff, key: ID = .random(), at occurred: Instant? = nil, request: String = "",
    _ event: @escaping @Sendable (Ledger, Submission) throws -> Result
  ) throws -> Result {
    let submission = Submission(
      key: key, actor: actor, occurredAt: occurred, request: Digest.of(Array(request.utf8)))
    return try store.perform(at: now) { try event($0, submission) }
  }

  /// Lets the clock come to a moment and does what is due.
  func advance(to moment: Instant) throws {
    now = moment
    while try store.perform(at: moment, { try $0.advance() }) {}
  }

  func read<Result>(_ body: (Reader, Batch) throws -> Result) throws -> Result {
    try store.read { try body($0, $0.batch(batch)) }
  }

  func participant(_ index: Int) throws -> Participant {
    try store.read { try $0.participant(people[index]) }
  }

  func arrive(_ indexes: Range<Int>, room: String? = nil) throws {
    for index in indexes {
      let id = people[index]
      try perform { try $0.arrive(id, room: room, results: [], $1) }
    }
  }

  /// A check with every reading, or with some.
  @discardableResult
  func check(_ index: Int, _ readings: Readings = StayHouse.calm, at occurred: Instant? = nil) throws -> CheckInReceipt {
    let draft = CheckInDraft(participant: people[index], readings: readings, symptoms: [.none])
    return try perform(StayHouse.medic, at: occurred) { try $0.checkIn(draft, $1) }
  }

  static let calm = Readings(
    respirationRate: 16, oxygenSaturation: 97, supplementalOxygen: false, systolic: 124, diastolic: 76, pulse: 72,
    consciousness: .alert, temperature: 366)

  /// Somebody answers every alert that stands open.
  func answerAlerts() throws {
    for alert in try read({ try $0.alerts(of: $1, state: .open) }) {
      try perform(StayHouse.lead) { try $0.acknowledgeAlert(alert.id, $1) }
    }
  }

  func escort(
    _ name: String, _ kind: EscortKind = .general, _ side: EscortSide = .sent, account: ID? = nil
  ) throws -> ID {
    let id = batch
    let draft = EscortDraft(name: name, kind: kind, side: side, telephone: "13800000001", account: account)
    return try perform { try $0.addEscort(draft, in: id, $1) }.subject
  }

  /// The unresolved alerts of a code.
  func alerts(_ code: String) throws -> [Alert] {
    try read { reader, batch in
      try (reader.alerts(of: batch, state: .open) + reader.alerts(of: batch, state: .acknowledged)).filter {
        $0.code == code
      }
    }
  }

  /// What differs between the tables and those rebuilt from the journal.
  func faults() throws -> [String] { try store.verify().faults }
}

/// The faults of a refusal that named fields.
func codes(_ body: () throws -> Void) -> [String] {
  do {
    try body()
    return []
  } catch Refusal.invalid(let faults) {
    return faults.map { "\($0.field): \($0.code)" }
  } catch Refusal.conflict(let fault) {
    return ["\(fault.field): \(fault.code)"]
  } catch {
    return ["\(error)"]
  }
}

/// What a refusal says.
func words(_ body: () throws -> Void) -> String {
  do {
    try body()
    return ""
  } catch Refusal.invalid(let faults) {
    return faults.map(\.message.chinese).joined(separator: " ")
  } catch Refusal.conflict(let fault) {
    return fault.message.chinese
  } catch {
    return "\(error)"
  }
}
