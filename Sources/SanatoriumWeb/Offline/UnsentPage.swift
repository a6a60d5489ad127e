internal import MicroHTTP
internal import Pages
internal import Sanatorium

extension Context {
  /// What was entered on this device and hasn't reached the house yet. The entries are on the device alone, so the page
  /// is a frame that its script fills.
  func unsentPage(_ taken: UnsentOutcome? = nil, _ form: Form = Form(), status: Status = .ok) -> Response {
    html(status) { h in
      h.page(page(Text("还没发出的", "Not sent yet"), .more, back: (Text("我的", "Me"), "/me"))) {
      } top: {
        notices(h)
      } main: {
        if let taken { outcome(h, taken) }
        h.el("noscript") {
          h.note(
            .mute, say("这个浏览器不运行脚本", "This browser runs no scripts")
          ) {
            h.p(say("没有脚本就没有什么存在本机：填好的表按下按钮就直接发给本院。", "Without scripts nothing is kept on the device: each form is sent at once."))
          }
        }
        entryTemplates(h)
        h.el("section", .id("unsent"), .label(say("存在本机的记录", "Entries on this device")), .flag("hidden")) {
          h.ul("list") {}
          h.div("sheet row") {
            h.el("button", .class("btn alt"), .of("type", "button"), .of("data-unsent", "send"), text: say("现在再发一次", "Send again now"))
            h.el("button", .class("btn alt"), .of("type", "button"), .of("data-unsent", "file"), text: say("存成文件", "Save as a file"))
          }
        }
        h.el("div", .id("none-unsent"), .flag("hidden")) {
          h.empty(
            say("这台设备上没有没发出的", "Nothing waits on this device"),
            say("没有网的时候记下的，先存在这里，连上以后自动发。", "What is entered without network waits here and is sent by itself."),
            icon: .done)
        }
        h.div("sheet") {
          h.question(
            say("不要“", "Discard “"), say("”？", "”?"),
            more: say("只存在这台设备上，丢了就没有了。", "It is on this device alone."), safe: say("留着", "Keep it"),
            other: say("丢掉这一条", "Discard it"))
          h.fold(say("有存下的文件？在这里交", "A saved file? Hand it in here"), open: !form.faults.isEmpty) {
            h.p(
              "s m",
              say("手机坏了、换了设备，就把“存成文件”存下的拿到这里。只收本人的；已经收过的不会记两次。", "For a broken phone or another device. Only your own entries are taken, and none twice."))
            h.form("/unsent/file", form, key: nil, takesFiles: true) {
              h.file(say("文件", "File"), "file", accept: ".json,application/json")
              h.button(say("交这个文件", "Hand the file in"), .other, full: true)
            }
          }
        }
      }
    }
  }

  /// What the script fills in for each entry: its title and time, and why it was refused.
  private func entryTemplates(_ h: HTML) {
    entryTemplate(h, "unsent-waiting", "mark wait", .waiting, say(" 待同步", " waiting")) {}
    entryTemplate(h, "unsent-refused", "mark bad", .cross, say(" 没收下：", " Refused: ")) {
      h.div("row") {
        h.el("button", .class("btn alt"), .of("type", "button"), .of("data-unsent", "mend"), text: say("改了再发", "Correct and send"))
        h.el(
          "button", .class("btn alt danger"), .of("type", "button"), .of("data-unsent", "discard"),
          text: say("不要这一条", "Discard this entry"))
      }
    }
  }

  private func entryTemplate(
    _ h: HTML, _ id: String, _ mark: StaticString, _ icon: Icon, _ words: String, acts: () -> Void
  ) {
    h.el("template", .id(id)) {
      h.el("li", .class("sheet stack")) {
        h.el("b") {}
        h.el("span", .class(mark)) {
          h.icon(icon)
          h.el("span") {
            h.el("span", .class("at")) {}
            h.text(words)
            h.el("span", .class("why")) {}
          }
        }
        acts()
      }
    }
  }

  /// What a device shows where the house can't be reached and the page is not kept. Drawn for nobody: it is kept for all.
  func awayPage() -> Response {
    html { h in
      h.page(Page("没有连上", site: site.configuration.facility, heading: "没有连上")) {
        h.div("sheet stack") {
          // Where the device itself has logged out (`#left`) nothing else is of interest.
          h.el("p", .id("left"), .class("l"), text: "已退出登录；连上以后本院也知道。 · Logged out; the house hears of it once connected.")
          h.p("这一页没有存在这台设备上。刚才按了保存、又没说“存在本机”的，还没有保存：按返回，看看填的还在不在。")
          h.el(
            "p", .class("m"), .of("lang", "en"),
            text:
              "No connection, and this page is not on this device. What you were saving is not saved unless it said “kept on this device”: go back and look whether it is still there."
          )
          h.linkButton("再试一次 · Try again", "")
          h.linkButton("回到开头 · Start page", "/", .other)
        }
      }
    }
  }

  private func outcome(_ h: HTML, _ taken: UnsentOutcome) {
    h.note(taken.refused.isEmpty ? .ok : .late, say("收下 \(taken.saved) 条", "Taken: \(taken.saved)")) {
      if !taken.refused.isEmpty { h.p(say("没收下 \(taken.refused.count) 条：", "Refused: \(taken.refused.count)")) }
      h.bullets(taken.refused.map { "\($0.title)\(colon)\($0.reason)" })
      if !taken.refused.isEmpty {
        h.p(say("没收下的只在这个文件里：先留着，照着重新填一次。", "What was refused is in that file alone: keep it, and enter it anew from there."))
      }
    }
  }
}

/// What became of a file of unsent entries.
struct UnsentOutcome: Sendable {
  var saved = 0
  var refused: [(title: String, reason: String)] = []
}
