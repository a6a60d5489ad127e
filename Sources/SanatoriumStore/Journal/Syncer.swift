internal import Sanatorium
internal import Synchronization

/// The thread that brings commits to the disk and then answers for them, while the writer runs the next group. A group is
/// answered only after an fsync of the write-ahead log that began when the whole group was in it.
///
/// When an fsync fails, nobody knows what of the log is on the disk, and a later success would not tell either. From
/// then on every write is refused while reading goes on; once the disk takes writes again, `reopen` is asked for, because
/// opening the file reads the log by its checksums and carries what is whole into the file.
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
  }

  private enum Slot {
    case free
    case taken(Group)
    case ended
  }

  private let log: WriteAheadLog
  private let reopen: @Sendable (String) -> Void
  private let answers: @Sendable (Int64, StorageCondition) -> Void
  private let slot = Monitor(Slot.free)
  private let broken = Atomic(false)
  private var durable: Int64
  private var thread: WorkThread?

  /// - Parameters:
  ///   - sequence: the journal's last sequence as the file was opened.
  ///   - answers: told after each group what is on the disk, before its items are answered.
  init(
    _ log: WriteAheadLog, sequence: Int64, reopen: @escaping @Sendable (String) -> Void,
    answers: @escaping @Sendable (Int64, StorageCondition) -> Void
  ) {
    self.log = log
    self.reopen = reopen
    self.answers = answers
    durable = sequence
  }

  /// Whether an fsync has failed since the file was opened.
  var isBroken: Bool { broken.load(ordering: .acquiring) }

  func start() throws { thread = try WorkThread { self.run() } }

  /// Waits until the last group has gone to the disk: then one group is being synced while the next one is run, and the
  /// longer the disk takes, the larger that one is.
  func waitUntilFree() {
    slot.wait { slot in if case .free = slot { () } else { nil } }
  }

  func hand(_ group: Group) {
    waitUntilFree()
    slot.change { $0 = .taken(group) }
  }

  /// Ends the thread after the last group.
  func stop() {
    waitUntilFree()
    slot.change { $0 = .ended }
    thread?.join()
  }

  private func run() {
    while var group = next() {
      if isBroken { refuse(&group) } else if !group.items.isEmpty, group.condition == .writable { settle(&group) }
      answers(durable, group.condition)
      for (item, error) in zip(group.items, group.errors) { item.complete(error) }
      for ping in group.pings { ping() }
    }
  }

  private func next() -> Group? {
    slot.wait { slot -> Group?? in
      switch slot {
      case .free: return nil
      case .taken(let group):
        slot = .free
        return .some(group)
      case .ended: return .some(nil)
      }
    }
  }

  private func settle(_ group: inout Group) {
    if log.sync() {
      durable = group.sequence
    } else {
      broken.store(true, ordering: .releasing)
      refuse(&group)
    }
  }

  private func refuse(_ group: inout Group) {
    guard !group.items.isEmpty else { return }
    group.errors = group.items.map { _ in Refusal.storageUnavailable }
    group.condition = .failing
    if log.takesWrites() { reopen(log.path) }
  }
}
