internal import MicroHTTP
internal import Pages
internal import Sanatorium

extension Context {
  /// First segments of the addresses whose forms carry passwords or files, or belong to a session that is over.
  private static let secretive: Set<String> = ["login", "logout", "first", "me", "accounts", "devices", "enrol", "unsent"]

  /// The answer to a form whose session has ended, without scripts: everything typed is on the page, to be sent again
  /// after a login in another window. The form says for whom it was drawn, so nobody else's login can sign it. Nil where
  /// the form isn't one to be repeated (passwords, files) or another site has sent it.
  func sentAgainPage() -> Response? {
    guard request.method == .post, request.header("Sent-By") == nil, !ProblemAnswer.wantsJSON(request),
      CrossSite.refusal(request, credential: nil) == nil, !Context.secretive.contains(request.path.first ?? ""),
      request.header("Content-Type")?.hasPrefix("application/x-www-form-urlencoded") == true,
      let sent = FormBody.parse(urlencoded: request.body)
    else { return nil }
    var response = html(.unauthorized) { h in
      h.page(page(Text("登录已经过期", "The session is over"), nil)) {
      } main: {
        h.div("sheet stack") {
          h.note(.late, say("还没保存，填的都还在这一页上", "Not saved yet; what you typed is on this page"))
          h.p(say("1. 在新窗口登录，再回到这一页。", "1. Log in in another window and come back to this page."))
          h.el("a", .class("btn alt full"), .href("/login"), .of("target", "_blank"), text: say("在新窗口登录", "Log in in another window"))
          h.p(say("2. 登录好了，再发一次。", "2. Once you are logged in, send it again."))
          h.form(request.target, key: nil) {
            for field in sent { h.hiddenField(field.name, field.value ?? "") }
            h.button(say("再发一次", "Send it again"), large: true, full: true)
          }
        }
      }
    }
    response.headers["Cache-Control"] = "no-store"
    return response
  }
}
