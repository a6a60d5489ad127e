internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func escortRoutes(_ table: inout RouteTable) {
    let batch = QueryParameter("batch", .uuid, "the open batch when absent")
    table.get(
      "/api/v1/escorts", "Escorts and the host's staff of a batch", for: .house, reads: .none, query: [batch],
      gives: .object(["escorts": .list(.anyObject)])
    ) { context in
      let (batch, escorts) = try context.site.store.read { reader in
        let batch = try context.stayBatch(reader)
        return (batch, try reader.escorts(of: batch))
      }
      let language = context.language
      return .json(JSONWriter.wire(.object(["escorts": .array(escorts.map { $0.json(until: batch.lastDay, language) })])))
    }
    table.get(
      "/api/v1/assignments", "Who looks after whom", for: .house, reads: .none, query: [batch], gives: .anyObject
    ) { context in
      let assignments = try context.site.store.read { try $0.assignments(in: context.stayBatch($0)) }
      let members = assignments.sorted { $0.key < $1.key }.map { escort, people in
        JSON.Member(escort.description, .array(people.map { .string($0.id.description) }))
      }
      return .json(JSONWriter.wire(.object(["assignments": .object(members)])))
    }
    escortPages(&table)
    shiftRoutes(&table)
    rotaTemplateRoutes(&table)
    handOverRoutes(&table)
  }

  private func escortPages(_ table: inout RouteTable) {
    table.page("/escorts", for: .house, reads: .none) { .response(try $0.escortsPage()) }
    table.page("/escorts/new", for: .planners, reads: .none) { .response(try $0.escortPage(Form())) }
    table.write("/api/v1/escorts", EscortWritings.adding)
    table.send("/escorts", EscortWritings.adding, reads: .none, to: { _ in "/escorts" }, again: { try $0.escortPage($1) })
    table.write(
      "/api/v1/escorts/:escort", page: "/escorts/:escort", EscortWritings.change, reads: .none, to: { _ in "/escorts" }
    ) { try $0.escortPage($1, of: $0.id("escort")) }
    table.write("/api/v1/escorts/:escort/place", EscortWritings.moving)
    table.send(
      "/escorts/:escort/place", EscortWritings.moving, reads: .none, to: { _ in "/escorts" }, again: { try $0.escortsPage($1) })
    table.page("/assignments", for: .house, reads: .none) { .response(try $0.assignmentsPage()) }
    table.write("/api/v1/assignments", EscortWritings.assigning)
    table.send(
      "/assignments", EscortWritings.assigningByForm, reads: .none, to: { _ in "/assignments" }, again: { try $0.assignmentsPage($1) })
  }
}
