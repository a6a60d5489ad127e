import Foundation
import MicroHTTP
import Synchronization

/// Runs what waits on a thread of its own, so that the cooperative pool never does.
func onThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
  try await withCheckedThrowingContinuation { continuation in
    Foundation.Thread { continuation.resume(with: Result(catching: body)) }.start()
  }
}

/// A server on a free port of this machine, gone when the closure returns.
func serving<T: Sendable>(
  _ adjust: (inout ServerConfiguration) -> Void = { _ in },
  _ handler: @escaping @Sendable (Request) -> Reply,
  _ body: @escaping @Sendable (Server) throws -> T
) async throws -> T {
  var configuration = ServerConfiguration(addresses: [try ListenAddress("127.0.0.1:0")])
  configuration.log = { _, _ in }
  adjust(&configuration)
  let server = try Server(configuration: configuration, handler: handler)
  return try await onThread {
    defer { server.stop(within: 5) }
    return try body(server)
  }
}

/// A server that answers by a router.
func serving<T: Sendable>(
  _ adjust: (inout ServerConfiguration) -> Void = { _ in }, routes: (inout Router) -> Void,
  _ body: @escaping @Sendable (Server) throws -> T
) async throws -> T {
  var router = Router()
  routes(&router)
  return try await serving(adjust, router.handle, body)
}

/// Says `hello` to everything.
let hello: @Sendable (Request) -> Reply = { _ in .response(.text("hello")) }

/// Things that one thread leaves for another, which waits for them.
final class Mailbox<Element: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private var elements: [Element] = []

  func put(_ element: Element) {
    condition.lock()
    elements.append(element)
    condition.signal()
    condition.unlock()
  }

  struct Empty: Error {}

  func take() throws -> Element {
    condition.lock()
    defer { condition.unlock() }
    let deadline = Date(timeIntervalSinceNow: 20)
    while elements.isEmpty { if !condition.wait(until: deadline) { throw Empty() } }
    return elements.removeFirst()
  }
}
