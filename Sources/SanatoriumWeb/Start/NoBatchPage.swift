internal import MicroHTTP
internal import Pages
internal import Sanatorium

extension Context {
  /// What stands on the pages of a batch before there is any: what will appear, and what to do or whom to wait for.
  func noBatchPage() -> Response {
    let decides = Audience.deciders.admits(actor)
    return html { h in
      h.page(page(Text("还没有批次", "No batch yet"), nil, back: (Text("首页", "Start"), "/"))) {
      } top: {
        notices(h)
      } main: {
        h.empty(
          say("这里还没有内容", "Nothing is here yet"),
          decides
            ? say("计划一批、导入名单以后，这一页才有内容。", "This page fills once a batch is planned and its list imported.")
            : say("等值班负责人或组织单位计划好一批、导入名单，这里就有内容了。", "This page fills once the duty lead or the organizer has planned a batch."),
          act: decides ? (words: say("计划一批", "Plan a batch"), target: "/batches/new") : nil)
      }
    }
  }
}
