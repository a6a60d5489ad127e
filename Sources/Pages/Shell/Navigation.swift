/// One way to filter a list, with how many it leaves.
public struct Filter: Sendable {
  public var state: State
  public var words: String
  public var count: Int
  public var target: String
  public var isCurrent: Bool

  public init(_ state: State, _ words: String, count: Int, target: String, isCurrent: Bool = false) {
    self.state = state
    self.words = words
    self.count = count
    self.target = target
    self.isCurrent = isCurrent
  }
}

extension HTML {
  /// Counts that filter the list under them.
  public func filters(_ label: String, _ filters: [Filter]) {
    raw("<nav class=\"filter\"")
    attribute(.label(label))
    raw(">")
    for filter in filters {
      raw("<a class=\"")
      raw(filter.state.tone.name)
      raw("\"")
      attribute(.href(filter.target))
      if filter.isCurrent { raw(" aria-current=\"true\"") }
      raw("><b>")
      number(filter.count)
      raw("</b>")
      mark(filter.state, filter.words)
      raw("</a>")
    }
    raw("</nav>")
  }

  /// The way to the next page of a list by cursor, and back to its beginning.
  public func pager(first: String?, next: String?) {
    guard first != nil || next != nil else { return }
    raw("<nav class=\"row pad\" aria-label=\"")
    raw(word("翻页", "Pages"))
    raw("\">")
    if let first { linkButton(english ? "From the beginning" : "回到开头", first, .other) }
    if let next { linkButton(english ? "More" : "往下看", next, .other, icon: .down, grow: true) }
    raw("</nav>")
  }

  /// Where the work goes through several pages: 第 2 步，共 4 步.
  public func progress(_ step: Int, of steps: Int, _ words: String) {
    raw("<p class=\"m s\">")
    text(words)
    raw(" ")
    int(step)
    raw(" / ")
    int(steps)
    raw("</p><progress")
    attribute(.of("max", steps))
    attribute(.of("value", step))
    attribute(.label("\(words) \(step) / \(steps)"))
    raw("></progress>")
  }
}
