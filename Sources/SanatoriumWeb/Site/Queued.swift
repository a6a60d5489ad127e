internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// Forms that a page's queue sends in the browser's stead. It names itself by `Sent-By: queue`, the author by
/// `For-Account`, and the device's times by `Occurred-At` and `Sent-At` (milliseconds since 1970). A refused form
/// answers as it always does; one that was taken answers with where to go, as a script can't read a redirect.
extension Context {
  /// The reply as the queue reads it; any other request's as it is.
  func queued(_ reply: Reply) -> Reply {
    guard request.method == .post, request.header("Sent-By") == "queue" else { return reply }
    switch reply {
    case .response(let response): return .response(response.told)
    case .later(let start):
      return .later { responder in start(Responder { responder.answer($0.told) }) }
    case .prepared, .events: return reply
    }
  }

  /// A form that is sent while nobody looks on: whatever is refused is told as a problem, not as the page.
  var wantsFaults: Bool { request.header("Sent-By") == "queue" && ProblemAnswer.wantsJSON(request) }

  /// Set for an act that somebody was waiting for and that comes long after it was entered.
  var late: LateAct? {
    guard request.header("Sent-By") == "queue", let first = request.path.first, Site.urgent.contains(first),
      let occurred = occurredOnDevice, site.store.now - occurred > Site.urgentWithin
    else { return nil }
    return LateAct(age: site.store.now - occurred, key: formValues.filled(Form.keyField).flatMap { ID($0) })
  }

  func problem(_ late: TooLate) -> Response {
    let minutes = late.age.milliseconds / 60_000
    return problem(
      .conflict, type: "too-late", Text("太晚了，没有做", "Too late, not done"),
      Text(
        "这是 \(minutes) 分钟前按的，那时没有发到，没有人接到。现在还要，就在页上再按一次。",
        "This was pressed \(minutes) minutes ago and did not arrive; nobody was told. If it is still wanted, press it again on its page."))
  }

  /// What belongs to one account was sent with another's session: it waits for its author.
  var anothers: Response {
    problem(
      .unauthorized, type: "other-account", Text("换了人登录", "Somebody else is logged in"),
      Text("这是另一个人记的，要本人登录才发得出去。", "Somebody else has entered this; it is sent when they are logged in."))
  }
}

/// An act whose time is over, unless it was done in time and only its answer was lost.
struct LateAct: Sendable {
  let age: Span
  /// Under which the first sending was recorded, if it arrived.
  let key: ID?

  /// Asked inside the write, behind everything that arrived before: what says that nobody was told must be true.
  func check(_ ledger: Ledger) throws {
    guard let key, try ledger.knows(key) else { throw TooLate(age: age) }
  }
}

struct TooLate: Error {
  let age: Span
}

extension Response {
  fileprivate var told: Response {
    guard status == .seeOther, let location = headers["Location"] else { return self }
    return .json(JSONWriter.wire(.object(["location": .string(location)])))
  }
}
