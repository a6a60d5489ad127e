internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  private var keepsKit: Bool { FactCatalogue[.kit]?.admits(actor) == true }

  /// The whole kit as a table that can be printed and gone through with a pen.
  func kitPage(_ form: Form = Form()) throws -> Response {
    let (batch, kit) = try self.kit()
    let movements = try site.store.read { try $0.kitMovements(of: batch) }
    let short = kit.short(until: batch.lastDay)
    let isKept = batch.state == .planned || batch.state == .open
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(
        page(
          Text("药箱清单", "Medicine kit"), .batch, detail: batch.number,
          back: (Text(verbatim: batch.number), "/batches/\(batch.id)"), layout: .desk)
      ) {
      } top: {
        notices(h)
      } main: {
        if kit.lines.isEmpty {
          h.empty(
            say("清单还是空的", "The list is empty"),
            say("一样一样加进来：应备多少，实有多少，放在哪里，什么时候过期。", "Add each item: how many are needed and there, where, until when."), icon: .list,
            act: keepsKit && isKept ? (words: say("加一样", "Add an item"), target: "\(kitPath)/new") : nil)
        } else {
          h.div("sheet stack") {
            h.figures {
              h.figure(String(kit.lines.count), say("样", "items"))
              h.figure(String(short.count), say("不够或过期", "short or expired"), tone: short.isEmpty ? nil : .late)
            }
            if let signed = kit.signed {
              h.p(
                "m s",
                say(
                  "\(signed.person) \(moment(signed.at)) 清点签字，当时 \(signed.items) 样，\(signed.short) 样不够。",
                  "Signed by \(signed.person) \(moment(signed.at)): items \(signed.items), short \(signed.short)."))
            } else {
              h.p("m s", say("还没有人清点签字。", "Nobody has signed yet."))
            }
            if kit.signed?.holds == false { h.mark(.late, say("签字以后清单改过，要重新清点", "The list has changed since: go through it again")) }
          }
          lines(h, kit, batch, isKept)
          if keepsKit, isKept {
            h.form("\(kitPath)/signature", key: formKey, "sheet stack") {
              h.hiddenField("revision", String(kit.revision))
              h.p("m s", say("一样一样点过，和清单一致，再签字。", "Go through every item first; sign when the list is right."))
              h.div("row") {
                h.button(say("我清点过，签字", "I went through it: sign"))
                h.linkButton(say("加一样", "Add an item"), "\(kitPath)/new", .other)
              }
            }
          }
        }
        if !movements.isEmpty { course(h, movements) }
      }
    }
  }

  private func lines(_ h: HTML, _ kit: Kit, _ batch: Batch, _ isKept: Bool) {
    h.section(say("清单", "The list")) {
      h.table(
        say("药箱清单", "Medicine kit"),
        [
          Column(say("名称、规格", "Item")), Column(say("类别", "Category")), .number(say("应备", "Needed")), .number(say("实有", "There")),
          Column(say("状态", "State")), Column(say("存放位置", "Place")), Column(say("有效期至", "Until")), Column(say("责任人", "Keeper")),
        ], showsCaption: false
      ) {
        for line in kit.lines {
          let item = line.item
          h.row(item.suffices(until: batch.lastDay) ? nil : .late) {
            h.th(
              item.name, detail: item.specification.isEmpty ? nil : item.specification,
              target: keepsKit && isKept ? "\(kitPath)/\(line.id)" : nil)
            h.td(item.category.name(language))
            h.num(item.needed)
            h.num("\(item.present) \(item.unit)")
            h.td {
              if item.isExpired(on: today) {
                h.mark(.failed, say("过期了", "Expired"))
              } else if item.missing > 0 {
                h.mark(.late, say("缺 \(item.missing) \(item.unit)", "\(item.missing) missing"))
              } else if !item.suffices(until: batch.lastDay) {
                h.mark(.late, say("疗养期内过期", "Expires during the stay"))
              } else {
                h.mark(.passed, say("够", "Enough"))
              }
            }
            h.td(item.place.isEmpty ? "–" : item.place)
            h.td(item.expires?.description ?? "–")
            h.td(item.keeper.isEmpty ? "–" : item.keeper)
          }
        }
      }
    }
  }

  private func course(_ h: HTML, _ movements: [KitMovement]) {
    h.section(say("用掉和补充", "Used and restocked")) {
      h.timeline {
        for one in movements {
          let what = say("\(one.change.name.chinese)“\(one.item)”\(one.amount)", "\(one.change.name.english) \(one.amount) of “\(one.item)”")
          // A note may say for whom.
          let note = one.note.isEmpty || !actor.mayReadHealth ? "" : "\(colon)\(one.note)"
          h.event(one.change.adds ? .done : .due, what + note, "\(moment(one.at)) \(one.person)")
        }
      }
    }
  }

  /// A new line, or one that stands: its numbers, what is used and restocked, taking it off.
  func kitItemPage(_ form: Form, _ id: ID?) throws -> Response {
    guard keepsKit else {
      throw Refusal.forbidden(
        Text("药箱由随行医护和值班负责人管。", "The kit is kept by the medical escorts and the duty lead."))
    }
    // Of the forms on the page, the one that was refused comes back with what was typed.
    func own(_ path: String) -> Form { "/" + request.path.joined(separator: "/") == path ? form : Form() }
    let (batch, _) = try kit()
    let line = try id.map { id in try site.store.read { try $0.kitLine(id, in: batch) } }
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(
        page(
          line.map { Text(verbatim: $0.item.name) } ?? Text("加一样", "Add an item"), .batch, detail: batch.number,
          back: (Text("药箱清单", "Medicine kit"), kitPath))
      ) {
      } top: {
        notices(h)
      } main: {
        if let line {
          h.form("\(kitPath)/\(line.id)/movements", own("\(kitPath)/\(line.id)/movements"), key: formKey, "sheet stack") {
            h.h2(
              say(
                "现在 \(line.item.present) \(line.item.unit)，应备 \(line.item.needed)", "\(line.item.present) \(line.item.unit) there, \(line.item.needed) needed"))
            h.radios(
              say("怎么变的", "What happened"), "change", KitChange.allCases.map { Choice($0.rawValue, $0.name(language)) }, value: "used")
            h.field(say("数量", "How many"), "amount", .whole, value: "1")
            h.field(say("备注", "Note"), "note", optional: true, maxLength: 200)
            h.button(say("记下来", "Record it"), full: true)
          }
        }
        let keeping = line.map { "\(kitPath)/\($0.id)" } ?? kitPath
        h.form(keeping, own(keeping), key: formKey, "sheet stack") {
          if line != nil { h.h2(say("改这一样", "Change the item")) }
          if let line { h.hiddenField("revision", String(line.revision)) }
          let item = line?.item
          h.radios(
            say("类别", "Category"), "category", KitItem.Category.allCases.map { Choice($0.rawValue, $0.name(language)) },
            value: (item?.category ?? .emergency).rawValue)
          h.field(say("名称", "Name"), "name", value: item?.name, maxLength: 60)
          h.field(say("规格", "Specification"), "specification", value: item?.specification, optional: true, maxLength: 60)
          h.field(say("单位", "Unit"), "unit", value: item?.unit, hint: say("盒、支、片", "box, ampoule, tablet"), maxLength: 10)
          h.field(say("应备", "Needed"), "needed", .whole, value: item.map { String($0.needed) })
          h.field(say("实有", "There"), "present", .whole, value: item.map { String($0.present) })
          h.field(say("存放位置", "Place"), "place", value: item?.place, optional: true, maxLength: 60)
          h.field(say("有效期至", "Valid until"), "expires", .date, value: item?.expires?.description, optional: true)
          h.field(say("责任人", "Keeper"), "keeper", value: item?.keeper, optional: true, maxLength: 60)
          h.button(line == nil ? say("加进清单", "Add it") : say("保存这一样", "Keep the changes"), full: true)
        }
        if let line {
          h.form("\(kitPath)/\(line.id)/removal", own("\(kitPath)/\(line.id)/removal"), key: formKey, "sheet stack") {
            h.hiddenField("revision", String(line.revision))
            h.field(say("为什么去掉", "Why take it off"), "reason", maxLength: 200)
            h.button(say("从清单上去掉", "Take it off the list"), .warning, full: true)
          }
        }
      }
    }
  }
}
