internal import Dispatch
internal import Glibc
public import SanatoriumStore
internal import Sanatorium
internal import Synchronization

/// Owns the clock: compares the wall clock with what is due at least every second and has the writer do what has become
/// due. A jump of the wall clock, forwards or after a standstill, is caught up at the next second.
public final class Clockwork: Sendable {
  private let store: Store
  private let everySecond: @Sendable () -> Void
  private let log: @Sendable (String) -> Void
  /// Unsafe only by its type: Dispatch sources may be used from any thread.
  private nonisolated(unsafe) let timer: any DispatchSourceTimer
  private let isBusy = Atomic(false)

  /// - Parameters:
  ///   - site: called each second as well (log of reads and the like); must be short.
  ///   - log: receives one line for the operator when something fails.
  public init(
    store: Store, site everySecond: @escaping @Sendable () -> Void, log: @escaping @Sendable (String) -> Void
  ) throws {
    self.store = store
    self.everySecond = everySecond
    self.log = log
    timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "clock"))
  }

  public func start() {
    timer.schedule(deadline: .now() + .milliseconds(200), repeating: .milliseconds(500), leeway: .milliseconds(50))
    timer.setEventHandler { [weak self] in self?.tick() }
    timer.activate()
  }

  public func stop() { timer.cancel() }

  deinit {
    // A source that was never activated stops the process when it goes: a house that could not listen ends that way.
    timer.cancel()
    timer.activate()
  }

  private func tick() {
    everySecond()
    do {
      guard let due = try store.read({ try $0.nextDeadline() }), due <= store.now else { return }
    } catch {
      return log("the next deadline can't be read: \(error)")
    }
    // A full disk or a long catch-up must not pile up requests for the same work.
    guard !isBusy.exchange(true, ordering: .acquiringAndReleasing) else { return }
    store.write({ ledger in
      try ledger.advance()
      return ledger.takeClockFaults()
    }) { [weak self] result in
      guard let self else { return }
      isBusy.store(false, ordering: .releasing)
      switch result {
      case .success(let faults): for fault in faults { log(fault) }
      case .failure(let error): log("what is due could not be done: \(error)")
      }
    }
  }
}
