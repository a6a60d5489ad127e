internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// What the house knows that the next shift must be told. Words about somebody's health stand among the people to look
  /// after alone, which only those read who may.
  func handOverPreset(_ reader: Reader, _ batch: Batch, since start: Instant) throws -> HandOverDraft {
    let people = try reader.participants(of: batch)
    var draft = HandOverDraft()
    if actor.mayReadHealth { draft.people = try peopleToLookAfter(reader, batch, people, since: start) }
    let incidents = try reader.openIncidents(of: batch)
    draft.incidents = lines(
      incidents.map { incident in
        say(
          "\(incident.kind.label.chinese)，\(incident.place.isEmpty ? "地点没记" : incident.place)，\(moment(incident.reportedAt)) 报，\(incident.commanderName)指挥",
          "\(incident.kind.label.english), \(incident.place), reported \(moment(incident.reportedAt)), \(incident.commanderName) in command")
      })
    if let round = try reader.round(in: batch, at: site.store.now) {
      let counts = try reader.counts(of: round)
      draft.rounds = say(
        "\(round.name.chinese)：应查 \(counts.due)，已查 \(counts.done)，没查成 \(counts.notDone)，还没查 \(counts.open)",
        "\(round.name.english): \(counts.due) due, \(counts.done) done, \(counts.notDone) not done, \(counts.open) open")
    }
    draft.tasks = try lines(unfinished(reader, batch, people))
    draft.medicines = say("无变动", "unchanged")
    draft.keys = say("齐", "complete")
    let away = try reader.outings(of: batch).filter { $0.state == .away && !$0.vehicle.isEmpty }
    draft.vehicles =
      away.isEmpty
      ? say("在院", "in the house") : away.map { say("\($0.vehicle) 去\($0.destination)", "\($0.vehicle) at \($0.destination)") }.joined(separator: say("；", "; "))
    return draft
  }

  /// Each once, in their order.
  private func lines(_ all: [String]) -> String {
    var told: Set<String> = []
    return all.filter { told.insert($0).inserted }.prefix(12).joined(separator: "\n")
  }

  /// In the order of such notes: who left, who is new, who is gravely ill, who needs care.
  private func peopleToLookAfter(_ reader: Reader, _ batch: Batch, _ people: [Participant], since start: Instant) throws -> String {
    func who(_ person: Participant) -> String { person.room.isEmpty ? person.name : "\(person.name) \(person.room)" }
    var found: [String] = []
    found += people.filter { ($0.departedAt ?? .init(milliseconds: 0)) >= start }.map { say("\(who($0))：离开", "\(who($0)): departed") }
    found += people.filter { $0.place == .hospital }.map { say("\(who($0))：住院 \($0.placeNote)", "\(who($0)): in hospital \($0.placeNote)") }
    found += people.filter { $0.admission == .held && $0.place != .departed && $0.place != .notArrived }.map { say("\(who($0))：暂留待核", "\(who($0)): held") }
    for alert in try reader.alerts(of: batch, state: .open) + reader.alerts(of: batch, state: .acknowledged) where alert.tellsHealth && !alert.isDrill {
      guard let person = try reader.participant(of: alert) else { continue }
      // Most alerts name the person themselves.
      let words = alert.message(language)
      found.append(words.hasPrefix(person.name) ? words : "\(who(person))\(colon)\(words)")
    }
    let due = people.filter { ($0.place == .present || $0.place == .outing) && $0.isOverdue }
    found += due.map { say("\(who($0))：检查逾期", "\(who($0)): check overdue") }
    let new = people.filter { $0.place == .present && ($0.arrivedAt ?? .init(milliseconds: 0)) >= start }
    if !new.isEmpty { found.append(say("新到 \(new.count) 人：", "New: ") + new.prefix(8).map(who).joined(separator: say("、", ", ")) + (new.count > 8 ? "…" : "")) }
    return lines(found)
  }

  /// What is begun and not ended, without a word about health.
  private func unfinished(_ reader: Reader, _ batch: Batch, _ people: [Participant]) throws -> [String] {
    var found: [String] = []
    for activation in try reader.openActivations(of: batch) {
      let name = try reader.plan(of: activation).name(language)
      found.append(say("预案在进行：\(name)\(activation.isDrill ? "（演练）" : "")", "Plan running: \(name)\(activation.isDrill ? " (drill)" : "")"))
    }
    let alerts = try reader.alerts(of: batch, state: .open).filter { !$0.isDrill }
    if !alerts.isEmpty { found.append(say("没人应答的警报 \(alerts.count) 件", "\(alerts.count) unanswered alerts")) }
    for outing in try reader.outings(of: batch) where outing.state == .away {
      found.append(say("外出没回来：\(outing.destination)，\(moment(outing.returnsAt)) 前回", "Outing away: \(outing.destination), back by \(moment(outing.returnsAt))"))
    }
    for person in people where person.place == .leave {
      let back = person.expectedBack.map { say("，\(moment($0)) 前回", ", back by \(moment($0))") } ?? ""
      found.append(say("请假：\(person.name)\(back)", "On leave: \(person.name)\(back)"))
    }
    let held = people.count { $0.admission == .held && $0.place != .departed }
    if held > 0 { found.append(say("暂留待核 \(held) 人，等组织单位决定", "\(held) held, for the organizer to decide")) }
    return found
  }
}
