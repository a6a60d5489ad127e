import Dispatch
import Foundation
import Glibc
import Hosting
import Testing

/// The service manager's end of the notification socket.
private final class Listener: Sendable {
  let socket: Int32

  init(_ address: String) {
    socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var target = sockaddr_un()
    target.sun_family = sa_family_t(AF_UNIX)
    var path = Array(address.utf8)
    if path[0] == UInt8(ascii: "@") { path[0] = 0 }
    withUnsafeMutableBytes(of: &target.sun_path) { $0.copyBytes(from: path) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
    let bound = withUnsafePointer(to: &target) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, length) }
    }
    precondition(bound == 0)
  }

  deinit { close(socket) }

  /// The next message; nil when none comes in time.
  func next(within milliseconds: Int32 = 5_000) -> String? {
    var waiting = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, milliseconds) == 1 else { return nil }
    var buffer = [UInt8](repeating: 0, count: 512)
    let count = recv(socket, &buffer, buffer.count, 0)
    return String(decoding: buffer[..<count], as: UTF8.self)
  }
}

struct SystemdTests {
  private let temporary = TemporaryFolder()

  @Test("Messages arrive on a path and on an abstract socket", arguments: [true, false])
  func messages(abstract: Bool) throws {
    let address = abstract ? "@" + temporary.path : temporary.file("notify")
    let listener = Listener(address)
    let notify = SystemdNotify(environment: ["NOTIFY_SOCKET": address])
    try notify.ready("一切\n正常")
    #expect(listener.next() == "READY=1\nSTATUS=一切\\u{a}正常")
    try notify.status("50 clients")
    #expect(listener.next() == "STATUS=50 clients")
    try notify.beat()
    #expect(listener.next() == "WATCHDOG=1")
    notify.stopping()
    #expect(listener.next() == "STOPPING=1")
  }

  @Test("Without a service manager nothing is sent and nothing fails")
  func alone() throws {
    let notify = SystemdNotify(environment: [:])
    #expect(!notify.isListening && notify.watchdog == nil)
    try notify.ready("up")
    #expect(Watchdog(notify) { true } == nil)
  }

  @Test("A service manager that is gone is told of by an error")
  func gone() throws {
    let notify = SystemdNotify(environment: ["NOTIFY_SOCKET": temporary.file("none")])
    #expect(throws: HostFault.self) { try notify.beat() }
    notify.stopping()
    let long = SystemdNotify(environment: ["NOTIFY_SOCKET": "/" + String(repeating: "x", count: 200)])
    #expect(throws: HostFault.self) { try long.beat() }
  }

  @Test("The watchdog's period is taken only when it is meant for this process")
  func period() {
    let own = "\(getpid())"
    #expect(SystemdNotify(environment: ["WATCHDOG_USEC": "3000000"]).watchdog == .seconds(3))
    #expect(SystemdNotify(environment: ["WATCHDOG_USEC": "3000000", "WATCHDOG_PID": own]).watchdog == .seconds(3))
    #expect(SystemdNotify(environment: ["WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "1"]).watchdog == nil)
    #expect(SystemdNotify(environment: ["WATCHDOG_USEC": "soon"]).watchdog == nil)
  }

  private func watched(_ name: String) -> (Listener, SystemdNotify) {
    let address = temporary.file(name)
    return (Listener(address), SystemdNotify(environment: ["NOTIFY_SOCKET": address, "WATCHDOG_USEC": "40000"]))
  }

  @Test("It beats while the probe answers")
  func beats() {
    let (listener, notify) = watched("a")
    let watchdog = Watchdog(notify) { true }
    #expect((0..<3).allSatisfy { _ in listener.next() == "WATCHDOG=1" })
    watchdog?.stop()
  }

  @Test("It falls silent when the probe says no, hangs, or answers late")
  func silent() {
    let (refusing, first) = watched("a")
    let no = Watchdog(first) { false }
    #expect(refusing.next(within: 200) == nil)
    no?.stop()

    let (hanging, second) = watched("b")
    let never = DispatchSemaphore(value: 0)
    let hung = Watchdog(second) { never.wait() == () }
    #expect(hanging.next(within: 200) == nil)
    hung?.stop()
    never.signal()

    let (late, third) = watched("c")
    let slow = Watchdog(third, deadline: .milliseconds(1)) { usleep(5_000) == 0 }
    #expect(late.next(within: 200) == nil)
    slow?.stop()
  }
}
