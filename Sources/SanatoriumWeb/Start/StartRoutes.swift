internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  /// `/` is the page where each role's work begins. It is one viewer's, and so never kept.
  func startRoutes(_ table: inout RouteTable) {
    table.page("/", for: .accounts, reads: .health("start")) { context in
      .response(context.isWall ? .redirect(to: "/board") : try context.startPage())
    }
    table.form("/me/steps", for: .accounts, reads: .none) { context in
      var fields = try context.fields()
      let away = fields.bool("away") ?? true
      let submission = try context.submission()
      try fields.finish()
      let id = context.actor.account
      return .redirect(to: "/") { try $0.changeAccount(id, AccountChange(hasPutStepsAway: away), submission) }
    }
  }
}
