/// Writes one HTML document or fragment as UTF-8 bytes.
///
/// What a person typed and what we wrote cannot be mixed up: markup is a `StaticString`, known when the program is
/// built, and goes out as it is; a `String` is always escaped. The writer is a class, so that nested closures write to
/// the same page without passing it on: `h.div("card") { h.p(name) }`. It belongs to one thread and one page.
///
/// It also carries what every part of a page needs to know: the language, the form being drawn (`Form`) and the icons
/// used so far, which `page` puts once at the end.
public final class HTML {
  /// The value of HTML's `lang`, `zh-CN` or `en`.
  public let lang: String
  /// Whether the parts' own few words come in English; otherwise in Chinese.
  public let english: Bool
  /// For whom the page is drawn, where its forms are to be taken from nobody else; an account's id.
  public let author: String?
  /// What was typed into the form now being drawn and what is wrong with it; set by `form`.
  public internal(set) var form = Form()
  /// The labels of the form being drawn, by the names of its fields, where something is wrong with it.
  var labels: [String: String] = [:]
  /// Their names in the order in which the fields stand.
  var noted: [String] = []
  /// How many forms the page has so far, and the names of their fields, so that no id comes twice.
  var forms = 0
  var fields: Set<String> = []
  var earlierFields: Set<String> = []
  /// The form of this page that was refused, until the form that sent it is drawn.
  var returned: ReturnedForm?
  var icons: UInt64 = 0
  var ids = 0
  /// Unchecked: the writer never leaves its thread, and the check costs a third of the time of a large page.
  @exclusivity(unchecked) var out: ByteBuffer

  /// - Parameters:
  ///   - author: for whom the page is drawn, where it is for one account alone.
  ///   - capacity: the expected size in bytes; a page of a hundred rows has about 50,000.
  public init(lang: String = "zh-CN", english: Bool = false, author: String? = nil, capacity: Int = 16_384) {
    self.lang = lang
    self.english = english
    self.author = author
    out = ByteBuffer(capacity: capacity)
  }

  /// Everything written so far.
  public var bytes: [UInt8] { out.array }

  /// Everything written so far, for tests.
  public var string: String { out.string }

  /// The word in the page's language, for the parts' own words and for callers that know no sanatorium.
  public func word(_ chinese: StaticString, _ english: StaticString) -> StaticString {
    self.english ? english : chinese
  }

  /// Markup of ours, as it is.
  public func raw(_ markup: StaticString) {
    out.append(markup.utf8Start, markup.utf8CodeUnitCount)
  }

  /// Words of anybody's, escaped for text and for quoted attributes alike.
  ///
  /// Control characters and those that turn the direction of the text (nobody's name has them, and they make a page
  /// read differently from what is stored) show as U+FFFD; tab, line feed and carriage return stay.
  public func text(_ words: String) {
    var words = words
    words.withUTF8 { escape($0) }
  }

  /// Words of ours that hold no markup; the same result as `raw`, named for what it is at the call.
  public func text(_ words: StaticString) { raw(words) }

  /// A number without separators.
  public func int(_ value: Int) { digits(value, grouped: false) }

  /// A count as people read it: 1,277.
  public func number(_ value: Int) { digits(value, grouped: true) }

  /// Tenths with one decimal, 384 as 38.4 and 370 as 37.0.
  public func tenths(_ value: Int) {
    if value < 0 { out.append(0x2D) }
    digits(Int((value / 10).magnitude), grouped: true)
    out.append(0x2E)
    out.append(UInt8(0x30 + value.magnitude % 10))
  }

  /// A share of a whole in tenths of a per cent, 991 as “99.1 %” with a space that does not break.
  public func percent(tenths value: Int) {
    tenths(value)
    raw("\u{A0}%")
  }

  /// An id that occurs once on this page, for `aria-labelledby` and its like.
  public func freshID() -> String {
    ids += 1
    return "u\(ids)"
  }

  private func digits(_ value: Int, grouped: Bool) {
    if value < 0 { out.append(0x2D) }
    var rest = value.magnitude
    if rest < 10 { return out.append(UInt8(0x30 + rest)) }
    let start = out.count
    var count = 0
    while rest > 0 {
      if grouped && count > 0 && count % 3 == 0 { out.append(0x2C) }
      out.append(UInt8(0x30 + rest % 10))
      rest /= 10
      count += 1
    }
    out.reverse(from: start)
  }
}
