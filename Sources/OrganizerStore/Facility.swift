public import Evidence
internal import Foundation
internal import GRDB
public import Sanatorium

/// 承办单位 as enrolled: who it is, by which key it signs, with which secret it delivers.
public struct Facility: Sendable, Hashable {
  /// `PublicKey.facility` of the key it enrolled with.
  public let id: ID
  public let name: String
  public let publicKey: PublicKey
  public let enrolledAt: Instant
  public let enrolledBy: String
  /// No longer taken from since; its reports stay.
  public let removedAt: Instant?
  let secrets: [WebhookSecret]

  /// Tells the present secret from another without telling it.
  public var secretMark: String {
    Digest.of(Array("mark:".utf8), secrets.first?.bytes ?? []).description.prefix(16).description
  }

  init(_ row: GRDB.Row) throws {
    id = try row.id("id")
    name = row["name"]
    guard let key = PublicKey(bytes: row.bytes("public_key")) else { throw CorruptValue(column: "public_key") }
    publicKey = key
    enrolledAt = row.instant("enrolled_at")
    enrolledBy = row["enrolled_by"]
    removedAt = row.optionalInstant("removed_at")
    let texts = [row["secret"] as String?, row["previous_secret"] as String?].compactMap { $0 }
    secrets = texts.compactMap { WebhookSecret($0) }
    guard secrets.count == texts.count else { throw CorruptValue(column: "secret") }
  }
}

/// What a facility gets when it is enrolled; the secret is told this once.
public struct Enrolment: Sendable, Hashable {
  public let facility: Facility
  public let secret: WebhookSecret
}

extension OrganizerStore {
  /// Enrols a facility by its key.
  ///
  /// - Parameters:
  ///   - secret: one that both sides have already; a fresh one by default.
  ///   - by: who did it.
  /// - Throws: `Refusal.invalid` for an unusable name, `Refusal.conflict` when the key is enrolled already.
  public func enrol(
    name: String, publicKey: PublicKey, secret: WebhookSecret = .generate(), by: String, now: Instant
  ) throws -> Enrolment {
    try write { try enrol($0, name: name, publicKey: publicKey, secret: secret, by: by, now: now) }
  }

  private func enrol(
    _ database: Database, name: String, publicKey: PublicKey, secret: WebhookSecret, by: String, now: Instant
  ) throws -> Enrolment {
    let name = try Self.checked(name: name)
    if let known = try Facility.find(database, publicKey.facility) {
      throw Refusal.conflict(
        Fault(
          "publicKey", "already-enrolled",
          Text("这把密钥已经登记给“\(known.name)”。", "This key is enrolled for “\(known.name)” already.")))
    }
    try database.execute(
      sql: "INSERT INTO facility(id, name, public_key, secret, enrolled_at, enrolled_by) VALUES(?, ?, ?, ?, ?, ?)",
      arguments: [
        publicKey.facility.data, name, Data(publicKey.bytes), secret.secretText, now.milliseconds, by,
      ])
    guard let facility = try Facility.find(database, publicKey.facility) else { throw CorruptValue(column: "id") }
    return Enrolment(facility: facility, secret: secret)
  }

  static func checked(name: String) throws -> String {
    var fields = try JSONFields(.object(["name": .string(name)]))
    let checked = fields.text("name", limit: 100)
    try fields.finish()
    return checked ?? ""
  }

  /// In the order of their names; removed ones last.
  public func facilities() throws -> [Facility] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM facility ORDER BY removed_at IS NOT NULL, name, id")
        .map(Facility.init)
    }
  }

  /// - Throws: `Refusal.notFound`
  public func facility(_ id: ID) throws -> Facility {
    guard let facility = try read({ try Facility.find($0, id) }) else { throw Self.noSuchFacility }
    return facility
  }

  static var noSuchFacility: Refusal {
    .notFound(Text("没有登记这个承办单位。", "No such facility is enrolled."))
  }

  /// Gives a facility a fresh secret; the one before still works until the next change, so that deliveries under way
  /// arrive.
  public func renewSecret(of id: ID) throws -> Enrolment {
    let secret = WebhookSecret.generate()
    return try write { database in
      try database.execute(
        sql: "UPDATE facility SET previous_secret = secret, secret = ? WHERE id = ?",
        arguments: [secret.secretText, id.data])
      guard let facility = try Facility.find(database, id) else { throw Self.noSuchFacility }
      return Enrolment(facility: facility, secret: secret)
    }
  }

  /// Takes no more reports from a facility. What it sent stays.
  public func remove(_ id: ID, now: Instant) throws {
    try write { database in
      try database.execute(
        sql: "UPDATE facility SET removed_at = ? WHERE id = ? AND removed_at IS NULL",
        arguments: [now.milliseconds, id.data])
      if database.changesCount == 0 { throw Self.noSuchFacility }
    }
  }

  /// A code by which a facility enrols itself within a day, once: for reading over the telephone or from paper.
  ///
  /// - Parameter code: not easy to guess; only its hash is kept.
  public func offerPairing(code: String, name: String, by: String, now: Instant) throws {
    let name = try Self.checked(name: name)
    try write { database in
      try database.execute(
        sql: "INSERT INTO pairing(code, name, made_at, made_by, expires_at) VALUES(?, ?, ?, ?, ?)",
        arguments: [Self.hash(code: code), name, now.milliseconds, by, (now + .days(1)).milliseconds])
    }
  }

  /// Enrols the facility that knows a code.
  ///
  /// - Throws: `Refusal.forbidden` when the code is unknown, used or older than a day.
  public func pair(code: String, publicKey: PublicKey, now: Instant) throws -> Enrolment {
    try write { database in
      let row = try Row.fetchOne(
        database, sql: "SELECT * FROM pairing WHERE code = ? AND used_at IS NULL AND expires_at > ?",
        arguments: [Self.hash(code: code), now.milliseconds])
      guard let row else {
        throw Refusal.forbidden(
          Text("配对码不对，或者已经用过、过期了。", "The pairing code is wrong, used or out of date."))
      }
      let enrolment = try enrol(
        database, name: row["name"], publicKey: publicKey, secret: .generate(), by: row["made_by"], now: now)
      try database.execute(
        sql: "UPDATE pairing SET used_at = ? WHERE code = ?", arguments: [now.milliseconds, Self.hash(code: code)])
      return enrolment
    }
  }

  /// Without regard to case, spaces and hyphens, as people type codes.
  private static func hash(code: String) -> Data {
    let typed = code.lowercased().unicodeScalars.filter { $0 != "-" && !$0.properties.isWhitespace }
    return Data(Digest.of(Array("pairing:".utf8), Array(String(String.UnicodeScalarView(typed)).utf8)).bytes)
  }
}

extension Facility {
  static func find(_ database: Database, _ id: ID) throws -> Facility? {
    try Row.fetchOne(database, sql: "SELECT * FROM facility WHERE id = ?", arguments: [id.data]).map(Facility.init)
  }

  static func enrolled(_ database: Database) throws -> [Facility] {
    try Row.fetchAll(database, sql: "SELECT * FROM facility WHERE removed_at IS NULL ORDER BY id").map(Facility.init)
  }
}
