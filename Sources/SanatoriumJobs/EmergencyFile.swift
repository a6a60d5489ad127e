internal import Dispatch
internal import Documents
public import Sanatorium
public import SanatoriumStore
internal import Synchronization

/// Keeps the emergency list as files in a folder outside the daemon (a stick, a share that another machine sees), so that
/// it is there when this machine is not. Written each morning at six and whenever what it says has changed, an arrival
/// first of all; several changes within ten seconds make one writing.
public final class EmergencyFile: Sendable {
  /// How the last writing went.
  public struct Condition: Sendable, Hashable {
    public var folder: String
    public var writtenAt: Instant?
    /// Why the last try failed; nil when it succeeded or none was made yet.
    public var failure: String?
  }

  private struct State {
    var entries: [EmergencyEntry]?
    var batch: String?
    var lastTry: Instant?
    var morning: Day?
    var isBusy = false
    var condition: Condition
  }

  public static let names = (html: "emergency-list.html", text: "emergency-list.txt")
  /// Minutes after midnight, the facility's time.
  static let morning = 6 * 60

  private let store: Store
  private let facility: String
  private let log: @Sendable (String) -> Void
  private let state: Mutex<State>
  /// Something was recorded since the list was last looked at.
  private let changed = Atomic(true)
  private let queue = DispatchQueue(label: "emergency-list", qos: .utility)

  /// - Parameter folder: must exist; files in it are replaced.
  public init(store: Store, folder: String, facility: String, log: @escaping @Sendable (String) -> Void) {
    self.store = store
    self.facility = facility
    self.log = log
    state = Mutex(State(condition: Condition(folder: folder)))
    store.observe { [weak self] _ in self?.changed.store(true, ordering: .releasing) }
  }

  public var condition: Condition { state.withLock { $0.condition } }

  /// What the clock calls each second: decides, and leaves the work to a thread of its own.
  public func poll() {
    let now = store.now
    guard begin(at: now) else { return }
    queue.async { [self] in write(at: now) }
  }

  /// Whether the files have to be looked at now; whoever is told so must `write`.
  func begin(at now: Instant) -> Bool {
    let today = store.time.day(of: now)
    let due = state.withLock { state in
      guard !state.isBusy else { return false }
      let isMorning = store.time.minute(of: now) >= Self.morning && state.morning != today
      let rested = state.lastTry.map { now - $0 >= .seconds(10) || now < $0 } ?? true
      // A failed writing is tried again each minute.
      let retries = state.condition.failure != nil && (state.lastTry.map { now - $0 >= .minutes(1) } ?? true)
      let isWanted = state.condition.failure == nil && (isMorning || changed.load(ordering: .acquiring))
      guard rested, retries || isWanted else { return false }
      state.isBusy = true
      state.lastTry = now
      return true
    }
    if due { changed.store(false, ordering: .releasing) }
    return due
  }

  /// Reads the list and writes both files when they would say something new, or when the morning asks for it.
  func write(at now: Instant) {
    let today = store.time.day(of: now)
    let folder = condition.folder
    do {
      let list = try store.read { try $0.emergencyList() }
      let entries = list?.entries ?? []
      let isWanted = state.withLock { state in
        state.entries != entries || state.batch != list?.batch.number || state.condition.failure != nil
          || (store.time.minute(of: now) >= Self.morning && state.morning != today)
      }
      if isWanted {
        let document = EmergencyListDocument(
          facility: facility, batch: list?.batch.number, madeAt: "\(today) \(store.time.clock(now))", entries: entries)
        try WholeFile.write(document.html, to: "\(folder)/\(Self.names.html)")
        try WholeFile.write(document.text, to: "\(folder)/\(Self.names.text)")
      }
      state.withLock { state in
        state.isBusy = false
        state.entries = entries
        state.batch = list?.batch.number
        if store.time.minute(of: now) >= Self.morning { state.morning = today }
        state.condition.failure = nil
        if isWanted { state.condition.writtenAt = now }
      }
    } catch {
      let reason = "\(error)"
      let isNews = state.withLock { state in
        let isNews = state.condition.failure != reason
        state.isBusy = false
        state.condition.failure = reason
        return isNews
      }
      if isNews { log("the emergency list can't be written to \(folder): \(reason)") }
    }
  }
}
