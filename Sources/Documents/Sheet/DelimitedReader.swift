import Sanatorium

/// CSV by RFC 4180, with what Windows programs make of it: other separators, CR or LF alone, a `sep=;` line, quotes in
/// the middle of an unquoted cell taken as they stand.
enum DelimitedReader {
  /// - Throws: `Refusal.invalid` on `file`: unreadable text, a quote never closed, more than `SheetLimit` allows.
  static func sheet(of bytes: [UInt8]) throws(Refusal) -> Sheet {
    var text = try TextDecoding.decode(bytes).text
    var separator: UInt8?
    // Excel's own hint; it takes up no row there.
    if text.starts(with: Array("sep=".utf8)), text.count > 5, [10, 13].contains(text[5]) {
      separator = text[4]
      text.removeFirst(text[5] == 13 && text.count > 6 && text[6] == 10 ? 7 : 6)
    }
    return Sheet(name: "", rows: try rows(of: text, separator: separator ?? detect(text)))
  }

  /// The separator that stands most evenly outside quotes: for each one, over the first lines, how many lines share the
  /// commonest count above zero, then that count.
  static func detect(_ text: [UInt8]) -> UInt8 {
    let candidates = Array(",;\t".utf8)
    var counts = candidates.map { _ in [Int: Int]() }
    var line = candidates.map { _ in 0 }
    var quoted = false
    var lines = 0
    func close() {
      for index in candidates.indices where line[index] > 0 { counts[index][line[index], default: 0] += 1 }
      line = candidates.map { _ in 0 }
      lines += 1
    }
    for byte in text {
      if byte == UInt8(ascii: "\"") { quoted.toggle() }
      if quoted { continue }
      if let index = candidates.firstIndex(of: byte) { line[index] += 1 }
      if byte == 10 || byte == 13 { close() }
      if lines > 200 { break }
    }
    close()
    let best = candidates.indices.max { left, right in
      func weight(_ index: Int) -> (Int, Int) {
        let top = counts[index].max { ($0.value * $0.key, $0.key) < ($1.value * $1.key, $1.key) }
        return ((top?.value ?? 0) * (top?.key ?? 0), top?.key ?? 0)
      }
      return weight(left) < weight(right)
    }
    return candidates[best ?? 0]
  }

  private static func rows(of text: [UInt8], separator: UInt8) throws(Refusal) -> [SheetRow] {
    let quote = UInt8(ascii: "\"")
    var rows: [SheetRow] = []
    var cells: [SheetCell] = []
    var field: [UInt8] = []
    var number = 1
    var index = 0
    var quoted = false

    func endCell() throws(Refusal) {
      // Four bytes of UTF-8 make one character at most.
      guard field.count <= SheetLimit.cellCharacters * 4 else { throw SheetRefusal.cellTooLong.refusal }
      let value = String(decoding: field, as: UTF8.self)
      cells.append(SheetCell(value.isEmpty ? .blank : .text, text: value))
      field.removeAll(keepingCapacity: true)
    }
    func endRow() throws(Refusal) {
      try endCell()
      while let last = cells.last, last.isBlank { cells.removeLast() }
      guard cells.count <= SheetLimit.columns else { throw SheetRefusal.tooManyColumns.refusal }
      if !cells.isEmpty { rows.append(SheetRow(number: number, cells: cells)) }
      guard rows.count <= SheetLimit.rows else { throw SheetRefusal.tooManyRows.refusal }
      cells.removeAll(keepingCapacity: true)
      number += 1
    }

    while index < text.count {
      let byte = text[index]
      if quoted {
        if byte != quote {
          field.append(byte)
        } else if index + 1 < text.count, text[index + 1] == quote {
          field.append(quote)
          index += 1
        } else {
          quoted = false
        }
      } else if byte == quote, field.isEmpty {
        quoted = true
      } else if byte == separator {
        try endCell()
      } else if byte == 13 || byte == 10 {
        if byte == 13, index + 1 < text.count, text[index + 1] == 10 { index += 1 }
        try endRow()
      } else {
        field.append(byte)
      }
      index += 1
    }
    guard !quoted else { throw SheetRefusal.quotes.refusal }
    if !field.isEmpty || !cells.isEmpty { try endRow() }
    return rows
  }
}
