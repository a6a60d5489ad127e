/// How the buttons beside a reading change it, in its own unit; kept in tenths so that 0.1 ℃ stays exact.
public struct Stepping: Sendable {
  public var tenths: Int

  /// Whole steps: breaths, beats, per cent.
  public static let one = Stepping(tenths: 10)
  /// Tenths: temperature.
  public static let tenth = Stepping(tenths: 1)
}

extension HTML {
  /// A reading: label, unit, last value, stepper and field, points.
  ///
  /// - Parameters:
  ///   - last: the last value and how it was measured, 上次 36.7·腋下.
  ///   - start: from where the buttons count when the field is empty, usually the last value.
  ///   - stepping: nil for a field without buttons.
  ///   - points: `.some(nil)` shows “none yet”; nil shows no points at all.
  public func measure(
    _ label: String, _ name: String, unit: String, last: String? = nil, value: String? = nil, start: String? = nil,
    stepping: Stepping? = .one, points: Int?? = nil, optional: Bool = false, placeholder: String? = nil
  ) {
    note(label, of: name)
    let id = fieldID(name)
    raw("<div class=\"field\">")
    let fault = fieldFaults(name)
    raw("<div class=\"m-row\">")
    raw("<label for=\"")
    text(id)
    raw("\">")
    labelWords(label, unit: unit, optional: optional)
    if let last { el("span", .class("last"), .id(id + "-h"), text: last) }
    raw("</label><span class=\"step v\">")
    if let stepping { stepButton(label, id, -stepping.tenths, start) }
    raw("<input")
    let described = [last == nil ? nil : id + "-h", fault].compactMap { $0 }.joined(separator: " ")
    inputAttributes(
      name, stepping?.tenths == 1 || stepping == nil ? .decimal : .whole, described: described.isEmpty ? nil : described,
      needed: !optional)
    raw(" enterkeyhint=\"next\"")
    attribute(.of("placeholder", ifAny: placeholder))
    attribute(.of("value", ifAny: form.value(name, or: value)))
    raw(">")
    if let stepping { stepButton(label, id, stepping.tenths, start) }
    raw("</span>")
    if let points { self.points(points, id: "p-" + name) } else { raw("<span class=\"p gap\"></span>") }
    raw("</div></div>")
  }

  /// Two readings that belong together: systolic and diastolic pressure. Faults of the group's name and of either
  /// field show above both.
  public func measurePair(
    _ label: String, _ name: String, unit: String, last: String? = nil,
    _ first: (label: String, name: String, value: String?), _ second: (label: String, name: String, value: String?),
    points: Int?? = nil, optional: Bool = false
  ) {
    raw("<fieldset class=\"field\" tabindex=\"-1\"")
    attribute(.id(fieldID(name)))
    if form.faults.contains(where: { $0.field == name }) { raw(" aria-invalid=\"true\"") }
    raw("><legend class=\"vh\">")
    text(label)
    raw("</legend>")
    for part in [first, second] { note(part.label, of: part.name) }
    let faults = [
      fieldFaults(name), fieldFaults(first.name, of: first.label), fieldFaults(second.name, of: second.label),
    ].compactMap(\.self)
    raw("<div class=\"m-row\"><span class=\"lab\" aria-hidden=\"true\">")
    labelWords(label, unit: unit, optional: optional)
    if let last { span("last", last) }
    raw("</span><span class=\"pair v\">")
    for (index, part) in [first, second].enumerated() {
      if index == 1 { raw("<span aria-hidden=\"true\" class=\"l m\">/</span>") }
      raw("<input")
      inputAttributes(
        part.name, .whole, described: faults.isEmpty ? nil : faults.joined(separator: " "), needed: !optional)
      raw(" enterkeyhint=\"next\"")
      attribute(.label([part.label, unit, last].compactMap { $0 }.joined(separator: english ? ", " : "，")))
      attribute(.of("value", ifAny: form.value(part.name, or: part.value)))
      raw(">")
    }
    raw("</span>")
    if let points { self.points(points, id: "p-" + first.name) } else { raw("<span class=\"p gap\"></span>") }
    raw("</div></fieldset>")
  }

  /// The running total of a check-in form, for the dock: tile, what to do, and why. The script fills it again whenever
  /// a reading changes; without scripts it shows what the server made of the readings so far.
  public func assessment(_ score: Score, act: String, why: String, last: String? = nil) {
    raw("<div class=\"assess\" role=\"status\" aria-live=\"polite\" id=\"assessment\">")
    self.score(score, id: "a-score")
    raw("<p class=\"grow\"><b id=\"a-act\">")
    text(act)
    raw("</b><br><span class=\"m s\" id=\"a-why\">")
    text(why)
    raw("</span></p>")
    if let last { span("m s end", last) }
    raw("</div>")
  }

  private func stepButton(_ label: String, _ id: String, _ tenths: Int, _ start: String?) {
    raw("<button type=\"button\" data-step=\"")
    int(tenths)
    raw("\" data-for=\"")
    text(id)
    raw("\"")
    attribute(.of("data-start", ifAny: start))
    raw(" aria-label=\"")
    text(label)
    raw(tenths < 0 ? word("减\u{A0}", " minus ") : word("加\u{A0}", " plus "))
    if tenths % 10 == 0 { int(abs(tenths / 10)) } else { self.tenths(abs(tenths)) }
    raw(tenths < 0 ? "\">−</button>" : "\">+</button>")
  }
}
