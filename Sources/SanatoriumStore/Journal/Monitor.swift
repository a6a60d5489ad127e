internal import Glibc

/// State that threads share, and wait for.
///
/// `@unchecked Sendable`: `state` is touched under `mutex` alone.
final class Monitor<State>: @unchecked Sendable {
  private var state: State
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init(_ state: State) {
    self.state = state
    pthread_mutex_init(mutex, nil)
    // Deadlines go by a clock that nobody sets.
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(condition)
    mutex.deallocate()
    condition.deallocate()
  }

  /// Changes the state and wakes who waits for it.
  func change<Result>(_ body: (inout State) -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer {
      // In this order: who wakes finds the mutex free.
      pthread_mutex_unlock(mutex)
      pthread_cond_broadcast(condition)
    }
    return body(&state)
  }

  /// Asks again after each change until there is a value; who gives one may have changed the state too.
  func wait<Result>(for body: (inout State) -> Result?) -> Result { wait(until: nil, for: body)! }

  /// The same, giving up after that time of waiting.
  func wait<Result>(atMost milliseconds: Int, for body: (inout State) -> Result?) -> Result? {
    var deadline = timespec()
    clock_gettime(CLOCK_MONOTONIC, &deadline)
    deadline.tv_nsec += milliseconds * 1_000_000
    deadline.tv_sec += deadline.tv_nsec / 1_000_000_000
    deadline.tv_nsec %= 1_000_000_000
    return wait(until: deadline, for: body)
  }

  /// Nil only where there is a deadline.
  private func wait<Result>(until deadline: timespec?, for body: (inout State) -> Result?) -> Result? {
    pthread_mutex_lock(mutex)
    var hasChanged = false
    defer {
      pthread_mutex_unlock(mutex)
      if hasChanged { pthread_cond_broadcast(condition) }
    }
    while true {
      if let result = body(&state) {
        hasChanged = true
        return result
      }
      guard var deadline else {
        pthread_cond_wait(condition, mutex)
        continue
      }
      if pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT { return nil }
    }
  }
}

/// One thread of the system, from its start to its joining.
struct WorkThread {
  private let thread: pthread_t

  init(_ work: @escaping () -> Void) throws {
    let context = Unmanaged.passRetained(Work(body: work))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { argument in
        // The thread owns what it was started with until it ends.
        Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue().body()
        return nil
      }, context.toOpaque())
    guard code == 0 else {
      context.release()
      throw SQLiteFault(code: code, message: "a thread of the store could not be started", sql: "")
    }
    self.thread = thread
  }

  func join() { pthread_join(thread, nil) }

  private final class Work {
    let body: () -> Void
    init(body: @escaping () -> Void) { self.body = body }
  }
}
