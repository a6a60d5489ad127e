/// What kind of act a button is.
public enum ButtonKind: Sendable {
  /// The one main act of the screen.
  case main
  /// Any other act.
  case other
  /// Raises an alarm or cannot be undone.
  case warning
  /// Destroys.
  case destroying
  /// Reads as a link.
  case link

  var names: StaticString {
    switch self {
    case .main: "btn"
    case .other: "btn alt"
    case .warning: "btn warn"
    case .destroying: "btn danger"
    case .link: "link"
    }
  }
}

extension HTML {
  /// A button that sends the form it stands in.
  ///
  /// - Parameters:
  ///   - words: what happens: 保存检查, never 确定.
  ///   - name: with `value`, what is sent when this one of several buttons was pressed.
  ///   - form: the id of a form elsewhere on the page, for a button in the dock.
  ///   - action: another address than the form's.
  ///   - large: the dock's height; `full`: the whole width; `grow`: its share of a row.
  ///   - blocked: why it cannot be pressed now, written beside it; the button stays readable and does nothing.
  public func button(
    _ words: String, _ kind: ButtonKind = .main, icon: Icon? = nil, name: String? = nil, value: String? = nil,
    form: String? = nil, action: String? = nil, large: Bool = false, full: Bool = false, grow: Bool = false,
    blocked: String? = nil
  ) {
    let reason = blocked.map { _ in freshID() }
    raw(blocked == nil ? "<button" : "<button type=\"button\" aria-disabled=\"true\"")
    attribute(.of("aria-describedby", ifAny: reason))
    buttonClass(kind, large, full, grow)
    attribute(.of("name", ifAny: name))
    attribute(.of("value", ifAny: value))
    attribute(.of("form", ifAny: form))
    attribute(.of("formaction", ifAny: action.map { Attribute.safe($0) ? $0 : "#" }))
    raw(">")
    if let icon { self.icon(icon) }
    text(words)
    raw("</button>")
    if let blocked, let reason { el("span", .class("m s why"), .id(reason), text: blocked) }
  }

  /// A link that looks like a button: it opens a page and changes nothing.
  public func linkButton(
    _ words: String, _ target: String, _ kind: ButtonKind = .main, icon: Icon? = nil, large: Bool = false,
    full: Bool = false, grow: Bool = false
  ) {
    raw("<a")
    attribute(.href(target))
    buttonClass(kind, large, full, grow)
    raw(">")
    if let icon { self.icon(icon) }
    text(words)
    raw("</a>")
  }

  /// A telephone number to call; digits in the words make it readable on a wall.
  public func call(_ number: String, words: String? = nil, kind: ButtonKind = .other, full: Bool = false) {
    let dialled = String(number.unicodeScalars.filter { ("0"..."9").contains($0) || $0 == "+" })
    linkButton(words ?? number, "tel:" + dialled, kind, icon: .phone, large: full, full: full)
  }

  /// A link with an icon alone, for the bar; `words` are its name.
  public func iconLink(_ icon: Icon, _ words: String, _ target: String) {
    raw("<a class=\"ib\"")
    attribute(.href(target))
    attribute(.label(words))
    attribute(.of("title", words))
    raw(">")
    self.icon(icon)
    raw("</a>")
  }

  /// A form of one button: an act that needs no more words. Everything that changes something is a form, never a link.
  public func act(
    _ words: String, _ action: String, key: String, _ kind: ButtonKind = .other, icon: Icon? = nil,
    fields: [(name: String, value: String)] = [], full: Bool = false, large: Bool = false
  ) {
    drawForm(action, Form(), key: key, full ? "" : "inline") {
      for field in fields { hiddenField(field.name, field.value) }
      button(words, kind, icon: icon, large: large, full: full)
    }
  }

  private func buttonClass(_ kind: ButtonKind, _ large: Bool, _ full: Bool, _ grow: Bool) {
    raw(" class=\"")
    raw(kind.names)
    if large { raw(" big") }
    if full { raw(" full") }
    if grow { raw(" grow") }
    raw("\"")
  }
}
