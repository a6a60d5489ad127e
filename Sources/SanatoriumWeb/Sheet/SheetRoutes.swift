internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  /// Lists made for paper: for the wall, the clipboard and the coach.
  func sheetRoutes(_ table: inout RouteTable) {
    table.page("/sheets", for: .house, reads: .none) { .response(try $0.sheetsPage()) }
    table.page("/sheets/rooms", for: .house, reads: .none) { .response(try $0.roomSheet()) }
    table.page("/sheets/arrivals", for: .house, reads: .none) { .response(try $0.arrivalSheet()) }
    table.page("/sheets/shifts", for: .house, reads: .none) { .response(try $0.shiftSheet()) }
    table.page("/sheets/rounds", for: .healthReaders, reads: .allergies("rounds sheet")) { .response(try $0.roundSheet()) }
    table.page("/sheets/outings/:outing", for: .house, reads: .none) { .response(try $0.outingSheet()) }
  }
}

/// One list for paper.
struct Sheet {
  let title: Text
  let batch: Batch
  /// What the list holds, above it.
  let summary: Text
  /// Where the arrow goes back to.
  var back: (Text, String) = (Text("打印名单", "Lists for paper"), "/sheets")
  /// Lies across the paper.
  var isFlat = false
  /// Stands under the list on the last sheet.
  var foot: Text?
}

extension Context {
  /// Which lists there are.
  func sheetsPage() throws -> Response {
    let (batch, outings) = try site.store.read { reader in
      let batch = try stayBatch(reader)
      return (batch, try reader.outings(of: batch).filter { $0.state == .planned || $0.state == .away })
    }
    var lists: [(Text, Text, String)] = [
      (Text("房间表", "Rooms"), Text("谁住哪间、谁包组", "Who lives where, and their escort"), "/sheets/rooms"),
      (Text("报到名单", "Arrivals"), Text("报到时打钩、写房号", "To tick at the desk, with the room"), "/sheets/arrivals"),
      (Text("值班表", "Rota"), Text("整批，带班、白班、夜班、医护、车辆，带电话", "The whole stay: leads, day, night, medical, vehicles, telephones"), "/sheets/shifts"),
      (Text("应急名册", "Emergency list"), Text("停电、停机时用", "For when this machine is down"), "/emergency-list"),
    ]
    if actor.mayReadHealth {
      lists.insert((Text("巡查记录纸", "Rounds sheet"), Text("没有网络时用笔记，回来补录", "For the pen without network; enter it afterwards"), "/sheets/rounds"), at: 0)
    }
    return html { h in
      h.page(page(Text("打印名单", "Lists for paper"), .people, detail: batch.number, back: (Text("名单和报到", "People"), "/arrivals"))) {
      } top: {
        notices(h)
      } main: {
        h.list {
          for (title, words, target) in lists { h.linkRow(title(language), target: target, facts: [words(language)]) }
          for outing in outings {
            h.linkRow(
              say("外出：\(outing.destination)", "Outing: \(outing.destination)"), target: "/sheets/outings/\(outing.id)",
              facts: [say("上车、点名、回来打钩", "To tick on the coach, at headcounts and on return")])
          }
        }
      }
    }
  }

  /// A list with its head on every sheet, and the batch at every sheet's foot.
  func draw(_ sheet: Sheet, _ columns: [Text], rows: (HTML) -> Void) -> Response {
    let printed = "\(site.configuration.facility)·\(sheet.batch.number)·\(sheet.title(language))·\(time.day(of: site.store.now)) \(clock(site.store.now))"
    return html { h in
      h.page(page(sheet.title, .people, detail: sheet.batch.number, back: sheet.back, layout: .wide)) {
      } top: {
        notices(h)
      } main: {
        h.el("div", .class(sheet.isFlat ? "sheet stack flat" : "sheet stack")) {
          h.p {
            h.text(sheet.summary(language))
            h.span("noprint m", say(" 打印：Ctrl+P 或浏览器菜单。", " To print: Ctrl+P or the browser's menu."))
          }
          h.table(sheet.title(language), columns.map { Column($0(language)) }, showsCaption: false, names: "posted", footer: printed) {
            rows(h)
          }
          if let foot = sheet.foot { h.p { h.b(foot(language)) } }
        }
      }
    }
  }
}
