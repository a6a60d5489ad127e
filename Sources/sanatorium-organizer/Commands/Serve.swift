internal import ArgumentParser
internal import Dispatch
internal import Foundation
internal import Hosting
internal import Synchronization

/// `sanatorium-organizer serve`: runs until SIGTERM.
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Run the service until SIGTERM.")

  @OptionGroup var place: Place
  @Option(help: "Addresses to listen on instead of the configured ones, separated by commas.")
  var listen: String?

  func run() throws {
    try reporting {
      let configuration = try place.configuration()
      Log.threshold = configuration[HostSettings.logLevel]
      let folder = try DataFolder(place.dataPath, create: false, command: "sanatorium-organizer serve")
      let ended = DispatchSemaphore(value: 0)
      let reloading = Reloading()
      // Before anything is announced: a stop that comes early must not be lost.
      try Signals.handle(stop: { _ in ended.signal() }, reload: { reloading.office.withLock { $0 }?.reloadCertificate() })
      let office = try Office(
        place: place, folder: folder, configuration: configuration, store: try place.store(),
        listen: listen?.split(separator: ",").map(String.init))
      reloading.office.withLock { $0 = office }
      let notify = SystemdNotify(environment: ProcessInfo.processInfo.environment)
      let store = office.store
      let watchdog = Watchdog(notify) {
        // A disk that is full or gone is answered to whoever asks; only a file that hangs needs a restart.
        do { try store.ping() } catch { Log.error("the file can't be read", ["reason": "\(error)"]) }
        return true
      }
      try notify.ready("listening on port \(office.port)")
      Log.notice("ready", ["port": office.port, "build": Build.mark])
      ResidentMemory.releaseStart()
      ended.wait()
      notify.stopping()
      office.stop()
      watchdog?.stop()
      Log.notice("stopped")
    }
  }
}

/// The office that SIGHUP speaks to, once it runs.
private final class Reloading: Sendable {
  let office = Mutex<Office?>(nil)
}
