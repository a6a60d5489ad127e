import Sanatorium

/// XLSX (ECMA-376) and its strict form: every sheet, streamed part by part.
enum WorkbookReader {
  /// - Throws: `Refusal.invalid` on `file`: no workbook (a Word file, an OpenDocument), damaged, or beyond the limits.
  static func sheets(of bytes: [UInt8]) throws(Refusal) -> [Sheet] {
    let archive = try ZipArchive(bytes)
    let workbookPath = try workbookPath(of: archive)
    let folder = workbookPath.split(separator: "/").dropLast().joined(separator: "/")
    func resolve(_ target: String) -> String {
      var parts = target.hasPrefix("/") ? [] : folder.split(separator: "/").map(String.init)
      for part in target.split(separator: "/") where part != "." {
        if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
      }
      return parts.joined(separator: "/")
    }

    let workbook = WorkbookPart()
    try XMLReader.read(workbookPath, of: archive, into: workbook)
    let relations = RelationshipsPart()
    let name = workbookPath.split(separator: "/").last.map(String.init) ?? ""
    try XMLReader.read((folder.isEmpty ? "" : folder + "/") + "_rels/\(name).rels", of: archive, into: relations)

    let strings = SharedStringsPart()
    if let target = relations.byType["sharedStrings"] {
      try XMLReader.read(resolve(target), of: archive, into: strings)
    }
    let styles = StylesPart()
    if let target = relations.byType["styles"], archive.contains(resolve(target)) {
      try XMLReader.read(resolve(target), of: archive, into: styles)
    }

    var sheets: [Sheet] = []
    for entry in workbook.sheets {
      // A chart or dialog sheet has no cells.
      guard let target = relations.targets[entry.relation] else { throw SheetRefusal.damaged.refusal }
      guard !target.contains("chartsheets/"), !target.contains("dialogsheets/") else { continue }
      let part = WorksheetPart(strings: strings.strings, styles: styles, startsIn1904: workbook.startsIn1904)
      try XMLReader.read(resolve(target), of: archive, into: part)
      sheets.append(Sheet(name: entry.name, rows: part.rows, merges: part.merges, isHidden: entry.isHidden))
    }
    guard !sheets.isEmpty else { throw SheetRefusal.notASheet.refusal }
    return sheets
  }

  private static func workbookPath(of archive: ZipArchive) throws(Refusal) -> String {
    if archive.contains("_rels/.rels") {
      let relations = RelationshipsPart()
      try XMLReader.read("_rels/.rels", of: archive, into: relations)
      if let target = relations.byType["officeDocument"] {
        let path = target.hasPrefix("/") ? String(target.dropFirst()) : target
        // Word, presentations and the binary .xlsb have other parts here.
        guard path.lowercased().hasSuffix(".xml"), path.lowercased().contains("workbook") || path.contains("xl/") else {
          throw SheetRefusal.notASheet.refusal
        }
        return path
      }
    }
    guard archive.contains("xl/workbook.xml") else { throw SheetRefusal.notASheet.refusal }
    return "xl/workbook.xml"
  }
}
