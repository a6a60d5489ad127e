internal import Sanatorium
internal import Synchronization

/// The thread that brings commits to the disk and then answers for them, while the writer runs the next group. A group is
/// answered only after an fsync of the write-ahead log that began when the whole group was in it.
///
/// When an fsync fails, nobody knows what of the log is on the disk, and a later success would not tell either. From
/// then on every write is refused while reading goes on; once the disk takes writes again, `reopen` is asked for: a start
/// takes of the log what is whole by its checksums and writes it again.
///
/// `@unchecked Sendable`: `thread` is set in `start` and joined in `stop`, both called by the writer's owner; `durable` is
/// used by the thread alone.
final class Syncer: @unchecked Sendable {
  /// What the writer committed, or refused, together.
  struct Group {
    var items: [Writer.Item]
    var errors: [(any Error)?]
    /// The journal's last sequence with this group.
    var sequence: Int64
    var condition: StorageCondition
    var pings: [@Sendable () -> Void]

    /// Whether there is something to sync.
    fileprivate var isCommitted: Bool { !items.isEmpty && condition == .writable }
  }

  private struct Waiting {
    var groups: [Group] = []
    var isEnded = false
  }

  private let log: WriteAheadLog
  private let report: @Sendable (String) -> Void
  private let reopen: @Sendable (String) -> Void
  private let answers: @Sendable (Int64, StorageCondition) -> Void
  private let waiting = Monitor(Waiting())
  private let broken = Atomic(false)
  private var durable: Int64
  private var thread: WorkThread?

  /// - Parameters:
  ///   - sequence: the journal's last sequence as the file was opened; all of it is on the disk.
  ///   - answers: told after each group what is on the disk, before its items are answered.
  init(
    _ log: WriteAheadLog, sequence: Int64, report: @escaping @Sendable (String) -> Void,
    reopen: @escaping @Sendable (String) -> Void,
    answers: @escaping @Sendable (Int64, StorageCondition) -> Void
  ) {
    self.log = log
    self.report = report
    self.reopen = reopen
    self.answers = answers
    durable = sequence
  }

  /// Whether what is on the disk is unknown.
  var isBroken: Bool { broken.load(ordering: .acquiring) }

  /// Something could not be brought to the disk: from now on every write is refused. The first reason is told.
  func fail(_ reason: String) {
    if !broken.exchange(true, ordering: .acquiringAndReleasing) {
      report("every write is refused, reading goes on: \(reason)")
    }
  }

  /// Tells the operator what the end could not do, when nothing is lost by it.
  func remark(_ what: String) { report(what) }

  func start() throws { thread = try WorkThread { self.run() } }

  /// Waits a little until the last group has gone to the disk: then one group is being synced while the next one is run,
  /// and the longer the disk takes, the larger that one is. When it takes longer than that, nothing is gained by waiting
  /// on: what is committed meanwhile is synced together.
  func waitForDisk() { _ = waiting.wait(atMost: 1) { $0.groups.isEmpty ? () : nil } }

  func hand(_ group: Group) { waiting.change { $0.groups.append(group) } }

  /// Ends the thread after the last group.
  func stop() {
    waiting.change { $0.isEnded = true }
    thread?.join()
  }

  private func run() {
    while var groups = next() {
      if isBroken {
        for index in groups.indices { refuse(&groups[index]) }
      } else {
        settle(&groups)
      }
      for group in groups { answer(group) }
    }
  }

  private func answer(_ group: Group) {
    // A ping alone has tried nothing: what the last write showed stands.
    if !group.items.isEmpty { answers(durable, group.condition) }
    for (item, error) in zip(group.items, group.errors) { item.complete(error) }
    for ping in group.pings { ping() }
  }

  /// All that waits; nil when nothing will come any more.
  private func next() -> [Group]? {
    waiting.wait { waiting -> [Group]?? in
      if waiting.groups.isEmpty { return waiting.isEnded ? .some(nil) : nil }
      defer { waiting.groups = [] }
      return .some(waiting.groups)
    }
  }

  /// One fsync for all of them.
  private func settle(_ groups: inout [Group]) {
    guard let last = groups.last(where: \.isCommitted) else { return }
    if log.sync() {
      durable = last.sequence
      return
    }
    fail("the write-ahead log can't be synced")
    for index in groups.indices { refuse(&groups[index]) }
  }

  private func refuse(_ group: inout Group) {
    guard !group.items.isEmpty else { return }
    group.errors = group.items.map { _ in Refusal.storageUnavailable }
    group.condition = .failing
    if log.takesWrites() { reopen(log.path) }
  }
}
