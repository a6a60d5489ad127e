extension HTML {
  /// A question before a consequence, hidden until a script asks it: its main button is the safe one, which Escape takes
  /// too; the other one's value is `go`. The script fills in the `b` of the words.
  ///
  /// - Parameters:
  ///   - before, after: the question around what the script fills in.
  ///   - more: what follows from the other button.
  public func question(_ before: String, _ after: String, more: String, safe: String, other: String) {
    el("dialog", .class("ask bad"), .of("aria-labelledby", "question")) {
      el("h2", .class("l"), .id("question")) {
        text(before)
        el("b") {}
        text(after)
      }
      p(more)
      el("form", .of("method", "dialog"), .class("stack")) {
        el("button", .class("btn full"), text: safe)
        el("button", .class("btn full alt danger"), .of("value", "go"), text: other)
      }
    }
  }
}
