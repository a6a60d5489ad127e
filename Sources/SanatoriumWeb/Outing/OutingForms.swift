internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// A new plan, or the plan of an outing that has not left.
  func outingPlanPage(_ form: Form, of outing: ID? = nil) throws -> Response {
    let (batch, known, members, people, escorts) = try site.store.read { reader in
      let known = try outing.map { try reader.outing($0) }
      let batch = try known.map { try reader.batch(of: $0) } ?? stayBatch(reader)
      return (
        batch, known, try known.map { try reader.members(of: $0) } ?? OutingMembers(),
        try reader.participants(of: batch), try reader.escorts(of: batch)
      )
    }
    let may = people.filter { $0.place != .departed && $0.place != .hospital && ![.withdrawn, .refused, .noShow].contains($0.admission) }
    let title = known == nil ? Text("安排外出", "Plan an outing") : Text("改计划", "Change the plan")
    let path = known.map { "/outings/\($0.id)/plan" } ?? "/outings"
    // In the morning; this afternoon if that is over, tomorrow if this day is.
    let morning = time.instant(max(today, batch.firstDay), minute: 9 * 60)
    let next = halfHour(after: site.store.now + .minutes(30))
    let isEvening = next > time.instant(today, minute: 18 * 60)
    let start = morning > site.store.now ? morning : isEvening ? morning + .hours(24) : next
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(page(title, .people, back: (Text("外出活动", "Outings"), known.map { "/outings/\($0.id)" } ?? "/outings"))) {
      } top: {
        notices(h)
      } main: {
        h.form(path, form, key: formKey, "sheet stack", guardsLeaving: true) {
          h.hiddenField("batch", batch.id.description)
          h.field(say("去哪里", "Where to"), "destination", value: known?.destination, maxLength: 100)
          h.select(
            say("什么活动", "Activity"), "activity", ActivityKind.allCases.map { Choice($0.rawValue, $0.name(language)) },
            value: known?.activity.rawValue ?? "visit")
          h.field(say("出发", "Leaves at"), "leavesAt", .dateTime, value: input(known?.leavesAt ?? start))
          h.field(say("说好几点回来", "Back at"), "returnsAt", .dateTime, value: input(known?.returnsAt ?? start + .hours(3)))
          h.field(say("车", "Vehicle"), "vehicle", value: known?.vehicle, optional: true, maxLength: 100)
          h.chips(
            say("谁带队", "Escorts"), "escorts",
            escorts.filter { $0.place != .left }.map {
              Choice($0.id.description, "\($0.name)·\($0.side == .host ? $0.side.name(language) : $0.kind.name(language))")
            },
            values: Set(members.escorts.filter { $0.state == .planned }.map(\.person.id.description)),
            hint: say("承办方的人不算进比例。", "The host’s people don’t count for the ratio."))
          h.chips(
            say("谁去", "Participants"), "participants",
            may.map { Choice($0.id.description, $0.room.isEmpty ? $0.name : "\($0.name) \($0.room)") },
            values: Set(members.participants.filter { $0.state == .planned }.map(\.person.id.description)))
          h.area(say("备注", "Note"), "note", value: known?.note, optional: true, maxLength: 500)
          h.button(
            known == nil ? say("安排这次外出", "Plan this outing") : say("保存计划", "Save the plan"), large: true, full: true)
        }
      }
    }
  }

  /// Leaving: who stays, who comes along, how many were counted.
  func leavingPage(_ form: Form) throws -> Response {
    let (outing, members, others, forecast) = try site.store.read { reader in
      let outing = try reader.outing(id("outing"))
      let people = try reader.participants(of: reader.batch(of: outing)).filter { $0.place == .present }
      return (outing, try reader.members(of: outing), people, try reader.forecast(of: outing, at: site.store.now))
    }
    let listed = Set(members.participants.map(\.person.id))
    let going = members.participants.filter { $0.person.place == .present }.map(\.person)
    let absent = members.participants.filter { $0.person.place != .present }.map(\.person)
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(
        page(
          Text("点名出发", "Count and leave"), .people, detail: outing.destination,
          back: (Text(outing.destination, outing.destination), "/outings/\(outing.id)"), keepsBar: true)
      ) {
      } top: {
        notices(h)
      } main: {
        if let forecast {
          if let lack = shortage(forecast) { h.banner(.late, .late, lack) }
          h.fold(say("出发以后的人员配备", "Coverage once it leaves"), state: forecast.isShort ? .late : .passed, open: forecast.isShort) {
            h.div("pad stack") { forecastLines(h, forecast) }
          }
        }
        h.form("/outings/\(outing.id)/leaving", form, key: formKey, "sheet stack", guardsLeaving: true) {
          expectation(h, say("名单上在院的", "on the list and here"), going.count)
          if !absent.isEmpty {
            h.p(
              "m",
              say("不在院、自动算没去：", "Not in the house, so they stay: ")
                + absent.map { "\($0.name)（\($0.place.name(language))）" }.joined(separator: say("、", ", ")))
          }
          h.field(
            say("上车点到几人", "Counted on board"), "counted", .whole, value: nil,
            hint: say("只数疗养员，不数带队的。", "Participants only, escorts apart."))
          roll(
            h, going, say("数目对得上，就不用逐个按“见到”；不去的、没见到的一定要按。", "Where the figures agree “seen” need not be pressed; who stays or is missing must be."),
            choices: [Choice("stayingParticipants", say("不去", "Stays"))])
          h.fold(say("临时加的人", "Who comes along after all")) {
            h.chips(
              say("加谁", "Who"), "joiningParticipants",
              others.filter { !listed.contains($0.id) }.map { Choice($0.id.description, $0.room.isEmpty ? $0.name : "\($0.name) \($0.room)") },
              optional: true)
          }
          h.button(say("出发，没见到的马上报警", "Leave; whoever is missing raises an alert"), icon: .bus, large: true, full: true)
        }
      }
    }
  }

  /// A count on the way, or coming back.
  func headcountPage(_ form: Form, _ point: Headcount.Point) throws -> Response {
    let (outing, members) = try site.store.read { reader in
      let outing = try reader.outing(id("outing"))
      return (outing, try reader.members(of: outing))
    }
    let away = members.participants.filter { $0.state == .away }.map(\.person)
    let returns = point == .back
    let action = returns ? "return" : "headcounts"
    return html(form.faults.isEmpty ? .ok : .unprocessableContent) { h in
      h.page(
        page(
          returns ? Text("点名回来", "Count and return") : Text("途中点名", "Count on site"), .people, detail: outing.destination,
          back: (Text(outing.destination, outing.destination), "/outings/\(outing.id)"), keepsBar: true)
      ) {
      } top: {
        notices(h)
      } main: {
        h.form("/outings/\(outing.id)/\(action)", form, key: formKey, "sheet stack", guardsLeaving: true) {
          expectation(h, say("应该有", "expected"), away.count)
          h.field(
            say("点到几人", "Counted"), "counted", .whole,
            hint: say("只数疗养员，不数带队的。", "Participants only, escorts apart."))
          roll(h, away, say("数目对得上，就不用逐个按“见到”；没见到的一定要按。", "Where the figures agree “seen” need not be pressed; whoever is missing must be."))
          h.p(
            "m s",
            say("有人没见到，马上报警，写出名字，直到点齐。", "Missing people raise an alert with their names until a count matches."))
          h.button(
            returns
              ? say("回来了：见到的进院，没见到的报警", "Back: those seen are in the house, the missing raise an alert")
              : say("保存点名，没见到的报警", "Save; whoever is missing raises an alert"),
            icon: returns ? .home : .people, large: true, full: true)
        }
      }
    }
  }

  private func expectation(_ h: HTML, _ words: String, _ count: Int) {
    h.p("row base") {
      h.b("xxl") { h.int(count) }
      h.span("m", say("人，", "people ") + words)
    }
  }

  /// One row for each: seen or not seen, nothing chosen beforehand. The counted number is the other witness: whoever is
  /// short of it must be named, so that nobody is overlooked by pressing nothing.
  private func roll(_ h: HTML, _ people: [Participant], _ hint: String, choices: [Choice] = []) {
    h.group(say("谁没见到", "Who is missing"), "missing", hint: hint) {
      for person in people {
        h.segments(
          person.room.isEmpty ? person.name : "\(person.name) \(person.room)", Context.each + person.id.description,
          [Choice("", say("见到", "Seen")), Choice("missing", say("没见到", "Missing"), tone: .late)] + choices, inRow: true)
      }
    }
  }
}
