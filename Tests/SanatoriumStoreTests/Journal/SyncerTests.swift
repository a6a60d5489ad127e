import Dispatch
import Evidence
import Foundation
import Sanatorium
import Synchronization
import Testing

@testable import SanatoriumStore

/// A disk that a test holds in its hand.
private final class Disk: Sendable {
  private struct State {
    var isHeld = false
    var isSound = true
    var takesWrites = true
    var syncs = 0
    var reopenings = 0
    var rewrites = 0
    var reports = 0
  }

  private let state = Monitor(State())

  var syncs: Int { state.change { $0.syncs } }
  var reports: Int { state.change { $0.reports } }
  var rewrites: Int { state.change { $0.rewrites } }
  var reopenings: Int { state.change { $0.reopenings } }
  func hold() { state.change { $0.isHeld = true } }
  func release() { state.change { $0.isHeld = false } }
  func fail(takesWrites: Bool) { state.change { ($0.isSound, $0.takesWrites) = (false, takesWrites) } }
  func recover() { state.change { ($0.isSound, $0.takesWrites) = (true, true) } }

  /// The real log, synced when the test allows it.
  func watch(_ log: WriteAheadLog) -> WriteAheadLog {
    var log = log
    let real = log.sync
    log.sync = { [state] in
      state.wait { $0.isHeld ? nil : () }
      return state.change { state in
        state.syncs += 1
        return state.isSound
      } && real()
    }
    let rewrite = log.rewrite
    log.rewrite = { [state] in
      state.change { state in
        state.rewrites += 1
        return state.isSound
      } && rewrite()
    }
    log.takesWrites = { [state] in state.change { $0.takesWrites } }
    return log
  }

  func open(_ path: String) throws -> Store {
    try Store(
      path: path, report: { [state] _ in state.change { $0.reports += 1 } },
      reopen: { [state] _ in state.change { $0.reopenings += 1 } }, watch: { self.watch($0) })
  }
}

@Suite("What is answered is on the disk", .timeLimit(.minutes(1)))
struct SyncerTests {
  private let path: String
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("syncer-\(ID.random())")
  private let admin = Actor(account: .random(), role: .admin, name: "管理员")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appendingPathComponent("house.sqlite").path
  }

  private func add(_ username: String, to store: Store, then complete: @escaping @Sendable (Bool) -> Void) {
    let submission = Submission(
      key: .random(), actor: admin, occurredAt: nil, request: Digest.of(Array(username.utf8)))
    let draft = AccountDraft(username: username, name: "甲", role: .staff, passwordHash: "x")
    store.write({ try $0.addAccount(draft, submission) }) { result in
      if case .success = result { complete(true) } else { complete(false) }
    }
  }

  /// Adds an account and waits for the answer.
  private func added(_ username: String, to store: Store) -> Bool {
    let answer = Monitor(Bool?.none)
    add(username, to: store) { isAdded in answer.change { $0 = isAdded } }
    return answer.wait { $0 }
  }

  private func accounts(in store: Store) throws -> Int {
    try store.read { try $0.tables.count(SQL("SELECT count(*) FROM account")) }
  }

  @Test("nothing is answered or published before its fsync, while the next group is already made")
  func order() throws {
    let disk = Disk()
    let store = try disk.open(path)
    defer { store.close() }
    let answers = Monitor([String]())
    disk.hold()
    add("first", to: store) { _ in answers.change { $0.append("first") } }
    while try accounts(in: store) < 1 { usleep(1_000) }
    // The disk is busy with the first: the second is committed meanwhile, and answered no sooner.
    add("second", to: store) { _ in answers.change { $0.append("second") } }
    while try accounts(in: store) < 2 { usleep(1_000) }
    #expect(answers.change { $0 }.isEmpty)
    #expect(store.sequence == 0)
    #expect(!store.writerAnswers(within: 20))
    disk.release()
    #expect(answers.wait { $0.count == 2 ? $0 : nil } == ["first", "second"])
    #expect(store.writerAnswers(within: 60_000))
    #expect(store.sequence == 2)
    #expect(disk.syncs >= 2)
  }

  private func logged() throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as! Int
  }

  @Test("after a stop in good order the log is empty and the data file alone holds everything")
  func stop() throws {
    let store = try Store(path: path)
    for number in 0..<20 { #expect(added("user\(number)", to: store)) }
    #expect(try logged() > 0)
    store.close()
    #expect(try logged() == 0)

    let copy = path + "-copy"
    try FileManager.default.copyItem(atPath: path, toPath: copy)
    let other = try Store(path: copy)
    defer { other.close() }
    #expect(try accounts(in: other) == 20)
    #expect(other.sequence == 20)
    #expect(try other.verify().faults == [])
  }

  @Test("a stop while somebody reads an older picture loses nothing")
  func stopBesideReader() throws {
    let store = try Store(path: path)
    #expect(added("first", to: store))
    try store.read { (reader: Reader) throws -> Void in
      #expect(try reader.tables.count(SQL("SELECT count(*) FROM account")) == 1)
      #expect(added("second", to: store))
      store.close()
      #expect(try logged() > 0, "what the reader doesn't see yet waits in the log")
      #expect(try reader.tables.count(SQL("SELECT count(*) FROM account")) == 1)
    }
    let again = try Store(path: path)
    defer { again.close() }
    #expect(try accounts(in: again) == 2)
  }

  @Test("after a failed fsync every write is refused, reading goes on, and the file is asked to be opened anew")
  func failure() throws {
    let disk = Disk()
    let store = try disk.open(path)
    #expect(added("kept", to: store))
    disk.fail(takesWrites: false)
    #expect(!added("doubtful", to: store))
    #expect(store.condition == .failing)
    #expect(store.sequence == 1)
    #expect(disk.reopenings == 0)
    #expect(!added("refused", to: store))
    // A disk that syncs again proves nothing about what was lost before.
    disk.recover()
    #expect(!added("refused", to: store))
    #expect(disk.reopenings == 1)
    #expect(disk.reports == 1)
    #expect(store.sequence == 1)
    store.close()
    // What may not be on the disk is not carried over, nor thrown away.
    #expect(try logged() > 0)

    let again = try disk.open(path)
    defer { again.close() }
    #expect(added("after", to: again))
    #expect(again.condition == .writable)
    #expect(try again.verify().faults == [])
  }

  @Test("an item that fails half done leaves nothing behind, and its neighbours of the same group stay")
  func halfDone() throws {
    struct Spoiled: Error {}
    let disk = Disk()
    let store = try disk.open(path)
    defer { store.close() }
    let answers = Monitor([String: Bool]())
    @Sendable func answer(_ name: String) -> @Sendable (Bool) -> Void {
      { isAdded in answers.change { $0[name] = isAdded } }
    }
    // While the writer is busy with an item of its own, what comes is one group.
    let gate = Monitor(false)
    let entered = Monitor(false)
    store.write({ _ in
      entered.change { $0 = true }
      gate.wait { $0 ? () : nil }
    }) { _ in }
    entered.wait { $0 ? () : nil }
    add("before", to: store, then: answer("before"))
    let submission = Submission(key: .random(), actor: admin, occurredAt: nil, request: Digest.of([1]))
    store.write({ ledger -> Recorded in
      let draft = AccountDraft(username: "half", name: "甲", role: .staff, passwordHash: "x")
      _ = try ledger.addAccount(draft, submission)
      throw Spoiled()
    }) { result in
      guard case .failure(let error) = result else { return answer("half")(true) }
      answer("half")(!(error is Spoiled))
    }
    add("after", to: store, then: answer("after"))
    let synced = disk.syncs
    gate.change { $0 = true }
    let all = answers.wait { $0.count == 3 ? $0 : nil }
    #expect(all == ["before": true, "half": false, "after": true])
    #expect(disk.syncs <= synced + 2)
    #expect(try accounts(in: store) == 2)
    #expect(store.sequence == 2)
    #expect(try store.verify().faults == [])
  }

  @Test("a group that is run again keeps what it told the operator, once")
  func faultsOfASecondRun() throws {
    struct Spoiled: Error {}
    let store = try Store(path: path)
    defer { store.close() }
    let gate = Monitor(false)
    let runs = Atomic(0)
    store.write({ _ in gate.wait { $0 ? () : nil } }) { _ in }
    store.write({ ledger in
      runs.add(1, ordering: .relaxed)
      ledger.clockFaults.append("a deadline")
    }) { _ in }
    let submission = Submission(key: .random(), actor: admin, occurredAt: nil, request: Digest.of([1]))
    store.write({ ledger -> Recorded in
      let draft = AccountDraft(username: "half", name: "甲", role: .staff, passwordHash: "x")
      _ = try ledger.addAccount(draft, submission)
      throw Spoiled()
    }) { _ in }
    gate.change { $0 = true }
    #expect(try store.perform { $0.takeClockFaults() } == ["a deadline"])
    #expect(runs.load(ordering: .relaxed) >= 1)
  }

  @Test("a ping tells nothing of the disk: what the last write showed stands")
  func pingAfterRefusal() throws {
    let store = try Store(path: path)
    defer { store.close() }
    #expect(throws: Refusal.self) { try store.perform { _ in throw Refusal.storageFull } }
    #expect(store.condition == .full)
    #expect(store.writerAnswers(within: 5_000))
    #expect(store.condition == .full)
    #expect(added("after", to: store))
    #expect(store.condition == .writable)
  }

  @Test("what an ended process left in the log is written again before anything is answered on top of it")
  func leftovers() throws {
    let store = try Store(path: path)
    #expect(added("kept", to: store))
    // As a killed process leaves it: file and log, the log with the last commits.
    func copy(_ name: String) throws -> String {
      let copy = folder.appendingPathComponent(name).path
      for ending in ["", "-wal"] { try FileManager.default.copyItem(atPath: path + ending, toPath: copy + ending) }
      return copy
    }
    let (sound, faulty) = (try copy("sound.sqlite"), try copy("faulty.sqlite"))
    store.close()

    let disk = Disk()
    let again = try disk.open(sound)
    #expect(disk.rewrites == 1)
    #expect(again.sequence == 1)
    #expect(try accounts(in: again) == 1)
    #expect(added("after", to: again))
    #expect(try again.verify().faults == [])
    again.close()

    disk.fail(takesWrites: false)
    let reading = try disk.open(faulty)
    defer { reading.close() }
    #expect(reading.condition == .failing)
    #expect(disk.reports == 1)
    #expect(try accounts(in: reading) == 1)
    disk.recover()
    #expect(!added("refused", to: reading))
    #expect(disk.reopenings == 1)
  }
}
