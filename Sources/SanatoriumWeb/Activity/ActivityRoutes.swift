internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// An activity as it is logged.
private struct Logged: Sendable {
  let batch: ID
  let kind: ActivityKind
  let day: Day
  let participants: Int
  let note: String
}

private let logging = Writing(
  "Log an activity that was held", for: .carers,
  takes: [
    "batch": .uuid, "kind": .code(ActivityKind.self), "day": .day, "participants": .integer(1...1_000),
    "note": .text(500),
  ], required: ["kind", "day", "participants"]
) { context, fields in
  Logged(
    batch: try context.writeBatch(&fields), kind: fields.code("kind", ActivityKind.self) ?? .health,
    day: fields.day("day") ?? context.today, participants: fields.int("participants", 1...1_000) ?? 0,
    note: fields.text("note", required: false, limit: 500, lines: true) ?? "")
} event: { ledger, logged, submission in
  try ledger.logActivity(
    logged.kind, on: logged.day, participants: logged.participants, note: logged.note, in: logged.batch, submission)
}

extension Site {
  func activityRoutes(_ table: inout RouteTable) {
    table.get(
      "/api/v1/activities", "Activities that were held", for: .house, reads: .none,
      query: [QueryParameter("batch", .uuid, "the open batch when absent")],
      gives: .object(["activities": .list(.anyObject)])
    ) { context in
      let activities = try context.site.store.read { try $0.activities(of: context.stayBatch($0)) }
      return .json(JSONWriter.wire(.object(["activities": .array(activities.map(\.json))])))
    }
    table.write("/api/v1/activities", logging)
    table.page("/activities", for: .house, reads: .none) { .response(try $0.activitiesPage()) }
    table.send("/activities", logging, reads: .none, to: { _ in "/activities" }, again: { try $0.activitiesPage($1) })
  }
}

extension Activity {
  fileprivate var json: JSON {
    .object([
      "id": .string(id.description), "kind": .string(kind.rawValue), "day": .string(day.description),
      "participants": .int(Int64(participants)), "note": .string(note), "person": .string(person),
    ])
  }
}

extension Context {
  fileprivate func activitiesPage(_ form: Form = Form()) throws -> Response {
    let (batch, activities, present, asked) = try site.store.read { reader in
      let batch = try stayBatch(reader)
      return (
        batch, try reader.activities(of: batch), try reader.presence(in: batch).present,
        try reader.packs(of: batch)?.regulation.parameters.activities ?? []
      )
    }
    let held = Set(activities.map(\.kind))
    let missing = asked.filter { !held.contains($0) }
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(page(Text("活动记录", "Activities"), .people, detail: batch.number, back: (Text("名单和报到", "People"), "/arrivals"))) {
      } top: {
        notices(h)
      } main: {
        if !missing.isEmpty {
          h.note(.due, say("文件提到、还没办的", "Named by the regulation, not held yet")) {
            h.p(missing.map { $0.name(language) }.joined(separator: say("、", ", ")))
          }
        }
        if Audience.carers.admits(actor), batch.state == .open {
          h.form("/activities", form, key: formKey, "sheet stack") {
            h.hiddenField("batch", batch.id.description)
            h.h2(say("记一次活动", "Log an activity"))
            h.select(
              say("什么活动", "Activity"), "kind", ActivityKind.allCases.map { Choice($0.rawValue, $0.name(language)) },
              none: say("选一种", "Choose one"))
            h.field(
              say("哪一天", "Day"), "day", .date, value: today.description, min: batch.firstDay.description,
              max: batch.lastDay.description)
            h.field(say("几个人参加", "How many took part"), "participants", .whole, value: present > 0 ? String(present) : nil)
            h.area(say("内容", "What"), "note", optional: true, maxLength: 500)
            h.button(say("记下这次活动", "Log this activity"), full: true)
          }
        }
        if activities.isEmpty {
          h.empty(say("还没记过活动", "No activity yet"), say("办过的活动会按天列在这里，写进完成情况报告。", "Activities show here by day and go into the report."), icon: .list)
        } else {
          h.section(say("办过的", "Held")) {
            h.table(
              say("活动", "Activities"),
              [Column(say("哪天", "Day")), Column(say("活动", "Activity")), .number(say("人数", "People")), Column(say("内容", "What"))],
              showsCaption: false
            ) {
              for activity in activities.reversed() {
                h.row {
                  h.th(day(activity.day))
                  h.td(activity.kind.name(language))
                  h.num(activity.participants)
                  h.td(activity.note.isEmpty ? activity.person : "\(activity.note)·\(activity.person)")
                }
              }
            }
          }
        }
      }
    }
  }
}
