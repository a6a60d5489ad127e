internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// The places of the main navigation.
enum Section: Sendable, Hashable {
  case start, accounts, board, rounds, people, incidents, batch, alerts, more
}

extension Context {
  /// The main navigation for the viewer's role; `current` is where the page belongs.
  func tabs(_ current: Section?) -> [Tab] {
    guard let viewer, !viewer.isWall else { return [] }
    func tab(_ section: Section, _ words: Text, _ target: String, _ icon: Icon, alarm: Bool = false, count: Int = 0, wide: Bool = false) -> Tab {
      Tab(words(language), target, icon, isCurrent: section == current, isAlarm: alarm, count: count, isWideOnly: wide)
    }
    let start = tab(.start, Text("首页", "Start"), "/", .home)
    let me = tab(.more, Text("我的", "Me"), "/me", .person)
    guard viewer.actor.role != .admin else {
      return [start, tab(.accounts, Text("账号", "Accounts"), "/accounts", .people), me]
    }
    // A phone has room for five; what is left out there is on the start page.
    let decides = Audience.deciders.admits(viewer.actor)
    let readsHealth = viewer.actor.mayReadHealth
    var tabs = [start]
    if readsHealth { tabs.append(tab(.rounds, Text("巡查", "Rounds"), "/rounds", .round, wide: viewer.actor.role == .organizer)) }
    tabs.append(tab(.people, Text("名单", "People"), "/arrivals", .people, wide: readsHealth))
    tabs.append(tab(.alerts, Text("警报", "Alerts"), "/alerts", .bell, count: unanswered))
    tabs.append(tab(.incidents, Text("报意外", "Incident"), "/incidents", .siren, alarm: true))
    if decides { tabs.append(tab(.batch, Text("批次", "Batch"), "/batches", .list, wide: viewer.actor.role == .lead)) }
    tabs.append(me)
    return tabs
  }

  /// The topic of the help that a part of the site is about.
  private func help(_ section: Section?) -> (words: String, target: String)? {
    let code = topic(of: request.path) ?? section.flatMap { topic(of: $0) }
    return code.flatMap(HelpTopic.named).map { (words: say("帮助：\($0.title.chinese)", "Help: \($0.title.english)"), target: "/help/\($0.code)") }
  }

  /// Of pages with a topic of their own.
  private func topic(of path: [String]) -> String? {
    switch path.first {
    case "shifts", "hand-overs", "rota-templates", "escorts": "rota"
    case "coverage": "coverage"
    case "batches" where !["compliance", "missing", "facts", "service-groups", "kit", "home-visits", "gates"].filter(path.contains).isEmpty: "rules"
    default: nil
    }
  }

  private func topic(of section: Section) -> String? {
    switch section {
    case .start:
      switch actor.role {
      case .escort: actor.isMedical ? "check" : "outing"
      case .staff: "arrival"
      case .lead, .organizer: "batch"
      case .admin: "backup"
      }
    case .accounts: "accounts"
    case .rounds: "check"
    case .people: "arrival"
    case .incidents: "incident"
    case .alerts: "alerts"
    case .batch: "batch"
    case .board: "board"
    case .more: nil
    }
  }

  /// A page frame with the house's name and the navigation.
  func page(
    _ title: Text, _ section: Section?, detail: String? = nil, back: (Text, String)? = nil,
    layout: Page.Layout = .column, live: Bool = false, keepsBar: Bool = false, searches: Bool = true
  ) -> Page {
    var page = Page(
      title(language), site: site.configuration.facility, heading: title(language), detail: detail,
      back: back.map { (words: $0.0(language), target: $0.1) }, tabs: tabs(section), layout: layout,
      live: live ? Live(sequence: site.store.sequence, now: site.store.now.milliseconds) : nil, keepsBar: keepsBar,
      search: searches && viewer.map { !$0.isWall && Audience.house.admits($0.actor) } == true ? "/search" : nil,
      help: viewer.map(\.isWall) == false ? help(section) : nil)
    // An administrator's pages are of no use without the house's server, and a wall that shows an old board misleads.
    if let viewer, viewer.actor.role != .admin, !viewer.isWall {
      page.offline = Offline(worker: "/worker.js", direct: Site.direct + Site.urgent.map { "!\($0)" })
    }
    return page
  }

  /// Draws a page for this request alone: forms, and whatever depends on the viewer.
  func html(_ status: Status = .ok, _ draw: (HTML) throws -> Void) rethrows -> Response {
    let h = HTML(lang: language.tag, english: english, author: viewer?.account.id.description)
    try draw(h)
    var response = Response.html(h.bytes, status: status)
    response.headers["Content-Language"] = language.tag
    return response
  }

  /// The `ETag` of a page that is drawn for this viewer: build, page, account, language, the journal's sequence, the
  /// minute (pages show ages) and the disk's state. Nil where nobody is logged in.
  var pageTag: String? {
    guard let viewer else { return nil }
    var print = Fingerprint()
    for words in [site.configuration.build, request.target, viewer.account.id.description, language.tag, "\(site.store.condition)"] {
      print.add(words)
    }
    print.add(site.start)
    print.add(site.store.sequence)
    print.add(Int64(unanswered))
    print.add(site.store.now.milliseconds / 60_000)
    return "W/\"\(print.hex)\""
  }

  /// A page as it goes out: compressed, and with its tag, or 304 to whoever has it.
  func packed(_ reply: Reply, _ tag: String?) -> Reply {
    guard case .response(var response) = reply, !Context.isCopying, response.headers["Cache-Control"] == nil,
      response.headers["Content-Type"]?.hasPrefix("text/html") == true
    else { return reply }
    if let tag, response.status == .ok, request.query.first("saved") == nil {
      response.headers["ETag"] = tag
      response.headers["Cache-Control"] = "private, no-cache"
      response.headers["Vary"] = "Cookie, Accept-Language"
    }
    return .response(response.compressed(for: request).revalidated(for: request))
  }

  /// A page that is the same for everyone of a role: drawn once per journal sequence and minute, and kept. It must hold
  /// nothing of one viewer.
  func kept(_ name: String, perMinute: Bool = true, _ draw: (HTML, Reader) throws -> Void) throws -> Reply {
    guard let viewer else { preconditionFailure("a kept page is for accounts") }
    // The tick after a save is one viewer's: drawn for that request alone.
    if request.query.first("saved") != nil {
      return .response(try site.store.read { reader in try html { try draw($0, reader) } })
    }
    // The medical licence decides what an escort sees, so it is part of whom the page is for.
    var audience = viewer.actor.role.rawValue
    if viewer.actor.isMedical { audience += "+" }
    // What the tab counts was asked for before the page is drawn: the kept page goes by it.
    if unanswered > 0 { audience += " \(unanswered)" }
    if viewer.isWall { audience += " wall" }
    switch site.store.condition {
    case .writable: break
    case .full: audience += " full"
    case .failing: audience += " failing"
    }
    let slot = perMinute ? site.store.now.milliseconds / 60_000 : 0
    let prepared = try site.pages.response(
      PageKey(name, viewer: audience, lang: language.tag), sequence: site.store.sequence, slot: slot
    ) {
      try site.store.read { reader in
        let h = HTML(lang: language.tag, english: english, capacity: 65_536)
        try draw(h, reader)
        return h.bytes
      }
    }
    return .prepared(prepared)
  }

  /// What stands above the content of every page: the disk's state, and what was just saved; of a check among these
  /// people whose it was.
  func notices(_ h: HTML, among people: [Participant] = []) {
    switch site.store.condition {
    case .writable: break
    case .full:
      h.banner(
        .bad, .critical, Text("磁盘满了：现在什么也存不进去。请管理员腾出空间。", "The disk is full: nothing can be saved. Ask the administrator to make room.")(language))
    case .failing:
      h.banner(
        .bad, .critical, Text("存储出错：现在什么也存不进去。请叫管理员。", "The storage fails: nothing can be saved. Call the administrator.")(language))
    }
    if let saved = request.query.first("saved"), Int64(saved) != nil {
      let clock = site.store.time.clock(site.store.now)
      // Whose check it was, so that a mistaken one is noticed while the person is still there.
      let person = people.first { $0.lastEntry == Int64(saved) }
      let whose = person.map { $0.name + ($0.room.isEmpty ? "" : " \($0.room)") + say("：", ": ") } ?? ""
      let undo = Int64(saved).flatMap(undo)
      h.flash(
        .done, whose + Text("已保存 \(clock)", "Saved \(clock)")(language), undo: undo.map { (say("撤销", "Undo"), $0.action, formKey) },
        fields: undo?.fields ?? [])
    }
  }

  /// Records that the viewer saw somebody's health data. Routes do so by what they declare; a handler names the person
  /// besides where the path names something else.
  func saw(_ what: StaticString, of subject: ID) {
    guard let viewer, !Context.isCopying else { return }
    site.accesses.record(viewer.account.id, what, subject, at: site.store.now)
  }

  /// The open batch; a page without one says so.
  func activeBatch(_ reader: Reader) throws -> Batch {
    guard let batch = try reader.activeBatch() else {
      throw Refusal.notFound(Text("现在没有进行中的批次。", "No batch is open now."))
    }
    return batch
  }

  /// A fresh key for a form drawn now.
  var formKey: String { ID.random().description }
}
