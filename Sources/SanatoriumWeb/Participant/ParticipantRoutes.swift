internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  /// People: lists, one person, and every movement.
  func participantRoutes(_ table: inout RouteTable) {
    table.get(
      "/api/v1/participants", "The people of a batch in the order of the list", for: .house, reads: .allergies("participants"),
      query: [
        QueryParameter("batch", .uuid, "the open batch when absent"),
        QueryParameter("q", .text(80), "only those whom the search finds by it, the best matches first"),
      ], gives: .object(["participants": .list(Participant.schema)])
    ) { context in
      let health = context.actor.mayReadHealth
      let typed = context.request.query.first("q")
      let people = try context.site.store.read { reader in
        let batch = try context.stayBatch(reader)
        return try typed.map { try reader.participants(of: batch, matching: $0) } ?? reader.participants(of: batch)
      }
      return .json(JSONWriter.wire(.object(["participants": .array(people.map { $0.json(health: health) })])))
    }
    table.get("/api/v1/participants/:participant", "One person and where they have been", for: .house, reads: .person, gives: .anyObject) {
      context in
      let id = try context.id("participant")
      let health = context.actor.mayReadHealth
      let (person, way) = try context.site.store.read { reader in
        let person = try reader.participant(id)
        return (person, try reader.whereabouts(of: person))
      }
      return .json(
        JSONWriter.wire(
          .object(["participant": person.json(health: health), "whereabouts": .array(way.map { $0.json(health: health) })])))
    }
    table.get(
      "/api/v1/presence", "How many are where", for: .house, reads: .none,
      query: [QueryParameter("batch", .uuid, "the open batch when absent")], gives: Presence.schema
    ) { context in
      .json(JSONWriter.wire(try context.site.store.read { try $0.presence(in: context.stayBatch($0)).json }))
    }
    table.page("/participants/:participant", for: .house, reads: .person) { .response(try $0.personPage()) }
    movementRoutes(&table)
  }

  private func movementRoutes(_ table: inout RouteTable) {
    let api = "/api/v1/participants/:participant"
    let page = "/participants/:participant"
    let back: @Sendable (Context) -> String = { "/participants/\($0.parameters["participant"])" }
    let person: @Sendable (Context, Form) throws -> Response = { try $0.personPage($1) }
    table.write("\(api)/arrival", ParticipantWritings.arrival)
    table.send("\(page)/arrival", ParticipantWritings.arrival, reads: .person, to: back, again: person)
    table.write("\(api)/admission", ParticipantWritings.admission)
    table.send("\(page)/admission", ParticipantWritings.admission, reads: .person, to: back, again: person)
    table.write(
      "\(api)/turn-away", page: "\(page)/turn-away", ParticipantWritings.turnAway, reads: .none, to: back
    ) { try $0.turnAwayPage($1) }
    table.write("\(api)/room", page: "\(page)/room", ParticipantWritings.room, reads: .none, to: back) { try $0.roomPage($1) }
    table.write(
      "\(api)/departure", page: "\(page)/departure", ParticipantWritings.departure, reads: .none, to: back
    ) { try $0.departurePage($1) }
    table.write("\(api)/leave", page: "\(page)/leave", ParticipantWritings.leave, reads: .none, to: back) { try $0.leavePage($1) }
    table.write(
      "\(api)/leave/extension", page: "\(page)/leave/extension", ParticipantWritings.leaveExtension, reads: .none, to: back
    ) { try $0.leaveExtensionPage($1) }
    table.write("\(api)/leave/return", ParticipantWritings.leaveReturn)
    table.send("\(page)/leave/return", ParticipantWritings.leaveReturn, reads: .person, to: back, again: person)
    table.write(
      "\(api)/hospital", page: "\(page)/hospital", ParticipantWritings.hospital, reads: .none, to: back
    ) { try $0.hospitalPage($1) }
    table.write("\(api)/hospital/return", ParticipantWritings.hospitalReturn)
    table.send("\(page)/hospital/return", ParticipantWritings.hospitalReturn, reads: .person, to: back, again: person)
  }
}

extension HealthReading {
  fileprivate static let person = HealthReading.allergies("person", .path("participant"))
}
