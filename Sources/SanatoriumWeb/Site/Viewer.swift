internal import MicroHTTP
internal import Sanatorium
internal import SanatoriumStore

/// Who asks: an account with a session or a bearer token.
struct Viewer: Sendable {
  let carried: SessionAccount
  /// The hash of the session's token, by which logging out ends it.
  let session: [UInt8]
  /// When the session is over, whatever happens.
  let until: Instant
  /// The duty room's screen, which nobody is logged in on: it sees the board and nothing else, and acts on nothing.
  var isWall = false

  var account: Account { carried.account }
  var actor: Actor { carried.actor }
}
