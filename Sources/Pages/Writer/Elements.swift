extension HTML {
  /// An element with its content: `h.el("section", .class("card"), .labelled(by: id)) { … }`.
  public func el(_ name: StaticString, _ attributes: Attribute..., content: () throws -> Void) rethrows {
    open(name, attributes)
    try content()
    close(name)
  }

  /// An element that holds words alone.
  public func el(_ name: StaticString, _ attributes: Attribute..., text words: String) {
    open(name, attributes)
    text(words)
    close(name)
  }

  /// An element without content and end tag: `br`, `hr`, `input`, `wbr`.
  public func void(_ name: StaticString, _ attributes: Attribute...) { open(name, attributes) }

  /// A start tag alone; `close` must follow.
  public func open(_ name: StaticString, _ attributes: [Attribute] = []) {
    out.append(0x3C)
    raw(name)
    for each in attributes { attribute(each) }
    out.append(0x3E)
  }

  /// An end tag.
  public func close(_ name: StaticString) {
    raw("</")
    raw(name)
    out.append(0x3E)
  }

  func wrap(_ name: StaticString, _ names: StaticString, _ attributes: [Attribute], _ content: () throws -> Void)
    rethrows
  {
    tag(name, names, attributes)
    try content()
    close(name)
  }

  func wrap(_ name: StaticString, _ names: StaticString, _ words: String) {
    tag(name, names, [])
    text(words)
    close(name)
  }

  private func tag(_ name: StaticString, _ names: StaticString, _ attributes: [Attribute]) {
    out.append(0x3C)
    raw(name)
    if names.utf8CodeUnitCount > 0 {
      raw(" class=\"")
      raw(names)
      out.append(0x22)
    }
    for each in attributes { attribute(each) }
    out.append(0x3E)
  }
}

// The elements pages use most; the first string is the class, the second the words.
extension HTML {
  /// `<div>`
  public func div(_ names: StaticString = "", _ attributes: Attribute..., content: () throws -> Void) rethrows {
    try wrap("div", names, attributes, content)
  }
  /// `<p>`
  public func p(_ names: StaticString = "", _ attributes: Attribute..., content: () throws -> Void) rethrows {
    try wrap("p", names, attributes, content)
  }
  /// `<p>` of words
  public func p(_ words: String) { wrap("p", "", words) }
  /// `<p>` of words with a class
  public func p(_ names: StaticString, _ words: String) { wrap("p", names, words) }
  /// `<span>`
  public func span(_ names: StaticString = "", _ attributes: Attribute..., content: () throws -> Void) rethrows {
    try wrap("span", names, attributes, content)
  }
  /// `<span>` of words
  public func span(_ names: StaticString, _ words: String) { wrap("span", names, words) }
  /// `<b>`
  public func b(_ names: StaticString = "", _ attributes: Attribute..., content: () throws -> Void) rethrows {
    try wrap("b", names, attributes, content)
  }
  /// `<b>` of words
  public func b(_ words: String) { wrap("b", "", words) }
  /// `<b>` of words with a class
  public func b(_ names: StaticString, _ words: String) { wrap("b", names, words) }
  /// `<small>` of words
  public func small(_ words: String) { wrap("small", "", words) }
  /// `<ul>`
  public func ul(_ names: StaticString = "", _ attributes: Attribute..., content: () throws -> Void) rethrows {
    try wrap("ul", names, attributes, content)
  }
  /// `<ol>`
  public func ol(_ names: StaticString = "", _ attributes: Attribute..., content: () throws -> Void) rethrows {
    try wrap("ol", names, attributes, content)
  }
  /// `<li>`
  public func li(_ names: StaticString = "", _ attributes: Attribute..., content: () throws -> Void) rethrows {
    try wrap("li", names, attributes, content)
  }
  /// `<a>`; the target is checked as in `Attribute.href`.
  public func a(_ target: String, _ names: StaticString = "", _ attributes: Attribute..., content: () throws -> Void)
    rethrows
  {
    try wrap("a", names, [.href(target)] + attributes, content)
  }
  /// `<a>` of words
  public func a(_ target: String, _ names: StaticString = "", text words: String) {
    wrap("a", names, [.href(target)]) { text(words) }
  }
  /// `<h1>` of words; a page has one, which `page` writes from its heading.
  public func h1(_ words: String) { wrap("h1", "", words) }
  /// `<h2>` of words
  public func h2(_ words: String) { wrap("h2", "", words) }
  /// `<h2>` of words with a class
  public func h2(_ names: StaticString, _ words: String) { wrap("h2", names, words) }
  /// `<h3>` of words
  public func h3(_ words: String) { wrap("h3", "", words) }
  /// `<br>`
  public func br() { raw("<br>") }

  /// Words for a screen reader alone.
  public func hidden(_ words: String) { wrap("span", "vh", words) }

  /// A section named by its own heading: `h.section("今天", "card stack") { … }`.
  public func section(
    _ heading: String, _ names: StaticString = "sheet stack", id: String? = nil, content: () throws -> Void
  ) rethrows {
    let label = freshID()
    try el("section", .class(names), .of("id", ifAny: id), .labelled(by: label)) {
      el("h2", .id(label), text: heading)
      try content()
    }
  }

  /// Words with the part that was searched for marked; compares without regard to letter case.
  public func marked(_ words: String, _ part: String) {
    guard !part.isEmpty, let range = Self.range(of: part, in: words) else { return text(words) }
    text(String(words[..<range.lowerBound]))
    raw("<mark>")
    text(String(words[range]))
    raw("</mark>")
    text(String(words[range.upperBound...]))
  }

  private static func range(of part: String, in words: String) -> Range<String.Index>? {
    let wanted = part.map { $0.lowercased() }
    var start = words.startIndex
    while start < words.endIndex {
      var at = start
      var matched = 0
      while matched < wanted.count, at < words.endIndex, words[at].lowercased() == wanted[matched] {
        at = words.index(after: at)
        matched += 1
      }
      if matched == wanted.count { return start..<at }
      start = words.index(after: start)
    }
    return nil
  }
}
