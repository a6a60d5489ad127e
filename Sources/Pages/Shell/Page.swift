/// One entry of the main navigation.
public struct Tab: Sendable {
  public var words: String
  public var target: String
  public var icon: Icon
  public var isCurrent: Bool
  /// Raising an incident: shown in the colour of danger.
  public var isAlarm: Bool
  /// Something waits there: 3 alerts.
  public var count: Int
  /// Shown on wide screens alone; a phone has room for five.
  public var isWideOnly: Bool

  public init(
    _ words: String, _ target: String, _ icon: Icon, isCurrent: Bool = false, isAlarm: Bool = false, count: Int = 0,
    isWideOnly: Bool = false
  ) {
    self.words = words
    self.target = target
    self.icon = icon
    self.isCurrent = isCurrent
    self.isAlarm = isAlarm
    self.count = count
    self.isWideOnly = isWideOnly
  }
}

/// How a page follows what happens.
///
/// The stream sends an event with the journal's sequence as its id whenever something changed, and takes
/// `?since=<sequence>` and `Last-Event-ID`. In quiet times the page asks for itself every ten seconds. A page that hears
/// nothing for 30 seconds says so; the wall is covered.
public struct Live: Sendable {
  /// The stream of events, `/api/v1/events`.
  public var source: String
  /// The journal's sequence this page shows.
  public var sequence: Int64
  /// The server's time when the page was drawn, milliseconds since 1970.
  public var now: Int64

  public init(source: String = "/api/v1/events", sequence: Int64, now: Int64) {
    self.source = source
    self.sequence = sequence
    self.now = now
  }
}

/// How pages and forms work without network.
public struct Offline: Sendable {
  /// The address of the worker's script.
  public var worker: String
  /// First segments of the addresses whose forms wait for nothing: they are sent while the person looks on, or not.
  public var direct: [String]

  public init(worker: String, direct: [String]) {
    self.worker = worker
    self.direct = direct
  }
}

/// A page's frame: what stands around its content.
public struct Page: Sendable {
  /// How the content is laid out.
  public enum Layout: Sendable {
    /// One column for hand and eye, 40 rem.
    case column
    /// One column on a phone; where there is room the parts of a `cols` stand beside each other and lists flow in columns.
    case desk
    /// The whole width: grids and wide tables.
    case wide
    /// List and detail side by side where there is room; give `main` exactly two children.
    case split
    /// A paper with its checks beside it.
    case report
    /// The duty-room screen: three columns, no scrolling, nothing to press.
    case wall
    /// Large print for participants.
    case large
    /// A full-screen alarm.
    case alarm
  }

  /// The title of the window, without the house's name.
  public var title: String
  /// The house, after the title.
  public var site: String
  /// The heading; nil leaves the bar out (large print, alarm).
  public var heading: String?
  /// The line under the heading.
  public var detail: String?
  /// Where the arrow goes back to, and that place's name.
  public var back: (words: String, target: String)?
  public var tabs: [Tab]
  public var layout: Layout
  public var live: Live?
  /// The server's time when the page was drawn, milliseconds since 1970, where it has running clocks and isn't live.
  public var now: Int64?
  /// The bar stays in sight: while data about a person are entered.
  public var keepsBar: Bool
  /// What works without network; nil where nothing does.
  public var offline: Offline?
  /// Where people are looked for: the bar has a field for it, on phones and on the wall a link. Nil where nobody may be
  /// found, or where the page has a field of its own.
  public var search: String?
  /// The help about this page, at its foot.
  public var help: (words: String, target: String)?

  public init(
    _ title: String, site: String, heading: String? = nil, detail: String? = nil,
    back: (words: String, target: String)? = nil, tabs: [Tab] = [], layout: Layout = .column, live: Live? = nil,
    now: Int64? = nil, keepsBar: Bool = false, search: String? = nil,
    help: (words: String, target: String)? = nil
  ) {
    self.title = title
    self.site = site
    self.heading = heading
    self.detail = detail
    self.back = back
    self.tabs = tabs
    self.layout = layout
    self.live = live
    self.now = now ?? live?.now
    self.keepsBar = keepsBar
    self.search = search
    self.help = help
  }
}
