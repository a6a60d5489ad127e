internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func incidentRoutes(_ table: inout RouteTable) {
    table.get(
      "/api/v1/incidents", "A batch's incidents: open ones, or with closed=true the closed", for: .house, reads: .health("incidents"),
      query: [
        QueryParameter("batch", .uuid, "the open batch when absent"), QueryParameter("closed", .boolean, "false when absent"),
        QueryParameter("before", .instant, "of closed ones: the closing of the previous page's last"),
      ], gives: .anyObject
    ) { context in
      let before = context.request.query.first("before").flatMap(Int64.init) ?? .max
      let incidents = try context.site.store.read { reader in
        let batch = try context.stayBatch(reader)
        return context.request.query.first("closed") == "true"
          ? try reader.closedIncidents(of: batch, before: Instant(milliseconds: before))
          : try reader.openIncidents(of: batch)
      }
      return .json(JSONWriter.wire(.object(["incidents": .array(incidents.map { $0.json(context) })])))
    }
    table.get(
      "/api/v1/incidents/:incident", "One incident with timeline and reports", for: .house, reads: .health("incident", .path("incident")), gives: .anyObject
    ) {
      context in
      let id = try context.id("incident")
      return try context.site.store.read { reader in
        let incident = try reader.incident(id)
        let people = try reader.participants(of: incident)
        for person in people where context.actor.mayReadHealth { context.saw("incident", of: person.id) }
        return .json(
          JSONWriter.wire(
            .object([
              "incident": incident.json(context),
              "participants": .array(people.map { .string($0.id.description) }),
              "notes": .array(try reader.notes(of: incident).map { $0.json(told: context.mayTell(incident)) }),
              "reports": .array(try reader.duties(of: incident).map { $0.json(context.language) }),
              "activations": .array(try reader.activations(of: incident).map { .string($0.id.description) }),
            ])))
      }
    }
    table.page("/incidents", for: .house, reads: .health("incidents")) { .response(try $0.incidentsPage()) }
    table.write(
      "/api/v1/incidents", page: "/incidents/new", .incidentReport, reads: .none,
      to: { _ in "/incidents" }, show: { try $0.incidentFormPage($1) })
    table.page("/incidents/:incident", for: .house, reads: .health("incident", .path("incident"))) { .response(try $0.incidentPage(Form())) }
    let here: @Sendable (Context) -> String = { "/incidents/\($0.parameters["incident"])" }
    let again: @Sendable (Context, Form) throws -> Response = { try $0.incidentPage($1) }
    let note = Writing(
      "Add to the timeline: observation, measure, call, external report, regrading", for: .house,
      takes: [
        "kind": .code(IncidentNoteKind.self), "text": .text(2_000), "authority": .text(80),
        "phase": .code(ReportPhase.self), "recipient": .text(40), "harm": .code(HarmDegree.self),
        "grade": .code(FacilityGrade.self),
      ], required: ["kind", "text"],
      decode: { context, fields in (try context.id("incident"), IncidentNoteDraft(&fields)) },
      event: { try $0.noteIncident($1.0, $1.1, $2) })
    table.write("/api/v1/incidents/:incident/notes", note)
    table.send("/incidents/:incident/notes", note, reads: .health("incident", .path("incident")), to: here, again: again)
    let offer = Writing(
      "Offer the command to a named account", for: .house, takes: ["to": .uuid, "text": .text(500)], required: ["to"],
      decode: { context, fields in
        (
          try context.id("incident"), fields.id("to") ?? .none,
          fields.text("text", required: false, limit: 500, lines: true) ?? ""
        )
      }, event: { try $0.offerCommand($1.0, to: $1.1, text: $1.2, $2) })
    table.write("/api/v1/incidents/:incident/hand-over", offer)
    table.send("/incidents/:incident/hand-over", offer, reads: .health("incident", .path("incident")), to: here, again: again)
    let accept = Writing(
      "Accept the command that was offered", for: .house, decode: { context, _ in try context.id("incident") },
      event: { try $0.acceptCommand($1, $2) })
    table.write("/api/v1/incidents/:incident/hand-over/accept", accept)
    table.send("/incidents/:incident/hand-over/accept", accept, reads: .health("incident", .path("incident")), to: here, again: again)
    let close = Writing(
      "Close an incident whose plans have ended", for: .house, takes: ["conclusion": .text(2_000)],
      required: ["conclusion"],
      decode: { context, fields in
        (try context.id("incident"), fields.text("conclusion", limit: 2_000, lines: true) ?? "")
      }, event: { try $0.closeIncident($1.0, conclusion: $1.1, $2) })
    table.write("/api/v1/incidents/:incident/close", close)
    table.send("/incidents/:incident/close", close, reads: .health("incident", .path("incident")), to: here, again: again)
  }
}

extension Writing where Draft == (ID, IncidentDraft) {
  static var incidentReport: Writing {
    Writing(
      "Report an incident", for: .house,
      takes: [
        "batch": .uuid, "kind": .code(IncidentKind.self), "harm": .code(HarmDegree.self),
        "grade": .code(FacilityGrade.self), "place": .text(80), "happenedAt": .instant, "participants": .list(.uuid),
        "text": .text(2_000), "commander": .uuid,
      ], required: ["kind", "harm", "grade", "place", "text"],
      decode: { context, fields in
        let batch = try context.writeBatch(&fields)
        let kind = fields.code("kind", IncidentKind.self) ?? .other
        let harm = fields.code("harm", HarmDegree.self) ?? .none
        // A script says the grade; a hurried hand may leave it to what it has said already.
        let grade = fields.code("grade", FacilityGrade.self, required: context.isAPI) ?? .proposed(for: kind, harm: harm)
        return (
          batch,
          IncidentDraft(
            kind: kind, harm: harm, grade: grade, place: fields.text("place", limit: 80) ?? "",
            happenedAt: fields.moment("happenedAt", context.time, required: false),
            participants: fields.ids("participants"), text: fields.text("text", limit: 2_000, lines: true) ?? "",
            commander: fields.id("commander", required: false))
        )
      }, event: { try $0.reportIncident($1.1, in: $1.0, $2) })
  }
}

extension IncidentNoteDraft {
  init(_ fields: inout JSONFields) {
    self.init(
      kind: fields.code("kind", IncidentNoteKind.self) ?? .observation,
      text: fields.text("text", limit: 2_000, lines: true) ?? "",
      authority: fields.text("authority", required: false, limit: 80) ?? "",
      phase: fields.code("phase", ReportPhase.self, required: false),
      recipient: fields.text("recipient", required: false, limit: 40),
      harm: fields.code("harm", HarmDegree.self, required: false),
      grade: fields.code("grade", FacilityGrade.self, required: false))
  }
}

private func moment(_ instant: Instant?) -> JSON { instant.map { .int($0.milliseconds) } ?? .null }

extension Incident {
  /// Without harm, words and conclusion for those whom `Context.mayTell` excludes.
  func json(_ context: Context) -> JSON {
    let told = context.mayTell(self)
    return .object([
      JSON.Member("id", .string(id.description)), JSON.Member("kind", .string(kind.rawValue)),
      JSON.Member("harm", told ? .string(harm.rawValue) : .null), JSON.Member("grade", .string(grade.rawValue)),
      JSON.Member("place", .string(place)), JSON.Member("text", .string(told ? text : "")),
      JSON.Member("happenedAt", moment(happenedAt)), JSON.Member("reportedAt", moment(reportedAt)),
      JSON.Member("reporter", .string(reporter)), JSON.Member("commander", .string(commander.description)),
      JSON.Member("commanderName", .string(commanderName)),
      JSON.Member("offered", offered.map { .string($0.description) } ?? .null),
      JSON.Member("closedAt", moment(closedAt)), JSON.Member("conclusion", .string(told ? conclusion : "")),
    ])
  }
}

extension IncidentNote {
  func json(told: Bool) -> JSON {
    .object([
      JSON.Member("sequence", .int(entry)), JSON.Member("kind", .string(kind.rawValue)),
      JSON.Member("text", .string(told ? text : "")), JSON.Member("authority", .string(authority)),
      JSON.Member("phase", phase.map { .string($0.rawValue) } ?? .null), JSON.Member("occurredAt", moment(at)),
      JSON.Member("recordedAt", moment(recordedAt)), JSON.Member("person", .string(person)),
      JSON.Member("harm", told ? harm.map { .string($0.rawValue) } ?? .null : .null),
      JSON.Member("grade", grade.map { .string($0.rawValue) } ?? .null),
    ])
  }
}

extension IncidentDuty {
  func json(_ language: Language) -> JSON {
    .object([
      JSON.Member("code", .string(code)), JSON.Member("recipient", .string(recipient)),
      JSON.Member("label", .string(label(language))), JSON.Member("source", .string(source)),
      JSON.Member("dueAt", moment(dueAt)), JSON.Member("madeAt", moment(madeAt)),
      JSON.Member("madeBy", madeBy.map(JSON.string) ?? .null), JSON.Member("overdue", .bool(isOverdue)),
    ])
  }
}
