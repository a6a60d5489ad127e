internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// Who is logged in, the way to every page of the role, language, password, logging out.
  func mePage(_ faults: [Fault] = []) throws -> Response {
    let batch = try site.store.read { try $0.activeBatch() }
    let form = faults.isEmpty ? Form() : Form(formValues, faults: faults.map { $0.shown(language) })
    return html(faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(page(Text("我的", "Me"), .more)) {
      } top: {
        notices(h)
      } main: {
        h.el("section", .class("sheet stack"), .label(Text("账号", "Account")(language))) {
          h.div("row") {
            h.b("l", viewer?.account.name ?? "")
            h.span("m", actor.role.name(language))
            if actor.isMedical { h.tag(Text("执业医护", "Licensed")(language)) }
            h.span("end m", viewer?.account.username ?? "")
          }
          h.form("/logout", key: formKey) {
            h.button(Text("退出登录", "Log out")(language), .other, icon: .logout, full: true)
          }
          h.question(
            say("还有 ", ""), say(" 条没发出", " not sent yet"),
            more: say(
              "退出后它们留在这台设备上，别人看不到；您在这台设备上再登录，就自动发。",
              "They stay on this device, where nobody else sees them, and are sent when you log in here again."),
            safe: say("先不退出", "Stay logged in"), other: say("退出，以后再发", "Log out, send later"))
        }
        h.section(Text("去哪里", "Pages")(language)) {
          h.div("chips") { for (words, target, icon) in places { h.linkButton(words(language), target, .other, icon: icon) } }
          if let batch, Audience.house.admits(actor) {
            h.h3(batch.number)
            h.div("chips") { for (words, target, icon) in places(of: batch) { h.linkButton(words(language), target, .other, icon: icon) } }
          }
        }
        h.section(Text("帮助", "Help")(language)) {
          h.div("row") {
            h.linkButton(Text("看帮助", "Open the help")(language), "/help", .other, icon: .info)
            h.act(
              Text("再看一遍第一次用的步骤", "Show the first steps again")(language), "/me/steps", key: formKey, .other,
              fields: [("away", "false")])
          }
        }
        h.section(Text("语言", "Language")(language)) { languages(h) }
        h.section(Text("改密码", "Change the password")(language), id: "password") { passwords(h, form) }
        h.p("pad m s") {
          if Audience.house.admits(actor) { h.a("/unsent", "link", text: Text("这台设备上还没发出的", "Not sent yet on this device")(language)) }
          if actor.role == .admin { h.a("/components", "link", text: Text("界面上的每一种东西（人名是编的）", "Every part of these pages, with invented people")(language)) }
        }
      }
    }
  }

  /// Of the batch that is open: what its rules ask, and who and what it has.
  private func places(of batch: Batch) -> [(Text, String, Icon)] {
    let own = "/batches/\(batch.id)"
    return [
      (Text("合规看板", "Compliance"), "\(own)/compliance", .shield), (Text("还缺什么", "What is missing"), "\(own)/missing", .list),
      (Text("服务小组", "Service groups"), "\(own)/service-groups", .people), (Text("药箱", "Medicine kit"), "\(own)/kit", .list),
      (Text("走访慰问", "Home visits"), "\(own)/home-visits", .home), (Text("人员配备", "Coverage"), "/coverage", .chart),
    ]
  }

  private var places: [(Text, String, Icon)] {
    let board = (Text("值班看板", "Duty board"), "/board", Icon.chart)
    let list = (Text("应急名册", "Emergency list"), "/emergency-list", Icon.print)
    let people = (Text("名单、报到、房间", "People, arrivals, rooms"), "/arrivals", Icon.people)
    let outings = (Text("外出", "Outings"), "/outings", Icon.bus)
    let shifts = (Text("值班表", "Rota"), "/shifts", Icon.calendar)
    let activations = (Text("应急预案", "Emergency plans"), "/plans", Icon.shield)
    let trust = (Text("在手机上装证书", "Certificate for a phone"), "/trust", Icon.lock)
    switch actor.role {
    case .admin:
      return [
        (Text("系统", "System"), "/system", .settings), (Text("账号", "Accounts"), "/accounts", .people), trust,
      ]
    case .escort: return [board, list, people, outings, shifts, trust]
    case .staff: return [board, list, people, outings, shifts, activations, trust]
    case .lead, .organizer:
      let batches = (Text("批次", "Batches"), "/batches", Icon.list)
      let devices = actor.role == .lead ? [(Text("设备", "Devices"), "/devices", Icon.phone)] : []
      return [board, list, people, outings, shifts, activations, batches, trust] + devices
    }
  }

  private func languages(_ h: HTML) {
    h.form("/me/language", key: formKey) {
      h.segments(
        Text("页面上的语言", "Language of the pages")(language), "language",
        [Choice(Language.chinese.rawValue, "中文"), Choice(Language.english.rawValue, "English")],
        value: language.rawValue)
      h.button(Text("换成这个语言", "Use this language")(language), .other, full: true)
    }
  }

  private func passwords(_ h: HTML, _ form: Form) {
    let (least, most) = (PasswordHash.lengths.lowerBound, PasswordHash.lengths.upperBound)
    h.form("/me/password", form, key: formKey) {
      h.field(Text("现在的密码", "Present password")(language), "old", .password, maxLength: 512)
      h.field(
        Text("新密码", "New password")(language), "new", .newPassword,
        hint: Text("\(least) 到 \(most) 个字，一句好记的话最好。", "\(least) to \(most) characters; a phrase is best.")(language),
        maxLength: most)
      h.p("m s", Text("改了以后，您在别的设备上的登录会结束。", "Your sessions on other devices end.")(language))
      h.button(Text("改密码", "Change the password")(language), full: true)
    }
  }
}
