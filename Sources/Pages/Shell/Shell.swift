extension HTML {
  /// The whole document. `bar` writes what stands right in the bar (icon links, a mark, a button), `top` what comes
  /// before the content (emergency strip, banners, the result of the last act), `dock` the act bar at the bottom, which
  /// takes the place of the tabs on a phone.
  public func page(
    _ page: Page, bar: () -> Void = {}, top: () -> Void = {}, dock: () -> Void = {}, main: () -> Void
  ) {
    head(page)
    raw("<a class=\"skip\" href=\"#main\">")
    raw(word("跳到正文", "Skip to content"))
    raw("</a>")
    if let heading = page.heading { self.bar(page, heading, bar) }
    navigation(page.tabs)
    notices(top)
    raw("<main id=\"main\" tabindex=\"-1\" class=\"")
    raw(page.layout.main)
    raw("\">")
    main()
    if let help = page.help { self.help(help, page.layout) }
    raw("</main>")
    settleReturned()
    let beforeDock = out.count
    raw("<footer class=\"dock\" id=\"dock\">")
    let emptyDock = out.count
    dock()
    if out.count > emptyDock { raw("</footer>") } else { out.truncate(to: beforeDock) }
    if page.live != nil { stale() }
    if page.offline != nil {
      // The script's strip speaks with these.
      for icon in [Icon.waiting, .cross, .offline, .critical, .undo] { icons |= 1 << UInt64(icon.rawValue) }
    }
    sprite()
    raw("</body></html>\n")
  }

  /// What comes before the content is a region of its own, where there is anything.
  private func notices(_ top: () -> Void) {
    let before = out.count
    raw("<div id=\"top\" role=\"region\" aria-label=\"")
    raw(word("现在要知道的", "Notices"))
    raw("\">")
    let empty = out.count
    top()
    if out.count == empty {
      out.truncate(to: before)
      raw("<div id=\"top\">")
    }
    returned?.notices = out.count
    raw("</div>")
  }

  private func head(_ page: Page) {
    raw("<!doctype html>\n<html lang=\"")
    text(lang)
    raw("\"")
    if page.layout.root.utf8CodeUnitCount > 0 { attribute(.class(page.layout.root)) }
    raw(
      "><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>")
    text(page.title)
    if !page.site.isEmpty {
      raw("·")
      text(page.site)
    }
    raw("</title><link rel=\"stylesheet\" href=\"")
    text(AssetFile.address("app.css"))
    raw("\">")
    // Without scripts the wall asks again by itself.
    if page.layout == .wall { raw("<noscript><meta http-equiv=\"refresh\" content=\"20\"></noscript>") }
    raw("<script type=\"module\" src=\"")
    text(AssetFile.address("app.js"))
    raw("\"></script><link rel=\"icon\" type=\"image/svg+xml\" href=\"")
    text(AssetFile.address("icon.svg"))
    raw("\"><link rel=\"apple-touch-icon\" href=\"")
    text(AssetFile.address("icon-apple.png"))
    raw("\"><link rel=\"manifest\" href=\"")
    text(AssetFile.address("app.webmanifest"))
    raw("\"><meta name=\"theme-color\" content=\"#ffffff\" media=\"(prefers-color-scheme: light)\">")
    raw("<meta name=\"theme-color\" content=\"#141c1b\" media=\"(prefers-color-scheme: dark)\"></head><body")
    if let live = page.live {
      attribute(.of("data-live", live.source))
      attribute(.of("data-seq", Int(live.sequence)))
    }
    if let now = page.now { attribute(.of("data-now", Int(now))) }
    if let offline = page.offline {
      attribute(.of("data-worker", offline.worker))
      attribute(.of("data-direct", offline.direct.joined(separator: " ")))
    }
    raw(">")
  }

  private func bar(_ page: Page, _ heading: String, _ actions: () -> Void) {
    raw("<header class=\"bar")
    if page.back != nil { raw(" back") }
    if page.keepsBar { raw(" sticky") }
    raw("\" id=\"bar\">")
    if let back = page.back { iconLink(.back, back.words, back.target) }
    raw("<h1 id=\"title\" tabindex=\"-1\">")
    text(heading)
    if let detail = page.detail { small(detail) }
    raw("</h1>")
    if let search = page.search { self.search(search, page.layout) }
    if !page.tabs.isEmpty, page.layout != .wall { cameraButton() }
    actions()
    raw("</header>")
  }

  /// Reads a badge with the camera; hidden until the script knows that the browser can.
  private func cameraButton() {
    raw("<button type=\"button\" class=\"ib\" data-camera hidden aria-label=\"")
    raw(word("扫证件牌", "Scan a badge"))
    raw("\" data-aim=\"")
    raw(word("对准证件牌上的码", "Point at the code on the badge"))
    raw("\" data-none=\"")
    raw(word("这不是证件牌", "This is no badge"))
    raw("\" data-shut=\"")
    raw(word("相机打不开，看看有没有准许。", "The camera doesn't open. Is it allowed?"))
    raw("\" data-end=\"")
    raw(word("不扫了", "Stop scanning"))
    raw("\">")
    icon(.scan)
    raw("</button>")
  }

  private func navigation(_ tabs: [Tab]) {
    guard !tabs.isEmpty else { return }
    raw("<nav class=\"tabs\" id=\"tabs\" aria-label=\"")
    raw(word("主要", "Main"))
    raw("\">")
    for tab in tabs {
      raw("<a")
      attribute(.href(tab.target))
      if tab.isAlarm || tab.isWideOnly {
        raw(tab.isAlarm ? " class=\"sos" : " class=\"")
        raw(tab.isWideOnly ? " desk\"" : "\"")
      }
      if tab.isCurrent { raw(" aria-current=\"page\"") }
      raw(">")
      icon(tab.icon)
      raw("<span>")
      text(tab.words)
      raw("</span>")
      if tab.count > 0 {
        raw("<b class=\"count\">")
        number(tab.count)
        raw("</b>")
      }
      raw("</a>")
    }
    raw("</nav>")
  }

  /// How old the picture is, for the bar of a live page: 实时 2 秒前.
  public func liveMark() {
    raw("<span class=\"mark ok\" id=\"live\" data-age-of>")
    icon(.live)
    raw("<span>")
    raw(word("实时", "Live"))
    raw("</span></span>")
  }

  /// Covers a live page that has heard nothing for 30 seconds; hidden until the script says so. Its age runs, and so is no
  /// part of what is read out.
  private func stale() {
    raw("<div id=\"stale\" hidden><p>")
    icon(.offline)
    raw("<b class=\"xl\" role=\"alert\">")
    raw(word("陈旧", "Out of date"))
    raw("</b><span>")
    raw(word("这一页停在 ", "This page stopped "))
    raw("<b data-stale-age></b>")
    raw(word(" 前。连上后自动更新。", " ago. It goes on once the connection is back."))
    raw("</span><a class=\"btn\" href=\"\">")
    raw(word("再连一次", "Try again"))
    raw("</a></p></div>")
  }
}

extension Page.Layout {
  var main: StaticString {
    switch self {
    case .column, .large, .alarm: ""
    case .desk: "desk"
    case .wide, .wall: "wide"
    case .split: "wide split"
    case .report: "wide report"
    }
  }

  var root: StaticString {
    switch self {
    case .wall: "wall"
    case .large: "large"
    case .alarm: "alarm"
    default: ""
    }
  }
}
