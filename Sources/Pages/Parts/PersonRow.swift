/// One person in a list: score, name, state, room, why they are where they are in the list, and what must not be
/// forgotten about them.
public struct PersonRow: Sendable {
  public var target: String
  public var name: String
  /// nil where scores don't matter (arrivals) or the viewer may not see health data.
  public var score: Score?
  /// The score is that of an earlier check.
  public var isPreviousScore = false
  public var state: State?
  /// The state's words; nil for the usual one.
  public var stateWords: String?
  public var room: String?
  /// Short facts, joined with middle dots: age, the one reason for this place in the list.
  public var facts: [String] = []
  public var tags: [Tag] = []
  /// A coloured rail at the side; usually the section's tone.
  public var rail: Tone?
  /// The row whose detail is open beside the list.
  public var isCurrent = false
  /// The part of the name that was searched for.
  public var searched = ""
  /// What opening the row begins: 去销假 ›.
  public var invitation: String?
  /// Runs beside the state's words: until when, and now, in milliseconds since 1970.
  public var countdown: (until: Int64, now: Int64)?

  public init(
    _ name: String, target: String, score: Score? = nil, isPreviousScore: Bool = false, state: State? = nil,
    stateWords: String? = nil, room: String? = nil, facts: [String] = [], tags: [Tag] = [], rail: Tone? = nil,
    isCurrent: Bool = false, searched: String = ""
  ) {
    self.name = name
    self.target = target
    self.score = score
    self.isPreviousScore = isPreviousScore
    self.state = state
    self.stateWords = stateWords
    self.room = room
    self.facts = facts
    self.tags = tags
    self.rail = rail
    self.isCurrent = isCurrent
    self.searched = searched
  }
}

extension HTML {
  /// A list of rows, edge to edge on a phone; each row is its own `li` written by the part (`personRow`, `slimRow`).
  public func list(_ names: StaticString = "list", content: () throws -> Void) rethrows {
    try wrap("ul", names, [], content)
  }

  /// A person with all that matters, as a list item whose whole face opens the person.
  public func personRow(_ row: PersonRow) {
    openRow(row, slim: false)
    if let score = row.score { self.score(score, previous: row.isPreviousScore) }
    raw("<span class=\"nm\"><b>")
    marked(row.name, row.searched)
    raw("</b>")
    state(of: row)
    raw("</span>")
    if row.room != nil || !row.facts.isEmpty || !row.tags.isEmpty {
      raw("<span class=\"meta\"><span>")
      if let room = row.room {
        raw("<span class=\"rm\">")
        text(room)
        raw("</span>")
      }
      for (index, fact) in row.facts.enumerated() {
        if index > 0 || row.room != nil { raw("·") }
        text(fact)
      }
      raw("</span>")
      for tag in row.tags { self.tag(tag.words, tag.tone, icon: tag.icon) }
      raw("</span>")
    }
    raw("</a></li>")
  }

  /// A person once the work is done: score, name, room, state on one line.
  public func slimRow(_ row: PersonRow) {
    openRow(row, slim: true)
    if let score = row.score { self.score(score, bare: true, previous: row.isPreviousScore) }
    raw("<span class=\"nm\"><b>")
    marked(row.name, row.searched)
    if let room = row.room {
      raw(" <span class=\"m s\">")
      text(room)
      raw("</span>")
    }
    raw("</b>")
    state(of: row)
    raw("</span>")
    if !row.facts.isEmpty || !row.tags.isEmpty || row.invitation != nil {
      raw("<span class=\"meta\">")
      if !row.facts.isEmpty { span("", row.facts.joined(separator: "·")) }
      for tag in row.tags { self.tag(tag.words, tag.tone, icon: tag.icon) }
      if let invitation = row.invitation { span("rm", invitation) }
      raw("</span>")
    }
    raw("</a></li>")
  }

  private func state(of row: PersonRow) {
    guard let state = row.state else { return }
    guard let countdown = row.countdown else { return mark(state, row.stateWords) }
    mark(state) {
      text(row.stateWords ?? "")
      clock(.countdown, at: countdown.until, now: countdown.now)
    }
  }

  /// Anything with a name, a state and a line of facts that opens a page: a rule, a duty, a batch, a report.
  public func linkRow(
    _ name: String, target: String, state: State? = nil, stateWords: String? = nil, facts: [String] = [],
    tags: [Tag] = [], rail: Tone? = nil, isCurrent: Bool = false
  ) {
    slimRow(
      PersonRow(
        name, target: target, state: state, stateWords: stateWords, facts: facts, tags: tags, rail: rail,
        isCurrent: isCurrent))
  }

  /// A list item of its own making, with a rail where it needs attention; one of a drill is hatched.
  public func item(_ rail: Tone? = nil, id: String? = nil, drill: Bool = false, content: () throws -> Void) rethrows {
    raw("<li class=\"it pad stack")
    if drill { raw(" drill") }
    if let rail {
      raw(" rail ")
      raw(rail.name)
    }
    if let id {
      raw("\" id=\"")
      text(id)
    }
    raw("\">")
    try content()
    raw("</li>")
  }

  /// The head of a part of a list: word, count, and how it is sorted or until when.
  public func listHead(_ words: String, count: Int? = nil, note: String? = nil, tone: Tone? = nil, id: String? = nil) {
    raw("<div class=\"head ")
    if let tone { raw(tone.name) }
    raw("\"><h2")
    if let id { attribute(.id(id)) }
    raw(">")
    text(words)
    raw("</h2>")
    if let count {
      raw("<b>")
      number(count)
      raw("</b>")
    }
    if let note { span("end", note) }
    raw("</div>")
  }

  private func openRow(_ row: PersonRow, slim: Bool) {
    raw("<li><a class=\"who")
    if slim { raw(" slim") }
    if row.score == nil { raw(" plain") }
    if let rail = row.rail {
      raw(" rail ")
      raw(rail.name)
    }
    raw("\"")
    attribute(.href(row.target))
    if row.isCurrent { raw(" aria-current=\"true\"") }
    raw(">")
  }
}
