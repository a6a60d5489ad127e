internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// What is recorded of a change of shift: the note, and the signature of whoever takes over.
enum HandOverWritings {
  struct NoteDraft: Sendable {
    let shift: ID
    let words: HandOverDraft
    let signs: Bool
    let revision: Int64?
  }

  static let limit = 2_000

  private static func draft(_ shift: ID, _ fields: inout JSONFields) -> NoteDraft {
    var words = HandOverDraft()
    words.deputy = fields.text("deputy", required: false, limit: 80) ?? ""
    words.people = fields.text("people", required: false, limit: limit, lines: true) ?? ""
    words.incidents = fields.text("incidents", required: false, limit: limit, lines: true) ?? ""
    words.rounds = fields.text("rounds", required: false, limit: limit, lines: true) ?? ""
    words.tasks = fields.text("tasks", required: false, limit: limit, lines: true) ?? ""
    words.medicines = fields.text("medicines", required: false, limit: 400, lines: true) ?? ""
    words.keys = fields.text("keys", required: false, limit: 400, lines: true) ?? ""
    words.vehicles = fields.text("vehicles", required: false, limit: 400, lines: true) ?? ""
    return NoteDraft(
      shift: shift, words: words, signs: fields.bool("sign", required: false) ?? false,
      revision: fields.int("revision", 0...Int.max, required: false).map(Int64.init))
  }

  static let writing = Writing(
    "Write the hand-over note of a shift, or write it anew; where people are is counted by the house as of the change of shift, or now where that lies ahead",
    for: .house,
    takes: [
      "deputy": .text(80), "people": .text(limit), "incidents": .text(limit), "rounds": .text(limit), "tasks": .text(limit),
      "medicines": .text(400), "keys": .text(400), "vehicles": .text(400), "sign": .boolean, "revision": .integer,
    ]
  ) { context, fields in
    draft(try context.id("shift"), &fields)
  } event: { ledger, note, submission in
    try ledger.writeHandOver(of: note.shift, note.words, signs: note.signs, basedOn: note.revision, submission)
  }

  struct Signing: Sendable {
    let note: ID
    let revision: Int64?
  }

  static let signing = Writing(
    "Sign a hand-over note as read, by whoever takes over", for: .house, takes: ["revision": .integer]
  ) { context, fields in
    Signing(
      note: try context.id("handover"), revision: fields.int("revision", 0...Int.max, required: false).map(Int64.init))
  } event: { ledger, signing, submission in
    try ledger.signHandOver(signing.note, basedOn: signing.revision, submission)
  }
}

extension Site {
  func handOverRoutes(_ table: inout RouteTable) {
    table.get(
      "/api/v1/hand-overs", "Hand-over notes of a batch, newest first, and the signatures that are owed", for: .house,
      reads: .health("hand-over notes"), query: [QueryParameter("batch", .uuid, "the open batch when absent")], gives: .anyObject
    ) { context in
      let (notes, calls) = try context.site.store.read { reader in
        let batch = try context.stayBatch(reader)
        return (
          try reader.handOvers(of: batch), try reader.handOverCalls(of: batch, at: context.site.store.now)
        )
      }
      let health = context.actor.mayReadHealth
      return .json(
        JSONWriter.wire(
          .object(["handOvers": .array(notes.map { $0.json(health: health) }), "owed": .array(calls.map(\.json))])))
    }
    table.get(
      "/api/v1/hand-overs/:handover", "One hand-over note", for: .house, reads: .health("hand-over note"), gives: .anyObject
    ) { context in
      let note = try context.site.store.read { try $0.handOver(context.id("handover")) }
      return .json(JSONWriter.wire(note.json(health: context.actor.mayReadHealth)))
    }
    table.write("/api/v1/shifts/:shift/hand-over", HandOverWritings.writing)
    table.page("/shifts/:shift/hand-over", for: .house, reads: .health("hand-over note")) { .response(try $0.handOverForm(Form())) }
    table.send(
      "/shifts/:shift/hand-over", HandOverWritings.writing, reads: .health("hand-over note"), to: { _ in "/hand-overs" },
      again: { try $0.handOverForm($1) })
    table.page("/hand-overs", for: .house, reads: .none) { .response(try $0.handOversPage()) }
    table.page("/hand-overs/:handover", for: .house, reads: .health("hand-over note")) { .response(try $0.handOverPage(Form())) }
    table.write("/api/v1/hand-overs/:handover/signature", HandOverWritings.signing)
    table.send(
      "/hand-overs/:handover/signature", HandOverWritings.signing, reads: .health("hand-over note"), to: { _ in "/hand-overs" },
      again: { try $0.handOverPage($1) })
  }
}

extension HandOver {
  /// - Parameter health: whether who must be looked after is told.
  func json(health: Bool) -> JSON {
    .object([
      "id": .string(id.description), "shift": .string(shift.description), "duty": .string(duty.rawValue),
      "escort": .string(escort.description), "name": .string(name), "startsAt": .int(startsAt.milliseconds),
      "changeAt": .int(changeAt.milliseconds), "deputy": .string(words.deputy),
      "figures": .object([
        "expected": .int(Int64(figures.expected)), "present": .int(Int64(figures.present)), "outing": .int(Int64(figures.outing)),
        "leave": .int(Int64(figures.leave)), "hospital": .int(Int64(figures.hospital)), "arrived": .int(Int64(figures.arrived)),
        "departed": .int(Int64(figures.departed)),
      ]),
      "people": health ? .string(words.people) : nil, "incidents": .string(words.incidents), "rounds": .string(words.rounds),
      "tasks": .string(words.tasks), "medicines": .string(words.medicines), "keys": .string(words.keys),
      "vehicles": .string(words.vehicles), "writtenBy": .string(writtenBy), "writtenAt": .int(writtenAt.milliseconds),
      "giver": giver?.json, "taker": taker?.json, "open": .bool(isOpen), "late": .bool(isLate), "revision": .int(revision),
    ])
  }
}

extension HandOverSignature {
  fileprivate var json: JSON { .object(["name": .string(name), "at": .int(at.milliseconds)]) }
}

extension HandOverCall {
  fileprivate var json: JSON {
    .object([
      "side": .string(side == .give ? "give" : "take"), "duty": .string(duty.rawValue), "name": .string(name),
      "shift": .string(shift.description), "handOver": note.map { .string($0.description) },
      "changeAt": .int(changeAt.milliseconds), "late": .bool(isLate),
    ])
  }
}
