internal import Evidence
internal import Sanatorium
internal import SanatoriumStore

/// Everything that is recorded about the service groups.
enum ServiceGroupWritings {
  private static let members: KeyValuePairs<String, Schema> = [
    "name": .text(40), "unit": .text(80), "telephone": .text(40), "duties": .list(.code(ServiceDuty.self)),
    "accountable": .list(.code(ServiceDuty.self)), "lead": .boolean, "escort": .uuid, "account": .uuid,
    "side": .code(ServiceSide.self),
  ]

  struct Adding: Sendable {
    let batch: ID
    let side: ServiceSide
    let draft: ServiceMemberDraft
    let regulation: Regulation
  }

  static let adding = Writing(
    "Add a member to a side's service group", for: .deciders, takes: members, required: ["side", "name", "telephone"]
  ) { context, fields in
    let batch = try context.id("batch")
    return Adding(
      batch: batch, side: fields.code("side", ServiceSide.self) ?? .host, draft: ServiceMemberDraft(&fields),
      regulation: try context.proposed(.batch(batch)))
  } event: { ledger, adding, submission in
    try ledger.addServiceMember(adding.draft, to: adding.side, in: adding.batch, under: adding.regulation, submission)
  }

  struct Change: Sendable {
    let batch: ID
    let member: ID
    let draft: ServiceMemberDraft
    let revision: Int64
    let regulation: Regulation
  }

  static let change = Writing(
    "Change a member of a service group; the revision guards against overwriting somebody else's change unseen", for: .deciders,
    takes: [
      "name": .text(40), "unit": .text(80), "telephone": .text(40), "duties": .list(.code(ServiceDuty.self)),
      "accountable": .list(.code(ServiceDuty.self)), "lead": .boolean, "escort": .uuid, "account": .uuid, "revision": .integer,
    ], required: ["name", "telephone", "revision"]
  ) { context, fields in
    let batch = try context.id("batch")
    return Change(
      batch: batch, member: try context.id("member"), draft: ServiceMemberDraft(&fields),
      revision: fields.int("revision", 0...Int.max).map(Int64.init) ?? -1, regulation: try context.proposed(.batch(batch)))
  } event: { ledger, change, submission in
    try ledger.changeServiceMember(
      change.member, change.draft, basedOn: change.revision, in: change.batch, under: change.regulation, submission)
  }

  struct Removal: Sendable {
    let batch: ID
    let member: ID
    let reason: String
    let revision: Int64
    let regulation: Regulation
  }

  static let removal = Writing(
    "Take a member off a service group", for: .deciders, takes: ["reason": .text(200), "revision": .integer],
    required: ["reason", "revision"]
  ) { context, fields in
    let batch = try context.id("batch")
    return Removal(
      batch: batch, member: try context.id("member"), reason: fields.text("reason", limit: 200) ?? "",
      revision: fields.int("revision", 0...Int.max).map(Int64.init) ?? -1, regulation: try context.proposed(.batch(batch)))
  } event: { ledger, removal, submission in
    try ledger.removeServiceMember(
      removal.member, reason: removal.reason, basedOn: removal.revision, in: removal.batch, under: removal.regulation,
      submission)
  }
}

extension ServiceMemberDraft {
  fileprivate init(_ fields: inout JSONFields) {
    self.init(
      ServicePerson(
        name: fields.text("name", limit: 40) ?? "", unit: fields.text("unit", required: false, limit: 80) ?? "",
        telephone: fields.text("telephone", limit: 40) ?? "", duties: fields.duties("duties"),
        accountable: fields.duties("accountable"), isLead: fields.bool("lead", required: false) ?? false),
      escort: fields.id("escort", required: false), account: fields.id("account", required: false))
  }
}

extension JSONFields {
  fileprivate mutating func duties(_ name: String) -> [ServiceDuty] {
    list(name).enumerated().compactMap { index, element in
      if let duty = element.string.flatMap(ServiceDuty.init) { return duty }
      let known = ServiceDuty.allCases.map(\.rawValue).joined(separator: ", ")
      refuse("\(name)[\(index)]", "unknown-code", Text("没有这一项，可选：\(known)。", "There is no such duty; known: \(known)."))
      return nil
    }
  }
}
