/// One column of a table.
public struct Column: Sendable {
  public var heading: String
  /// Figures stand right.
  public var isNumber: Bool
  /// Today's, in a table of days.
  public var isCurrent: Bool

  public init(_ heading: String, isNumber: Bool = false, isCurrent: Bool = false) {
    self.heading = heading
    self.isNumber = isNumber
    self.isCurrent = isCurrent
  }

  /// A column of figures.
  public static func number(_ heading: String) -> Column { Column(heading, isNumber: true) }
}

extension HTML {
  /// A table that scrolls by itself where it is too wide. The caption is its name; `showsCaption: false` keeps it for
  /// screen readers where a heading above says the same. `row` writes each row; `footer` stands at the foot of each
  /// printed sheet.
  public func table(
    _ caption: String, _ columns: [Column], showsCaption: Bool = true, names: StaticString = "",
    footer: String? = nil,
    content: () throws -> Void
  ) rethrows {
    raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\"")
    attribute(.label(caption))
    raw("><table")
    if names.utf8CodeUnitCount > 0 { attribute(.class(names)) }
    raw(showsCaption ? "><caption>" : "><caption class=\"vh\">")
    text(caption)
    raw("</caption><thead><tr>")
    for column in columns {
      raw(column.isNumber ? "<th scope=\"col\" class=\"num\"" : "<th scope=\"col\"")
      raw(column.isCurrent ? " aria-current=\"date\">" : ">")
      text(column.heading)
      raw("</th>")
    }
    raw("</tr></thead><tbody>")
    try content()
    raw("</tbody>")
    if let footer {
      raw("<tfoot><tr><td class=\"s\"")
      attribute(.of("colspan", columns.count))
      raw(">")
      text(footer)
      raw("</td></tr></tfoot>")
    }
    raw("</table></div>")
  }

  /// A row; the first cell is its head. `th`, `td` and `num` write the cells.
  public func row(_ tone: Tone? = nil, id: String? = nil, content: () throws -> Void) rethrows {
    raw("<tr")
    if let tone { attribute(.class("rail", tone.name)) }
    attribute(.of("id", ifAny: id))
    raw(">")
    try content()
    raw("</tr>")
  }

  /// The head of a row.
  public func th(_ words: String, detail: String? = nil, target: String? = nil) {
    raw("<th scope=\"row\">")
    if let target { a(target, "link", text: words) } else { text(words) }
    if let detail { span("m s blk", detail) }
    raw("</th>")
  }

  /// A cell of words.
  public func td(_ words: String) { wrap("td", "", words) }

  /// A cell of its own making; `span` over several columns.
  public func td(span columns: Int = 1, names: StaticString = "", content: () throws -> Void) rethrows {
    raw("<td")
    if columns > 1 { attribute(.of("colspan", columns)) }
    if names.utf8CodeUnitCount > 0 { attribute(.class(names)) }
    raw(">")
    try content()
    raw("</td>")
  }

  /// A cell with a count; nothing shows as a dash.
  public func num(_ value: Int?) {
    raw("<td class=\"num\">")
    if let value { number(value) } else { raw("–") }
    raw("</td>")
  }

  /// A cell with a figure that is written already.
  public func num(_ figure: String) { wrap("td", "num", figure) }

  /// A cell with a reading in tenths; nothing shows as a dash.
  public func num(tenths value: Int?) {
    raw("<td class=\"num\">")
    if let value { tenths(value) } else { raw("–") }
    raw("</td>")
  }
}
