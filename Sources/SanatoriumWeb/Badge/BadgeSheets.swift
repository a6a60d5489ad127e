internal import Documents
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// Badges to print and cut: ten cards of 85 × 54 mm on a sheet of A4, or the one of a person who lost theirs; where it
  /// is asked for, with a place for a photograph of 25 × 35 mm. Nothing about anybody's health is on them.
  func badgesPage() throws -> Response {
    let origin = try origin()
    let hasPhoto = request.query.first("photo") != nil
    let one = try request.query.first("person").map { text in
      guard let id = ID(text) else { throw Refusal.notFound(Text("没有这个人。", "There is no such participant.")) }
      return id
    }
    let (batch, people) = try site.store.read { reader in
      if let one {
        let person = try reader.participant(one)
        return (try reader.batch(of: person), [person])
      }
      let batch = try stayBatch(reader)
      return (batch, try reader.participants(of: batch).filter { $0.place != .departed && !$0.isAbsent })
    }
    let codes = try people.map { try QRCode(origin.text + "/b/\($0.badge)", correction: .quartile) }
    return html { h in
      h.page(
        page(Text("证件牌", "Badges"), .people, detail: batch.number, back: badgesBack(batch, people, one), layout: .wide)
      ) {
      } top: {
        notices(h)
      } main: {
        h.div("sheet stack noprint") {
          howToPrint(h, people.count, origin)
          let whose = one.map { "person=\($0)" } ?? "batch=\(batch.id)"
          h.div("row") {
            if hasPhoto {
              h.linkButton(say("不留照片的位置", "Without a place for a photograph"), "/badges?\(whose)", .other, icon: .people)
            } else {
              h.linkButton(say("留出贴一寸照片的位置", "With a place for a photograph"), "/badges?\(whose)&photo=1", .other, icon: .people)
            }
          }
        }
        if people.isEmpty {
          h.empty(
            say("还没有人可印", "Nobody to print yet"), say("导入名单以后，每个人的证件牌会出现在这里。", "Once the list is imported, everybody's badge appears here."),
            act: (words: say("去看这一批", "To the batch"), target: "/batches/\(batch.id)"))
        }
        h.ul("row badges") { for (person, code) in zip(people, codes) { h.li { badge(h, person, batch, code, hasPhoto) } } }
      }
    }
  }

  private func badgesBack(_ batch: Batch, _ people: [Participant], _ one: ID?) -> (Text, String) {
    if one != nil, let person = people.first { return (Text(verbatim: person.name), "/participants/\(person.id)") }
    if batch.state == .open { return (Text("名单和报到", "People"), "/arrivals") }
    return (Text(verbatim: batch.number), "/batches/\(batch.id)")
  }

  private func howToPrint(_ h: HTML, _ count: Int, _ origin: Origin) {
    if origin.isThisMachine {
      h.note(.late, say("这样印出来，手机扫不开", "Printed from here, telephones can't open them")) {
        h.p(
          say(
            "这一页是用 \(origin.text) 打开的，只有这台机器认得。换成手机上用的那个地址再打开、打印。",
            "This page was opened as \(origin.text), which only this machine knows. Open it by the address that phones use, then print."))
      }
    }
    h.p(
      say(
        "\(count) 张。用 A4 纸、100 % 大小打印（Ctrl+P 或浏览器菜单），每页 10 张，沿线剪开，大小和银行卡一样。",
        "\(count) cards. Print on A4 at 100 % (Ctrl+P or the browser's menu): ten on a sheet, to be cut along the lines, as large as a bank card."))
    h.p(
      "m s",
      say(
        "码里只有地址和一个号码，不登录什么也看不到。扫的地址是 \(origin.text)。",
        "The code holds an address and a number alone; without a login it shows nothing. It leads to \(origin.text)."))
  }

  /// One card. Sizes are tenths of a millimetre, so that it prints the same from every browser.
  private func badge(_ h: HTML, _ person: Participant, _ batch: Batch, _ code: QRCode, _ hasPhoto: Bool) {
    h.a("/b/\(person.badge)", "plain", .label(say("\(person.name)的证件牌", "Badge of \(person.name)"))) {
      h.el("svg", .of("viewBox", "0 0 850 540"), .of("width", "85mm"), .of("height", "54mm"), .of("fill", "#000")) {
        frame(h, x: 1, y: 1, width: 848, height: 538)
        lines(h, FittedText(site.configuration.facility, width: 770, sizes: [(38, 1), (30, 2)]), 40, 70, isBold: true)
        lines(h, FittedText(batch.number, width: 770, sizes: [(30, 1), (24, 2)]), 40, 145)
        let room = say("房间 ", "Room ") + (person.room.isEmpty ? "______" : person.room)
        let spoken = BadgeCode.spoken(person.badge)
        if hasPhoto {
          frame(h, x: 40, y: 165, width: 250, height: 350)
          lines(h, FittedText(say("照片", "Photo"), width: 200, sizes: [(36, 1)]), 125, 350)
          lines(h, FittedText(person.name, width: 225, sizes: [(75, 1), (60, 2), (46, 3), (36, 4)]), 310, 270, isBold: true, isCentred: true)
          lines(h, FittedText(room, width: 225, sizes: [(40, 1), (30, 2)]), 310, 420)
          lines(h, FittedText(spoken, width: 500, sizes: [(36, 1)]), 310, 500)
          square(h, code, x: 540, y: 165, size: 300)
        } else {
          lines(h, FittedText(person.name, width: 440, sizes: [(100, 1), (78, 2), (60, 3), (46, 4)]), 40, 270, isBold: true, isCentred: true)
          lines(h, FittedText(room, width: 440, sizes: [(46, 1), (34, 2)]), 40, 430)
          lines(h, FittedText(spoken, width: 440, sizes: [(36, 1)]), 40, 500)
          square(h, code, x: 490, y: 165, size: 350)
        }
      }
    }
  }

  private func frame(_ h: HTML, x: Int, y: Int, width: Int, height: Int) {
    h.el(
      "rect", .of("x", x), .of("y", y), .of("width", width), .of("height", height), .of("fill", "#fff"), .of("stroke", "#999"),
      .of("stroke-width", 2)
    ) {}
  }

  private func square(_ h: HTML, _ code: QRCode, x: Int, y: Int, size: Int) {
    h.el(
      "svg", .of("x", x), .of("y", y), .of("width", size), .of("height", size), .of("viewBox", "0 0 \(code.extent) \(code.extent)"),
      .of("shape-rendering", "crispEdges")
    ) { h.el("path", .of("d", code.path)) {} }
  }

  /// Lines from the left edge on; centred ones stand around the given height.
  private func lines(_ h: HTML, _ set: FittedText, _ x: Int, _ y: Int, isBold: Bool = false, isCentred: Bool = false) {
    let step = set.size * 115 / 100
    let first = isCentred ? y + set.size / 3 - (set.lines.count - 1) * step / 2 : y
    for (index, line) in set.lines.enumerated() {
      h.el(
        "text", .of("x", x), .of("y", first + index * step), .of("font-size", set.size), .of("font-weight", ifAny: isBold ? "bold" : nil),
        text: line)
    }
  }
}

extension Participant {
  /// Will not come, so that no badge is needed.
  fileprivate var isAbsent: Bool {
    place == .notArrived && (admission == .refused || admission == .withdrawn || admission == .noShow)
  }
}
