internal import MicroHTTP
internal import Pages
internal import Sanatorium

extension Site {
  /// `/` is the page where each role's work begins.
  func startRoutes(_ table: inout RouteTable) {
    table.page("/", for: .accounts, reads: .none) { context in
      .response(.redirect(to: context.startPage))
    }
  }
}

extension Context {
  var startPage: String {
    switch actor.role {
    // Without a licence an escort keeps headcounts and sees no checks.
    case .escort: actor.isMedical ? "/rounds" : "/arrivals"
    case .staff: "/arrivals"
    case .lead: "/board"
    case .organizer: "/batches"
    case .admin: "/system"
    }
  }
}
