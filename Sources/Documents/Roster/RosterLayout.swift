import Sanatorium

/// One column of a list.
struct RosterColumn: Hashable {
  /// From 0.
  let index: Int
  /// The header's own text, of two header rows the lower.
  let header: String
  /// Nil for one that is kept as a remark.
  let field: RosterField?
}

/// Where a sheet has its header, and what its columns are.
struct RosterLayout {
  let columns: [RosterColumn]
  /// The row numbers of the header.
  let header: ClosedRange<Int>
  /// What the line above the header names: `填报单位（盖章）：济宁市军休一所`.
  let reportingUnit: String?
  private let byField: [RosterField: [RosterColumn]]

  /// The first column of a field.
  func column(_ field: RosterField) -> RosterColumn? { byField[field]?.first }
  /// Every column of a field (two telephones).
  func columns(_ field: RosterField) -> [RosterColumn] { byField[field] ?? [] }
  func has(_ field: RosterField) -> Bool { byField[field] != nil }

  /// The header of a sheet; nil when there is none within its first 40 rows.
  init?(_ sheet: Sheet) {
    for (position, row) in sheet.rows.prefix(40).enumerated() {
      var best = RosterLayout.columns(of: row)
      var last = row
      if position + 1 < sheet.rows.count {
        let below = sheet.rows[position + 1]
        if below.number == row.number + 1, RosterLayout.isLowerHeader(below, under: row, in: sheet) {
          let double = RosterLayout.columns(of: below, under: row, in: sheet)
          // A line above a whole header is its upper row only where it tells more than the header alone.
          let alone = RosterLayout.columns(of: below)
          if RosterLayout.isHeader(double),
            RosterLayout.isHeader(best) || RosterLayout.known(double) > RosterLayout.known(alone)
          {
            (best, last) = (double, below)
          }
        }
      }
      guard RosterLayout.isHeader(best) else { continue }
      self.init(columns: best, header: row.number...last.number, above: sheet.rows.prefix(position))
      return
    }
    return nil
  }

  private init(columns: [RosterColumn], header: ClosedRange<Int>, above: ArraySlice<SheetRow>) {
    var byField: [RosterField: [RosterColumn]] = [:]
    var kept: [RosterColumn] = []
    for column in columns {
      // A second column of a kind is told apart by nothing: it becomes a remark, but telephones and merits add up.
      let adds: Set<RosterField> = [.telephone, .contactTelephone, .ground, .conditions, .remarks]
      guard let field = column.field, byField[field] == nil || adds.contains(field) else {
        kept.append(RosterColumn(index: column.index, header: column.header, field: nil))
        continue
      }
      byField[field, default: []].append(column)
      kept.append(column)
    }
    // 职级 stands in for a category where there is none.
    if byField[.category] == nil, let rank = byField.removeValue(forKey: .rank) { byField[.category] = rank }
    self.columns = kept
    self.header = header
    self.byField = byField
    reportingUnit = above.lazy.compactMap(RosterLayout.reportingUnit).first
  }

  private static func known(_ columns: [RosterColumn]) -> Int { Set(columns.compactMap(\.field)).count }

  /// A name and at least one more known column, and no fewer known than half.
  private static func isHeader(_ columns: [RosterColumn]) -> Bool {
    let fields = columns.compactMap(\.field)
    return fields.contains(.name) && Set(fields).count >= 2 && fields.count * 2 >= columns.count
  }

  private static func columns(of row: SheetRow) -> [RosterColumn] {
    row.cells.indices.compactMap { index in
      let text = row[index].text.trimmed
      return text.isEmpty ? nil : RosterColumn(index: index, header: text, field: RosterField(header: text))
    }
  }

  private static func columns(of below: SheetRow, under above: SheetRow, in sheet: Sheet) -> [RosterColumn] {
    let groups = groups(of: above, in: sheet)
    return (0..<max(above.cells.count, below.cells.count)).compactMap { index in
      let lower = below[index].text.trimmed
      let upper = above[index].text.trimmed
      if lower.isEmpty {
        return upper.isEmpty ? nil : RosterColumn(index: index, header: upper, field: RosterField(header: upper))
      }
      let group = groups[index] ?? ""
      return RosterColumn(index: index, header: lower, field: RosterField(header: lower, under: group))
    }
  }

  /// The group header over each column: by its merge, else (CSV keeps none) until the next text to the right.
  private static func groups(of row: SheetRow, in sheet: Sheet) -> [Int: String] {
    let merges = sheet.merges.filter { $0.rows.contains(row.number) }
    var result: [Int: String] = [:]
    var current = ""
    for index in 0..<SheetLimit.columns {
      let text = row[index].text.trimmed
      if let merge = merges.first(where: { $0.columns.contains(index) }) {
        result[index] = row[merge.columns.lowerBound].text.trimmed
        current = ""
      } else if !text.isEmpty {
        result[index] = text
        current = text
      } else if sheet.merges.isEmpty {
        result[index] = current
      }
    }
    return result
  }

  /// A second header row: nothing in it looks like data, and it names something known.
  private static func isLowerHeader(_ row: SheetRow, under above: SheetRow, in sheet: Sheet) -> Bool {
    let groups = groups(of: above, in: sheet)
    var known = 0
    for (index, cell) in row.cells.enumerated() where !cell.isBlank {
      guard cell.kind == .text, cell.text.count <= 40 else { return false }
      if cell.text.folded.digitCount >= 6 { return false }
      if RosterField(header: cell.text, under: groups[index] ?? "") != nil { known += 1 }
    }
    // What stands under `姓名` is a name, and so is the row a person, unless it is a header itself.
    if let name = above.cells.firstIndex(where: { RosterField(header: $0.text) == .name }) {
      let below = row[name].text
      if !below.trimmed.isEmpty, RosterField(header: below) == nil { return false }
    }
    return known >= 1 && known * 2 >= row.cells.count(where: { !$0.isBlank })
  }

  private static func reportingUnit(of row: SheetRow) -> String? {
    let line = row.cells.map { $0.text.trimmed }.filter { !$0.isEmpty }.joined(separator: "　")
    for label in ["填报单位", "报送单位", "选送单位", "上报单位", "单位名称", "单位"] {
      guard let found = line.firstRange(of: label) else { continue }
      guard let colon = line[found.upperBound...].firstIndex(where: { $0 == "：" || $0 == ":" }),
        line.distance(from: found.upperBound, to: colon) <= 6
      else { continue }
      let after = line[line.index(after: colon)...].drop { $0.isWhitespace }
      let end =
        ["填报人", "填表人", "联系人", "电话", "联系电话", "日期", "填报日期", "填表日期", "时间", "审核"]
        .compactMap { after.firstRange(of: $0)?.lowerBound }.min() ?? after.endIndex
      let unit = after[..<end].prefix { $0 != "\u{3000}" && $0 != "\t" }.trimmed.filter { $0 != "_" }
      return unit.isEmpty ? nil : unit
    }
    return nil
  }
}
