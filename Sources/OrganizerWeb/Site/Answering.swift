internal import Evidence
internal import MicroHTTP
internal import OrganizerStore
internal import Pages
internal import Sanatorium

/// Who may use a route.
enum Audience: Sendable, Hashable {
  /// Nobody needs to be logged in; what is sent proves itself.
  case everyone
  case accounts
  /// Those who keep facilities.
  case admins
}

extension OrganizerSite {
  static let realm = "sanatorium-organizer"

  func session(of request: Request) -> OrganizerSession? {
    guard let credential = Credential.of(request) else { return nil }
    return sessions.session(credential.token, now: configuration.now().milliseconds)?.payload
  }

  func context(_ request: Request, _ parameters: Parameters? = nil) -> Context {
    let session = session(of: request)
    return Context(
      site: self, request: request, parameters: parameters, session: session, language: language(request, session))
  }

  /// English on request for scripts, the session's choice for pages; Chinese otherwise.
  private func language(_ request: Request, _ session: OrganizerSession?) -> Language {
    if let asked = request.query.first("lang"), let language = Language(rawValue: asked) { return language }
    if request.path.first != "api", let session { return session.language }
    guard let header = request.header("Accept-Language")?.lowercased() else { return .chinese }
    // A browser names its own language on each request; a script that asks for English names nothing else.
    let isBrowser = request.header("Sec-Fetch-Mode") != nil
    return header.hasPrefix("en") && !isBrowser ? .english : .chinese
  }

  /// Why the request goes no further; nil when it may. Decided on the server's thread, while the headers are there.
  func refusal(_ context: Context, _ audience: Audience) -> Response? {
    if audience != .everyone {
      guard let session = context.session else { return unauthenticated(context) }
      if audience == .admins, session.account.role != .admin {
        return context.problem(
          Refusal.forbidden(Text("只有管理员可以这样做。", "Only administrators may do this.")))
      }
    }
    let credential = Credential.of(context.request)
    if !context.request.method.isSafe, let refusal = CrossSite.refusal(context.request, credential: credential) {
      // A script without cookie and without the headers of a browser is nobody's victim.
      if credential != nil || refusal != .unknown { return context.crossSite }
    }
    return nil
  }

  /// A page sends to the login and back; a script gets 401.
  func unauthenticated(_ context: Context) -> Response {
    if context.request.method == .get, !ProblemAnswer.wantsJSON(context.request) {
      return .redirect(to: "/login?next=\(percentEncoded(context.request.target))")
    }
    return context.problem(
      .unauthorized, "unauthenticated", Text("请先登录", "Log in first"),
      Text("没有登录，或登录已经过期。", "Nobody is logged in, or the session is over.")
    ).challenging(realm: OrganizerSite.realm)
  }

  func notFound(_ request: Request) -> Response {
    context(request).problem(
      .notFound, "not-found", Text("没有这一页", "There is no such page"),
      Text("地址写错了，或者内容已经不在。", "The address is wrong, or what was there is gone."))
  }

  func methodNotAllowed(_ request: Request) -> Response {
    context(request).problem(
      .methodNotAllowed, "method-not-allowed", Text("不能这样用", "This can't be used that way"),
      Text("这个地址不收 \(request.method) 请求。", "This address takes no \(request.method) requests."))
  }
}
