public import Sanatorium

/// One cell as a file holds it and as a person reads it there.
public struct SheetCell: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case blank, text, number, boolean, error
    /// A number shown as a date. `showsDay` is false for formats like `yyyy年m月`: what stands there is a month, and
    /// the first of it is the spreadsheet's invention.
    case date(Day, showsDay: Bool)
  }

  public var kind: Kind
  /// What a person reads: text as typed, a number in plain digits (never `1.1E+17`), a date as `1948-05-18`.
  public var text: String
  /// The characters in the file, before any reading.
  public var raw: String
  /// A formula's result, which may be stale.
  public var isFormula: Bool

  public init(_ kind: Kind, text: String, raw: String? = nil, isFormula: Bool = false) {
    self.kind = kind
    self.text = text
    self.raw = raw ?? text
    self.isFormula = isFormula
  }

  public static let blank = SheetCell(.blank, text: "")

  /// A numeric cell with more digits than a spreadsheet keeps (15): its last digits are not those that were typed.
  public var isDamaged: Bool {
    guard kind == .number else { return false }
    return text.utf8.count { (48...57).contains($0) } > 15
  }

  /// Nothing that a person would see.
  public var isBlank: Bool { text.allSatisfy(\.isWhitespace) }
}

/// One row, blank cells at its end left out.
public struct SheetRow: Hashable, Sendable {
  /// As the spreadsheet numbers it, from 1; blank rows count, records with line breaks inside count once.
  public let number: Int
  public var cells: [SheetCell]
  /// Hidden by hand or by a filter. The people in it are people too.
  public var isHidden: Bool

  public init(number: Int, cells: [SheetCell], isHidden: Bool = false) {
    self.number = number
    self.cells = cells
    self.isHidden = isHidden
  }

  /// The cell of a column counted from 0; blank beyond the end.
  public subscript(column: Int) -> SheetCell { cells.indices.contains(column) ? cells[column] : .blank }

  public var isBlank: Bool { cells.allSatisfy(\.isBlank) }
}

/// Cells shown as one; only the first holds a value.
public struct SheetMerge: Hashable, Sendable {
  /// Row numbers, from 1.
  public let rows: ClosedRange<Int>
  /// Columns, from 0.
  public let columns: ClosedRange<Int>

  public init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
    self.rows = rows
    self.columns = columns
  }
}

/// One sheet of a workbook, or a whole CSV file.
public struct Sheet: Hashable, Sendable {
  /// The tab's name; empty for CSV.
  public let name: String
  /// The rows that hold something, by rising number.
  public let rows: [SheetRow]
  public let merges: [SheetMerge]
  /// Hidden by its owner; read all the same.
  public let isHidden: Bool

  public init(name: String, rows: [SheetRow], merges: [SheetMerge] = [], isHidden: Bool = false) {
    self.name = name
    self.rows = rows
    self.merges = merges
    self.isHidden = isHidden
  }
}

/// What a spreadsheet file may hold at most; a list of 100 people is far below. Beyond it the file is refused.
public enum SheetLimit {
  /// Bytes of the file as uploaded.
  public static let fileBytes = 10 << 20
  /// Rows with something in them, per sheet.
  public static let rows = 5_000
  public static let columns = 200
  public static let sheets = 50
  /// Characters in one cell (a spreadsheet's own limit).
  public static let cellCharacters = 32_767
}
