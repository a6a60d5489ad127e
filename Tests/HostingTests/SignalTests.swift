import Dispatch
import Foundation
import Hosting
import Synchronization
import Testing

struct SignalTests {
  @Test("SIGHUP reloads each time, SIGPIPE is no end, the first SIGTERM stops once and frees the way for the second")
  func handles() throws {
    let reloads = Mutex(0)
    let reloaded = DispatchSemaphore(value: 0)
    let stopped = DispatchSemaphore(value: 0)
    let stopSignal = Mutex<Int32>(0)
    try Signals.handle(
      stop: { number in
        stopSignal.withLock { $0 = number }
        stopped.signal()
      },
      reload: {
        reloads.withLock { $0 += 1 }
        reloaded.signal()
      })
    for _ in 0..<2 {
      kill(getpid(), SIGHUP)
      #expect(reloaded.wait(timeout: .now() + 5) == .success)
    }
    #expect(reloads.withLock { $0 } == 2)
    kill(getpid(), SIGPIPE)
    kill(getpid(), SIGTERM)
    #expect(stopped.wait(timeout: .now() + 5) == .success)
    #expect(stopSignal.withLock { $0 } == SIGTERM)
    var action = sigaction()
    #expect(sigaction(SIGTERM, nil, &action) == 0)
    #expect(action.__sigaction_handler.sa_handler == nil)
  }
}
