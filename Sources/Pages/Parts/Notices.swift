extension HTML {
  /// The state of the whole page: offline, an allergy, a clock that goes wrong. `live` lets a screen reader say it
  /// when it appears.
  public func banner(
    _ tone: Tone, _ icon: Icon, _ words: String, detail: String? = nil, link: (words: String, target: String)? = nil,
    live: Bool = false
  ) {
    raw("<div class=\"banner ")
    raw(tone.name)
    raw(live ? "\" role=\"status\">" : "\">")
    self.icon(icon)
    raw("<span>")
    text(words)
    if let detail { small(detail) }
    raw("</span>")
    if let link { a(link.target, "link", text: link.words) }
    raw("</div>")
  }

  /// A note inside a page: something to know (`due`), to mind (`late`), to repair (`bad`), or that went well (`ok`).
  public func note(_ tone: Tone, _ heading: String, content: () -> Void = {}) {
    raw("<div class=\"note ")
    raw(tone.name)
    raw("\"><b>")
    text(heading)
    raw("</b>")
    content()
    raw("</div>")
  }

  /// The result of an act, at the top of the page that follows it, with the way back where it is harmless. `undo`
  /// posts, as undoing is a change, too.
  public func flash(
    _ state: State, _ words: String, undo: (words: String, action: String, key: String)? = nil,
    fields: [(name: String, value: String)] = []
  ) {
    raw("<div class=\"toast\" role=\"status\">")
    icon(state.icon)
    span("grow", words)
    if let undo {
      let outer = form
      form = Form()
      raw("<form method=\"post\" data-guard")
      attribute(.of("action", Attribute.safe(undo.action) ? undo.action : "#"))
      raw(">")
      hiddenField(Form.keyField, undo.key)
      for field in fields { hiddenField(field.name, field.value) }
      if let author { hiddenField(Form.authorField, author) }
      raw("<button class=\"link\">")
      icon(.undo)
      text(undo.words)
      raw("</button></form>")
      form = outer
    }
    raw("</div>")
  }

  /// What will appear here and what to do now.
  public func empty(
    _ heading: String, _ words: String, icon: Icon = .empty, act: (words: String, target: String)? = nil
  ) {
    raw("<div class=\"empty\">")
    self.icon(icon)
    el("h2", .class("l"), text: heading)
    p("m", words)
    if let act { linkButton(act.words, act.target) }
    raw("</div>")
  }

  /// The strip of a running emergency plan, on every page while it runs; the only red ground.
  public func emergency(
    _ heading: String, detail: String, target: String? = nil, drill: Bool = false, clocks: () -> Void = {}
  ) {
    raw(drill ? "<section class=\"emg drill\">" : "<section class=\"emg\">")
    raw("<div class=\"grow\"><h2>")
    if drill {
      raw("<span class=\"tag\">")
      icon(.drill)
      raw(word("演练", "Drill"))
      raw("</span> ")
    }
    if let target { a(target, text: heading) } else { text(heading) }
    raw("</h2>")
    small(detail)
    raw("</div>")
    clocks()
    raw("</section>")
  }
}
