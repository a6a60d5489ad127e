extension HTML {
  /// The way to the help about a page, where its layout has a foot.
  func help(_ help: (words: String, target: String), _ layout: Page.Layout) {
    guard layout == .column || layout == .desk || layout == .wide else { return }
    raw("<p class=\"pad s noprint\">")
    a(help.target, "link", text: help.words)
    raw("</p>")
  }

  /// The way to a person from every page: a field in the bar of a desk's screen, a link on a phone and on the wall.
  func search(_ target: String, _ layout: Page.Layout) {
    let words = english ? "Find somebody" : "找人"
    guard layout != .wall else { return iconLink(.search, words, target) }
    raw("<form class=\"find\" role=\"search\"")
    attribute(.of("action", target))
    raw("><label class=\"vh\" for=\"find\">")
    text(words)
    raw("</label><span class=\"search\">")
    icon(.search)
    raw("<input type=\"search\" id=\"find\" name=\"q\" autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\" data-scan")
    attribute(.of("placeholder", english ? "Name, initials, room" : "姓名、首字母、房号"))
    raw("></span></form><a class=\"ib hand\"")
    attribute(.href(target))
    attribute(.label(words))
    attribute(.of("title", words))
    raw(">")
    icon(.search)
    raw("</a>")
  }
}
