internal import Sanatorium
internal import SanatoriumStore

/// The form that takes back what was just saved.
struct Undoing {
  let action: String
  var fields: [(name: String, value: String)] = []
}

extension Context {
  /// Pages that are drawn after their reading has ended, so that asking once more waits for nobody.
  private static let undoing: Set<String> = ["participants", "shifts", "escorts", "outings", "accounts"]

  /// What takes back the entry that this page says was saved; nil where nothing harmless does.
  func undo(_ sequence: Int64) -> Undoing? {
    guard let viewer, let first = request.path.first, Context.undoing.contains(String(first)) else { return nil }
    let reversal: Reversal?
    do {
      reversal = try site.store.read { try $0.reversal(of: sequence, by: viewer.account.id, at: site.store.now) }
    } catch {
      // Saved it is; only the short way back is missing.
      site.configuration.log("undo of entry \(sequence): \(error)")
      return nil
    }
    let reason = say("记错了，撤销", "Recorded by mistake")
    switch reversal {
    case .leave(let participant): return Undoing(action: "/participants/\(participant)/leave/return")
    case .shift(let shift, let batch):
      return Undoing(action: "/shifts/\(shift)/removal", fields: [("batch", batch.description), ("reason", reason), ("confirmed", "1")])
    case .escort(let escort): return Undoing(action: "/escorts/\(escort)/place", fields: [("place", "present")])
    case .outing(let outing): return Undoing(action: "/outings/\(outing)/cancellation", fields: [("reason", reason)])
    case .account(let account): return Undoing(action: "/accounts/\(account)/disabled", fields: [("disabled", "false")])
    case nil: return nil
    }
  }
}
