internal import Dispatch
internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import Synchronization

/// Entries that a device could not send, saved as a file there: whose they are, and each as the form would have sent it.
struct UnsentFile: Sendable {
  struct Entry: Sendable {
    let key: ID
    /// Where its form posts to.
    let path: String
    /// The form's fields, urlencoded.
    let fields: String
    let occurredAt: Int64
    /// How far the device's clock was behind the house's then, in milliseconds, as far as it knew.
    let ahead: Int64?
    /// What the person called it, for the answer.
    let title: String
  }

  static let format = "sanatorium-unsent-1"
  let account: ID
  let entries: [Entry]

  /// Reads a file; throws every fault by the place in the file.
  init(_ bytes: [UInt8]) throws {
    var fields = try JSONFields(JSON.parse(bytes))
    if fields.text("format", limit: 40) != UnsentFile.format {
      fields.refuse("format", "unknown-format", Text("这不是“还没发出的”存下的文件。", "This is no file of unsent entries."))
    }
    account = fields.id("account") ?? .none
    let list = fields.list("entries")
    if list.count > 1_000 { fields.refuse("entries", "too-many", Text("一次最多 1,000 条。", "At most 1,000 entries at once.")) }
    var entries: [Entry] = []
    for (index, element) in list.prefix(1_000).enumerated() {
      do {
        var inner = try JSONFields(element, prefix: "entries[\(index)]")
        let entry = Entry(
          key: inner.id("id") ?? .none, path: inner.text("path", limit: 200) ?? "",
          fields: inner.text("fields", required: false, limit: 65_536) ?? "",
          occurredAt: inner.instant("occurredAt")?.milliseconds ?? 0,
          ahead: inner.int("ahead", -9_999_999_999_999...9_999_999_999_999, required: false).map(Int64.init), title: inner.text("title", limit: 200) ?? "")
        try inner.finish()
        entries.append(entry)
      } catch Refusal.invalid(let faults) { fields.add(faults) }
    }
    try fields.finish()
    self.entries = entries
  }
}

extension Context {
  /// Takes in a file of the viewer's own entries, each as if its form were sent now; those that the house has already
  /// answer as they did and are recorded once.
  func takeUnsent() throws -> Reply {
    let refused = { (faults: [Fault]) in
      unsentPage(nil, Form(FormValues([]), faults: faults.map { $0.shown(language) }), status: .unprocessableContent)
    }
    let sent: SentForm
    do { sent = try SentForm(request) } catch {
      return .response(refused([Fault("file", "broken-upload", Text("文件没有传全，再交一次。", "The file did not arrive whole; hand it in again."))]))
    }
    guard let file = sent.file("file") else {
      return .response(refused([Fault("file", "missing", Text("还没选文件。", "No file was chosen."))]))
    }
    let unsent: UnsentFile
    do { unsent = try UnsentFile(file.bytes) } catch {
      guard let faults = Refusal.faults(of: error) else { throw error }
      return .response(
        refused(
          faults.map { fault in
            guard !fault.field.isEmpty else { return Fault("file", fault.code, fault.message) }
            return Fault("file", fault.code, Text("\(fault.field)：\(fault.message.chinese)", "\(fault.field): \(fault.message.english)"))
          }))
    }
    guard unsent.account == actor.account else {
      return .response(
        refused([Fault("file", "other-account", Text("这个文件是另一个人的，要本人登录来交。", "The file is somebody else's; they have to hand it in."))]))
    }
    return .later { responder in UnsentIntake(self, unsent.entries, responder).next() }
  }
}

/// Sends the entries of a file one after the other, in the order in which they were made.
private final class UnsentIntake: Sendable {
  private let context: Context
  private let responder: Responder
  private let rest: Mutex<ArraySlice<UnsentFile.Entry>>
  private let outcome = Mutex(UnsentOutcome())

  init(_ context: Context, _ entries: [UnsentFile.Entry], _ responder: Responder) {
    self.context = context
    self.responder = responder
    rest = Mutex(entries[...])
  }

  func next() {
    guard let entry = rest.withLock({ $0.popFirst() }) else {
      return responder.answer(context.unsentPage(outcome.withLock { $0 }))
    }
    // As the router will read it, escapes and all.
    guard entry.path.hasPrefix("/"), let request = request(for: entry), let first = request.path.first,
      !Site.direct.contains(first), first != "api"
    else {
      return note(entry, refusedFor: context.say("这个地址收不了。", "Nothing is taken at this address."))
    }
    switch context.site.handle(request) {
    case .response(let response): note(entry, response)
    case .later(let start): start(Responder { self.note(entry, $0) })
    case .prepared, .events: note(entry, refusedFor: context.say("这个地址收不了。", "Nothing is taken at this address."))
    }
  }

  /// The next one on a thread of its own: the answer to the last came on the thread that every write waits for.
  private func later() { Self.queue.async { self.next() } }

  private static let queue = DispatchQueue(label: "unsent-file")

  private func request(for entry: UnsentFile.Entry) -> Request? {
    var headers: Headers = [
      "Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json", "Sent-By": "queue",
      "For-Account": context.actor.account.description, "Occurred-At": String(entry.occurredAt),
    ]
    if let ahead = entry.ahead { headers["Clock-Ahead"] = String(ahead) }
    for name in ["Cookie", "Authorization", "Host", "Origin", "Sec-Fetch-Site", "Sec-Fetch-Mode"] {
      if let value = context.request.header(name) { headers[name] = value }
    }
    let key = "\(Form.keyField)=\(entry.key)"
    let body = "\(entry.fields)&\(key)"
    return Request(
      .post, entry.path, headers: headers, body: Array(body.utf8), remoteAddress: context.request.remoteAddress,
      isTLS: context.request.isTLS)
  }

  private func note(_ entry: UnsentFile.Entry, _ response: Response) {
    if response.status.code < 300 {
      outcome.withLock { $0.saved += 1 }
      return later()
    }
    let problem = try? JSON.parse(response.body)
    let faults = problem?["faults"]?.array?.compactMap { $0["message"]?.string } ?? []
    note(entry, refusedFor: faults.isEmpty ? problem?["title"]?.string ?? "\(response.status.code)" : faults.joined(separator: " "))
  }

  private func note(_ entry: UnsentFile.Entry, refusedFor reason: String) {
    outcome.withLock { $0.refused.append((entry.title, reason)) }
    later()
  }
}
