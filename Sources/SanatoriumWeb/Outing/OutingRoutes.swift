internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func outingRoutes(_ table: inout RouteTable) {
    table.get(
      "/api/v1/outings", "The outings of a batch", for: .house, reads: .none,
      query: [QueryParameter("batch", .uuid, "the open batch when absent")], gives: .object(["outings": .list(.anyObject)])
    ) { context in
      let outings = try context.site.store.read { try $0.outings(of: context.stayBatch($0)) }
      return .json(JSONWriter.wire(.object(["outings": .array(outings.map(\.json))])))
    }
    table.get("/api/v1/outings/:outing", "One outing with its people and headcounts", for: .house, reads: .none, gives: .anyObject) {
      context in
      let id = try context.id("outing")
      return try context.site.store.read { reader in
        let outing = try reader.outing(id)
        let members = try reader.members(of: outing)
        let counts = try reader.headcounts(of: outing)
        return .json(
          JSONWriter.wire(
            .object(["outing": outing.json, "members": members.json, "headcounts": .array(counts.map(\.json))])))
      }
    }
    table.page("/outings", for: .house, reads: .none) { .response(try $0.outingsPage()) }
    table.page("/outings/:outing", for: .house, reads: .allergies("outing", .path("outing"))) { .response(try $0.outingPage()) }
    writings(&table)
  }

  private func writings(_ table: inout RouteTable) {
    let api = "/api/v1/outings"
    let one = "\(api)/:outing"
    let page = "/outings/:outing"
    let back: @Sendable (Context) -> String = { "/outings/\($0.parameters["outing"])" }
    let shown: @Sendable (Context, Form) throws -> Response = { try $0.outingPage($1) }
    table.page("/outings/new", for: .registrars, reads: .none) { .response(try $0.outingPlanPage(Form())) }
    table.write(api, OutingWritings.plan)
    table.send("/outings", OutingWritings.plan, reads: .none, to: { _ in "/outings" }, again: { try $0.outingPlanPage($1) })
    table.write("\(one)/plan", page: "\(page)/plan", OutingWritings.change, reads: .none, to: back) {
      try $0.outingPlanPage($1, of: $0.id("outing"))
    }
    table.write("\(one)/cancellation", OutingWritings.cancellation)
    table.send("\(page)/cancellation", OutingWritings.cancellation, reads: .allergies("outing", .path("outing")), to: back, again: shown)
    table.write("\(one)/leaving", page: "\(page)/leaving", OutingWritings.leaving, reads: .none, to: back) { try $0.leavingPage($1) }
    table.write("\(one)/headcounts", page: "\(page)/headcounts", OutingWritings.headcount, reads: .none, to: back) {
      try $0.headcountPage($1, .onSite)
    }
    table.write("\(one)/return", page: "\(page)/return", OutingWritings.homecoming, reads: .none, to: back) {
      try $0.headcountPage($1, .back)
    }
    table.write("\(one)/delay", OutingWritings.delay)
    table.send("\(page)/delay", OutingWritings.delay, reads: .allergies("outing", .path("outing")), to: back, again: shown)
    table.write("\(one)/joining", OutingWritings.joining)
    table.send("\(page)/joining", OutingWritings.joining, reads: .allergies("outing", .path("outing")), to: back, again: shown)
    table.write("\(one)/staying", OutingWritings.staying)
    table.send("\(page)/staying", OutingWritings.staying, reads: .allergies("outing", .path("outing")), to: back, again: shown)
    table.write("\(one)/returning-alone", OutingWritings.returningAlone)
    table.send("\(page)/returning-alone", OutingWritings.returningAlone, reads: .allergies("outing", .path("outing")), to: back, again: shown)
  }
}
