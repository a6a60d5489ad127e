internal import Documents
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func emergencyRoutes(_ table: inout RouteTable) {
    table.page("/emergency-list", for: .house, reads: .allergies("emergency-list")) { context in
      return try context.kept("emergency-list") { h, reader in try context.emergencyPage(h, reader) }
    }
    table.page("/emergency-list/file", for: .house, reads: .allergies("emergency-list")) { context in
      return .response(try context.emergencyFile(plain: false))
    }
    table.page("/emergency-list/text", for: .house, reads: .allergies("emergency-list")) { context in
      return .response(try context.emergencyFile(plain: true))
    }
  }
}

extension Context {
  private func document(_ reader: Reader) throws -> EmergencyListDocument {
    let list = try reader.emergencyList()
    let entries = list?.entries ?? []
    let now = site.store.now
    return EmergencyListDocument(
      facility: site.configuration.facility, batch: list?.batch.number,
      madeAt: "\(site.store.time.day(of: now)) \(site.store.time.clock(now))",
      entries: actor.mayReadHealth ? entries : entries.map(\.withoutHealth), language: language)
  }

  /// The list as a file of its own, to be kept where this machine can't be reached.
  fileprivate func emergencyFile(plain: Bool) throws -> Response {
    let document: EmergencyListDocument = try site.store.read { try self.document($0) }
    var response =
      plain ? Response.text(document.text) : Response(type: "text/html; charset=utf-8", body: Array(document.html.utf8))
    response.headers["Content-Disposition"] = "attachment; filename=\"emergency-list.\(plain ? "txt" : "html")\""
    response.headers["Cache-Control"] = "private, no-store"
    return response
  }

  fileprivate func emergencyPage(_ h: HTML, _ reader: Reader) throws {
    let document = try self.document(reader)
    let back = (Text("值班看板", "Duty board"), "/board")
    h.page(page(EmergencyListDocument.title, .board, detail: document.batch, back: back, layout: .wide, live: true)) {
      h.linkButton(Text("存成文件", "Save as a file")(language), "/emergency-list/file", .other, icon: .download)
    } top: {
      notices(h)
    } main: {
      h.div("roll") {
        h.p("pad") {
          h.text(document.summary)
          h.span("noprint m", Text(" 打印：Ctrl+P 或浏览器菜单。", " To print: Ctrl+P or the browser's menu.")(language))
        }
        if !document.entries.isEmpty { roll(h, document) }
      }
    }
  }

  private func roll(_ h: HTML, _ document: EmergencyListDocument) {
    h.el("table") {
      h.el("thead") {
        h.el("tr") {
          for column in EmergencyListDocument.columns { h.el("th", .of("scope", "col"), text: column(language)) }
        }
      }
      h.el("tbody") { for entry in document.entries { row(h, entry) } }
      h.el("tfoot") {
        h.el("tr") {
          h.el(
            "td", .of("colspan", 5),
            text: "\(document.facility)·\(document.batch ?? "")·\(EmergencyListDocument.title(language))·\(document.madeAt)")
        }
      }
    }
  }

  private func row(_ h: HTML, _ entry: EmergencyEntry) {
    h.row {
      h.th(entry.room.isEmpty ? "–" : entry.room)
      h.td {
        h.b("blk", entry.name)
        h.text(entry.place(language))
      }
      h.td {
        let lines = EmergencyListDocument.health(entry, language)
        if lines.isEmpty { h.text("–") }
        for line in lines {
          if line.isAllergy { h.tag(line.words, .bad, icon: .critical) } else { h.div { h.text(line.words) } }
        }
      }
      h.td(names: "s") {
        let lines = EmergencyListDocument.contacts(entry, language)
        if lines.isEmpty { h.text("–") }
        for line in lines { h.div { h.text(line) } }
      }
      h.td(names: "pen") {}
    }
  }
}
