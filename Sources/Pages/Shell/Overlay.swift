extension HTML {
  /// The sheet that asks before a consequence, as a page of its own: without scripts, nothing under it can be pressed
  /// by mistake, and the way back is a link. Its main button is the safe one.
  ///
  /// - Parameters:
  ///   - question: 血氧 83 %，很低，但有可能.
  ///   - safe: what most should do, with where it leads.
  ///   - facts: the figures and the consequence.
  ///   - acts: the form with the other act (`act`, `form`), who will be told, and 120 where it may be needed.
  public func sheet(
    _ question: String, tone: Tone = .bad, safe: (words: String, target: String), facts: () throws -> Void,
    acts: () throws -> Void
  ) rethrows {
    let id = freshID()
    raw("<section class=\"ask stack ")
    raw(tone.name)
    raw("\" role=\"alertdialog\"")
    attribute(.labelled(by: id))
    raw(">")
    el("h2", .class("l"), .id(id), .of("tabindex", -1), .flag("autofocus"), text: question)
    try facts()
    linkButton(safe.words, safe.target, large: true, full: true)
    try acts()
    raw("</section>")
  }

  /// The full-screen alarm's content; the page has the layout `.alarm`. `hand` writes the buttons; the wall, which has
  /// nothing to press, shows `far` and, with `sounds`, whether it can be heard. `count`, 1 / 3, where it is not the only one.
  public func alarm(
    kind: String, time: String, count: String? = nil, sounds: Bool = false, drill: Bool = false, score: Score?, room: String,
    way: String, name: String, todo: [String], facts: [String], far: String, foot: () throws -> Void, hand: () throws -> Void
  ) rethrows {
    let heading = freshID()
    let act = freshID()
    raw(drill ? "<div role=\"alertdialog\" class=\"drill\"" : "<div role=\"alertdialog\"")
    attribute(.labelled(by: heading))
    attribute(.of("aria-describedby", act))
    raw("><div class=\"row\">")
    icon(.bell)
    raw("<span class=\"grow l\">")
    b(kind)
    raw(" ")
    span("m", time)
    raw("</span>")
    if drill { tag(english ? "Drill" : "演练", icon: .drill) }
    if sounds { soundMark() }
    if let count { b("xl", count) }
    raw("</div><div class=\"body\"><div class=\"stack\"><div class=\"place\">")
    if let score { self.score(score) }
    raw("<p>")
    b("rm", room)
    span("m", way)
    raw("</p></div>")
    el("h1", .id(heading), text: name)
    raw("</div>")
    el("div", .class("l do stack"), .id(act)) {
      raw("<p>")
      for (index, line) in todo.enumerated() {
        if index > 0 { br() }
        b(line)
      }
      raw("</p><p class=\"m\">")
      for (index, line) in facts.enumerated() {
        if index > 0 { br() }
        text(line)
      }
      raw("</p>")
    }
    raw("</div><div class=\"foot\">")
    try foot()
    raw("<p class=\"far l end\">")
    b(far)
    raw("</p></div><div class=\"stack hand\">")
    try hand()
    raw("</div></div>")
  }

  /// An alarm over the duty board, on screens as wide as a wall's: the board stays what it is, and the next picture of it
  /// is without the alarm once somebody has answered.
  public func wallAlarm(content: () throws -> Void) rethrows {
    raw("<div class=\"alarm over\" id=\"alarm\">")
    try content()
    raw("</div>")
  }

  /// Whether the wall can be heard: it can't until a script has been allowed to sound and says so.
  public func soundMark() {
    let silent = english ? "No sound: touch the screen" : "声音没开，按一下屏幕"
    raw("<span class=\"mark late\"")
    attribute(.of("data-sound", english ? "Sound is on" : "声音开着"))
    attribute(.of("data-silent", silent))
    raw(">")
    icon(.bell)
    el("span", text: silent)
    raw("</span>")
  }

  /// A paper: the report and everything printed. `running` stands at the head of each printed sheet.
  public func paper(_ heading: String, running: String, content: () throws -> Void) rethrows {
    let id = freshID()
    raw("<div class=\"sheets\"><div class=\"running\" aria-hidden=\"true\"><p>")
    text(running)
    raw("</p></div><article class=\"paper\"")
    attribute(.labelled(by: id))
    raw(">")
    el("h1", .class("xxl"), .id(id), text: heading)
    try content()
    raw("</article></div>")
  }
}
