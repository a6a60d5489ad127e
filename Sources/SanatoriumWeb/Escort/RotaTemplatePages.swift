internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  func rotaTemplatesPage() throws -> Response {
    let templates = try site.store.read { try $0.rotaTemplates() }
    return html { h in
      h.page(page(Text("排班模板", "Rota templates"), .people, back: (Text("值班表", "Rota"), "/shifts"))) {
        h.iconLink(.plus, say("新模板", "A new template"), "/rota-templates/new")
      } top: {
        notices(h)
      } main: {
        if templates.isEmpty {
          h.empty(
            say("还没有模板", "No templates yet"),
            say(
              "把常用的排法存成模板，下一批一步就排好。可以从现在这张值班表存。",
              "Keep the usual rota as a template: the next batch is planned in one step. The present rota can be saved as one."),
            icon: .calendar, act: (words: say("建一个", "Make one"), target: "/rota-templates/new?from=rota"))
        } else {
          for template in templates {
            h.section(template.name) {
              h.bullets(template.lines.map { $0.words(language) })
              h.div("row") {
                h.linkButton(say("用到这一批", "Use for this batch"), "/rota-templates/\(template.id)/application", icon: .calendar)
                h.linkButton(say("改", "Change"), "/rota-templates/\(template.id)", .other, icon: .note)
              }
              h.p("m s", say("\(template.savedBy) \(moment(template.savedAt)) 存", "Saved by \(template.savedBy), \(moment(template.savedAt))"))
            }
          }
          h.div("pad") { h.linkButton(say("把现在的值班表存成模板", "Save the present rota as a template"), "/rota-templates/new?from=rota", .other) }
        }
      }
    }
  }

  /// A new template, empty or from the batch's rota, or one to be changed.
  func rotaTemplateForm(_ form: Form, of id: ID?) throws -> Response {
    let isFromRota = request.query.first("from") == "rota"
    let (known, lines) = try site.store.read { reader -> (RotaTemplate?, [RotaLine]) in
      if let id {
        let known = try reader.rotaTemplate(id)
        return (known, known.lines)
      }
      return (nil, isFromRota ? try reader.rotaLines(of: stayBatch(reader)) : [])
    }
    let example = RotaLine(duty: .dutyLead, from: 480, until: 1200, people: ["周敏", "李桂芳"]).words(language)
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(
        page(known.map { Text($0.name, $0.name) } ?? Text("新模板", "New template"), .people, back: (Text("排班模板", "Rota templates"), "/rota-templates"))
      ) {
      } top: {
        notices(h)
        h.returning(form, to: ownAddress)
      } main: {
        h.form(known.map { "/rota-templates/\($0.id)" } ?? "/rota-templates", form, key: formKey, "sheet stack", guardsLeaving: true) {
          if let known { h.hiddenField("revision", revision(form, known.revision)) }
          h.field(say("名字", "Name"), "name", value: known?.name, maxLength: 40)
          h.area(
            say("每行一班", "One line for each duty"), "lines", value: lines.map { $0.words(language) }.joined(separator: "\n"), rows: 8,
            hint: say(
              "比如“\(example)”。两人轮着上就写两个名字；隔天写“每2天”，从哪天起写“第2天起”，只一天写“第3天”。名字要和服务人员名单上的一样。",
              "For example “\(example)”. Names take turns; “every 2”, “from day 2”, “day 3” say when. Names as they stand on the roster."), maxLength: 4_000)
          h.button(say("保存模板", "Save the template"), large: true, full: true)
        }
        if let known {
          h.form("/rota-templates/\(known.id)/removal", key: formKey, "sheet stack") {
            h.hiddenField("revision", String(known.revision))
            h.p("m s", say("已经排好的班不动。", "Shifts that it has planned stay."))
            h.button(say("删掉这个模板", "Remove this template"), .warning, full: true)
          }
        }
      }
    }
  }

  /// What a template makes of the batch, and what will go wrong, before it is planned.
  func rotaPreviewPage(_ form: Form) throws -> Response {
    let (template, batch, preview, escorts, revision) = try site.store.read { reader in
      let template = try reader.rotaTemplate(id("template"))
      let batch = try stayBatch(reader)
      return (
        template, batch, try reader.rotaPlan(of: template, for: batch, from: site.store.now), try reader.escorts(of: batch),
        try reader.rosterRevision(of: batch)
      )
    }
    let names = Dictionary(escorts.map { ($0.id, $0.name) }) { first, _ in first }
    let days = Set(preview.shifts.map { time.day(of: $0.startsAt) }).sorted()
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(
        page(
          Text("用“\(template.name)”排班", "Plan by “\(template.name)”"), .people, detail: batch.number, back: (Text("排班模板", "Rota templates"), "/rota-templates"))
      ) {
      } top: {
        notices(h)
        h.returning(form, to: ownAddress)
      } main: {
        if !preview.unknown.isEmpty {
          h.note(
            .late,
            say(
              "名单上没有（或有同名的）：\(preview.unknown.joined(separator: "、"))",
              "Not on the roster, or more than one of that name: \(preview.unknown.joined(separator: ", "))")
          ) { h.p(say("他们的班排不出来。先改模板或名单。", "Their shifts can't be planned. Change the template or the roster first.")) }
        }
        if preview.kept > 0 {
          h.note(.due, say("有 \(preview.kept) 班那时已经排了人，保持原样", "\(preview.kept) shifts fall on a time that is planned already; they stay as they are"))
        }
        if preview.shifts.isEmpty {
          h.empty(say("没有可排的班", "Nothing to plan"), say("都已经排了，或者没有这些人。", "It is there already, or nobody has these names."), icon: .calendar)
        } else {
          h.section(say("会排上 \(preview.shifts.count) 班", "\(preview.shifts.count) shifts will be planned")) {
            for day in days {
              h.p { h.b(self.day(day)) }
              h.bullets(
                preview.shifts.filter { time.day(of: $0.startsAt) == day }.map { shift in
                  let (hours, name) = ("\(clock(shift.startsAt))–\(clock(shift.endsAt))", names[shift.escort] ?? "")
                  return say("\(hours) \(shift.duty.name.chinese)：\(name)", "\(hours) \(shift.duty.name.english): \(name)")
                })
            }
          }
          if !preview.problems.isEmpty {
            h.note(.late, say("排好以后还会有 \(preview.problems.count) 个问题", "\(preview.problems.count) problems will be left")) {
              h.bullets(
                preview.problems.prefix(12).map {
                  say("\($0.weight.name.chinese)：\($0.message.chinese)", "\($0.weight.name.english): \($0.message.english)")
                })
            }
          }
          h.form("/rota-templates/\(template.id)/application", form, key: formKey, "sheet stack", summary: willCause(form)) {
            h.hiddenField("batch", batch.id.description)
            h.hiddenField("revision", self.revision(form, revision))
            // The page shows the template as it is now, also when it came back because of a change.
            h.hiddenField("templateRevision", String(template.revision))
            h.hiddenField("confirmed", "1")
            h.button(say("排上这 \(preview.shifts.count) 班", "Plan these \(preview.shifts.count) shifts"), large: true, full: true)
          }
        }
      }
    }
  }
}
