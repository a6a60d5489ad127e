internal import Sanatorium

extension EmergencyListDocument {
  /// One HTML file without anything from outside it: A4, 14 pt, head rows on each sheet, batch and page in the foot.
  public var html: String {
    var out = "<!doctype html>\n<html lang=\"\(language.tag)\"><head><meta charset=\"utf-8\">"
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>"
    out += escaped("\(say(Self.title))·\(batch ?? "")·\(facility)")
    out += "</title><style>\(style)</style></head><body><h1>\(escaped(facility))·\(say(Self.title))</h1>"
    if let batch { out += "<p><b>\(escaped(batch))</b></p>" }
    out += "<p>\(escaped(summary))</p>"
    if !entries.isEmpty {
      out += "<table><thead><tr>"
      for column in Self.columns { out += "<th scope=\"col\">\(say(column))</th>" }
      out += "</tr></thead><tbody>"
      for entry in entries { out += row(entry) }
      out += "</tbody><tfoot><tr><td colspan=\"5\">\(escaped(foot))</td></tr></tfoot></table>"
    }
    return out + "</body></html>\n"
  }

  private var foot: String { "\(facility)·\(batch ?? "")·\(say(Self.title))·\(madeAt)" }

  private func row(_ entry: EmergencyEntry) -> String {
    var out = "<tr><th scope=\"row\">\(escaped(entry.room.isEmpty ? "–" : entry.room))</th>"
    out += "<td><b>\(escaped(entry.name))</b><br>\(escaped(say(entry.place)))</td><td>"
    let health = Self.health(entry, language).map { line in
      line.isAllergy ? "<b>⚠ \(escaped(line.words))</b>" : escaped(line.words)
    }
    out += health.isEmpty ? "–" : health.joined(separator: "<br>")
    let contacts = Self.contacts(entry, language).map(escaped)
    out += "</td><td>\(contacts.isEmpty ? "–" : contacts.joined(separator: "<br>"))</td><td>☐</td></tr>"
    return out
  }

  private var style: String {
    """
    @page{size:A4;margin:14mm 12mm 16mm;@bottom-right{content:counter(page) " / " counter(pages);font:10pt sans-serif}}
    body{margin:1rem auto;max-width:60rem;padding:0 1rem;font:14pt/1.35 sans-serif;color:#000;background:#fff}
    h1{font-size:20pt;margin:0 0 2mm}p{margin:0 0 2mm}
    table{width:100%;border-collapse:collapse}thead{display:table-header-group}tfoot{display:table-footer-group}
    tr{break-inside:avoid}th,td{text-align:start;vertical-align:top;border-bottom:1px solid #555;padding:1.5mm 3mm 1.5mm 0}
    th:first-child{white-space:nowrap}td:nth-child(4){font-size:12pt}td:last-child{font-size:18pt}
    tfoot td,tfoot td:last-child{font-size:10pt;border:0}
    @media print{body{margin:0;padding:0;max-width:none}}
    """
  }

  private func escaped(_ words: String) -> String {
    var out = ""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      // A control character or one that turns the direction makes a name read differently from what is stored.
      case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
        out += "\u{FFFD}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// Plain text, for a printer that takes nothing else: one person in a few short lines. Begins with a byte order mark, so
  /// that old editors read it as UTF-8.
  public var text: String {
    var lines = ["\u{FEFF}\(facility)·\(say(Self.title))"]
    if let batch { lines.append(batch) }
    lines += [summary, ""]
    for entry in entries {
      lines.append("[ ] \(entry.room.isEmpty ? "–" : entry.room)  \(entry.name)  \(say(entry.place))")
      for line in Self.health(entry, language) { lines.append("      \(line.isAllergy ? "!! " : "")\(line.words)") }
      for line in Self.contacts(entry, language) { lines.append("      \(line)") }
    }
    // A line end inside a field must not look like another person.
    let clean = lines.map { line in String(line.map { $0.isNewline ? " " : $0 }) }
    return clean.joined(separator: "\r\n") + "\r\n"
  }
}
