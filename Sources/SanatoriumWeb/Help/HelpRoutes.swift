internal import MicroHTTP
internal import Pages
internal import Sanatorium

extension Site {
  /// What people may need to be told, in the words of the README where they run the machine.
  func helpRoutes(_ table: inout RouteTable) {
    table.page("/help", for: .accounts, reads: .none) { .response($0.helpPage()) }
    table.page("/help/:topic", for: .accounts, reads: .none) { context in
      guard let topic = HelpTopic.named(context.parameters["topic"]) else {
        throw Refusal.notFound(Text("没有这一条帮助。", "There is no such topic."))
      }
      return .response(context.helpPage(topic))
    }
  }
}

extension Context {
  /// The topics, those of the viewer's own work first.
  fileprivate func helpPage() -> Response {
    let own = HelpTopic.all.filter { $0.roles.contains(actor.role) }
    let others = HelpTopic.all.filter { !$0.roles.contains(actor.role) }
    return html { h in
      h.page(page(Text("帮助", "Help"), .more, back: (Text("我的", "Me"), "/me"))) {
      } top: {
        notices(h)
      } main: {
        topics(h, say("您的工作", "Your work"), own)
        topics(h, say("别人的工作", "The work of others"), others)
      }
    }
  }

  private func topics(_ h: HTML, _ words: String, _ topics: [HelpTopic]) {
    guard !topics.isEmpty else { return }
    h.listHead(words)
    h.list { for topic in topics { h.linkRow(topic.title(language), target: "/help/\(topic.code)") } }
  }

  fileprivate func helpPage(_ topic: HelpTopic) -> Response {
    html { h in
      h.page(page(topic.title, .more, back: (Text("帮助", "Help"), "/help"))) {
      } top: {
        notices(h)
      } main: {
        h.el("article", .class("sheet stack")) {
          for paragraph in topic.paragraphs { h.el("p") { coded(h, paragraph(language)) } }
        }
      }
    }
  }

  /// What stands between backquotes is set as it is typed.
  private func coded(_ h: HTML, _ text: String) {
    for (index, part) in text.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
      if index % 2 == 1 { h.el("code", text: String(part)) } else { h.text(String(part)) }
    }
  }
}
