/// What a field takes; it decides the keyboard and what the browser may fill in.
public enum FieldKind: Sendable {
  case text, telephone, search, whole, decimal, date, time, dateTime
  case username, password, newPassword
  /// A code that is read off and typed once.
  case code

  /// A day or a time of day.
  var isMoment: Bool { self == .date || self == .time || self == .dateTime }

  var type: StaticString {
    switch self {
    case .telephone: "tel"
    case .search: "search"
    case .date: "date"
    case .time: "time"
    case .dateTime: "datetime-local"
    case .password, .newPassword: "password"
    default: "text"
    }
  }

  var mode: StaticString? {
    switch self {
    case .whole: "numeric"
    case .decimal: "decimal"
    default: nil
    }
  }

  /// Shared devices: the browser fills in nothing but names and passwords.
  var autocomplete: StaticString {
    switch self {
    case .username: "username"
    case .password: "current-password"
    case .newPassword: "new-password"
    default: "off"
    }
  }

  var keepsTyped: Bool {
    switch self {
    case .password, .newPassword, .code: false
    default: true
    }
  }
}

extension HTML {
  /// A field with its label.
  ///
  /// - Parameters:
  ///   - value: what a fresh form shows; a form sent back shows what was typed (never a password).
  ///   - unit: mmol/L, after the label.
  ///   - hint: what may be filled in, or the last value.
  ///   - optional: writes 选填; everything without it is needed.
  ///   - min, max: for dates and times, as the input takes them (`2027-06-01`).
  public func field(
    _ label: String, _ name: String, _ kind: FieldKind = .text, value: String? = nil, unit: String? = nil,
    hint: String? = nil, optional: Bool = false, placeholder: String? = nil, maxLength: Int? = nil, min: String? = nil,
    max: String? = nil, list: [String] = []
  ) {
    raw("<div class=\"field\">")
    labelElement(label, name, unit: unit, optional: optional)
    let described = describe(name, hint)
    raw("<input")
    inputAttributes(name, kind, described: described, needed: !optional)
    attribute(.of("placeholder", ifAny: placeholder))
    if let maxLength, !kind.isMoment { attribute(.of("maxlength", maxLength)) }
    attribute(.of("min", ifAny: min))
    attribute(.of("max", ifAny: max))
    if !list.isEmpty { attribute(.of("list", fieldID(name) + "-l")) }
    attribute(.of("value", ifAny: kind.keepsTyped ? form.value(name, or: value) : nil))
    raw(">")
    if !list.isEmpty {
      el("datalist", .id(fieldID(name) + "-l")) { for each in list { void("option", .of("value", each)) } }
    }
    raw("</div>")
  }

  /// A field of several lines.
  public func area(
    _ label: String, _ name: String, value: String? = nil, rows: Int = 2, hint: String? = nil, optional: Bool = false,
    maxLength: Int? = nil
  ) {
    raw("<div class=\"field\">")
    labelElement(label, name, unit: nil, optional: optional)
    let described = describe(name, hint)
    raw("<textarea")
    common(name, described: described, needed: !optional)
    attribute(.of("rows", rows))
    if let maxLength { attribute(.of("maxlength", maxLength)) }
    raw(">\n")  // a parser drops the first line break
    text(form.value(name, or: value) ?? "")
    raw("</textarea></div>")
  }

  /// A file to send; the form needs `takesFiles`.
  public func file(
    _ label: String, _ name: String, accept: String, hint: String? = nil, optional: Bool = false, camera: Bool = false
  ) {
    raw("<div class=\"field\">")
    labelElement(label, name, unit: nil, optional: optional)
    let described = describe(name, hint)
    raw("<input type=\"file\"")
    common(name, described: described, needed: !optional, isPicked: true)
    attribute(.of("accept", accept))
    if camera { raw(" capture=\"environment\"") }
    raw("></div>")
  }

  /// The field for looking somebody up. A badge scanner types into it and ends with Enter; with `scans` a script leads
  /// what a scanner types anywhere on the page into this field.
  public func searchField(
    _ label: String, _ name: String = "q", value: String? = nil, hint: String? = nil, scans: Bool = false
  ) {
    let id = fieldID(name)
    el("label", .class("vh"), .of("for", id), text: label)
    raw("<span class=\"search\">")
    icon(.search)
    raw(
      "<input type=\"search\" autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\" enterkeyhint=\"search\"")
    attribute(.id(id))
    attribute(.of("name", name))
    attribute(.of("placeholder", label))
    attribute(.of("value", ifAny: value))
    if scans {
      raw(" data-scan")
    }
    if hint != nil { attribute(.of("aria-describedby", id + "-h")) }
    raw("></span>")
    if let hint { el("p", .class("s m"), .id(id + "-h"), text: hint) }
  }

  /// A code to type or to scan, large.
  public func codeField(_ label: String, _ name: String, hint: String? = nil) {
    raw("<div class=\"field\">")
    labelElement(label, name, unit: nil, optional: false)
    let described = describe(name, hint)
    raw("<input data-scan class=\"l\" autocapitalize=\"characters\" spellcheck=\"false\"")
    inputAttributes(name, .code, described: described, needed: true)
    raw("></div>")
  }

  func labelElement(_ label: String, _ name: String, unit: String?, optional: Bool) {
    note(label, of: name)
    raw("<label for=\"")
    text(fieldID(name))
    raw("\">")
    labelWords(label, unit: unit, optional: optional)
    raw("</label>")
  }

  func labelWords(_ label: String, unit: String?, optional: Bool) {
    raw("<b>")
    text(label)
    raw("</b>")
    if unit != nil || optional {
      raw(" <span class=\"unit\">")
      if let unit { text(unit) }
      if unit != nil && optional { raw(" ") }
      if optional { raw(word("选填", "optional")) }
      raw("</span>")
    }
  }

  /// Hint and faults of a field; returns the ids to describe it by.
  func describe(_ name: String, _ hint: String?) -> String? {
    var ids: [String] = []
    if let hint {
      ids.append(fieldID(name) + "-h")
      el("span", .class("last"), .id(ids[0]), text: hint)
    }
    if let fault = fieldFaults(name) { ids.append(fault) }
    return ids.isEmpty ? nil : ids.joined(separator: " ")
  }

  func inputAttributes(_ name: String, _ kind: FieldKind, described: String?, needed: Bool) {
    attribute(Attribute(name: "type", value: .literal(kind.type)))
    if let mode = kind.mode { attribute(Attribute(name: "inputmode", value: .literal(mode))) }
    attribute(Attribute(name: "autocomplete", value: .literal(kind.autocomplete)))
    common(name, described: described, needed: needed, isPicked: kind.isMoment)
  }

  /// - Parameter isPicked: a field for a day, a time or a file takes HTML's own word for "needed"; the browser stops no form
  ///   by it.
  func common(_ name: String, described: String?, needed: Bool, isPicked: Bool = false) {
    attribute(.id(fieldID(name)))
    attribute(.of("name", name))
    if needed { if isPicked { raw(" required") } else { raw(" aria-required=\"true\"") } }
    if form.faults.contains(where: { $0.field == name }) { raw(" aria-invalid=\"true\"") }
    attribute(.of("aria-describedby", ifAny: described))
  }
}
