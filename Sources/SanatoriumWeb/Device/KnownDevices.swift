internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore
internal import Synchronization

/// The devices that may be used, by the hash of their token: asked at each login, so held in memory.
final class KnownDevices: Sendable {
  static let cookieName = "__Host-device"
  /// Browsers keep no cookie longer.
  static let cookieSeconds = 400 * 86_400

  private struct State {
    var byToken: [[UInt8]: Device] = [:]
    /// The day that was last written for each, so that it is written once a day.
    var seen: [ID: Day] = [:]
  }

  private let state = Mutex(State())

  func replace(_ devices: [Device]) {
    state.withLock { state in
      state.byToken = Dictionary(devices.filter { !$0.isRevoked }.map { ($0.token, $0) }) { first, _ in first }
      state.seen = Dictionary(devices.compactMap { device in device.lastSeen.map { (device.id, $0) } }) { first, _ in first }
    }
  }

  /// The device that a request comes from; nil where it shows none, or one that was revoked.
  func device(of request: Request) -> Device? {
    guard let token = request.cookie(KnownDevices.cookieName).flatMap({ SessionToken($0) }) else { return nil }
    let digest = token.digest
    return state.withLock { $0.byToken[digest] }
  }

  /// Whether this is its first use today, which is then to be written.
  func isFirstUse(of device: ID, on day: Day) -> Bool {
    state.withLock { state in
      guard state.seen[device] != day else { return false }
      state.seen[device] = day
      return true
    }
  }
}

extension Site {
  /// Takes the devices anew from the tables; called at the start and after each change.
  func readDevices() throws { devices.replace(try store.read { try $0.devices() }) }

  /// Notes that a device is used today.
  func see(_ device: Device) {
    guard devices.isFirstUse(of: device.id, on: store.time.day(of: store.now)) else { return }
    store.write({ try $0.seeDevice(device.id) }) { [configuration] result in
      if case .failure(let error) = result { configuration.log("the day a device was used is not written: \(error)") }
    }
  }

  /// After a device was revoked: its token opens nothing from now on, and nobody is logged in on it any more. The
  /// sessions in the file went with the entry.
  func forget(device: ID) throws {
    sessions.endAll { $0.actor.device == device }
    try readDevices()
  }
}
