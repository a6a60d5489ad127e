/// One attribute of an element. Names are fixed when the program is built, values are escaped.
///
/// `style` and `on…` attributes do not exist here: the content security policy forbids both.
public struct Attribute {
  enum Value {
    case literal(StaticString)
    case words(String)
    case int(Int)
    case flag
    case absent
  }

  let name: StaticString
  let value: Value
  var second: StaticString = ""

  /// Any attribute with a value from outside.
  public static func of(_ name: StaticString, _ value: String) -> Attribute {
    precondition(allowed(name), "attribute \(name) is forbidden by the content security policy")
    return Attribute(name: name, value: .words(value))
  }

  /// Any attribute with a number.
  public static func of(_ name: StaticString, _ value: Int) -> Attribute { Attribute(name: name, value: .int(value)) }

  /// Any attribute, left out where there is no value.
  public static func of(_ name: StaticString, ifAny value: String?) -> Attribute {
    value.map { of(name, $0) } ?? Attribute(name: name, value: .absent)
  }

  /// An attribute without value, `required`; left out when `present` is false.
  public static func flag(_ name: StaticString, _ present: Bool = true) -> Attribute {
    Attribute(name: name, value: present ? .flag : .absent)
  }

  /// `class`, from our own style sheet.
  public static func `class`(_ names: StaticString) -> Attribute { Attribute(name: "class", value: .literal(names)) }

  /// `class` of two parts, usually a part and its tone.
  public static func `class`(_ names: StaticString, _ more: StaticString) -> Attribute {
    Attribute(name: "class", value: .literal(names), second: more)
  }

  /// `id`
  public static func id(_ id: String) -> Attribute { of("id", id) }

  /// A link's target: a path, a query, a fragment, or an https, tel or mailto address. Anything else (a `javascript:`
  /// address in data from outside) becomes `#`.
  public static func href(_ target: String) -> Attribute { of("href", safe(target) ? target : "#") }

  /// `data-…`; the name is given whole.
  public static func data(_ name: StaticString, _ value: String) -> Attribute { of(name, value) }

  /// The `lang` of words in another language than the page's.
  public static func lang(_ tag: String) -> Attribute { of("lang", tag) }

  /// `aria-labelledby`
  public static func labelled(by id: String) -> Attribute { of("aria-labelledby", id) }

  /// `aria-label`
  public static func label(_ words: String) -> Attribute { of("aria-label", words) }

  static func safe(_ target: String) -> Bool {
    var scheme = ""
    for character in target.unicodeScalars {
      switch character {
      case "/", "?", "#": return true
      case ":": return ["https", "tel", "mailto"].contains(scheme.lowercased())
      case "a"..."z", "A"..."Z", "0"..."9", "+", "-", ".", "_", "~", "%": scheme.unicodeScalars.append(character)
      default: return false
      }
    }
    return true
  }

  private static func allowed(_ name: StaticString) -> Bool {
    let name = name.description
    return name != "style" && name != "srcdoc" && !name.hasPrefix("on")
  }
}

extension HTML {
  func attribute(_ attribute: Attribute) {
    if case .absent = attribute.value { return }
    out.append(0x20)
    raw(attribute.name)
    switch attribute.value {
    case .absent, .flag: return
    case .literal(let words):
      raw("=\"")
      raw(words)
      if attribute.second.utf8CodeUnitCount > 0 {
        out.append(0x20)
        raw(attribute.second)
      }
    case .words(let words):
      raw("=\"")
      text(words)
    case .int(let value):
      raw("=\"")
      int(value)
    }
    out.append(0x22)
  }
}
