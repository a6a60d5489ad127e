internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  /// 疗养专项服务小组 of both sides, and the responsibility table.
  func serviceGroupRoutes(_ table: inout RouteTable) {
    let place = "batches/:batch/service-groups"
    table.get(
      "/api/v1/\(place)", "Both sides' service groups: members, who has which duty, who is accountable, what rules still miss",
      for: .house, reads: .none, gives: .anyObject
    ) { context in .json(JSONWriter.wire(try context.serviceGroups().json)) }
    table.page("/\(place)", for: .house, reads: .none) { .response(try $0.serviceGroupsPage()) }
    table.page("/\(place)/table", for: .house, reads: .none) { .response(try $0.responsibilityTable()) }
    table.page("/\(place)/new", for: .deciders, reads: .none) { .response(try $0.serviceMemberPage(Form())) }
    table.write("/api/v1/\(place)", ServiceGroupWritings.adding)
    table.send(
      "/\(place)", ServiceGroupWritings.adding, reads: .none, to: { $0.serviceGroupPath }, again: { try $0.serviceMemberPage($1) })
    table.write(
      "/api/v1/\(place)/:member", page: "/\(place)/:member", ServiceGroupWritings.change, reads: .none, to: { $0.serviceGroupPath }
    ) { try $0.serviceMemberPage($1, of: $0.id("member")) }
    table.write("/api/v1/\(place)/:member/removal", ServiceGroupWritings.removal)
    table.send(
      "/\(place)/:member/removal", ServiceGroupWritings.removal, reads: .none, to: { $0.serviceGroupPath },
      again: { try $0.serviceMemberPage($1, of: $0.id("member")) })
  }
}

extension Context {
  var serviceGroupPath: String { "/batches/\(parameters["batch"])/service-groups" }

  func serviceGroups() throws -> ServiceGroupView {
    let id = try self.id("batch")
    return try site.store.read { reader in
      let batch = try reader.batch(id)
      return try ServiceGroupView(batch, self.regulation(of: batch, reader), reader, at: site.store.now)
    }
  }
}
