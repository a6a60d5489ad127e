internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func badgeRoutes(_ table: inout RouteTable) {
    table.page("/badges", for: .listers, reads: .none, stays: false) { .response(try $0.badgesPage()) }
    // For everyone, as a telephone's camera opens the address from outside, where the browser keeps a strict cookie back.
    table.page("/b/:code", for: .everyone, reads: .none, stays: false) { .response(try $0.openBadge()) }
  }
}

extension Context {
  /// Opens the person whose badge was read. Whoever isn't logged in learns nothing, not even whether there is such a
  /// code.
  fileprivate func openBadge() throws -> Response {
    let shown = parameters["code"]
    guard let viewer else {
      let address = "/b/\(percentEncoded(shown))"
      return request.query.first("here") == nil ? arriveFromOutside(address) : .redirect(to: "/login?next=\(percentEncoded(address))")
    }
    guard Audience.house.admits(viewer.actor) else {
      throw Refusal.forbidden(Text("您的角色看不到人员，扫了也打不开。", "Your role sees no people, so badges open nothing."))
    }
    guard let code = BadgeCode.read(shown) else {
      throw Refusal.notFound(
        Text("这不是证件牌的号码。证件牌号是 \(BadgeCode.length) 个字母和数字。", "This is no badge code. A code has \(BadgeCode.length) letters and digits."))
    }
    let (person, batch, current) = try site.store.read { reader in
      guard let person = try reader.participant(badge: code) else {
        throw Refusal.notFound(
          Text("没有 \(BadgeCode.spoken(code)) 这张证件牌。看看是不是抄错了。", "There is no badge \(BadgeCode.spoken(code)). Was it copied rightly?"))
      }
      return (person, try reader.batch(of: person), try stayBatch(reader))
    }
    guard batch.id == current.id || batch.state == .planned else {
      throw Refusal.notFound(
        Text(
          "这是“\(batch.number)”的证件牌，那一批已经结束。", "This badge is of the earlier batch “\(batch.number)”, which has ended."))
    }
    return .redirect(to: "/participants/\(person.id)")
  }

  /// A page that opens itself once more: the second request comes from this house's own page, so it carries the cookie.
  private func arriveFromOutside(_ address: String) -> Response { html { forwarding($0, to: "\(address)?here") } }

  /// What a device that has no network opens when a badge is read: nothing but the way to the person's page.
  func keptBadge(of person: ID) -> String {
    let h = HTML(lang: language.tag, english: english, capacity: 512)
    forwarding(h, to: "/participants/\(person)")
    return String(decoding: h.bytes, as: UTF8.self)
  }

  private func forwarding(_ h: HTML, to address: String) {
    h.raw("<!doctype html>\n<html")
    h.raw(english ? " lang=\"en\"" : " lang=\"zh-CN\"")
    h.raw("><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
    h.void("meta", .of("http-equiv", "refresh"), .of("content", "0;url=\(address)"))
    h.el("title", text: say("证件牌", "Badge"))
    h.raw("</head><body><main>")
    h.el("h1", text: say("证件牌", "Badge"))
    h.p { h.a(address, text: say("打开这个人", "Open the person")) }
    h.raw("</main></body></html>\n")
  }
}
