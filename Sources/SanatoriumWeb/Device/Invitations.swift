internal import Evidence
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
  fileprivate(set) var isUsed = false
}

/// The invitations that are open, in memory alone: a restart ends them. They are found by the hash of their code.
final class Invitations: Sendable {
  static let life = Span.minutes(10)
  /// 31 characters to the power of 26 are 128 bits.
  private static let length = 26
  private static let most = 100

  private struct Held {
    var byDigest: [Digest: Invitation] = [:]
  }

  private let held = Mutex(Held())

  /// Makes one; nil where a hundred are open already.
  func invite(_ device: DeviceDraft, by actor: Actor, now: Instant) -> Invitation? {
    let alphabet = Array(BadgeCode.alphabet)
    let code = String((0..<Invitations.length).map { _ in alphabet.randomElement() ?? "2" })
    let made = Invitation(id: .random(), device: device, actor: actor, expiresAt: now + Invitations.life, code: code)
    return held.withLock { held in
      Invitations.forget(&held, now)
      guard held.byDigest.count < Invitations.most else { return nil }
      held.byDigest[Invitations.digest(code)] = made
      return made
    }
  }

  /// The invitation that a code opens; nil for a code that is wrong, used or over.
  func invitation(code: String, now: Instant) -> Invitation? {
    let digest = Invitations.digest(code)
    return held.withLock { held in
      guard let found = held.byDigest[digest], !found.isUsed, now < found.expiresAt else { return nil }
      return found
    }
  }

  /// Takes an invitation, so that nobody else gets it; `giveBack` where the device could not be recorded.
  func take(code: String, now: Instant) -> Invitation? {
    let digest = Invitations.digest(code)
    return held.withLock { held in
      guard let found = held.byDigest[digest], !found.isUsed, now < found.expiresAt else { return nil }
      held.byDigest[digest]?.isUsed = true
      held.byDigest[digest]?.code = ""
      return found
    }
  }

  func giveBack(_ taken: Invitation) {
    held.withLock { $0.byDigest[Invitations.digest(taken.code)] = taken }
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

  /// Those that are over are kept for an hour, so that their page can say so.
  private static func forget(_ held: inout Held, _ now: Instant) {
    held.byDigest = held.byDigest.filter { now < $0.value.expiresAt + .hours(1) }
  }
}
