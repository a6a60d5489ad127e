internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// The notes of a batch, what is owed first.
  func handOversPage() throws -> Response {
    let (batch, notes, calls) = try site.store.read { reader in
      let batch = try stayBatch(reader)
      return (batch, try reader.handOvers(of: batch), try reader.handOverCalls(of: batch, at: site.store.now))
    }
    return html { h in
      h.page(page(Text("交接班记录", "Hand-over notes"), .people, detail: batch.number, back: (Text("值班表", "Rota"), "/shifts"))) {
      } top: {
        notices(h)
      } main: {
        handOversOwed(h, calls)
        if notes.isEmpty {
          h.empty(
            say("还没有交接班记录", "No notes yet"), say("下班前在自己的班上写，接班的人看过签字。", "Whoever goes off duty writes one; the next shift reads and signs it."), icon: .note)
        } else {
          h.listHead(say("写过的", "Written"), count: notes.count)
          h.list {
            for note in notes {
              h.linkRow(
                "\(moment(note.changeAt)) \(note.duty.name(language))", target: "/hand-overs/\(note.id)", state: state(of: note),
                stateWords: standing(of: note), facts: [note.name, note.taker.map { "→ \($0.name)" } ?? ""].filter { !$0.isEmpty })
            }
          }
        }
      }
    }
  }

  private func state(of note: HandOver) -> State { !note.isOpen ? .done : note.isLate ? .late : .due }

  private func standing(of note: HandOver) -> String {
    if note.giver == nil { return say("交班人没签", "not signed by who goes") }
    if note.taker == nil { return say("等接班人签", "waits for who comes") }
    return say("两边都签了", "signed by both")
  }

  /// Signatures that are owed, on the rota, the list of notes, and the start page of who owes them.
  func handOversOwed(_ h: HTML, _ calls: [HandOverCall]) {
    guard !calls.isEmpty else { return }
    h.listHead(say("交接班没签完", "Hand-overs to sign"), count: calls.count, tone: calls.contains(where: \.isLate) ? .late : nil)
    h.list {
      for call in calls {
        let writes = call.accounts.contains(actor.account) || Audience.planners.admits(actor)
        let target: String
        switch (call.side, call.note) {
        case (.take, let note?): target = "/hand-overs/\(note)"
        case (_, let note?) where !writes: target = "/hand-overs/\(note)"
        default: target = writes ? "/shifts/\(call.shift)/hand-over" : "/shifts/\(call.shift)"
        }
        let words =
          call.side == .take
          ? say("看过签字", "read and sign") : call.note == nil ? say("还没写", "not written") : say("写了没签", "written, not signed")
        h.linkRow(
          "\(call.duty.name(language))·\(call.name)", target: target, state: call.isLate ? .late : .due,
          stateWords: words, facts: [say("\(moment(call.changeAt)) 交班", "change at \(moment(call.changeAt))")], rail: call.isLate ? .late : nil)
      }
    }
  }

  /// The note that somebody writes, filled in with what the house knows.
  func handOverForm(_ form: Form) throws -> Response {
    let (shift, note, figures, preset, next) = try site.store.read { reader in
      let shift = try reader.shift(id("shift"))
      let batch = try reader.batch(of: shift)
      let note = try reader.handOver(of: shift)
      return (
        shift, note, try reader.handOverFigures(of: shift, at: site.store.now),
        try note?.words ?? handOverPreset(reader, batch, since: shift.startsAt), try note.map { try reader.takers(of: $0) } ?? []
      )
    }
    // Whoever may not write it is led to where it is read.
    if let note, note.taker != nil || !shift.isHandedOver(by: actor) { return .redirect(to: "/hand-overs/\(note.id)") }
    guard shift.isHandedOver(by: actor) else { return .redirect(to: "/shifts/\(shift.id)") }
    let open = say("大家都看得到，不写病情。", "Everybody in the house can read this: no clinical words.")
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(
        page(
          Text("写交接班记录", "Hand-over note"), .people, detail: "\(shift.duty.name(language))·\(shift.name)",
          back: (Text("\(shift.name)的班", "\(shift.name)’s shift"), "/shifts/\(shift.id)"))
      ) {
      } top: {
        notices(h)
      } main: {
        h.section(say("\(moment(shift.startsAt)) 到 \(moment(shift.until))", "\(moment(shift.startsAt)) to \(moment(shift.until))")) {
          counts(h, figures)
          h.p(
            "m s",
            say(
              "人数按交班那一刻，还没到就按保存的时候，自动记下。",
              "The numbers are those of the change of shift, or of the saving where that is earlier; they are recorded by themselves."))
          if note == nil, site.store.now > shift.until + .minutes(30) {
            h.p("m s", say("下面的字按现在的情况填好：和交班的时候不一样，就改过来。", "The words below are filled in as things are now: correct what was otherwise at the change."))
          }
        }
        h.form("/shifts/\(shift.id)/hand-over", form, key: formKey, "sheet stack", guardsLeaving: true) {
          if let note { h.hiddenField("revision", revision(form, note.revision)) }
          h.field(say("副班", "Deputy"), "deputy", value: preset.deputy, optional: true, maxLength: 80)
          if actor.mayReadHealth {
            h.area(
              say("重点人员", "People to look after"), "people", value: preset.people, rows: 5,
              hint: say("病情写在这里：只有医护、值班负责人和组织单位看得到。", "Health belongs here: only medical staff, the duty lead and the organizer see it."), optional: true,
              maxLength: HandOverWritings.limit)
          }
          h.area(
            say("事件", "Events"), "incidents", value: preset.incidents, rows: 3, hint: open, optional: true, maxLength: HandOverWritings.limit)
          h.area(say("巡查", "Rounds"), "rounds", value: preset.rounds, rows: 2, hint: open, optional: true, maxLength: HandOverWritings.limit)
          h.area(say("未办毕事项", "Unfinished"), "tasks", value: preset.tasks, rows: 4, hint: open, optional: true, maxLength: HandOverWritings.limit)
          h.area(say("药品", "Medicines"), "medicines", value: preset.medicines, rows: 1, hint: open, optional: true, maxLength: 400)
          h.area(say("钥匙", "Keys"), "keys", value: preset.keys, rows: 1, optional: true, maxLength: 400)
          h.area(say("车辆", "Vehicles"), "vehicles", value: preset.vehicles, rows: 1, optional: true, maxLength: 400)
          if !next.isEmpty { h.p("m s", say("接班：", "Next: ") + names(of: next)) }
          h.button(say("保存，签字交班", "Save and sign"), icon: .signature, name: "sign", value: "1", large: true, full: true)
          h.button(say("先保存，不签", "Save without signing"), .other, name: "sign", value: "0", full: true)
        }
      }
    }
  }

  /// 应在、实在、外出、请假、住院、新到、离开
  private func counts(_ h: HTML, _ figures: HandOverFigures) {
    h.figures {
      for (words, value) in figureWords(figures) { h.figure(String(value), words) }
    }
  }

  private func figureWords(_ figures: HandOverFigures) -> [(String, Int)] {
    [
      (say("应在", "expected"), figures.expected), (say("实在", "present"), figures.present), (say("外出", "outing"), figures.outing),
      (say("请假", "leave"), figures.leave), (say("住院", "hospital"), figures.hospital), (say("新到", "arrived"), figures.arrived),
      (say("离开", "departed"), figures.departed),
    ]
  }

  /// One note, as it is read, signed and printed.
  func handOverPage(_ form: Form) throws -> Response {
    let (note, batch, next, shift) = try site.store.read { reader in
      let note = try reader.handOver(id("handover"))
      return (note, try reader.batch(of: note), try reader.takers(of: note), try reader.shift(of: note))
    }
    let writes = note.taker == nil && batch.state == .open && shift.map { $0.isServed && $0.isHandedOver(by: actor) } ?? false
    let takes = note.waitsForTaker && note.isTakenOver(by: actor, next: next)
    let words = note.words
    func kept(_ text: String) -> String { text.isEmpty ? say("无", "none") : text }
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(
        page(
          Text("交接班记录", "Hand-over note"), .people, detail: "\(batch.number)·\(note.duty.name(language))",
          back: (Text("交接班记录", "Hand-over notes"), "/hand-overs"))
      ) {
      } top: {
        notices(h)
        h.returning(form, to: ownAddress)
        if note.isLate, note.isOpen { h.banner(.late, .late, say("过了交班时间一小时还没两边签字。", "Not signed by both an hour after the change of shift.")) }
      } main: {
        h.section("\(day(time.day(of: note.startsAt))) \(clock(note.startsAt))–\(moment(note.changeAt))") {
          h.facts([
            (say("值班长", "On duty"), note.name), (say("副班", "Deputy"), kept(words.deputy)),
          ])
          counts(h, note.figures)
          h.facts {
            for (word, value) in [
              (say("重点人员", "People to look after"), actor.mayReadHealth ? kept(words.people) : self.kept),
              (say("事件", "Events"), kept(words.incidents)), (say("巡查", "Rounds"), kept(words.rounds)),
              (say("未办毕事项", "Unfinished"), kept(words.tasks)), (say("药品", "Medicines"), kept(words.medicines)),
              (say("钥匙", "Keys"), kept(words.keys)), (say("车辆", "Vehicles"), kept(words.vehicles)),
            ] {
              h.fact(word) {
                for (index, line) in value.split(separator: "\n").enumerated() {
                  if index > 0 { h.br() }
                  h.text(String(line))
                }
              }
            }
            signature(h, say("交班人", "Handed over by"), note.giver)
            signature(h, say("接班人", "Taken over by"), note.taker)
          }
          h.p("m s", say("\(note.writtenBy) \(moment(note.writtenAt)) 写", "Written by \(note.writtenBy), \(moment(note.writtenAt))"))
        }
        if takes {
          h.form("/hand-overs/\(note.id)/signature", form, key: formKey, "sheet stack") {
            h.hiddenField("revision", revision(form, note.revision))
            h.button(say("看过了，签字接班", "Read: sign and take over"), icon: .signature, large: true, full: true)
          }
        } else if note.waitsForTaker {
          h.p("pad m noprint", waiting(note, next))
        }
        if writes {
          h.div("pad chips") { h.linkButton(say("改这份记录", "Change it"), "/shifts/\(note.shift)/hand-over", .other, icon: .note) }
        }
      }
    }
  }

  /// For whose signature a note waits. Nobody signs both sides.
  private func waiting(_ note: HandOver, _ next: [Shift]) -> String {
    if next.isEmpty { return say("没有排接班的人：由值班负责人看过签字。", "Nobody is planned next: a duty lead reads and signs it.") }
    if next.allSatisfy({ $0.account == note.giver?.account }) {
      return say("接班的就是交班的人：由另一位值班负责人看过签字。", "Who comes is who went: another duty lead reads and signs it.")
    }
    return say("等接班的人签：", "Waits for: ") + names(of: next)
  }

  private func names(of shifts: [Shift]) -> String { shifts.map(\.name).joined(separator: say("、", ", ")) }

  private func signature(_ h: HTML, _ word: String, _ signature: HandOverSignature?) {
    h.fact(word) {
      if let signature {
        h.text("\(signature.name) \(moment(signature.at))")
      } else {
        h.mark(.due, say("没签", "not signed"))
      }
    }
  }
}
