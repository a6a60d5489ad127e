internal import Evidence
public import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  private static let realm = "sanatoriumd"

  /// Who sent a request; nil when nobody is logged in or the session is over.
  func viewer(of request: Request) -> Viewer? {
    Credential.of(request).flatMap(viewer)
  }

  private func viewer(of credential: Credential) -> Viewer? {
    sessions.session(credential.token, now: store.now.milliseconds).map {
      Viewer(carried: $0.payload, session: $0.digest, until: Instant(milliseconds: $0.beganAt + sessions.limits.absolute))
    }
  }

  /// Authorizes, runs the handler, and turns what it throws into an answer.
  func answer(
    _ request: Request, _ parameters: Parameters, _ audience: Audience, _ handle: (Context) throws -> Reply
  ) -> Reply {
    endLeft(request)
    let credential = Credential.of(request)
    let viewer = credential.flatMap(viewer) ?? (audience == .everyone ? nil : wall(request))
    var context = Context(
      site: self, request: request, parameters: parameters, viewer: viewer, language: language(request, viewer))
    if let author = request.header("For-Account"), let viewer, author != viewer.account.id.description {
      return .response(context.anothers.challenging(realm: Site.realm))
    }
    if audience != .everyone {
      guard let viewer else { return .response(unauthenticated(request)) }
      guard audience.admits(viewer.actor) else {
        return .response(
          context.problem(Refusal.forbidden(Text("您的角色不能打开这里。", "Your role may not open this."))))
      }
    }
    if !request.method.isSafe, let refusal = CrossSite.refusal(request, credential: credential) {
      // Every browser that this house's pages run in says where a write comes from. Who says nothing is a script, which
      // no other site can send; the cookie is SameSite=Strict besides.
      if refusal != .unknown { return .response(context.crossSite) }
    }
    if request.method.isSafe { context.countUnanswered() }
    do {
      return context.queued(try handle(context)).challenging(realm: Site.realm)
    } catch {
      return .response(context.problem(error))
    }
  }

  /// English on request for scripts, the account's own choice for pages; Chinese otherwise.
  private func language(_ request: Request, _ viewer: Viewer?) -> Language {
    if let asked = request.query.first("lang"), let language = Language(rawValue: asked) { return language }
    if !request.pathBegins(with: "api"), let viewer { return viewer.account.language }
    guard let header = request.header("Accept-Language"), header.prefix(2).lowercased() == "en" else { return .chinese }
    // A browser names its own language on each request; a script that asks for English names nothing else.
    let isBrowser = request.header("Sec-Fetch-Mode") != nil
    return isBrowser ? .chinese : .english
  }

  /// A page sends to the login and back; a script gets 401.
  func unauthenticated(_ request: Request) -> Response {
    let context = Context(
      site: self, request: request, parameters: .none, viewer: nil, language: language(request, nil))
    if request.method == .get, !ProblemAnswer.wantsJSON(request) {
      // The house's address as it is typed: without the way round a redirect.
      if request.target == "/" { return context.logInPage(next: "/", status: .unauthorized).challenging(realm: Site.realm) }
      return .redirect(to: "/login?next=\(percentEncoded(request.target))")
    }
    if let page = context.sentAgainPage() { return page.challenging(realm: Site.realm) }
    return context.problem(
      .unauthorized, type: "unauthenticated", Text("请先登录", "Log in first"),
      Text("没有登录，或登录已经过期。", "Nobody is logged in, or the session is over.")
    ).challenging(realm: Site.realm)
  }

  func notFound(_ request: Request) -> Response {
    context(request).problem(
      .notFound, type: "not-found", Text("没有这一页", "There is no such page"),
      Text("地址写错了，或者内容已经不在。", "The address is wrong, or what was there is gone."))
  }

  func methodNotAllowed(_ request: Request) -> Response {
    context(request).problem(
      .methodNotAllowed, type: "method-not-allowed", Text("不能这样用", "This can't be used that way"),
      Text("这个地址不收 \(request.method) 请求。", "This address takes no \(request.method) requests."))
  }

  /// What the server refuses before any handler sees it: a body that is too large, a malformed head. The reason is the
  /// server's own sentence, for the sender.
  public func refused(_ request: Request, _ status: Status, _ reason: String) -> Response {
    let title =
      switch status.code {
      case 413: Text("内容太大", "The content is too large")
      case 400: Text("请求读不懂", "The request can't be read")
      case 503: Text("现在忙不过来，马上再试一次", "Busy or stopping; try again at once")
      default: Text("这个请求不能处理", "The request can't be answered")
      }
    let detail: Text
    if status.code == 413, let limit = reason.split(separator: " ").compactMap({ Int($0) }).first {
      let size = limit >= 1 << 20 ? "\(limit >> 20) MB" : "\(limit >> 10) KB"
      detail = Text("最多 \(size)。", "At most \(size).")
    } else {
      // The library's sentence says where a sender's program is wrong; a person only needs to know that it is.
      detail = Text("发来的请求不合规矩（\(reason)）。", "\(reason).")
    }
    return context(request).problem(status, type: "refused-\(status.code)", title, detail)
  }

  private func context(_ request: Request) -> Context {
    let viewer = viewer(of: request)
    return Context(
      site: self, request: request, parameters: .none, viewer: viewer, language: language(request, viewer))
  }
}
