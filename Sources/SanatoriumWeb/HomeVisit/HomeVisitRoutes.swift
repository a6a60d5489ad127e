internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// A visit as it is recorded.
private struct Made: Sendable {
  let participant: ID
  let day: Day
  let visitor: String
  let note: String
}

private let making = Writing(
  "Record that a home visit was made", for: .listers,
  takes: ["day": .day, "visitor": .text(60), "note": .text(500)], required: ["day", "visitor"]
) { context, fields in
  Made(
    participant: try context.id("participant"), day: fields.day("day") ?? context.today,
    visitor: fields.text("visitor", limit: 60) ?? "",
    note: fields.text("note", required: false, limit: 500, lines: true) ?? "")
} event: { ledger, made, submission in
  try ledger.makeHomeVisit(made.participant, on: made.day, by: made.visitor, note: made.note, submission)
}

extension Site {
  /// 走访慰问: whom health kept from the stay, and who has visited them.
  func homeVisitRoutes(_ table: inout RouteTable) {
    table.get(
      "/api/v1/batches/:batch/home-visits", "Home visits that sending units owe, and those made", for: .house,
      reads: .health("home-visits", .path("batch")), gives: .object(["homeVisits": .list(.anyObject)])
    ) { context in
      let (_, visits) = try context.homeVisits()
      return .json(JSONWriter.wire(.object(["homeVisits": .array(visits.map { $0.json(for: context.actor) })])))
    }
    table.page("/batches/:batch/home-visits", for: .house, reads: .health("home-visits", .path("batch"))) { .response(try $0.homeVisitsPage(Form())) }
    table.write("/api/v1/participants/:participant/home-visit", making)
    table.page("/participants/:participant/home-visit", for: .listers, reads: .none) { .response(try $0.homeVisitPage(Form())) }
    table.send(
      "/participants/:participant/home-visit", making, reads: .none, to: { "/participants/\($0.parameters["participant"])" },
      again: { try $0.homeVisitPage($1) })
  }
}

extension HomeVisit {
  /// Why, and how the visit went, tells of somebody's health.
  fileprivate func json(for actor: Actor) -> JSON {
    .object([
      "participant": .string(participant.description), "name": .string(name), "unit": .string(unit),
      "cause": .optional(actor.mayReadHealth ? cause.rawValue : nil), "since": .int(since.milliseconds),
      "visitedOn": .optional(visitedOn?.description), "visitor": .optional(visitor), "note": .optional(actor.mayReadHealth ? note : nil),
    ])
  }
}

extension Context {
  fileprivate func homeVisits() throws -> (Batch, [HomeVisit]) {
    let id = try self.id("batch")
    return try site.store.read { reader in
      let batch = try reader.batch(id)
      return (batch, try reader.homeVisits(of: batch))
    }
  }

  fileprivate func homeVisitsPage(_ form: Form) throws -> Response {
    let (batch, visits) = try homeVisits()
    let owed = visits.filter { $0.visitedOn == nil }
    let made = visits.filter { $0.visitedOn != nil }
    return html { h in
      h.page(
        page(
          Text("走访慰问", "Home visits"), .batch, detail: batch.number,
          back: (Text(verbatim: batch.number), "/batches/\(batch.id)"), layout: .desk)
      ) {
      } top: {
        notices(h)
      } main: {
        h.p(
          "m s pad",
          say(
            "因身体原因没能参加或者提前返程的，由选送单位重点走访慰问；走访没走访，都写进完成情况报告。",
            "Whoever health kept from the stay is to be visited by the sending unit; made or not, it stands in the report."))
        if visits.isEmpty {
          h.empty(
            say("没有要走访的人", "Nobody is owed a visit"),
            say("登记“因病返程”“因身体原因不来”以后，会列在这里。", "Those who leave ill or stay away for their health will stand here."), icon: .home)
        }
        h.div("cols") {
          part(h, say("还没走访", "Owed"), owed, .late)
          part(h, say("走访过了", "Made"), made, .done)
        }
      }
    }
  }

  private func part(_ h: HTML, _ words: String, _ visits: [HomeVisit], _ state: State) {
    guard !visits.isEmpty else { return }
    h.div {
      h.listHead(words, count: visits.count)
      h.list {
        for visit in visits {
          h.item(state == .late ? .late : nil) {
            h.div("row") {
              h.mark(state, visit.visitedOn.map { day($0) } ?? say("还没走访", "Owed"))
              h.a("/participants/\(visit.participant)", "link") { h.b(visit.name) }
              h.span("m s", visit.unit)
            }
            h.p("s", (actor.mayReadHealth ? "\(visit.cause.name(language))·" : "") + moment(visit.since))
            if let visitor = visit.visitor {
              h.p("m s", [visitor, actor.mayReadHealth ? visit.note ?? "" : ""].filter { !$0.isEmpty }.joined(separator: say("：", ": ")))
            } else if Audience.listers.admits(actor) {
              h.linkButton(say("记走访", "Record the visit"), "/participants/\(visit.participant)/home-visit", .other)
            }
          }
        }
      }
    }
  }

  fileprivate func homeVisitPage(_ form: Form) throws -> Response {
    let id = try self.id("participant")
    let (person, batch) = try site.store.read { reader in
      let person = try reader.participant(id)
      return (person, try reader.batch(of: person))
    }
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(
        page(
          Text("记走访慰问", "Record a home visit"), .batch, detail: person.name,
          back: (Text("走访慰问", "Home visits"), "/batches/\(batch.id)/home-visits"))
      ) {
      } top: {
        notices(h)
      } main: {
        h.form("/participants/\(id)/home-visit", form, key: formKey, "sheet stack") {
          h.field(say("哪一天", "Day"), "day", .date, value: today.description, max: today.description)
          h.field(say("谁去的", "Who went"), "visitor", maxLength: 60)
          h.area(say("情况", "How it went"), "note", optional: true, maxLength: 500)
          h.button(say("记下这次走访", "Record this visit"), full: true)
        }
      }
    }
  }
}
