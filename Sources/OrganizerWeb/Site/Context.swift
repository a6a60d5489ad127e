internal import Evidence
internal import MicroHTTP
internal import OrganizerStore
internal import Pages
internal import Sanatorium

/// Who is logged in, and in which language the pages come.
struct OrganizerSession: Sendable {
  let account: OrganizerAccount
  var language: Language
}

/// One request with what every handler needs.
struct Context: Sendable {
  let site: OrganizerSite
  let request: Request
  let parameters: Parameters?
  /// Nil on routes for everyone when nobody is logged in.
  let session: OrganizerSession?
  let language: Language

  var store: OrganizerStore { site.store }
  var now: Instant { site.configuration.now() }
  var english: Bool { language == .english }
  var isAPI: Bool { request.path.first == "api" }

  /// The account that the route's audience has asked for.
  var account: OrganizerAccount {
    guard let session else { preconditionFailure("a route for everyone asked who it is") }
    return session.account
  }

  func callAsFunction(_ text: Text) -> String { text(language) }

  /// A path parameter that is a UUID; anything else is a page that does not exist.
  func id(_ name: String) throws -> ID {
    guard let id = parameters.flatMap({ ID($0[name]) }) else {
      throw Refusal.notFound(Text("没有这一页。", "There is no such page."))
    }
    return id
  }

  /// A query parameter that is a whole number; refused when it is something else.
  func number(_ name: String) throws -> Int64? {
    guard let text = request.query.first(name), !text.isEmpty else { return nil }
    guard text.utf8.count <= 15, let number = Int64(text) else {
      throw Refusal.invalid(name, "not-a-number", Text("这里要整数。", "A whole number is needed here."))
    }
    return number
  }

  /// The members of the JSON body or the fields of a form, to be decoded once and finished.
  func fields() throws -> JSONFields {
    if isAPI { return try JSONFields(try JSON.parse(request.body.isEmpty ? Array("{}".utf8) : request.body)) }
    guard let query = FormBody.parse(urlencoded: request.body) else { throw Refusal.unreadableForm }
    let values = FormValues(query)
    return try JSONFields(
      .object(values.names.sorted().map { JSON.Member($0, .string(values[$0] ?? "")) }), isForm: true)
  }

  /// What was typed, to be kept when the form comes back.
  var formValues: FormValues { FormValues(FormBody.parse(urlencoded: request.body) ?? Query()) }

  var tabs: [Tab] { tabs(nil) }

  func tabs(_ current: Section?) -> [Tab] {
    guard session != nil else { return [] }
    func tab(_ section: Section, _ words: Text, _ target: String, _ icon: Icon) -> Tab {
      Tab(self(words), target, icon, isCurrent: section == current)
    }
    return [
      tab(.reports, Text("报告", "Reports"), "/reports", .document),
      tab(.evaluation, Text("比较", "Compare"), "/evaluations", .chart),
      tab(.facilities, Text("承办单位", "Facilities"), "/facilities", .home),
      tab(.rejections, Text("退回", "Refused"), "/rejections", .barred),
      tab(.me, Text("我的", "Me"), "/me", .person),
    ]
  }

  func page(
    _ title: Text, _ section: Section?, detail: String? = nil, back: (Text, String)? = nil,
    layout: Page.Layout = .column
  ) -> Page {
    Page(
      self(title), site: store.name, heading: self(title), detail: detail,
      back: back.map { (words: self($0.0), target: $0.1) }, tabs: tabs(section), layout: layout)
  }

  /// Draws a page for this request.
  func html(_ status: Status = .ok, _ draw: (HTML) throws -> Void) rethrows -> Response {
    let h = HTML(lang: language.tag, english: english, capacity: 65_536)
    try draw(h)
    var response = Response.html(h.bytes, status: status)
    response.headers["Content-Language"] = language.tag
    return response.compressed(for: request)
  }

  func json(_ value: JSON, status: Status = .ok) -> Response {
    Response.json(JSONWriter.wire(value), status: status).compressed(for: request)
  }

  /// A day and a clock time of a facility, `2026-06-11 14:26`.
  func time(_ instant: Instant, _ time: LocalTime = .china) -> String {
    "\(time.day(of: instant)) \(time.clock(instant))"
  }
}

/// The places of the main navigation.
enum Section: Sendable, Hashable {
  case reports, evaluation, facilities, rejections, me
}
