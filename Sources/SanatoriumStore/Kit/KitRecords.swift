internal import Evidence
internal import Sanatorium

/// A line of the kit was added, or replaced by another.
struct KitItemKept: CodedPayload {
  static let kind = EntryKind.kitItemKept
  struct Personal: Codable, Sendable {
    var item: KitItem
    var isNew: Bool
  }
  let openPart: Open.Kit
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let item = personalPart.item
    if personalPart.isNew {
      try tables.run(
        KitTable.insert, entry.sequence, entry.subject, entry.batch, item.category.rawValue, item.name,
        item.specification, item.unit, item.needed, item.present, item.place, item.expires, item.keeper, entry.sequence)
    } else {
      try tables.run(
        KitTable.update, item.category.rawValue, item.name, item.specification, item.unit, item.needed, item.present,
        item.place, item.expires, item.keeper, entry.sequence, entry.subject)
    }
    try tables.run(KitTable.change, entry.batch, entry.sequence)
  }
}

struct KitItemRemoved: CodedPayload {
  static let kind = EntryKind.kitItemRemoved
  struct Personal: Codable, Sendable { var reason: String }
  let openPart: Open.Kit
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(KitTable.remove, entry.subject)
    try tables.run(KitTable.change, entry.batch, entry.sequence)
  }
}

/// Something was used, restocked or discarded.
struct KitMoved: CodedPayload {
  static let kind = EntryKind.kitMoved
  struct Personal: Codable, Sendable {
    var item: String
    var amount: Int
    var note: String
    var person: String
  }
  let openPart: Open.Kit
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let moved = personalPart
    guard let change = KitChange(rawValue: openPart.what) else { throw CorruptRow(column: 0, value: openPart.what) }
    try tables.run(KitTable.move, change.adds ? moved.amount : -moved.amount, entry.sequence, entry.subject)
    try tables.run(
      KitTable.insertMovement, entry.sequence, entry.batch, moved.item, change.rawValue, moved.amount, moved.note,
      moved.person, entry.occurredAt)
    try tables.run(KitTable.touch, entry.sequence, entry.batch)
  }
}

/// Somebody went through the whole kit and signed.
struct KitSigned: CodedPayload {
  static let kind = EntryKind.kitSigned
  struct Personal: Codable, Sendable { var person: String }
  let openPart: Open.Kit
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    try tables.run(
      KitTable.sign, entry.sequence, personalPart.person, entry.occurredAt, openPart.items, openPart.short, entry.batch)
  }
}
