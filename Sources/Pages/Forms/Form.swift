/// One thing wrong with one field, in the page's language.
public struct FieldFault: Sendable, Hashable {
  /// The field's name on the wire; empty for the whole.
  public var field: String
  /// A stable code for scripts, `out-of-range`.
  public var code: String
  /// What is wrong, what is allowed, a likely repair.
  public var message: String

  public init(_ field: String, _ code: String, _ message: String) {
    self.field = field
    self.code = code
    self.message = message
  }
}

/// What was typed into a form, as it came.
public struct FormValues: Sendable, Hashable {
  private var values: [String: [String]] = [:]

  /// - Parameter pairs: names with values, in order; a name may come several times.
  public init(_ pairs: some Sequence<(String, String)>) {
    for (name, value) in pairs { values[name, default: []].append(value) }
  }

  /// The field's value without the spaces around it; nil when it wasn't sent, "" when it was left empty.
  public subscript(name: String) -> String? {
    values[name]?.last.map { value in
      let start = value.drop { $0.isWhitespace }
      return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
  }

  /// The field's value, nil when it wasn't sent or is empty.
  public func filled(_ name: String) -> String? { self[name].flatMap { $0.isEmpty ? nil : $0 } }

  /// The value exactly as it came: for passwords, where a space counts.
  public func exactly(_ name: String) -> String? { values[name]?.last }

  /// All values of a field that may come several times (chips).
  public func all(_ name: String) -> [String] { values[name] ?? [] }

  /// Whether a box was ticked.
  public func isOn(_ name: String) -> Bool { values[name]?.contains("1") ?? false }

  /// The names that came.
  public var names: Set<String> { Set(values.keys) }
}

/// A form in the state it is drawn in: fresh, or sent back with what was typed and everything that is wrong with it.
public struct Form: Sendable {
  /// The name of the hidden field that makes sending twice the same as sending once.
  public static let keyField = "idempotency-key"
  /// The name of the hidden field that says for whom the form was drawn: another account on the same tablet must not
  /// sign what somebody else has typed.
  public static let authorField = "for-account"

  /// What was typed; nil for a fresh form, whose fields show their defaults.
  public var values: FormValues?
  /// Everything wrong, in the order of the fields.
  public var faults: [FieldFault]

  public init(_ values: FormValues? = nil, faults: [FieldFault] = []) {
    self.values = values
    self.faults = faults
  }

  /// What a field shows.
  public func value(_ name: String, or preset: String?) -> String? { values == nil ? preset : values?.exactly(name) }

  /// What is wrong with a field.
  public func faults(of name: String) -> [FieldFault] { faults.filter { $0.field == name } }

  /// The id of a field's input (or of its group, for choices), to which the summary links.
  public static func id(_ name: String) -> String {
    var id = "f-"
    for scalar in name.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_": id.unicodeScalars.append(scalar)
      default: id.append("-")
      }
    }
    return id
  }
}

extension HTML {
  /// A form that posts. Sent back with faults it begins with their summary, which takes the focus and links to each
  /// field; every field inside shows what was typed and its own faults by itself.
  ///
  /// - Parameters:
  ///   - key: a fresh UUID drawn for this request; sending the form twice with it does the act once.
  ///   - guardsLeaving: a script asks before the page is left with something typed and not sent.
  ///   - assesses: the address that scores the readings while they are typed (`/api/v1/assessments`).
  ///   - chart: what its script scores by where that address can't be reached, JSON.
  ///   - takesFiles: sends `multipart/form-data`.
  public func form(
    _ action: String, _ state: Form = Form(), key: String?, _ names: StaticString = "stack", id: String? = nil,
    takesFiles: Bool = false, guardsLeaving: Bool = false, assesses: String? = nil, chart: String? = nil, summary: String? = nil,
    content: () throws -> Void
  ) rethrows {
    try drawForm(
      action, taking(state, at: action), key: key, names, id: id, takesFiles: takesFiles, guardsLeaving: guardsLeaving,
      assesses: assesses, chart: chart, summary: summary, content: content)
  }

  func drawForm(
    _ action: String, _ state: Form, key: String?, _ names: StaticString, id: String? = nil, takesFiles: Bool = false,
    guardsLeaving: Bool = false, assesses: String? = nil, chart: String? = nil, summary: String? = nil, content: () throws -> Void
  ) rethrows {
    raw("<form method=\"post\" data-guard novalidate autocomplete=\"off\"")
    if names.utf8CodeUnitCount > 0 { attribute(.class(names)) }
    attribute(.of("action", Attribute.safe(action) ? action : "#"))
    attribute(.of("id", ifAny: id))
    attribute(.of("enctype", ifAny: takesFiles ? "multipart/form-data" : nil))
    attribute(.flag("data-leave", guardsLeaving))
    if let assesses {
      attribute(.of("data-assess", assesses))
      attribute(.of("data-chart", ifAny: chart))
    }
    raw(">")
    let outer = form
    form = state
    defer { form = outer }
    if let key {
      hiddenField(Form.keyField, key)
      if let author { hiddenField(Form.authorField, author) }
    }
    labels = [:]
    noted = []
    forms += 1
    earlierFields = fields
    let start = out.count
    try content()
    if !state.faults.isEmpty {
      // Written last, when the labels of the fields are known.
      let end = out.count
      faultSummary(summary)
      out.moveTail(from: end, to: start)
    }
    raw("</form>")
  }

  /// A form that only asks: searching and filtering by GET.
  public func query(_ action: String, _ names: StaticString = "pad", content: () throws -> Void) rethrows {
    raw("<form role=\"search\"")
    attribute(.class(names))
    attribute(.of("action", Attribute.safe(action) ? action : "#"))
    raw(">")
    try content()
    raw("</form>")
  }

  /// A hidden field.
  public func hiddenField(_ name: String, _ value: String) {
    void("input", .of("type", "hidden"), .of("name", name), .of("value", value))
  }

  /// The id of a field of the form being drawn. A name that an earlier form of the page has used gets the form's number.
  func fieldID(_ name: String) -> String {
    fields.insert(name)
    return earlierFields.contains(name) ? "\(Form.id(name))--\(forms)" : Form.id(name)
  }

  /// Keeps the label of a field for the summary.
  func note(_ label: String, of name: String) {
    guard !form.faults.isEmpty else { return }
    if labels.updateValue(label, forKey: name) == nil { noted.append(name) }
  }

  /// The summary of what is wrong; `form` writes it by itself.
  public func faultSummary(_ heading: String? = nil) {
    guard !form.faults.isEmpty else { return }
    raw("<div class=\"note bad faults\" id=\"faults\" role=\"alert\" tabindex=\"-1\" autofocus><h2>")
    if let heading {
      text(heading)
    } else {
      raw(word("还没保存，有\u{A0}", "Not saved yet. To correct: "))
      int(form.faults.count)
      raw(word("\u{A0}处要改", ""))
    }
    raw("</h2><ul>")
    // As the fields stand on the page; what has no field of its own comes last.
    let order = Dictionary(uniqueKeysWithValues: noted.enumerated().map { ($1, $0) })
    let faults = form.faults.enumerated().sorted {
      (order[$0.element.field] ?? .max, $0.offset) < (order[$1.element.field] ?? .max, $1.offset)
    }
    for (_, fault) in faults {
      raw("<li>")
      if let label = labels[fault.field] {
        let named = fault.message.contains(label) ? fault.message : label + (english ? ": " : "：") + fault.message
        a("#" + fieldID(fault.field), text: named)
      } else {
        text(fault.message)
      }
      raw("</li>")
    }
    raw("</ul></div>")
  }

  /// The faults of one field, above its input; returns the id to describe the input by. `label` goes before each where
  /// the place alone doesn't tell which field is meant.
  func fieldFaults(_ name: String, of label: String? = nil) -> String? {
    let faults = form.faults(of: name)
    guard !faults.isEmpty else { return nil }
    let id = fieldID(name) + "-e"
    raw("<p class=\"err\" id=\"")
    text(id)
    raw("\">")
    icon(.critical)
    raw("<span>")
    for (index, fault) in faults.enumerated() {
      if index > 0 { br() }
      if let label { text(label + (english ? ": " : "：")) }
      text(fault.message)
    }
    raw("</span></p>")
    return id
  }
}
