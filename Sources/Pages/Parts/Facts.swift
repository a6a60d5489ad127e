extension HTML {
  /// A rule's clause: its id, its article, the quoted words; further words (who accepted, what it says here) follow.
  public func clause(_ source: String, quote: String, quoteLang: String? = nil, more: String? = nil) {
    raw("<p class=\"clause\">")
    text(source)
    raw(" <q")
    if let quoteLang, quoteLang != lang { attribute(.lang(quoteLang)) }
    raw(">")
    text(quote)
    raw("</q>")
    if let more {
      raw(" ")
      text(more)
    }
    raw("</p>")
  }

  /// What happened, in order; `event` writes each.
  public func timeline(content: () throws -> Void) rethrows { try wrap("ol", "time", [], content) }

  /// One event or step: its state, what, and when by whom. `isNow` for the step that runs.
  public func event(_ state: State, _ what: String, _ whenAndWho: String, isNow: Bool = false) {
    event(state, what, isNow: isNow) { span("m s", whenAndWho) }
  }

  /// One event or step with more under it: quotes, pictures, running clocks.
  public func event(
    _ state: State, _ what: String, icon: Icon? = nil, isNow: Bool = false, content: () throws -> Void
  ) rethrows {
    raw("<li class=\"")
    raw(state.tone.name)
    raw(isNow ? " now\" aria-current=\"step\">" : "\">")
    self.icon(icon ?? state.icon)
    b(what)
    raw("<div>")
    try content()
    raw("</div></li>")
  }

  /// Pairs of word and value.
  public func facts(_ pairs: [(String, String)]) {
    facts { for pair in pairs { fact(pair.0, pair.1) } }
  }

  /// Pairs whose values are more than words; `fact` writes each.
  public func facts(content: () throws -> Void) rethrows { try wrap("dl", "facts", [], content) }

  /// One pair.
  public func fact(_ word: String, _ value: String) { fact(word) { text(value) } }

  /// One pair with a value of its own making.
  public func fact(_ word: String, content: () throws -> Void) rethrows {
    raw("<div>")
    el("dt", text: word)
    raw("<dd>")
    try content()
    raw("</dd></div>")
  }

  /// The figures of a report: large number, small word. `figure` writes each.
  public func figures(content: () throws -> Void) rethrows { try wrap("div", "figs", [], content) }

  /// One figure: 98 正式报到, or “4.7” “ / 5” 满意度.
  public func figure(_ value: String, _ words: String, of whole: String? = nil, tone: Tone? = nil) {
    raw("<p")
    if let tone { attribute(.class(tone.name)) }
    raw("><b>")
    text(value)
    if let whole { span("l m", whole) }
    raw("</b>")
    text(words)
    raw("</p>")
  }

  /// A part that opens on demand, without a script.
  ///
  /// - Parameters:
  ///   - tag: what must be known before it is opened.
  ///   - mark: stands at the end of its line, with an icon of its own where the state's isn't meant.
  public func fold(
    _ summary: String, state: State? = nil, note: String? = nil, tag: Tag? = nil, mark end: (state: State, words: String, icon: Icon?)? = nil,
    open: Bool = false, id: String? = nil,
    content: () throws -> Void
  ) rethrows {
    raw(open ? "<details class=\"fold\" open" : "<details class=\"fold\"")
    let (inside, taken) = (out.count, returned?.isTaken ?? false)
    attribute(.of("id", ifAny: id))
    raw("><summary>")
    if end != nil { raw("<span class=\"grow\">") }
    if let state { mark(state, summary) } else { text(summary) }
    if let tag {
      raw(" ")
      self.tag(tag.words, tag.tone, icon: tag.icon)
    }
    if end != nil { raw("</span>") }
    if let note { span("m s", note) }
    if let end {
      raw("<span class=\"s nw\">")
      if let icon = end.icon { self.tag(end.words, icon: icon) } else { mark(end.state, end.words) }
      raw("</span>")
    }
    raw("</summary><div>")
    try content()
    if !open, !taken, returned?.isTaken == true {
      // The refused form lies in here: it must be seen.
      let end = out.count
      raw(" open")
      out.moveTail(from: end, to: inside)
    }
    raw("</div></details>")
  }

  /// A list of points.
  public func bullets(_ points: [String]) {
    raw("<ul class=\"dots\">")
    for point in points { el("li", text: point) }
    raw("</ul>")
  }
}
