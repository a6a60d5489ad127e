public import Sanatorium

/// One thing wrong in a pack file: where, which field, why.
public struct PackFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file's name as it was given, `cn-elder-2026.yaml`.
  public let file: String
  /// The line, from 1; 0 when the whole file is meant.
  public let line: Int
  /// The field's path, `rules[EB01].checks[1].kind`: an item by its own name, else by its place from 1; empty for the
  /// whole.
  public let field: String
  /// What is wrong and what would be right.
  public let reason: Text

  public init(file: String, line: Int, field: String, reason: Text) {
    self.file = file
    self.line = line
    self.field = field
    self.reason = reason
  }

  /// `file:line: field: reason`, in one language.
  public func sentence(_ language: Language) -> String {
    let place = line > 0 ? "\(file):\(line)" : file
    return field.isEmpty ? "\(place): \(reason(language))" : "\(place): \(field): \(reason(language))"
  }

  public var description: String { sentence(.english) }
}

/// Every fault of one pack file, in the order of its lines; never empty when thrown.
public struct PackFaults: Error, Hashable, Sendable, CustomStringConvertible {
  /// The faults, by line.
  public let faults: [PackFault]

  public init(_ faults: [PackFault]) { self.faults = faults.sorted { $0.line < $1.line } }

  public var description: String { faults.map(\.description).joined(separator: "\n") }
}
