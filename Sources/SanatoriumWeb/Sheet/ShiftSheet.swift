internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// 值班表: one line a day for the wall, the whole stay on one sheet.
  func shiftSheet() throws -> Response {
    let (batch, shifts, escorts, outings, bureau) = try site.store.read { reader in
      let batch = try stayBatch(reader)
      return (
        batch, try reader.shifts(of: batch, on: batch.firstDay, days: min(batch.days, 31)).filter(\.isServed), try reader.escorts(of: batch),
        try reader.outings(of: batch).filter { $0.state == .planned || $0.state == .away }, try reader.facts(of: batch)[.venueBureauContact]
      )
    }
    let telephones = Dictionary(escorts.map { ($0.id, $0.telephone) }) { first, _ in first }
    let leads = escorts.filter { escort in
      escort.side == .host && !escort.telephone.isEmpty && shifts.contains { $0.escort == escort.id && $0.duty == .dutyLead }
    }
    let house = leads.map { "\($0.name) \($0.telephone)" }.joined(separator: "、")
    let office = [bureau?.person, bureau?.number].compactMap { $0 }.joined(separator: " ")
    let sheet = Sheet(
      title: Text("值班表", "Rota"), batch: batch,
      summary: Text(
        "\(batch.host)·\(batch.number)·\(day(batch.firstDay))–\(day(batch.lastDay))。替班已经算在里面。",
        "\(batch.host), \(batch.number), \(day(batch.firstDay))–\(day(batch.lastDay)). Stand-ins are taken in."), isFlat: true,
      foot: Text(
        "24 小时值班电话：\(house.isEmpty ? "＿＿＿＿＿＿＿＿" : house)　急救 120　火警 119　报警 110　疗养地主管部门：\(office.isEmpty ? "＿＿＿＿＿＿＿＿" : office)",
        "On duty round the clock: \(house.isEmpty ? "________" : house) · ambulance 120, fire 119, police 110 · authority here: \(office.isEmpty ? "________" : office)"
      ))
    let columns = [
      Text("日期", "Date"), Text("星期", "Day"), Text("带班领导", "In charge"), Text("白班", "Day shift"), Text("夜班", "Night shift"),
      Text("随行医护", "Medical"), Text("备勤车辆", "Vehicle"), Text("电话", "Telephone"), Text("备注", "Remark"),
    ]
    return draw(sheet, columns) { h in
      for offset in 0..<min(batch.days, 31) {
        let day = batch.firstDay + offset
        let here = shifts.filter { time.day(of: $0.startsAt) == day }
        let charge = here.filter { $0.duty == .dutyLead || $0.duty == .facilityHead }
        let others = here.filter { $0.kind != .medical && $0.duty != .dutyLead && $0.duty != .facilityHead }
        let vehicles = outings.filter { time.day(of: $0.leavesAt) == day && !$0.vehicle.isEmpty }.map(\.vehicle)
        let standIns = here.compactMap { shift in shift.insteadOf.map { say("\(shift.name)替\($0)", "\(shift.name) for \($0)") } }
        h.row {
          h.th(date(day))
          h.td(weekday(day))
          people(h, charge, hours: true)
          people(h, others.filter { !isNight($0) })
          people(h, others.filter(isNight))
          people(h, here.filter { $0.kind == .medical }, hours: true)
          if vehicles.isEmpty { box(h, 1) } else { h.td(vehicles.joined(separator: "、")) }
          telephone(h, unique(charge.compactMap { telephones[$0.escort] }.filter { !$0.isEmpty }).joined(separator: "、"))
          if standIns.isEmpty { h.td("") } else { h.td(standIns.joined(separator: "；")) }
        }
      }
    }
  }

  /// Begins in the evening or at night.
  private func isNight(_ shift: Shift) -> Bool {
    let minute = time.minute(of: shift.startsAt)
    return minute >= 17 * 60 || minute < 5 * 60
  }

  private func weekday(_ day: Day) -> String {
    let words = language == .chinese ? ["一", "二", "三", "四", "五", "六", "日"] : ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    return words[day.weekday - 1]
  }

  private func people(_ h: HTML, _ shifts: [Shift], hours: Bool = false) {
    h.td {
      if shifts.isEmpty { h.text(say("无", "none")) }
      for (index, shift) in shifts.enumerated() {
        if index > 0 { h.text(say("、", ", ")) }
        h.text(shift.name)
        if hours { h.span("m s nw", " \(clock(shift.startsAt))–\(clock(shift.until))") }
      }
    }
  }

  private func unique(_ words: [String]) -> [String] {
    var seen: Set<String> = []
    return words.filter { seen.insert($0).inserted }
  }
}
