internal import Evidence
internal import Sanatorium
internal import SanatoriumStore

/// Everything that is recorded about the medicine kit.
enum KitWritings {
  private static let members: KeyValuePairs<String, Schema> = [
    "category": .code(KitItem.Category.self), "name": .text(60), "specification": .text(60), "unit": .text(10),
    "needed": .integer(0...1_000), "present": .integer(0...10_000), "place": .text(60), "expires": .day,
    "keeper": .text(60),
  ]

  struct Keeping: Sendable {
    let batch: ID
    let item: KitItem
  }

  static let adding = Writing(
    "Put a line into the kit", for: .carers, takes: members, required: ["category", "name", "unit", "needed", "present"]
  ) { context, fields in
    Keeping(batch: try context.id("batch"), item: KitItem(&fields))
  } event: { ledger, keeping, submission in
    try ledger.addKitItem(keeping.item, in: keeping.batch, submission)
  }

  struct Change: Sendable {
    let batch: ID
    let line: ID
    let item: KitItem
    let revision: Int64
  }

  static let change = Writing(
    "Replace a line of the kit; the revision guards against overwriting somebody else's change unseen", for: .carers,
    takes: [
      "category": .code(KitItem.Category.self), "name": .text(60), "specification": .text(60), "unit": .text(10),
      "needed": .integer(0...1_000), "present": .integer(0...10_000), "place": .text(60), "expires": .day,
      "keeper": .text(60), "revision": .integer,
    ], required: ["category", "name", "unit", "needed", "present", "revision"]
  ) { context, fields in
    Change(
      batch: try context.id("batch"), line: try context.id("item"), item: KitItem(&fields),
      revision: fields.int("revision", 0...Int.max).map(Int64.init) ?? -1)
  } event: { ledger, change, submission in
    try ledger.changeKitItem(change.line, change.item, basedOn: change.revision, in: change.batch, submission)
  }

  struct Removal: Sendable {
    let batch: ID
    let line: ID
    let reason: String
    let revision: Int64
  }

  static let removal = Writing(
    "Take a line off the kit's list; the revision guards against somebody else's change unseen", for: .carers,
    takes: ["reason": .text(200), "revision": .integer], required: ["reason", "revision"]
  ) { context, fields in
    Removal(
      batch: try context.id("batch"), line: try context.id("item"), reason: fields.text("reason", limit: 200) ?? "",
      revision: fields.int("revision", 0...Int.max).map(Int64.init) ?? -1)
  } event: { ledger, removal, submission in
    try ledger.removeKitItem(
      removal.line, reason: removal.reason, basedOn: removal.revision, in: removal.batch, submission)
  }

  struct Moving: Sendable {
    let batch: ID
    let line: ID
    let change: KitChange
    let amount: Int
    let note: String
  }

  static let moving = Writing(
    "Something of the kit was used, restocked or discarded", for: .carers,
    takes: ["change": .code(KitChange.self), "amount": .integer(1...10_000), "note": .text(200)],
    required: ["change", "amount"]
  ) { context, fields in
    Moving(
      batch: try context.id("batch"), line: try context.id("item"),
      change: fields.code("change", KitChange.self) ?? .used, amount: fields.int("amount", 1...10_000) ?? 0,
      note: fields.text("note", required: false, limit: 200) ?? "")
  } event: { ledger, moving, submission in
    try ledger.moveKit(
      moving.line, moving.change, amount: moving.amount, note: moving.note, in: moving.batch, submission)
  }

  struct Signing: Sendable {
    let batch: ID
    let revision: Int64
  }

  static let signing = Writing(
    "Sign that the whole kit was gone through, as the list of that revision says", for: .carers,
    takes: ["revision": .integer], required: ["revision"]
  ) { context, fields in
    Signing(batch: try context.id("batch"), revision: fields.int("revision", 0...Int.max).map(Int64.init) ?? -1)
  } event: { ledger, signing, submission in
    try ledger.signKit(basedOn: signing.revision, in: signing.batch, submission)
  }
}

extension KitItem {
  init(_ fields: inout JSONFields) {
    self.init(
      category: fields.code("category", KitItem.Category.self) ?? .common, name: fields.text("name", limit: 60) ?? "",
      specification: fields.text("specification", required: false, limit: 60) ?? "",
      unit: fields.text("unit", limit: 10) ?? "", needed: fields.int("needed", 0...1_000) ?? 0,
      present: fields.int("present", 0...10_000) ?? 0, place: fields.text("place", required: false, limit: 60) ?? "",
      expires: fields.day("expires", required: false), keeper: fields.text("keeper", required: false, limit: 60) ?? "")
  }
}
