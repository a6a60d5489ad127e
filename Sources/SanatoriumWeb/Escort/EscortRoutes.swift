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
      let escorts = try context.site.store.read { try $0.escorts(of: context.stayBatch($0)) }
      return .json(JSONWriter.wire(.object(["escorts": .array(escorts.map(\.json))])))
    }
    table.get(
      "/api/v1/shifts", "The rota, with remarks on it, and who is on duty now", for: .house, reads: .none,
      query: [
        batch, QueryParameter("from", .day, "first day; today when absent"),
        QueryParameter("days", .integer(1...31), "so many days, 7 by default"),
      ], gives: .anyObject
    ) { context in
      let from = context.request.query.first("from").flatMap { Day($0) } ?? context.today
      let days = min(max(context.request.query.first("days").flatMap { Int($0) } ?? 7, 1), 31)
      let language = context.language
      return try context.site.store.read { reader in
        let batch = try context.stayBatch(reader)
        let shifts = try reader.shifts(of: batch, on: from, days: days)
        let remarks = ShiftRemark.remarks(on: shifts, escorts: try reader.escorts(of: batch), time: reader.time)
        let onDuty = try reader.onDuty(in: batch, at: context.site.store.now)
        return .json(
          JSONWriter.wire(
            .object([
              "shifts": .array(shifts.map(\.json)), "remarks": .array(remarks.map { $0.json(language) }),
              "onDuty": .array(onDuty.map(\.json)),
            ])))
      }
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
    shiftPages(&table)
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

  private func shiftPages(_ table: inout RouteTable) {
    table.page("/shifts", for: .house, reads: .none) { .response(try $0.shiftsPage()) }
    table.page("/shifts/new", for: .planners, reads: .none) { .response(try $0.shiftFormPage(Form())) }
    table.write("/api/v1/shifts", EscortWritings.planning)
    table.send("/shifts", EscortWritings.planningByHours, reads: .none, to: { _ in "/shifts" }, again: { try $0.shiftFormPage($1) })
    table.page("/shifts/:shift", for: .house, reads: .none) { .response(try $0.shiftPage(Form())) }
    table.write("/api/v1/shifts/:shift/removal", EscortWritings.removal)
    table.send(
      "/shifts/:shift/removal", EscortWritings.removal, reads: .none, to: { _ in "/shifts" }, again: { try $0.shiftPage($1) })
  }
}
