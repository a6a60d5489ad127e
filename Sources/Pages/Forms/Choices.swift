/// One of several choices.
public struct Choice: Sendable, Hashable {
  public var value: String
  public var words: String
  /// A second line under the words: what choosing it means.
  public var detail: String?
  /// Among several that may be chosen together, the one that excludes the others: 没有症状.
  public var isAlone: Bool
  /// Among segments, what choosing it says: 没见到 is late.
  public var tone: Tone?

  public init(_ value: String, _ words: String, detail: String? = nil, isAlone: Bool = false, tone: Tone? = nil) {
    self.value = value
    self.words = words
    self.detail = detail
    self.isAlone = isAlone
    self.tone = tone
  }
}

/// Choices that stand together under a heading; folded ones open by it.
public struct ChoiceGroup: Sendable, Hashable {
  public var heading: String?
  public var choices: [Choice]
  public var isFolded: Bool

  public init(_ heading: String?, _ choices: [Choice], isFolded: Bool = false) {
    self.heading = heading
    self.choices = choices
    self.isFolded = isFolded
  }
}

extension HTML {
  /// A drop-down list; only for more choices than fit on the screen. `none` is the words of “nothing chosen yet”.
  public func select(
    _ label: String, _ name: String, _ choices: [Choice], value: String? = nil, none: String? = nil,
    hint: String? = nil, optional: Bool = false
  ) {
    raw("<div class=\"field\">")
    labelElement(label, name, unit: nil, optional: optional)
    let described = describe(name, hint)
    raw("<select")
    common(name, described: described, needed: !optional)
    raw(">")
    let sent = form.value(name, or: value)
    // A browser sends what it shows: an empty one that came back must not be shown as the first of the choices.
    let chosen = none == nil && sent?.isEmpty ?? true ? value : sent
    if let none {
      el("option", .of("value", ""), text: none)
    } else if form.values != nil, chosen == nil {
      raw("<option value=\"\">")
      raw(word("请选", "Choose"))
      raw("</option>")
    }
    for choice in choices {
      el("option", .of("value", choice.value), .flag("selected", choice.value == chosen), text: choice.words)
    }
    raw("</select></div>")
  }

  /// Two to five choices that exclude each other, side by side.
  ///
  /// - Parameters:
  ///   - points: for a reading with points (`.some(nil)` for not scored yet); nil for none.
  ///   - inRow: the label stands beside them, as it does before points: one of many in a list.
  public func segments(
    _ label: String, _ name: String, _ choices: [Choice], value: String? = nil, hint: String? = nil,
    optional: Bool = false, points: Int?? = nil, inRow: Bool = false
  ) {
    group(label, name, hint: hint, optional: optional, inRow: inRow || points != nil) {
      raw("<span class=\"seg\">")
      for choice in choices {
        raw("<label")
        if let tone = choice.tone {
          raw(" class=\"")
          raw(tone.name)
          raw("\"")
        }
        raw(">")
        input("radio", name, choice.value, form.value(name, or: value) == choice.value)
        raw("<span>")
        if let detail = choice.detail {
          b(choice.words)
          small(detail)
        } else {
          text(choice.words)
        }
        raw("</span></label>")
      }
      raw("</span>")
      if let points { self.points(points, id: "p-" + name) }
    }
  }

  /// Several of many; with `one`, exactly one of many short ones.
  public func chips(
    _ label: String, _ name: String, _ choices: [Choice], values: Set<String> = [], one: Bool = false,
    hint: String? = nil, optional: Bool = false
  ) {
    let chosen = form.values.map { Set($0.all(name)) } ?? values
    group(label, name, hint: hint, optional: optional) { chips(name, choices, chosen, one: one) }
  }

  /// Several of many, in groups; a folded group is open where something in it is chosen.
  public func chips(_ label: String, _ name: String, groups: [ChoiceGroup], hint: String? = nil, optional: Bool = false) {
    let chosen = Set(form.values?.all(name) ?? [])
    group(label, name, hint: hint, optional: optional) {
      raw("<div class=\"stack\">")
      for (index, group) in groups.enumerated() where !group.choices.isEmpty {
        if group.isFolded {
          fold(group.heading ?? "", open: group.choices.contains { chosen.contains($0.value) }, id: "\(fieldID(name))-more-\(index)") {
            chips(name, group.choices, chosen, one: false)
          }
        } else {
          if let heading = group.heading { p { b(heading) } }
          chips(name, group.choices, chosen, one: false)
        }
      }
      raw("</div>")
    }
  }

  private func chips(_ name: String, _ choices: [Choice], _ chosen: Set<String>, one: Bool) {
    raw("<div class=\"chips\">")
    for choice in choices {
      raw("<label class=\"chip\">")
      input(one ? "radio" : "checkbox", name, choice.value, chosen.contains(choice.value), alone: !one && choice.isAlone)
      raw("<span>")
      icon(.tick)
      text(choice.words)
      raw("</span></label>")
    }
    raw("</div>")
  }

  /// One of several with a line of explanation each, under each other.
  ///
  /// - Parameters:
  ///   - large: for the participants' form.
  ///   - isHeading: the question is the page's heading, where a page has no bar.
  public func radios(
    _ label: String, _ name: String, _ choices: [Choice], value: String? = nil, hint: String? = nil,
    optional: Bool = false, large: Bool = false, isHeading: Bool = false
  ) {
    group(label, name, hint: hint, optional: optional, isHeading: isHeading) {
      raw(large ? "<div class=\"ans\">" : "<div class=\"opts\">")
      for choice in choices {
        raw(large ? "<label>" : "<label class=\"opt\">")
        input("radio", name, choice.value, form.value(name, or: value) == choice.value)
        raw("<span>")
        text(choice.words)
        if let detail = choice.detail { small(detail) }
        raw("</span></label>")
      }
      raw("</div>")
    }
  }

  /// One box to tick; sends `1`.
  public func checkbox(_ words: String, _ name: String, on: Bool = false, detail: String? = nil) {
    note(words, of: name)
    raw("<div class=\"field\">")
    let described = fieldFaults(name)
    raw("<label class=\"opt\"><input type=\"checkbox\" value=\"1\"")
    common(name, described: described, needed: false)
    if form.values?.isOn(name) ?? on { raw(" checked") }
    raw("><span>")
    text(words)
    if let detail { small(detail) }
    raw("</span></label></div>")
  }

  /// Fields that belong together under one name; `inRow` puts the name beside them, as in a list of readings.
  public func group(
    _ label: String, _ name: String, hint: String? = nil, optional: Bool = false, inRow: Bool = false,
    isHeading: Bool = false, content: () throws -> Void
  ) rethrows {
    note(label, of: name)
    raw("<fieldset class=\"field\" tabindex=\"-1\"")
    attribute(.id(fieldID(name)))
    let wrong = form.faults.contains { $0.field == name }
    if wrong {
      raw(" aria-invalid=\"true\"")
      attribute(.of("aria-describedby", fieldID(name) + "-e"))
    }
    raw(inRow ? "><legend class=\"vh\">" : "><legend>")
    if isHeading { raw("<h1>") }
    labelWords(label, unit: nil, optional: optional)
    if isHeading { raw("</h1>") }
    if let hint { span("last", hint) }
    raw("</legend>")
    _ = fieldFaults(name)
    // A legend can't stand beside its fields: there it is for screen readers, and the eye gets a twin of it.
    if inRow {
      raw("<div class=\"m-row\"><span class=\"lab\" aria-hidden=\"true\">")
      labelWords(label, unit: nil, optional: optional)
      if let hint { span("last", hint) }
      raw("</span>")
    }
    try content()
    raw(inRow ? "</div></fieldset>" : "</fieldset>")
  }

  private func input(_ type: StaticString, _ name: String, _ value: String, _ checked: Bool, alone: Bool = false) {
    raw("<input type=\"")
    raw(type)
    raw("\" name=\"")
    text(name)
    raw("\" value=\"")
    text(value)
    raw(alone ? "\" data-alone" : "\"")
    raw(checked ? " checked>" : ">")
  }
}
