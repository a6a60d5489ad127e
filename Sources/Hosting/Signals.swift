internal import Glibc
internal import Synchronization

/// What the process does with signals: SIGTERM and SIGINT end it in good order, SIGHUP loads the certificate anew,
/// SIGPIPE is an error of the write it belongs to.
public enum Signals {
  /// Takes over the signals. Call once, before announcing that the service is ready.
  ///
  /// - Parameters:
  ///   - stop: called once, on a thread of its own, with the signal's number. A second SIGTERM or SIGINT ends the
  ///     process at once: what was acknowledged is on the disk.
  ///   - reload: called at each SIGHUP, on the same thread.
  public static func handle(
    stop: @escaping @Sendable (Int32) -> Void, reload: @escaping @Sendable () -> Void
  ) throws(HostFault) {
    let attempt = Wording("装不上信号处理", "can't take over the signals")
    guard !taken.exchange(true, ordering: .relaxed) else { preconditionFailure("signals are handled already") }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0, ends.allSatisfy({ fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }),
      fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0
    else { throw .system(.failure, attempt, "pipe") }
    signalPipe = ends[1]
    let reading = ends[0]
    try listen(reading, stop, reload)
    signal(SIGPIPE, SIG_IGN)
    for number in [SIGTERM, SIGINT, SIGHUP] {
      var action = sigaction()
      // Runs in the signal's context, where only a few calls are allowed: note the number, keep errno.
      action.__sigaction_handler.sa_handler = { number in
        let kept = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(signalPipe, &byte, 1)
        errno = kept
      }
      action.sa_flags = SA_RESTART
      guard sigaction(number, &action, nil) == 0 else { throw .system(.failure, attempt, "sigaction") }
    }
  }

  private static let taken = Atomic<Bool>(false)

  private static func listen(
    _ reading: Int32, _ stop: @escaping @Sendable (Int32) -> Void, _ reload: @escaping @Sendable () -> Void
  ) throws(HostFault) {
    let work = Unmanaged.passRetained(
      Work {
        var byte: UInt8 = 0
        while true {
          let count = read(reading, &byte, 1)
          if count < 0 && errno == EINTR { continue }
          guard count == 1 else { return }
          if Int32(byte) == SIGHUP {
            reload()
          } else {
            signal(SIGTERM, SIG_DFL)
            signal(SIGINT, SIG_DFL)
            stop(Int32(byte))
          }
        }
      })
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue().body()
        return nil
      }, work.toOpaque())
    guard code == 0 else {
      work.release()
      throw .system(.failure, Wording("开不了线程", "can't start a thread"), "signals", code)
    }
    pthread_detach(thread)
  }

  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}

// Written once before the handlers are installed, read by them: a global with a constant initializer, because a signal
// handler must not run Swift's lazy initialization.
private nonisolated(unsafe) var signalPipe: Int32 = -1
