internal import ArgumentParser
internal import Dispatch
internal import Foundation
internal import Hosting
internal import Synchronization

/// Where a command finds its data and its configuration.
struct Place: ParsableArguments {
  @Option(help: "Folder that holds everything (STATE_DIRECTORY of the service manager otherwise).")
  var data: String?

  @Option(help: "Configuration file, key = value.")
  var config: String?

  var dataPath: String {
    data ?? ProcessInfo.processInfo.environment["STATE_DIRECTORY"] ?? "/var/lib/sanatoriumd"
  }

  func configuration() throws -> Hosting.Configuration {
    try Hosting.Configuration(
      HouseSettings.all, file: config, environment: ProcessInfo.processInfo.environment, prefix: "SANATORIUMD")
  }
}

/// `sanatoriumd serve`: runs until SIGTERM.
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Run the daemon until SIGTERM.")

  @OptionGroup var place: Place
  @Option(help: "Addresses to listen on instead of the configured ones, separated by commas.")
  var listen: String?

  func run() throws {
    try reporting {
      let configuration = try place.configuration()
      Log.threshold = configuration[HostSettings.logLevel]
      let folder = try DataFolder(place.dataPath, create: false, command: "sanatoriumd serve")
      let ended = DispatchSemaphore(value: 0)
      let reloading = Reloading()
      // Before anything is announced: a stop that comes early must not be lost.
      try Signals.handle(stop: { _ in ended.signal() }, reload: { reloading.house.withLock { $0 }?.reloadCertificate() })
      let house = try House(
        folder: folder, configuration: configuration,
        listen: listen?.split(separator: ",").map(String.init))
      reloading.house.withLock { $0 = house }
      let notify = SystemdNotify(environment: ProcessInfo.processInfo.environment)
      let store = house.store
      let watchdog = Watchdog(notify) { store.writerAnswers(within: 5_000) }
      try notify.ready("listening on port \(house.port)")
      Log.notice("ready", ["port": house.port, "build": Build.mark])
      ResidentMemory.releaseStart()
      ended.wait()
      notify.stopping()
      house.stop()
      watchdog?.stop()
      Log.notice("stopped")
    }
  }
}

/// The house that SIGHUP speaks to, once it runs.
private final class Reloading: Sendable {
  let house = Mutex<House?>(nil)
}
