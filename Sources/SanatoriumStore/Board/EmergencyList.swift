public import Sanatorium

/// 应急名册: everybody of a batch who has arrived and not departed, by room.
public struct EmergencyList: Sendable, Hashable {
  public let batch: Batch
  public let entries: [EmergencyEntry]
}

extension Reader {
  /// The emergency list of the open batch; nil when none is open.
  public func emergencyList() throws -> EmergencyList? {
    guard let batch = try activeBatch() else { return nil }
    let entries = try tables.all(BoardSQL.emergency, batch.key) { row in
      let place: Place = try row.code(2)
      let exactly = Text.place(place, note: row.text(3), destination: row.text(4))
      return EmergencyEntry(
        room: row.text(1), name: row.text(0), place: exactly,
        placeWithoutHealth: place == .hospital ? place.name : exactly, allergies: row.text(5),
        medicines: row.text(6), conditions: row.text(7), telephone: row.text(11),
        family: [row.text(8), row.text(9), row.text(10)].filter { !$0.isEmpty }.joined(separator: " "),
        escort: [row.text(12), row.text(13)].filter { !$0.isEmpty }.joined(separator: " "))
    }
    return EmergencyList(batch: batch, entries: entries.sorted { $0.comesBefore($1) })
  }
}

extension Text {
  fileprivate static func place(_ place: Place, note: String, destination: String) -> Text {
    let more = place == .outing ? destination : note
    return more.isEmpty || place == .present
      ? place.name : Text("\(place.name.chinese)：\(more)", "\(place.name.english): \(more)")
  }
}

extension EmergencyEntry {
  /// By room, 9 before 10 and 2A after 2; those without a room last.
  fileprivate func comesBefore(_ other: EmergencyEntry) -> Bool {
    if room.isEmpty != other.room.isEmpty { return other.room.isEmpty }
    let (mine, theirs) = (Int(room.prefix { $0.isNumber }), Int(other.room.prefix { $0.isNumber }))
    if mine != theirs { return (mine ?? .max) < (theirs ?? .max) }
    return (room, name) < (other.room, other.name)
  }
}
