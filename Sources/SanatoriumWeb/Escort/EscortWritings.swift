internal import Evidence
internal import Sanatorium
internal import SanatoriumStore

/// Everything that is recorded about escorts, their shifts, and whom they look after.
enum EscortWritings {
  struct Adding: Sendable {
    let batch: ID
    let draft: EscortDraft
  }

  static let adding = Writing(
    "Add an escort or a member of the host's staff", for: .planners,
    takes: [
      "batch": .uuid, "name": .text(40), "kind": .code(EscortKind.self), "side": .code(EscortSide.self),
      "unit": .text(80), "telephone": .text(40), "licence": .text(40), "licenceKind": .text(40), "licenceUntil": .day,
      "account": .uuid,
    ], required: ["name", "kind", "side"]
  ) { context, fields in
    Adding(batch: try context.writeBatch(&fields), draft: EscortDraft(&fields))
  } event: { ledger, adding, submission in
    try ledger.addEscort(adding.draft, in: adding.batch, submission)
  }

  struct Change: Sendable {
    let escort: ID
    let draft: EscortDraft
    let revision: Int64?
  }

  static let change = Writing(
    "Change what is known of an escort; the revision guards against overwriting somebody else's change",
    for: .planners,
    takes: [
      "name": .text(40), "kind": .code(EscortKind.self), "side": .code(EscortSide.self), "unit": .text(80),
      "telephone": .text(40), "licence": .text(40), "licenceKind": .text(40), "licenceUntil": .day, "account": .uuid,
      "revision": .integer,
    ], required: ["name", "kind", "side"]
  ) { context, fields in
    Change(
      escort: try context.id("escort"), draft: EscortDraft(&fields),
      revision: fields.int("revision", 0...Int.max, required: false).map(Int64.init))
  } event: { ledger, change, submission in
    try ledger.changeEscort(change.escort, change.draft, basedOn: change.revision, submission)
  }

  struct Moving: Sendable {
    let escort: ID
    let place: EscortPlace
    let note: String
  }

  static let moving = Writing(
    "An escort leaves the site or comes back", for: .carers,
    takes: ["place": .code(EscortPlace.self), "note": .text(200)], required: ["place"]
  ) { context, fields in
    Moving(
      escort: try context.id("escort"), place: fields.code("place", EscortPlace.self) ?? .present,
      note: fields.text("note", required: false, limit: 200) ?? "")
  } event: { ledger, moving, submission in
    try ledger.moveEscort(moving.escort, to: moving.place, note: moving.note, submission)
  }

  struct Assigning: Sendable {
    let batch: ID
    let escort: ID?
    let participants: [ID]
  }

  static let assigning = Writing(
    "Assign participants to an escort in one step; without an escort they are taken off", for: .planners,
    takes: ["batch": .uuid, "escort": .nullable(.uuid), "participants": .list(.uuid)], required: ["participants"]
  ) { context, fields in
    Assigning(
      batch: try context.writeBatch(&fields), escort: fields.id("escort", required: false),
      participants: fields.ids("participants", required: true))
  } event: { ledger, assigning, submission in
    try ledger.assign(assigning.participants, to: assigning.escort, in: assigning.batch, submission)
  }

  /// What the page sends to leave people without anybody.
  static let nobody = "nobody"

  /// The same by the page's form, where an escort forgotten must not take everybody ticked off theirs: who is to have nobody
  /// says so.
  static let assigningByForm = Writing(
    assigning.summary, for: .planners,
    takes: ["batch": .uuid, "escort": .string, "participants": .list(.uuid)], required: ["escort", "participants"]
  ) { context, fields in
    let batch = try context.writeBatch(&fields)
    let chosen = fields.text("escort", required: false, limit: 40)
    let escort = chosen.flatMap { ID($0) }
    if chosen == nil {
      fields.refuse("escort", "missing", Text("还没选分给谁。", "Choose whom they are assigned to."))
    } else if escort == nil, chosen != nobody {
      fields.refuse("escort", "not-a-uuid", Text("这里要 UUID。", "A UUID is needed here."))
    }
    return Assigning(batch: batch, escort: escort, participants: fields.ids("participants", required: true))
  } event: { ledger, assigning, submission in
    try ledger.assign(assigning.participants, to: assigning.escort, in: assigning.batch, submission)
  }
}

extension EscortDraft {
  init(_ fields: inout JSONFields) {
    self.init(
      name: fields.text("name", limit: 40) ?? "", kind: fields.code("kind", EscortKind.self) ?? .general,
      side: fields.code("side", EscortSide.self) ?? .sent, unit: fields.text("unit", required: false, limit: 80) ?? "",
      telephone: fields.text("telephone", required: false, limit: 40) ?? "",
      licence: fields.text("licence", required: false, limit: 40),
      licenceKind: fields.text("licenceKind", required: false, limit: 40),
      licenceUntil: fields.day("licenceUntil", required: false), account: fields.id("account", required: false))
  }
}
