internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func shiftRoutes(_ table: inout RouteTable) {
    table.get(
      "/api/v1/shifts", "The rota with its revision, the problems that lie ahead, and who is on duty now", for: .house, reads: .none,
      query: [
        QueryParameter("batch", .uuid, "the open batch when absent"), QueryParameter("from", .day, "first day; today when absent"),
        QueryParameter("days", .integer(1...31), "so many days, 7 by default"),
      ], gives: .anyObject
    ) { context in
      let from = context.request.query.first("from").flatMap { Day($0) } ?? context.today
      let days = min(max(context.request.query.first("days").flatMap { Int($0) } ?? 7, 1), 31)
      let (language, now) = (context.language, context.site.store.now)
      return try context.site.store.read { reader in
        let batch = try context.stayBatch(reader)
        let problems = try reader.rota(of: batch, at: now).problems(at: now, reader.time)
        return .json(
          JSONWriter.wire(
            .object([
              "revision": .int(try reader.rosterRevision(of: batch)),
              "shifts": .array(try reader.shifts(of: batch, on: from, days: days).map(\.json)),
              "problems": .array(problems.map { $0.json(language) }),
              "onDuty": .array(try reader.onDuty(in: batch, at: now).map(\.json)),
            ])))
      }
    }
    table.page("/shifts", for: .house, reads: .none) { .response(try $0.shiftsPage()) }
    table.page("/shifts/new", for: .planners, reads: .none) { .response(try $0.shiftFormPage(Form())) }
    table.write("/api/v1/shifts", ShiftWritings.planning)
    table.send("/shifts", ShiftWritings.planningByHours, reads: .none, to: { _ in "/shifts" }, again: { try $0.shiftFormPage($1) })
    table.page("/shifts/:shift", for: .house, reads: .none) { .response(try $0.shiftPage(Form())) }
    table.write("/api/v1/shifts/:shift/removal", ShiftWritings.removal)
    table.send(
      "/shifts/:shift/removal", ShiftWritings.removal, reads: .none, to: { _ in "/shifts" }, again: { try $0.shiftPage($1) })
    table.write(
      "/api/v1/shifts/:shift/stand-in", page: "/shifts/:shift/stand-in", ShiftWritings.standIn, reads: .none, to: { _ in "/shifts" }
    ) { try $0.standInPage($1) }
  }
}
