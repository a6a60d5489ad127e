internal import Evidence
internal import Pages
internal import Sanatorium
internal import SanatoriumStore
internal import Synchronization

/// The way in for one device: a code that is good once and for ten minutes.
struct Invitation: Sendable {
  let id: ID
  let device: DeviceDraft
  /// Who lets the device in; the journal names them.
  let actor: Actor
  let expiresAt: Instant
  /// Held until it is used or over, so that whoever made it sees it again after a reload. Never on the disk.
  fileprivate(set) var code: String
  /// A device came with it.
  var isUsed: Bool { taking != nil }
  fileprivate(set) var taking: Taking?

  /// By which press a device came, and the token that it was given. Held for a minute in memory and nowhere else, so that
  /// a press whose answer was lost on the way is answered again instead of leaving a device that nobody holds.
  struct Taking: Sendable {
    let key: ID
    let at: Instant
    fileprivate(set) var token: SessionToken?
  }
}

/// Somebody has as many open invitations as one person may have.
struct TooManyInvitations: Error {
  /// Until the first of them is over.
  let wait: Span
}

/// The invitations that are open, in memory alone: a restart ends them. They are found by the hash of their code.
final class Invitations: Sendable {
  static let life = Span.minutes(10)
  /// 31 characters to the power of 26 are 128 bits.
  private static let length = 26
  /// Open ones of one person; nobody stands before more new devices than that in ten minutes.
  static let most = 20
  /// How long a press is answered again.
  static let repeatable = Span.minutes(1)

  private struct Held {
    var byDigest: [Digest: Invitation] = [:]
  }

  private let held = Mutex(Held())

  /// Makes one. Throws `TooManyInvitations`; used ones and those that are over don't count, nor do other people's.
  func invite(_ device: DeviceDraft, by actor: Actor, now: Instant) throws(TooManyInvitations) -> Invitation {
    let alphabet = Array(BadgeCode.alphabet)
    let code = String((0..<Invitations.length).map { _ in alphabet.randomElement() ?? "2" })
    let made = Invitation(id: .random(), device: device, actor: actor, expiresAt: now + Invitations.life, code: code)
    let wait: Span? = held.withLock { held in
      Invitations.forget(&held, now)
      let open = held.byDigest.values.filter { $0.actor.account == actor.account && !$0.isUsed && now < $0.expiresAt }
      if open.count >= Invitations.most, let first = open.map(\.expiresAt).min() { return first - now }
      held.byDigest[Invitations.digest(code)] = made
      return nil
    }
    if let wait { throw TooManyInvitations(wait: wait) }
    return made
  }

  /// The invitation that a code opens; nil for a code that is wrong, used or over.
  func invitation(code: String, now: Instant) -> Invitation? {
    let digest = Invitations.digest(code)
    return held.withLock { held in
      guard let found = held.byDigest[digest], !found.isUsed, now < found.expiresAt else { return nil }
      return found
    }
  }

  /// Takes an invitation, so that nobody else gets it; `giveBack` where the device could not be recorded. The same press
  /// once more, within a minute, gets the same token.
  func take(code: String, key: ID, now: Instant) -> (invitation: Invitation, token: SessionToken)? {
    let digest = Invitations.digest(code)
    return held.withLock { held in
      Invitations.forget(&held, now)
      guard var found = held.byDigest[digest] else { return nil }
      if let taking = found.taking {
        guard taking.key == key, let token = taking.token else { return nil }
        found.code = code
        return (found, token)
      }
      guard now < found.expiresAt else { return nil }
      let token = SessionToken()
      held.byDigest[digest]?.taking = Invitation.Taking(key: key, at: now, token: token)
      held.byDigest[digest]?.code = ""
      return (found, token)
    }
  }

  /// Nothing was recorded: the code is good for another try.
  func giveBack(_ taken: Invitation) {
    held.withLock { held in
      var open = taken
      open.taking = nil
      held.byDigest[Invitations.digest(taken.code)] = open
    }
  }

  /// The device is recorded, whatever an earlier try of the same press has given back.
  func settle(_ taken: Invitation, _ token: SessionToken, key: ID, now: Instant) {
    held.withLock { held in
      let digest = Invitations.digest(taken.code)
      guard held.byDigest[digest]?.isUsed == false else { return }
      held.byDigest[digest]?.taking = Invitation.Taking(key: key, at: now, token: token)
      held.byDigest[digest]?.code = ""
    }
  }

  /// What became of it: the one who made it looks; nil once it is forgotten.
  func invitation(_ id: ID, of account: ID, now: Instant) -> Invitation? {
    held.withLock { held in
      Invitations.forget(&held, now)
      return held.byDigest.values.first { $0.id == id && $0.actor.account == account }
    }
  }

  /// A code as people copy it: in groups of five.
  static func spoken(_ code: String) -> String {
    stride(from: 0, to: code.count, by: 5).map { start in String(code.dropFirst(start).prefix(5)) }.joined(separator: "-")
  }

  private static func digest(_ code: String) -> Digest {
    Digest.of(Array(code.uppercased().filter { $0 != "-" && $0 != " " }.utf8))
  }

  /// Forgets what its time is over for; called every second.
  func forget(now: Instant) { held.withLock { Invitations.forget(&$0, now) } }

  /// Those that are over are kept for an hour, so that their page can say so; a token is kept as long as it is of use.
  private static func forget(_ held: inout Held, _ now: Instant) {
    held.byDigest = held.byDigest.compactMapValues { invitation in
      guard now < invitation.expiresAt + .hours(1) else { return nil }
      var kept = invitation
      if let at = kept.taking?.at, now - at >= repeatable { kept.taking?.token = nil }
      return kept
    }
  }
}
