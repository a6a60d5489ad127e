public import Sanatorium

/// What a list holds and what is wrong with it, before anything is imported.
public struct RosterCheck: Hashable, Sendable {
  /// The sheet that was read; empty for CSV.
  public let sheet: String
  /// Sheets that were not read.
  public let otherSheets: [String]
  /// Everyone in the list, in its order.
  public let participants: [RosterPerson]
  /// By row, then column.
  public let faults: [RosterFault]
  /// Rules of which the list says nothing at all, by id.
  public let notAsked: [String]

  /// People, not lines.
  public var rows: Int { participants.count }

  /// True when a fault stops the import or a gate: force `error` or H.
  public var isStopped: Bool { faults.contains { $0.force == .error || $0.force == .hard } }
}
