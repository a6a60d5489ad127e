public import Sanatorium

/// What a list holds and what is wrong with it, before anything is imported.
public struct RosterCheck: Hashable, Sendable {
  /// A line that is no person: a footer, a note, a header printed again.
  public struct PassedOver: Hashable, Sendable {
    public let row: Int
    public let text: String
  }

  /// The sheet that was read; empty for CSV.
  public let sheet: String
  /// Sheets that were not read.
  public let otherSheets: [String]
  /// Everyone in the list, in its order; people in hidden or filtered rows are people too.
  public let participants: [RosterPerson]
  /// By row, then column.
  public let faults: [RosterFault]
  /// Rules of which the list leaves a fact out, by id, each once.
  public let notAsked: [String]
  /// What stands between and below the people, so that a reader sees that nobody was lost.
  public let passedOver: [PassedOver]

  /// People, not lines.
  public var rows: Int { participants.count }

  /// True when a fault stops the import or a gate: force `error` or H.
  public var isStopped: Bool { faults.contains { $0.force == .error || $0.force == .hard } }

  /// Reads a list and checks it.
  ///
  /// - Parameters:
  ///   - bytes: A CSV or XLSX file as it is, told by its content.
  ///   - sheet: The sheet to read; nil takes the first whose header is known and that names people.
  ///   - regulation: Its per-person rules are judged as far as the list has columns; nil checks the reading alone.
  ///   - startsOn: Day 1 of the stay (报到日), on which ages are counted.
  /// - Throws: `Refusal.invalid` with a fault on `file` when there is no list in it (see `SheetFile`), or on `sheet` when
  ///   it has no sheet of that name.
  public static func run(
    bytes: [UInt8], sheet: String? = nil, regulation: Regulation?, startsOn: Day
  ) throws(Refusal) -> RosterCheck {
    let file = try SheetFile(bytes: bytes)
    var found: [(sheet: Sheet, layout: RosterLayout, body: RosterBody)] = []
    var hasHeader = false
    for candidate in file.sheets {
      guard let layout = RosterLayout(candidate) else { continue }
      hasHeader = true
      let body = RosterBody(candidate, layout)
      if !body.lines.isEmpty { found.append((candidate, layout, body)) }
    }
    if let sheet, !file.sheets.contains(where: { $0.name == sheet }) {
      throw .invalid("sheet", "no-such-sheet", Text("文件里没有“\(sheet)”这张表", "The file has no sheet “\(sheet)”"))
    }
    guard let (chosen, layout, body) = found.first(where: { $0.sheet.name == sheet ?? $0.sheet.name }) else {
      throw hasHeader
        ? .invalid("file", "no-people", Text("表头下面没有人", "There is nobody below the header"))
        : .invalid(
          "file", "no-header",
          Text(
            "没有找到表头：要有“姓名”和至少一列别的内容（性别、身份证号……）",
            "No header was found: there must be 姓名 and at least one more known column (性别, 身份证号 …)"))
    }

    let read = body.lines.map { RosterRow($0, layout, startsOn: startsOn) }
    let people = read.map(\.person)
    var faults: [RosterFault] = []
    var notAsked: [String] = []
    if let regulation {
      let columns = layout.factColumns(hasUnitRows: body.hasUnitRows)
      let rules = RosterRules(regulation: regulation, startsOn: startsOn, layout: layout, columns: columns)
      faults = read.flatMap { rules.faults(of: $0) }
      notAsked = regulation.notAsked(columns: columns)
    } else {
      faults = read.flatMap(\.faults)
    }
    let lines = Dictionary(body.lines.map { ($0.number, $0) }) { first, _ in first }
    faults += RosterDuplicates.faults(people, layout) { row, column in lines[row]?[column].text ?? "" }
    let places = Dictionary(layout.columns.map { ($0.header, $0.index) }) { first, _ in first }
    let order = { (fault: RosterFault) in (fault.row, places[fault.column] ?? -1, fault.rule ?? "") }

    let others = file.sheets.filter { $0.name != chosen.name }
    let lists = found.filter { $0.sheet.name != chosen.name }.map { other in
      RosterFault(
        row: 0, column: "", code: RosterFaultCode.otherSheet.rawValue, force: RosterFaultCode.otherSheet.force,
        value: other.sheet.name,
        message: Text(
          "“\(other.sheet.name)”里也有 \(other.body.lines.count) 人，没有读。请选那张表再导入一次。",
          "“\(other.sheet.name)” lists \(other.body.lines.count) people too and was not read. Import that sheet as well."
        ))
    }
    return RosterCheck(
      sheet: chosen.name, otherSheets: others.map(\.name), participants: people,
      faults: lists + faults.sorted { order($0) < order($1) }, notAsked: notAsked,
      passedOver: body.passedOver.map { PassedOver(row: $0.row, text: $0.text) })
  }
}
