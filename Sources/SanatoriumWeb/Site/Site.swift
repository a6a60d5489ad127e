internal import Dispatch
public import Evidence
public import MicroHTTP
public import Packs
internal import Pages
internal import Sanatorium
public import SanatoriumStore
internal import Synchronization

/// What the operator decides about the site.
public struct SiteConfiguration: Sendable {
  /// The house's name, on every page.
  public var facility: String
  /// Version and build; a new one makes browsers fetch pages again.
  public var build: String
  /// The local CA's certificate, PEM, for `/trust`; nil when the facility has an own certificate.
  public var authorityPEM: String?
  /// The organizer's name where reports go; nil when none is configured.
  public var organizer: String?
  /// The hash of the first administrator's one-time code; good while there is no administrator.
  public var firstAdministrator: Digest?
  /// How reports are signed and receipts checked.
  public var reporting: Reporting
  /// The regulations that a batch can be planned under.
  public var regulations: RegulationShelf
  /// Writes one line for the operator.
  public var log: @Sendable (String) -> Void

  public init(
    facility: String, build: String, authorityPEM: String? = nil, organizer: String? = nil,
    firstAdministrator: Digest? = nil, reporting: Reporting, regulations: RegulationShelf = RegulationShelf(),
    log: @escaping @Sendable (String) -> Void
  ) {
    self.facility = facility
    self.build = build
    self.authorityPEM = authorityPEM
    self.organizer = organizer
    self.firstAdministrator = firstAdministrator
    self.reporting = reporting
    self.regulations = regulations
    self.log = log
  }
}

/// The facility's signing key, and the organizer's key for receipts where one is configured.
public struct Reporting: Sendable {
  public var signingKey: SigningKey
  public var receiptKey: PublicKey?

  public init(signingKey: SigningKey, receiptKey: PublicKey?) {
    self.signingKey = signingKey
    self.receiptKey = receiptKey
  }
}

/// The facility's web application: pages, API, sessions. It is the server's handler and knows nothing of sockets.
public final class Site: Sendable {
  public let store: Store
  public let configuration: SiteConfiguration
  let passwords = PasswordWork()
  let sessions = SessionTable<SessionAccount>()
  let lockout = Mutex(Lockout())
  let pages: PageCache
  let accesses = AccessRecorder()
  let aside = Aside()
  /// What takes in scans: each holds its megabytes while it waits.
  let scans = Aside(most: 4)
  /// What makes the devices' copies of the day's pages.
  let copies = Aside()
  let devices = KnownDevices()
  let invitations = Invitations()
  let live: LiveReaders
  /// A page may show what a power cut takes back before it was on the disk; after a start no browser's copy is current.
  let start = Int64.random(in: .min ... .max)
  let metrics = Mutex<(@Sendable () -> Metrics)?>(nil)
  let unanswered = Mutex<(sequence: Int64, count: Int)>((sequence: -1, count: 0))
  let emergencyFiles = Mutex<(@Sendable () -> EmergencyFiles)?>(nil)
  let upkeep = Mutex<(@Sendable () -> Upkeep)?>(nil)

  private let built: Built

  /// The router after building; read without a lock on each request.
  ///
  /// `@unchecked Sendable`: written once in `init`, before the site is handed to a server, and only read afterwards.
  private final class Built: @unchecked Sendable {
    var router = Router()
    var operations: [Operation] = []
    var listed: [ListedRoute] = []
  }

  /// Restores the sessions that were kept and lists the routes.
  public init(store: Store, configuration: SiteConfiguration) throws {
    self.store = store
    self.configuration = configuration
    pages = PageCache(build: configuration.build)
    live = LiveReaders()
    built = Built()
    try restoreSessions()
    try readDevices()
    var table = RouteTable(site: self)
    serviceRoutes(&table)
    sessionRoutes(&table)
    accountRoutes(&table)
    deviceRoutes(&table)
    assessmentRoutes(&table)
    checkInRoutes(&table)
    checkInPages(&table)
    roundRoutes(&table)
    alertRoutes(&table)
    incidentRoutes(&table)
    activationRoutes(&table)
    batchRoutes(&table)
    factRoutes(&table)
    scanRoutes(&table)
    serviceGroupRoutes(&table)
    gateRoutes(&table)
    complianceRoutes(&table)
    homeVisitRoutes(&table)
    kitRoutes(&table)
    closingRoutes(&table)
    rosterRoutes(&table)
    reportRoutes(&table)
    arrivalRoutes(&table)
    badgeRoutes(&table)
    searchRoutes(&table)
    participantRoutes(&table)
    outingRoutes(&table)
    escortRoutes(&table)
    coverageRoutes(&table)
    activityRoutes(&table)
    startRoutes(&table)
    boardRoutes(&table)
    emergencyRoutes(&table)
    sheetRoutes(&table)
    paperRoutes(&table)
    meRoutes(&table)
    helpRoutes(&table)
    systemRoutes(&table)
    trustRoutes(&table)
    offlineRoutes(&table)
    AssetRoutes.add(to: &table.router)
    ComponentsPage.add(to: &table.router)
    table.router.notFound = { [unowned self] request in notFound(request) }
    table.router.methodNotAllowed = { [unowned self] request in methodNotAllowed(request) }
    built.router = table.router
    built.operations = table.operations
    built.listed = table.listed
    let live = live
    store.observe { live.publish($0) }
  }

  /// What the API offers, for its description and its test.
  var operations: [Operation] { built.operations }

  /// Every page and operation with what it declares.
  var listedRoutes: [ListedRoute] { built.listed }

  /// Method and pattern of every route.
  public var routeList: [Route] { built.router.routes }

  /// Answers one request; the server's handler.
  public func handle(_ request: Request) -> Reply { built.router.handle(request) }

  /// The server's counters, for `/metrics`; given once the server runs.
  public func showMetrics(_ read: @escaping @Sendable () -> Metrics) { metrics.withLock { $0 = read } }

  /// How the emergency list's files do, for `/system`; given where a folder is configured.
  public func showEmergencyFiles(_ read: @escaping @Sendable () -> EmergencyFiles) {
    emergencyFiles.withLock { $0 = read }
  }

  /// What backup and verify have left of their last runs, for `/system`.
  public func showUpkeep(_ read: @escaping @Sendable () -> Upkeep) { upkeep.withLock { $0 = read } }

  /// What the clock has the site do each second.
  public var everySecond: @Sendable () -> Void {
    { [weak self] in
      guard let self else { return }
      flushAccessLog()
      invitations.forget(now: store.now)
    }
  }

  /// Hands the collected log of reads to the writer; called every second and before closing.
  public func flushAccessLog() { accesses.flush(to: store) }

  /// How large a body a request may have, asked on its headers alone: what nobody may send is refused unread.
  public func bodyRule(_ request: Request) -> BodyRule {
    if request.pathEnds(with: "import") || request.pathEnds(with: "check") || request.pathEnds(with: "scans")
      || request.pathBegins(with: "unsent")
    {
      return viewer(of: request) == nil ? .refuse(unauthenticated(request)) : .accept(maximumBytes: 8 << 20)
    }
    return .accept(maximumBytes: 256 << 10)
  }
}
