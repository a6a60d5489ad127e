internal import Evidence
internal import MicroHTTP
internal import OrganizerStore
internal import Pages
internal import Sanatorium

extension OrganizerSite {
  func facilityRoutes(_ table: inout RouteTable) {
    table.page(.get, "/facilities") { try $0.facilityList() }
    table.page(.post, "/facilities") { context in
      do {
        let enrolment = try context.enrol()
        return context.secretPage(enrolment)
      } catch {
        guard let faults = Refusal.faults(of: error) else { throw error }
        return try context.facilityList(
          Form(context.formValues, faults: faults.map { $0.shown(context.language) }), status: .unprocessableContent)
      }
    }
    table.page(.post, "/pairings") { context in
      do {
        return context.codePage(try context.offerPairing())
      } catch {
        guard let faults = Refusal.faults(of: error) else { throw error }
        return try context.facilityList(
          pairing: Form(context.formValues, faults: faults.map { $0.shown(context.language) }),
          status: .unprocessableContent)
      }
    }
    table.page(.post, "/facilities/:id/secret", for: .admins) { context in
      context.secretPage(try context.renewSecret())
    }
    table.page(.post, "/facilities/:id/removal", for: .admins) { context in
      try context.store.remove(try context.id("id"), now: context.now)
      try context.store.note("remove", by: context.account.id, of: try context.id("id"), now: context.now)
      return .redirect(to: "/facilities")
    }
    facilityAPI(&table)
  }

  private func facilityAPI(_ table: inout RouteTable) {
    table.api(
      Operation(method: .get, pattern: "/api/v1/facilities", summary: "Enrolled facilities", audience: .accounts)
    ) { context in
      context.json(.object(["facilities": .array(try context.store.facilities().map(\.json))]))
    }
    table.api(
      Operation(
        method: .post, pattern: "/api/v1/facilities",
        summary: "Enrol a facility by its public key; answers its webhook secret, this once", audience: .accounts,
        takes: Schemas.object(["name": Schemas.text, "publicKey": Schemas.text], ["name", "publicKey"]))
    ) { context in
      context.json(try context.enrol().json(context.store), status: .created)
    }
    table.api(
      Operation(
        method: .post, pattern: "/api/v1/pairings",
        summary: "Make a code by which a facility enrols itself within a day", audience: .accounts,
        takes: Schemas.object(["name": Schemas.text], ["name"]))
    ) { context in
      context.json(.object(["code": .string(try context.offerPairing().code)]), status: .created)
    }
  }

  /// Where a facility with a pairing code enrols itself.
  func enrolmentRoutes(_ table: inout RouteTable) {
    table.api(
      Operation(
        method: .post, pattern: "/api/v1/enrolments",
        summary: "Enrol with a pairing code; answers webhook secret and the organizer's public key",
        audience: .everyone,
        takes: Schemas.object(["code": Schemas.text, "publicKey": Schemas.text], ["code", "publicKey"]))
    ) { context in
      var fields = try context.fields()
      let code = fields.text("code", limit: 40)
      let key = context.publicKey(&fields)
      try fields.finish()
      // Codes can be guessed at, so tries are slowed down as passwords are.
      let address = context.request.sender
      let now = context.now.milliseconds
      let wait = context.site.lockout.withLock { $0.wait(account: "pairing", source: address, now: now) }
      guard wait == 0 else {
        throw Refusal.forbidden(Text("试得太多了，过一会儿再试。", "Too many tries; try again later."))
      }
      guard let code, let key else { throw Refusal.invalid([]) }
      do {
        let enrolment = try context.store.pair(code: code, publicKey: key, now: context.now)
        return context.json(enrolment.json(context.store), status: .created)
      } catch let refusal as Refusal {
        if case .forbidden = refusal {
          context.site.lockout.withLock { $0.fail(account: "pairing", source: address, now: now) }
        }
        throw refusal
      }
    }
  }
}

extension Context {
  fileprivate func publicKey(_ fields: inout JSONFields) -> PublicKey? {
    guard let text = fields.text("publicKey", limit: 100) else { return nil }
    guard let key = PublicKey(text) else {
      fields.refuse(
        "publicKey", "not-a-key",
        Text(
          "这不是公钥，应当以 sanpk_ 开头，从承办单位的系统里整行复制。",
          "This is no public key; it begins with sanpk_. Copy the whole line from the facility."))
      return nil
    }
    return key
  }

  fileprivate func enrol() throws -> Enrolment {
    var fields = try fields()
    let name = fields.text("name", limit: 100)
    let key = publicKey(&fields)
    try fields.finish(allowing: [Form.keyField])
    guard let name, let key else { throw Refusal.invalid([]) }
    let enrolment = try store.enrol(name: name, publicKey: key, by: account.name, now: now)
    try store.note("enrol", by: account.id, of: enrolment.facility.id, now: now)
    return enrolment
  }

  fileprivate func offerPairing() throws -> (code: String, name: String) {
    var fields = try fields()
    let name = fields.text("name", limit: 100)
    try fields.finish(allowing: [Form.keyField])
    guard let name else { throw Refusal.invalid([]) }
    let code = PairingCode.random()
    try store.offerPairing(code: code, name: name, by: account.name, now: now)
    return (code, name)
  }

  /// The form names the secret that it replaces, so that sending it twice replaces once.
  fileprivate func renewSecret() throws -> Enrolment {
    let facility = try store.facility(try id("id"))
    guard formValues.filled("replaces") == facility.secretMark else {
      throw Refusal.conflict(
        Fault("replaces", "changed-meanwhile", Text("密钥已经换过了。", "The secret was changed already.")))
    }
    let enrolment = try store.renewSecret(of: facility.id)
    try store.note("secret", by: account.id, of: facility.id, now: now)
    return enrolment
  }
}

/// Codes for reading over the telephone: twelve letters and digits that can't be mistaken for one another, 55 bits.
enum PairingCode {
  private static let alphabet = Array("abcdefghjkmnpqrtwxy346789")

  static func random() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<3).map { _ in
      String((0..<4).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] })
    }.joined(separator: "-")
  }
}

extension Facility {
  var json: JSON {
    .object([
      "id": .string(id.description), "name": .string(name), "publicKey": .string(publicKey.description),
      "keyId": .string(publicKey.id), "enrolledAt": .int(enrolledAt.milliseconds), "enrolledBy": .string(enrolledBy),
      "removedAt": JSON.optional(removedAt?.milliseconds),
    ])
  }
}

extension Enrolment {
  func json(_ store: OrganizerStore) -> JSON {
    .object([
      "facility": facility.json, "secret": .string(secret.secretText),
      "organizer": .object(["name": .string(store.name), "publicKey": .string(store.publicKey.description)]),
    ])
  }
}
