import Sanatorium

/// A line of a list that holds a person.
struct RosterLine {
  let number: Int
  /// Vertically merged cells filled in.
  let cells: SheetRow
  /// From the unit row above.
  let unit: String?
  /// From a group row like `一、离休干部`.
  let category: String?

  subscript(column: RosterColumn) -> SheetCell { cells[column.index] }
}

/// Everything below the header: people, and the lines that are none.
struct RosterBody {
  /// A line that was passed over, so that a person can see that nobody was lost.
  struct PassedOver: Hashable {
    let row: Int
    let text: String
  }

  private(set) var lines: [RosterLine] = []
  private(set) var passedOver: [PassedOver] = []
  /// Whether rows of their own name units.
  private(set) var hasUnitRows = false

  init(_ sheet: Sheet, _ layout: RosterLayout) {
    let filled = RosterBody.fill(sheet, layout)
    let width = layout.columns.count
    var unit: String?
    var category: String?
    for row in sheet.rows where row.number > layout.header.upperBound {
      let written = row.cells.indices.filter { !row[$0].isBlank }
      guard let first = written.first else { continue }
      let text = row[first].text.trimmed
      let pass = { (body: inout RosterBody) in
        let all = written.map { row[$0].text.trimmed }.joined(separator: "　")
        body.passedOver.append(PassedOver(row: row.number, text: all))
      }
      let merge = sheet.merges.first { $0.rows.contains(row.number) && $0.columns.contains(first) }
      let isWide = merge.map { $0.columns.count > 1 && $0.columns.count * 2 >= width } ?? false
      let name = layout.column(.name)?.index ?? 0
      if RosterBody.isFooter(text, hasName: first != name && !row[name].isBlank) || RosterBody.isHeader(row, layout) {
        pass(&self)
        continue
      }
      let significant = written.filter { !RosterBody.isOrdinalOrCount(row[$0].text) }
      if written.count == 1 || significant.count == 1 {
        let place = significant.first ?? first
        let title = RosterBody.groupTitle(row[place].text)
        let least = place == name ? 4 : 3
        if isWide || (place <= max(name, 1) && RosterBody.looksLikeUnit(title) && title.count >= least) {
          if RosterBody.looksLikeUnit(title) {
            unit = title
            category = nil
            hasUnitRows = true
          } else if RosterBody.looksLikeCategory(title) {
            category = title
          } else {
            pass(&self)
          }
          continue
        }
      }
      if written.count == 1 {
        let title = RosterBody.groupTitle(text)
        let sequence = layout.column(.sequence)?.index
        // A row numbered in advance, or a note under the list.
        if first == sequence || (first == 0 && first != name && text.count > 12) {
          if !text.folded.isDigits { pass(&self) }
          continue
        }
        if first == 0, first != name, RosterBody.looksLikeCategory(title) {
          category = title
          continue
        }
      }
      lines.append(RosterLine(number: row.number, cells: filled[row.number] ?? row, unit: unit, category: category))
    }
  }

  /// Rows with the cells that a vertical merge covers. A name, a number or a birth is one person's, whatever is merged.
  private static func fill(_ sheet: Sheet, _ layout: RosterLayout) -> [Int: SheetRow] {
    let own: Set<RosterField> = [.sequence, .name, .identity, .birth, .sex]
    let rows = Dictionary(sheet.rows.map { ($0.number, $0) }) { first, _ in first }
    var filled: [Int: SheetRow] = [:]
    for merge in sheet.merges where merge.rows.count > 1 && merge.rows.lowerBound > layout.header.upperBound {
      let index = merge.columns.lowerBound
      guard let value = rows[merge.rows.lowerBound]?[index], !value.isBlank,
        let column = layout.columns.first(where: { $0.index == index }), !own.contains(column.field ?? .remarks)
      else { continue }
      for row in sheet.rows where merge.rows.contains(row.number) && row[index].isBlank {
        var cells = filled[row.number] ?? row
        while cells.cells.count <= index { cells.cells.append(.blank) }
        cells.cells[index] = value
        filled[row.number] = cells
      }
    }
    return filled
  }

  private static func isHeader(_ row: SheetRow, _ layout: RosterLayout) -> Bool {
    let same = layout.columns.count { !row[$0.index].isBlank && row[$0.index].text.trimmed == $0.header }
    // The lower of two header rows, printed again on the next page, has nothing under the merged ones.
    return same >= 2
      && (layout.column(.name).map { row[$0.index].text.trimmed == $0.header } ?? false
        || same == row.cells.count { !$0.isBlank })
  }

  private static func isFooter(_ text: String, hasName: Bool) -> Bool {
    let text = text.folded
    for word in ["合计", "小计", "总计", "共计", "总人数", "累计"] where text.hasPrefix(word) {
      return !hasName || text == word
    }
    for word in ["注:", "说明:", "备注:", "附注:", "填表说明", "填报说明"] where text.hasPrefix(word) { return true }
    for word in [
      "审核人", "制表人", "填表人", "填报人", "负责人", "经办人", "单位负责人", "主要负责人", "联系人", "填报单位", "报送单位", "填报日期", "填表日期", "制表日期", "单位盖章",
      "审批人", "审核", "制表", "复核人", "联系电话", "日期",
    ] where text.hasPrefix(word) {
      let rest = text.dropFirst(word.count)
      return rest.isEmpty || rest.hasPrefix(":") || rest.hasPrefix("(")
    }
    return text.hasPrefix("(盖章)") || text.hasPrefix("第") && text.hasSuffix("页")
  }

  /// `一、济宁市军休一所（12人）` → `济宁市军休一所`.
  static func groupTitle(_ text: String) -> String {
    var title = text.trimmed[...]
    let digits = "一二三四五六七八九十0123456789"
    let numbered = title.drop { "(（".contains($0) }
    let number = numbered.prefix { digits.contains($0) }
    if !number.isEmpty {
      let after = numbered[number.endIndex...]
      if let mark = after.first, "、.．,，)）".contains(mark) { title = after.drop { "、.．,，)） 　".contains($0) } }
    }
    if let (before, inside) = RosterText.bracketed(String(title)), inside.folded.contains("人") { title = before[...] }
    if let colon = title.lastIndex(where: { $0 == "：" || $0 == ":" }) {
      let after = title[title.index(after: colon)...].folded
      if after.isEmpty || after.hasSuffix("人") { title = title[..<colon] }
    }
    while title.hasSuffix("人"), let shorter = Optional(title.dropLast().trimmed), let last = shorter.last, last.isNumber {
      title = shorter[...]
      while let last = title.last, last.isNumber || last.isWhitespace || last == "共" || last == "计" {
        title.removeLast()
      }
    }
    return title.trimmed
  }

  /// `一`, `（二）` before a unit's name, `12人` behind it. A person's number is in Arabic digits.
  private static func isOrdinalOrCount(_ text: String) -> Bool {
    let text = text.folded
    if text.allSatisfy({ "一二三四五六七八九十()、.".contains($0) }) { return true }
    let number = text.drop { "共计".contains($0) }
    return (number.hasSuffix("人") || number.hasSuffix("名")) && number.dropLast().isDigits
  }

  private static func looksLikeUnit(_ title: String) -> Bool {
    guard title.count <= 40 else { return false }
    return ["所", "中心", "局", "站", "处", "院", "单位", "厅", "区", "县", "办", "部", "委", "市", "科", "机构", "街道", "镇"]
      .contains { title.hasSuffix($0) && !title.hasSuffix("干部") }
  }

  private static func looksLikeCategory(_ title: String) -> Bool {
    title.count <= 12 && ["离休", "退休", "士官", "军士", "干部", "职工"].contains { title.contains($0) }
  }
}
