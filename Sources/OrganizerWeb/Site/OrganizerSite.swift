internal import Dispatch
internal import Evidence
public import MicroHTTP
public import OrganizerStore
internal import Pages
public import Sanatorium
internal import Synchronization

/// What the operator decides about the organizer's site.
public struct OrganizerConfiguration: Sendable {
  /// Version and build.
  public var build: String
  /// The wall clock.
  public var now: @Sendable () -> Instant
  /// Writes one line for the operator.
  public var log: @Sendable (String) -> Void

  public init(
    build: String, now: @escaping @Sendable () -> Instant, log: @escaping @Sendable (String) -> Void
  ) {
    self.build = build
    self.now = now
    self.log = log
  }
}

/// The organizer's web application: takes signed reports from facilities, shows and compares them. It is the server's
/// handler and knows nothing of sockets.
///
/// No thread of the server waits for the disk: every handler that asks the store runs on a queue of the site's own, and
/// reports, which can be large, are taken one at a time on another.
public final class OrganizerSite: Sendable {
  public let store: OrganizerStore
  let configuration: OrganizerConfiguration
  let passwords = PasswordWork()
  let sessions = SessionTable<OrganizerSession>()
  let lockout = Mutex(Lockout())
  let metrics = Mutex<(@Sendable () -> Metrics)?>(nil)
  private let work = DispatchQueue(label: "organizer", attributes: .concurrent)
  private let intake = DispatchQueue(label: "organizer-intake")
  private let waiting = Mutex(0)
  private let built = Built()

  /// The routes after building; read without a lock on each request.
  ///
  /// `@unchecked Sendable`: written once in `init`, before the site is handed to a server, and only read afterwards.
  private final class Built: @unchecked Sendable {
    var router = Router()
    var operations: [Operation] = []
  }

  public init(store: OrganizerStore, configuration: OrganizerConfiguration) {
    self.store = store
    self.configuration = configuration
    restoreSessions()
    var table = RouteTable(site: self)
    serviceRoutes(&table)
    sessionRoutes(&table)
    receptionRoutes(&table)
    reportRoutes(&table)
    facilityRoutes(&table)
    enrolmentRoutes(&table)
    evaluationRoutes(&table)
    AssetRoutes.add(to: &table.router)
    table.router.notFound = { [unowned self] request in notFound(request) }
    table.router.methodNotAllowed = { [unowned self] request in methodNotAllowed(request) }
    built.router = table.router
    built.operations = table.operations
  }

  var operations: [Operation] { built.operations }

  /// Method and pattern of every route.
  public var routeList: [Route] { built.router.routes }

  /// Answers one request; the server's handler.
  public func handle(_ request: Request) -> Reply { built.router.handle(request) }

  /// The server's counters, for `/metrics`; given once the server runs.
  public func showMetrics(_ read: @escaping @Sendable () -> Metrics) { metrics.withLock { $0 = read } }

  /// How large a body may be, asked on the headers alone: 32 MB for what claims to be a signed message, little else.
  public func bodyRule(_ request: Request) -> BodyRule {
    guard request.path == ["api", "v1", "reports"], request.header("webhook-signature") != nil else {
      return .accept(maximumBytes: 64 << 10)
    }
    return .accept(maximumBytes: UnverifiedReport.limit)
  }

  /// Runs a handler where it may wait for the disk.
  func later(_ body: @escaping @Sendable () -> Response) -> Reply {
    .later { [work] responder in work.async { responder.answer(body()) } }
  }

  /// The same for a report, one at a time; nil when too many wait already.
  func intake(_ body: @escaping @Sendable () -> Response) -> Reply? {
    let taken = waiting.withLock { count in
      guard count < 16 else { return false }
      count += 1
      return true
    }
    guard taken else { return nil }
    return .later { [intake, self] responder in
      intake.async {
        let response = body()
        self.waiting.withLock { $0 -= 1 }
        responder.answer(response)
      }
    }
  }
}
