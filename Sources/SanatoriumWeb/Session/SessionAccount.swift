internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// What a session carries: the account as it was at the login. A change of the account ends its sessions.
final class SessionAccount: Sendable {
  let account: Account
  let actor: Actor

  init(account: Account, device: ID) {
    self.account = account
    actor = account.actor(device: device)
  }

  /// The same session after a change of the account that does not end it.
  func replacing(_ account: Account) -> SessionAccount { SessionAccount(account: account, device: actor.device) }
}

extension Site {
  /// Takes back the sessions that were kept over a restart, of accounts that may still log in.
  func restoreSessions() throws {
    let (kept, accounts) = try store.read { (try $0.sessions(at: store.now), try $0.accounts()) }
    let known = Dictionary(uniqueKeysWithValues: accounts.filter { !$0.isDisabled }.map { ($0.id, $0) })
    var number: UInt64 = 0
    sessions.restore(
      kept.compactMap { session in
        guard let account = known[session.account] else { return nil }
        number += 1
        return Session(
          id: number, digest: session.token, account: account.id.description,
          payload: SessionAccount(account: account, device: session.device),
          beganAt: session.startedAt.milliseconds, lastSeenAt: store.now.milliseconds)
      })
  }

  /// Ends every session of an account, here and over a restart.
  func endSessions(of account: ID) {
    sessions.endAll(of: account.description)
    store.write({ try $0.endSessions(of: account) }) { [configuration] result in
      if case .failure(let error) = result { configuration.log("sessions of an account stay in the file: \(error)") }
    }
  }
}
