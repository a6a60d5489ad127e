public import Sanatorium

/// How much a fault of a list weighs.
public enum RosterForce: String, Hashable, Sendable, CaseIterable, Codable {
  /// It can't be read or can't be right; the person can't be imported like this.
  case error
  /// A person should look at it.
  case ask
  /// A hard, soft or informational rule of the regulation is not met or can't be told.
  case hard = "H"
  case soft = "S"
  case informational = "I"
}

/// One thing wrong in one row.
public struct RosterFault: Hashable, Sendable {
  /// The row, as a spreadsheet numbers it; 0 for the file as a whole.
  public let row: Int
  /// The header's own text (of two header rows the lower); empty when no column holds it.
  public let column: String
  /// A `RosterFaultCode`, or `rule` for a rule of the regulation.
  public let code: String
  public let force: RosterForce
  /// The rule's id, `JN05`; nil for a fault of reading.
  public let rule: String?
  /// The cell as written; empty when blank.
  public let value: String
  public let message: Text
  /// The regulation's article and words; nil for a fault of reading.
  public let clause: String?

  /// The column for one line of text: line breaks inside the header left out.
  public var columnLabel: String { column.filter { !$0.isNewline } }

  public init(
    row: Int, column: String, code: String, force: RosterForce, rule: String? = nil, value: String, message: Text,
    clause: String? = nil
  ) {
    self.row = row
    self.column = column
    self.code = code
    self.force = force
    self.rule = rule
    self.value = value
    self.message = message
    self.clause = clause
  }
}
