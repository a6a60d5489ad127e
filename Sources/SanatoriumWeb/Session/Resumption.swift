internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// A form that arrived after its session had ended. The login page carries it along, so that nothing typed is lost: who
/// has logged in sends it on with one tap, under their own name.
struct Resumption: Sendable {
  /// The name of the login's hidden field.
  static let field = "resume"
  /// The largest form in bytes that is carried along; a longer one is refused as any other write without a session.
  static let limit = 64 << 10

  /// The path that the form posts to.
  let target: String
  /// The form's fields as they were sent, urlencoded.
  let body: String

  /// Nil for what is no page's form of this site: the API, a file, and whatever another site made a browser send.
  init?(_ request: Request) {
    let type = request.header("Content-Type")?.lowercased() ?? ""
    guard request.method == .post, type.hasPrefix("application/x-www-form-urlencoded"), !request.pathBegins(with: "api"),
      CrossSite.refusal(request, credential: nil) == nil, request.body.count <= Self.limit
    else { return nil }
    self.init(target: request.target, body: request.body)
  }

  /// As the login page sent it back.
  init?(target: String, _ values: FormValues) {
    guard let body = values.exactly(Self.field) else { return nil }
    self.init(target: target, body: Array(body.utf8))
  }

  private init?(target: String, body: [UInt8]) {
    guard !body.isEmpty, body.count <= Self.limit, FormBody.parse(urlencoded: body) != nil else { return nil }
    self.target = target
    self.body = String(decoding: body, as: UTF8.self)
  }

  /// The fields in their order.
  var fields: [(name: String, value: String)] {
    (FormBody.parse(urlencoded: Array(body.utf8)) ?? Query()).map { ($0.name, $0.value ?? "") }
  }
}

extension Context {
  /// After the login: the form again, to be sent by the person who is logged in now.
  func resumptionPage(_ resumption: Resumption, _ account: Account) -> Response {
    html { h in
      h.page(page(Text("接着提交", "Go on"), nil)) {
      } top: {
        notices(h)
      } main: {
        h.form(resumption.target, Form(), key: nil, "sheet stack") {
          h.p(
            Text(
              "登录好了。刚才填的内容还没有提交，都还在。提交以后记在\(account.name)名下。",
              "You are logged in. What you typed is still here and not sent yet. It will be recorded as \(account.name)'s.")(language))
          for field in resumption.fields { h.hiddenField(field.name, field.value) }
          h.button(Text("提交刚才填的内容", "Send what I typed")(language), large: true, full: true)
          h.linkButton(Text("不提交，去首页", "Don't send; to the start")(language), "/", .other, full: true)
        }
      }
    }
  }
}
