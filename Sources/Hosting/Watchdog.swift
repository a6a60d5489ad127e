internal import Dispatch

/// Feeds systemd's watchdog while the daemon's vital part answers.
///
/// Twice in each period the probe is asked. It may wait: as long as it hangs nothing is sent, and systemd ends and
/// restarts the service. An answer later than the deadline counts as none.
public final class Watchdog: Sendable {
  // DispatchSourceTimer's operations may be called from any thread.
  private nonisolated(unsafe) let timer: any DispatchSourceTimer

  /// - Parameters:
  ///   - notify: nothing is started when systemd doesn't watch.
  ///   - deadline: the probe must answer within it; half of the period by default.
  ///   - probe: asked on a thread of its own; true means alive.
  public init?(_ notify: SystemdNotify, deadline: Duration? = nil, probe: @escaping @Sendable () -> Bool) {
    guard let period = notify.watchdog else { return nil }
    let limit = deadline ?? period / 2
    let queue = DispatchQueue(label: "watchdog")
    timer = DispatchSource.makeTimerSource(queue: queue)
    let parts = (period / 2).components
    let interval = DispatchTimeInterval.nanoseconds(
      Int(parts.seconds) * 1_000_000_000 + Int(parts.attoseconds / 1_000_000_000))
    timer.setEventHandler {
      let asked = ContinuousClock.now
      guard probe() else { return Log.error("no sign of life sent: the probe says no") }
      guard asked.duration(to: .now) <= limit else {
        return Log.error("no sign of life sent: the probe answered too late")
      }
      do throws(HostFault) { try notify.beat() } catch {
        Log.error("no sign of life sent", ["reason": error])
      }
    }
    timer.schedule(deadline: .now(), repeating: interval)
    timer.activate()
  }

  /// Stops feeding; the last period still runs.
  public func stop() { timer.cancel() }

  deinit { timer.cancel() }
}
