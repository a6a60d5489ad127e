internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// By room, those without one last.
  private func byRoom(_ people: [Participant]) -> [Participant] {
    people.sorted { ($0.room.isEmpty ? 1 : 0, $0.room, $0.number) < ($1.room.isEmpty ? 1 : 0, $1.room, $1.number) }
  }

  private func age(_ person: Participant) -> String? {
    person.birth?.completedYears(on: today).map { say("\($0) 岁", "\($0)") }
  }

  /// To be pressed on a phone and read on paper; several numbers are a link each.
  func telephone(_ h: HTML, _ numbers: String) {
    h.td {
      for (index, number) in numbers.split(whereSeparator: { "、,，;；".contains($0) }).enumerated() {
        if index > 0 { h.br() }
        let dialled = number.filter { "0123456789+".contains($0) }
        if dialled.isEmpty { h.text(String(number)) } else { h.a("tel:\(dialled)", "nw", text: String(number)) }
      }
    }
  }

  func box(_ h: HTML, _ count: Int) {
    for _ in 0..<count { h.td(names: "pen") {} }
  }

  func roomSheet() throws -> Response {
    let (batch, people, assigned, escorts) = try site.store.read { reader in
      let batch = try stayBatch(reader)
      let people = try reader.participants(of: batch).filter { $0.place != .departed && $0.admission.isOfTheBatch }
      return (batch, people, try reader.assignments(in: batch), try reader.escorts(of: batch))
    }
    var owners: [ID: String] = [:]
    for escort in escorts { for person in assigned[escort.id] ?? [] { owners[person.id] = escort.name } }
    let rooms = Set(people.map(\.room).filter { !$0.isEmpty }).count
    let sheet = Sheet(
      title: Text("房间表", "Rooms"), batch: batch,
      summary: Text("\(people.count) 人，\(rooms) 间房。", "\(people.count) people in \(rooms) rooms."))
    return draw(sheet, [Text("房", "Room"), Text("姓名", "Name"), Text("包组", "Escort"), Text("备注", "Remark")]) { h in
      for person in byRoom(people) {
        h.row {
          h.th(person.room.isEmpty ? "–" : person.room)
          h.td { h.b(person.name) }
          h.td(owners[person.id] ?? "–")
          box(h, 1)
        }
      }
    }
  }

  func arrivalSheet() throws -> Response {
    let (batch, people) = try site.store.read { reader in
      let batch = try stayBatch(reader)
      return (batch, try reader.participants(of: batch).filter { $0.admission.isOfTheBatch }.sorted { $0.number < $1.number })
    }
    let sheet = Sheet(
      title: Text("报到名单", "Arrivals"), batch: batch,
      summary: Text(
        "名单 \(people.count) 人，已到 \(people.count { $0.arrivedAt != nil }) 人。", "\(people.count) listed, \(people.count { $0.arrivedAt != nil }) arrived."))
    return draw(
      sheet,
      [Text("序号", "No."), Text("姓名", "Name"), Text("单位", "Unit"), Text("电话", "Telephone"), Text("房", "Room"), Text("到了", "Here")]
    ) { h in
      for person in people {
        h.row {
          h.th(String(person.number))
          h.td {
            h.b("blk", person.name)
            if let age = age(person) { h.span("s m", age) }
          }
          h.td(person.unit.isEmpty ? "–" : person.unit)
          telephone(h, person.telephone.isEmpty ? person.familyTelephone : person.telephone)
          if person.room.isEmpty { box(h, 1) } else { h.td(person.room) }
          if person.arrivedAt == nil { box(h, 1) } else { h.td { h.mark(.done, say("到了", "here")) } }
        }
      }
    }
  }

  /// What a round asks for, to be written by hand and entered afterwards.
  func roundSheet() throws -> Response {
    let (batch, people) = try site.store.read { reader in
      let batch = try stayBatch(reader)
      return (batch, try reader.participants(of: batch).filter { $0.place == .present || $0.place == .outing })
    }
    let sheet = Sheet(
      title: Text("巡查记录纸", "Rounds sheet"), batch: batch,
      summary: Text("\(people.count) 人。日期 ＿＿＿ 时间 ＿＿＿ 检查人 ＿＿＿＿＿", "\(people.count) people. Date ____ time ____ by __________"))
    return draw(
      sheet,
      [Text("房", "Room"), Text("姓名", "Name")]
        + [Text("呼吸", "Resp."), Text("血氧", "SpO₂"), Text("血压", "BP"), Text("脉搏", "Pulse"), Text("体温", "Temp."), Text("意识、症状", "ACVPU, symptoms")]
    ) { h in
      for person in byRoom(people) {
        h.row {
          h.th(person.room.isEmpty ? "–" : person.room)
          h.td {
            h.b("blk", person.name)
            if let age = age(person) { h.span("s m", age) }
            if let allergy = person.allergy { h.tag(say("过敏：", "Allergic to: ") + allergy, .bad, icon: .critical) }
          }
          box(h, 6)
        }
      }
    }
  }

  /// Who is on an outing, with boxes for the coach, two headcounts and the return.
  func outingSheet() throws -> Response {
    let id = try id("outing")
    let (batch, outing, members) = try site.store.read { reader in
      let outing = try reader.outing(id)
      return (try reader.batch(of: outing), outing, try reader.members(of: outing))
    }
    // Once it is over the list tells who went.
    let people = members.going.isEmpty ? members.went : members.going
    let escorts = members.escorts.map { "\($0.person.name) \($0.person.telephone)" }.joined(separator: say("，", ", "))
    let sheet = Sheet(
      title: Text("外出名单·\(outing.destination)", "Outing list: \(outing.destination)"), batch: batch,
      summary: Text(
        "\(span(outing.leavesAt, outing.returnsAt))，\(people.count) 人。带队：\(escorts.isEmpty ? "–" : escorts)",
        "\(span(outing.leavesAt, outing.returnsAt)), \(people.count) people. Escorts: \(escorts.isEmpty ? "–" : escorts)"),
      back: (Text(outing.destination, outing.destination), "/outings/\(id)"))
    return draw(
      sheet,
      [Text("房", "Room"), Text("姓名", "Name"), Text("家属电话", "Family")]
        + [Text("上车", "On"), Text("点名", "Count"), Text("点名", "Count"), Text("回来", "Back")]
    ) { h in
      for person in byRoom(people) {
        h.row {
          h.th(person.room.isEmpty ? "–" : person.room)
          h.td { h.b(person.name) }
          h.td { h.span("s", person.familyTelephone.isEmpty ? "–" : person.familyTelephone) }
          box(h, 4)
        }
      }
    }
  }
}
