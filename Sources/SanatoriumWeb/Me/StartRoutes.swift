internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  /// `/` is the page where each role's work begins.
  func startRoutes(_ table: inout RouteTable) {
    table.page("/", for: .accounts, reads: .none) { context in
      .response(.redirect(to: context.startPage))
    }
  }
}

extension Context {
  var startPage: String { viewer?.account.startPage ?? "/login" }
}

extension Account {
  /// Where this account's work begins.
  var startPage: String {
    switch role {
    // Without a licence an escort keeps headcounts and sees no checks.
    case .escort: isMedical ? "/rounds" : "/arrivals"
    case .staff: "/arrivals"
    case .lead: "/board"
    case .organizer: "/batches"
    case .admin: "/system"
    }
  }
}
