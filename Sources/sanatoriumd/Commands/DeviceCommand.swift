internal import ArgumentParser
internal import Evidence
internal import Hosting
internal import Sanatorium
internal import SanatoriumStore

/// `sanatoriumd device`: devices while the daemon is stopped; while it runs, the page of devices does it.
struct DeviceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "device", abstract: "List and revoke enrolled devices while the daemon is stopped.",
    subcommands: [DeviceList.self, DeviceRevoke.self])
}

struct DeviceList: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the devices.")

  @OptionGroup var place: Place

  func run() throws {
    try reporting {
      let opened = try StoppedStore(place.dataPath, command: "sanatoriumd device list")
      defer { opened.store.close() }
      for device in try opened.store.read({ try $0.devices() }) {
        let seen = device.isRevoked ? "revoked" : device.lastSeen.map { "seen \($0)" } ?? "unused"
        Console.line("\(device.id)\t\(device.kind.rawValue)\t\(seen)\t\(device.name)")
      }
    }
  }
}

struct DeviceRevoke: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Revoke a device: it has to be enrolled anew, and every session on it has ended.")

  @OptionGroup var place: Place
  @Argument(help: "The device's id, as the list shows it.", transform: DeviceRevoke.id) var device: ID

  private static func id(_ text: String) throws -> ID {
    guard let id = ID(text) else { throw ValidationError("the id of a device is a UUID") }
    return id
  }

  func run() throws {
    try reporting {
      let opened = try StoppedStore(place.dataPath, command: "sanatoriumd device revoke")
      defer { opened.store.close() }
      let device = device
      let submission = Submission(
        key: .random(), actor: .daemon, request: Digest.of(Array("device revoke \(device)".utf8)))
      do { try opened.store.perform { try $0.revokeDevice(device, submission) } } catch {
        switch error {
        case Refusal.notFound(let text): throw HostFault(.data, text.chinese, text.english)
        case Refusal.conflict(let fault): throw HostFault(.data, fault.message.chinese, fault.message.english)
        default: throw error
        }
      }
      Console.line("\(device)\trevoked")
    }
  }
}
