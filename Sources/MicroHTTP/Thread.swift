import CMicrohttpd
import Glibc

/// A thread of the system with a name, joined by its owner.
struct Thread {
  private let handle: pthread_t

  private final class Start {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }

  /// - Throws: the system's reason, for want of memory or threads.
  init(name: String, _ body: @escaping @Sendable () -> Void) throws(ListenError) {
    var handle = pthread_t()
    let start = Unmanaged.passRetained(Start(name: name, body: body))
    let code = pthread_create(
      &handle, nil,
      { argument in
        let start = Unmanaged<Start>.fromOpaque(argument!).takeRetainedValue()
        CMicrohttpd_name_thread(start.name)
        start.body()
        return nil
      }, start.toOpaque())
    guard code == 0 else {
      start.release()
      throw ListenError(address: "a thread", reason: SystemError.text(code), code: code)
    }
    self.handle = handle
  }

  func join() { pthread_join(handle, nil) }
}
