internal import Evidence
internal import MicroHTTP
internal import OrganizerStore
internal import Pages
internal import Sanatorium

extension Context {
  /// Enrolled facilities, and the two ways to enrol one.
  func facilityList(
    _ form: Form = Form(), pairing: Form = Form(), status: Status = .ok
  ) throws -> Response {
    let facilities = try store.facilities()
    return html(status) { h in
      h.page(page(Text("承办单位", "Facilities"), .facilities, detail: store.name)) {
        h.section(self(Text("已登记", "Enrolled"))) {
          if facilities.isEmpty {
            h.p("m", self(Text("还没有。用下面的办法登记第一个。", "None yet. Enrol the first one below.")))
          } else {
            table(facilities, h)
          }
        }
        h.section(self(Text("用配对码登记", "Enrol by pairing code"))) {
          h.p(
            "m",
            self(
              Text(
                "承办单位能连到这里时用：把配对码告诉对方，对方在系统里输入一次就好了。一天内有效。",
                "When the facility can reach this address: tell it the code, to be typed there once within a day.")))
          h.form("/pairings", pairing, key: nil) {
            h.field(self(Text("承办单位名称", "Facility's name")), "name", maxLength: 100)
            h.button(self(Text("生成配对码", "Make a pairing code")), .main, icon: .key)
          }
        }
        h.section(self(Text("用公钥登记", "Enrol by public key"))) {
          h.p(
            "m",
            self(
              Text(
                "承办单位没有网络时用：请对方把公钥发来，登记后把接收密钥交给对方。",
                "When the facility has no link: ask for its public key, and hand over the secret shown afterwards.")))
          h.form("/facilities", form, key: nil) {
            h.field(self(Text("承办单位名称", "Facility's name")), "name", maxLength: 100)
            h.field(
              self(Text("公钥", "Public key")), "publicKey",
              hint: self(Text("以 sanpk_ 开头的一行", "one line that begins with sanpk_")), maxLength: 100)
            h.button(self(Text("登记", "Enrol")), .other)
          }
        }
        h.section(self(Text("本单位的公钥", "This organizer's public key"))) {
          h.p("m", self(Text("承办单位用它核对回执。", "Facilities check receipts with it.")))
          h.el("p") { h.el("code", text: store.publicKey.description) }
        }
      }
    }
  }

  private func table(_ facilities: [Facility], _ h: HTML) {
    h.table(
      self(Text("已登记的承办单位", "Enrolled facilities")),
      [
        Column(self(Text("名称", "Name"))), Column(self(Text("密钥号", "Key"))), Column(self(Text("登记", "Enrolled"))),
        Column(self(Text("操作", "Acts"))),
      ], showsCaption: false
    ) {
      for facility in facilities {
        h.row(facility.removedAt == nil ? nil : .mute) {
          h.th(facility.name, target: "/reports?facility=\(facility.id)")
          h.td { h.el("code", text: facility.publicKey.spokenID) }
          h.td("\(time(facility.enrolledAt))·\(facility.enrolledBy)")
          h.td {
            if let removed = facility.removedAt {
              h.mark(.notDone, self(Text("\(time(removed)) 起不再接收", "not taken from since \(time(removed))")))
            } else if account.role == .admin {
              acts(facility, h)
            }
          }
        }
      }
    }
  }

  private func acts(_ facility: Facility, _ h: HTML) {
    h.form("/facilities/\(facility.id)/secret", key: nil, "inline") {
      h.hiddenField("replaces", facility.secretMark)
      h.button(self(Text("换接收密钥", "New secret")), .other)
    }
    h.form("/facilities/\(facility.id)/removal", key: nil, "inline") {
      h.button(self(Text("不再接收", "Take no more reports")), .warning)
    }
  }

  /// The secret, shown this once.
  func secretPage(_ enrolment: Enrolment) -> Response {
    html(.created) { h in
      h.page(
        page(
          Text("接收密钥", "Webhook secret"), .facilities, detail: enrolment.facility.name,
          back: (Text("承办单位", "Facilities"), "/facilities"))
      ) {
        h.section(enrolment.facility.name) {
          h.note(.late, self(Text("只显示这一次，请现在交给承办单位。", "Shown this once; hand it to the facility now.")))
          h.facts {
            h.fact(self(Text("接收密钥", "Webhook secret"))) { h.el("code", text: enrolment.secret.secretText) }
            h.fact(self(Text("本单位公钥", "Organizer's public key"))) { h.el("code", text: store.publicKey.description) }
          }
        }
      }
    }
  }

  /// The pairing code, shown this once.
  func codePage(_ offer: (code: String, name: String)) -> Response {
    html(.created) { h in
      h.page(
        page(
          Text("配对码", "Pairing code"), .facilities, detail: offer.name,
          back: (Text("承办单位", "Facilities"), "/facilities"))
      ) {
        h.section(offer.name) {
          h.p(self(Text("请承办单位在一天内输入：", "To be typed at the facility within a day:")))
          h.el("p", .class("xl")) { h.el("code", text: offer.code) }
          h.p("m s", self(Text("只显示这一次，用过就失效。", "Shown this once; it works once.")))
        }
      }
    }
  }
}
