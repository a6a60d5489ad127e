internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  /// First segments of the addresses whose forms are never kept on a device to be sent later: passwords, and acts of the
  /// desk whose outcome has to be seen before anything else is done.
  static let direct = ["login", "logout", "first", "me", "accounts", "devices", "enrol", "batches", "reports", "system", "unsent"]

  /// First segments of the addresses whose acts somebody is waiting for. They happen now or not at all: a plan that starts
  /// by itself hours after an emergency, or an alarm that is answered by then, does harm.
  static let urgent = ["plans", "activations", "alerts"]
  /// What may lie between pressing such a button and its arrival.
  static let urgentWithin = Span.minutes(2)

  func offlineRoutes(_ table: inout RouteTable) {
    table.router.add(.get, "/worker.js") { _, _ in .prepared(WorkerScript.prepared) }
    table.operation(
      Operation(
        method: .get, pattern: "/api/v1/offline",
        summary: "The pages that this account needs where there is no network: addresses and documents", audience: .house,
        reads: .allergies("offline pages"),
        query: [QueryParameter("since", .integer(-1...9_999_999_999), "the journal's sequence of the copy the device has; 204 where it is the newest")],
        gives: .anyObject)
    ) { context in
      // A copy of this very state is on the device already.
      if let since = context.request.query.first("since"), Int64(since) == context.site.store.sequence {
        return .response(.noContent)
      }
      return context.aside(in: context.site.copies, busy: Text("正在给别的设备备页面", "Copies are being made for other devices")) { responder in
        responder.answer(
          Response.json(JSONWriter.wire(try context.offlinePages())).compressed(for: context.request))
      }
    }
    table.page("/away", for: .everyone, reads: .none) { .response($0.awayPage()) }
    table.page("/unsent", for: .house, reads: .none) { .response($0.unsentPage()) }
    table.formReply("/unsent/file", for: .house, reads: .none) { try $0.takeUnsent() }
  }
}

extension Context {
  /// Set while pages are drawn for the offline copy, which is logged as one reading instead of one for each person.
  @TaskLocal static var isCopying = false

  /// Every page the account needs, drawn as it would be for the request of each. What can't be drawn is left out, and the
  /// copy then has no sequence: the device has the rest, and asks again after a while.
  fileprivate func offlinePages() throws -> JSON {
    var sequence = site.store.sequence
    func lacks(_ what: String, _ why: String) {
      site.configuration.log("offline copy without \(what): \(why)")
      sequence = -1
    }
    let (addresses, badges) = try site.store.read { reader in
      (
        offlineAddresses(reader) { lacks("the addresses of \($0)", "\($1)") },
        offlineBadges(reader) { lacks("the badges", "\($0)") }
      )
    }
    var headers: Headers = ["Accept": "text/html"]
    for name in ["Cookie", "Authorization", "Host", "Accept-Language", "Sec-Fetch-Mode"] {
      if let value = request.header(name) { headers[name] = value }
    }
    let pages = Context.$isCopying.withValue(true) {
      addresses.compactMap { address -> JSON? in
        guard let request = Request(.get, address, headers: headers, remoteAddress: request.remoteAddress, isTLS: request.isTLS) else {
          return nil
        }
        let answer: Response
        switch site.handle(request) {
        case .response(let response): answer = response
        case .prepared(let prepared): answer = prepared.plain
        // Pages that take their time or never end are none that are kept.
        case .later, .events: return nil
        }
        if answer.status.code >= 500 { lacks(address, "\(answer.status)") }
        guard answer.status == .ok else { return nil }
        return .object(["address": .string(address), "document": .string(String(decoding: answer.body, as: UTF8.self))])
      }
    }
    let forwards = badges.map { badge, person in
      JSON.object(["address": .string("/b/\(badge)"), "document": .string(keptBadge(of: person))])
    }
    return .object([
      "account": .string(actor.account.description), "name": .string(actor.name),
      "rest": .int(max(0, (viewer?.until.milliseconds ?? 0) - site.store.now.milliseconds)),
      "sequence": .int(sequence), "at": .int(site.store.now.milliseconds),
      "pages": .array(pages + forwards),
    ])
  }

  /// Whose badge may be read while there is no network.
  private func offlineBadges(_ reader: Reader, _ unreadable: (any Error) -> Void) -> [(badge: String, person: ID)] {
    do {
      guard let batch = try reader.activeBatch() else { return [] }
      return try reader.participants(of: batch).filter { $0.place != .departed }.map { ($0.badge, $0.id) }
    } catch {
      unreadable(error)
      return []
    }
  }

  /// The addresses, the most needed first: where the device runs out of room it keeps the beginning. Of what can't be read
  /// there are none, and it is told.
  private func offlineAddresses(_ reader: Reader, _ unreadable: (_ what: String, any Error) -> Void) -> [String] {
    func read<Kind>(_ what: String, _ found: () throws -> [Kind]) -> [Kind] {
      do { return try found() } catch {
        unreadable(what, error)
        return []
      }
    }
    var addresses = ["/", "/unsent", "/me", "/incidents/new"]
    if actor.mayReadHealth { addresses.append("/rounds") }
    addresses += ["/arrivals?show=here", "/arrivals", "/alerts", "/incidents", "/plans", "/outings"]
    guard let batch = read("the batch", { try reader.activeBatch().map { [$0] } ?? [] }).first else { return addresses }
    let people = read("people") { try reader.participants(of: batch).filter { $0.place != .departed } }
    for person in people where person.place != .notArrived {
      addresses.append("/participants/\(person.id)")
      if actor.mayRecordHealth, person.place == .present || person.place == .outing { addresses.append("/participants/\(person.id)/check-in") }
    }
    if actor.isMedical { addresses += people.filter { $0.place == .present || $0.place == .outing }.map { "/participants/\($0.id)/hospital" } }
    addresses += people.filter { $0.place == .notArrived }.map { "/participants/\($0.id)" }
    addresses += read("plans") { try reader.openActivations(of: batch).map { "/activations/\($0.id)" } }
    addresses += read("incidents") { try reader.openIncidents(of: batch).map { "/incidents/\($0.id)" } }
    for outing in read("outings", { try reader.outings(of: batch) }) {
      addresses.append("/outings/\(outing.id)")
      if outing.state != .returned, outing.state != .cancelled {
        addresses += ["leaving", "headcounts", "return"].map { "/outings/\(outing.id)/\($0)" }
      }
    }
    if actor.role == .staff || actor.role == .lead {
      for person in people where person.place == .present {
        addresses += ["leave", "hospital", "departure", "room"].map { "/participants/\(person.id)/\($0)" }
      }
    }
    addresses += read("alerts") { try reader.alerts(of: batch, state: .open).map { "/alerts/\($0.id)" } }
    addresses += ["/help"] + HelpTopic.all.filter { $0.roles.contains(actor.role) }.map { "/help/\($0.code)" }
    addresses += ["/emergency-list", "/shifts", "/hand-overs", "/assignments"]
    if actor.role == .lead { addresses += ["/board", "/escorts", "/coverage"] }
    return addresses
  }
}
