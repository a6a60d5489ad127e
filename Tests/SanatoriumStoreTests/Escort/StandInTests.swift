import Evidence
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Stand-ins, and two people at one rota")
struct StandInTests {
  /// A duty lead on the second from 8 to 20, and somebody who is free.
  private struct Rig {
    let house: StayHouse
    let zhou: ID
    let li: ID
    let shift: ID

    init() throws {
      house = try StayHouse()
      zhou = try house.escort("周敏", .general, .host)
      li = try house.escort("李桂芳", .general, .host)
      let (batch, draft) = (house.batch, ShiftDraft(escort: zhou, duty: .dutyLead, startsAt: house.at(2, 8), endsAt: house.at(2, 20)))
      shift = try house.perform { try $0.planShift(draft, in: batch, $1) }.subject
    }

    func onDuty(_ hour: Int) throws -> [String] { try house.read { try $0.onDuty(in: $1, at: house.at(2, hour)).map(\.name) } }

    @discardableResult
    func standIn(_ escort: ID, from: Instant? = nil, basedOn: Int64? = nil, reason: String = "孩子发烧") throws -> ID {
      let (batch, shift) = (house.batch, shift)
      return try house.perform(StayHouse.lead) {
        try $0.standIn(for: shift, StandInDraft(escort: escort, from: from, reason: reason), in: batch, basedOn: basedOn, $1)
      }.subject
    }
  }

  @Test("who stands in is on duty and called; the rota still says who should have been; taken back it is as before")
  func whole() throws {
    let rig = try Rig()
    let (house, batch) = (rig.house, rig.house.batch)
    let standIn = try rig.standIn(rig.li)
    #expect(try rig.onDuty(9) == ["李桂芳"])
    let tiers = try house.store.read { try $0.tables.people(batch: $0.batch(batch).key, escort: nil, at: house.at(2, 9)) }
    #expect(tiers[.dutyLead] == [rig.li])
    let rows = try house.read { try $0.shifts(of: $1, on: StayHouse.firstDay + 1) }
    #expect(rows.map(\.name) == ["周敏", "李桂芳"] && rows.map(\.isServed) == [false, true] && rows[1].insteadOf == "周敏" && rows[1].reason == "孩子发烧")
    // Whoever is relieved is free for something else then; the shift can't be taken away under the stand-in.
    let other = ShiftDraft(escort: rig.zhou, duty: .reception, startsAt: house.at(2, 9), endsAt: house.at(2, 12))
    let taken = try house.perform { try $0.planShift(other, in: batch, $1) }.subject
    let shift = rig.shift
    #expect(codes { try house.perform { _ = try $0.removeShift(shift, in: batch, $1) } } == ["shift: stood-in"])
    #expect(codes { try house.perform { _ = try $0.removeShift(standIn, in: batch, $1) } } == ["escort: twice-at-the-same-time"])
    try house.perform { try $0.removeShift(taken, in: batch, $1) }
    try house.perform { try $0.removeShift(standIn, in: batch, $1) }
    #expect(try rig.onDuty(9) == ["周敏"])
    #expect(try house.faults() == [])
  }

  @Test("from a moment on, and again by a third person")
  func partly() throws {
    let rig = try Rig()
    let (house, batch) = (rig.house, rig.house.batch)
    let chen = try house.escort("陈立", .general, .host)
    let standIn = try rig.standIn(rig.li, from: house.at(2, 12))
    #expect(try rig.onDuty(11) == ["周敏"])
    #expect(try rig.onDuty(13) == ["李桂芳"])
    let third = StandInDraft(escort: chen, from: house.at(2, 16), reason: "换班")
    try house.perform(StayHouse.lead) { try $0.standIn(for: standIn, third, in: batch, $1) }
    #expect(try rig.onDuty(17) == ["陈立"])
    #expect(codes { try rig.standIn(chen) } == ["shift: stood-in"])
    #expect(try house.faults() == [])
  }

  @Test("nobody stands in for themselves, after leaving, outside the shift, without a reason, or while on a shift")
  func refused() throws {
    let rig = try Rig()
    let (house, batch) = (rig.house, rig.house.batch)
    #expect(codes { try rig.standIn(rig.zhou, from: house.at(2, 21), reason: " ") } == ["reason: missing", "escort: the-same", "from: outside-the-shift"])
    let busy = ShiftDraft(escort: rig.li, duty: .reception, startsAt: house.at(2, 18), endsAt: house.at(2, 22))
    try house.perform { try $0.planShift(busy, in: batch, $1) }
    #expect(codes { try rig.standIn(rig.li) } == ["escort: twice-at-the-same-time"])
    let chen = try house.escort("陈立")
    try house.perform { try $0.moveEscort(chen, to: .left, $1) }
    #expect(codes { try rig.standIn(chen) } == ["escort: left"])
  }

  @Test("the second of two who change the same shift is shown what the first did; nothing is overwritten")
  func twoEditors() throws {
    let rig = try Rig()
    let (house, batch, shift) = (rig.house, rig.house.batch, rig.shift)
    let chen = try house.escort("陈立", .general, .host)
    let seen = try house.store.read { try $0.shift(shift).revision }
    let standIn = try rig.standIn(rig.li, basedOn: seen)
    #expect(codes { try rig.standIn(chen, basedOn: seen) } == ["revision: changed-since"])
    #expect(words { try rig.standIn(chen, basedOn: seen) }.contains("让李桂芳从 6月2日 08:00 起替班"))
    try house.perform(StayHouse.lead) { try $0.removeShift(standIn, in: batch, $1) }
    try house.perform(StayHouse.lead) { try $0.removeShift(shift, in: batch, $1) }
    #expect(words { try rig.standIn(chen, basedOn: seen) }.contains("拿掉了周敏 6月2日 08:00 起的班"))
    #expect(try house.faults() == [])
  }

  @Test("a plan made from an older rota is refused with what others have changed; one's own changes are known")
  func roster() throws {
    let rig = try Rig()
    let (house, batch) = (rig.house, rig.house.batch)
    let seen = try house.read { try $0.rosterRevision(of: $1) }
    let first = ShiftDraft(escort: rig.li, duty: .dutyLead, startsAt: house.at(2, 20), endsAt: house.at(3, 8))
    try house.perform(StayHouse.lead) { try $0.planShifts([first], in: batch, basedOn: seen, $1) }
    let second = ShiftDraft(escort: rig.zhou, duty: .dutyLead, startsAt: house.at(3, 8), endsAt: house.at(3, 20))
    #expect(words { try house.perform(StayHouse.organizer) { _ = try $0.planShifts([second], in: batch, basedOn: seen, $1) } }.contains("给李桂芳排了 6月2日 20:00 的班"))
    try house.perform(StayHouse.lead) { try $0.planShifts([second], in: batch, basedOn: seen, $1) }
    #expect(try house.read { try $0.shifts(of: $1, on: StayHouse.firstDay + 1, days: 2).count } == 3)
  }

  @Test("what a plan will cause is told before it is saved, and saved once it is confirmed")
  func willCause() throws {
    let rig = try Rig()
    let (house, batch) = (rig.house, rig.house.batch)
    let night = ShiftDraft(escort: rig.zhou, duty: .dutyLead, startsAt: house.at(2, 20), endsAt: house.at(3, 8))
    #expect(codes { try house.perform { _ = try $0.planShifts([night], in: batch, confirmed: false, $1) } } == ["confirmed: will-cause"])
    #expect(words { try house.perform { _ = try $0.planShifts([night], in: batch, confirmed: false, $1) } }.contains("连上 24 小时"))
    try house.perform { try $0.planShifts([night], in: batch, confirmed: true, $1) }
    let shift = rig.shift
    #expect(codes { try house.perform { _ = try $0.removeShift(shift, in: batch, confirmed: false, $1) } } == ["confirmed: will-cause"])
    let other = ShiftDraft(escort: rig.li, duty: .reception, startsAt: house.at(3, 8), endsAt: house.at(3, 20))
    try house.perform { try $0.planShifts([other], in: batch, confirmed: false, $1) }
  }

  @Test("the evidence tells who stood in, from when and until when")
  func evidence() throws {
    let house = try StayHouse()
    let batch = house.batch
    let (first, second) = (try house.escort("王洁"), try house.escort("赵磊"))
    try house.arrive(0..<2)
    let draft = ShiftDraft(escort: first, duty: .escort, startsAt: house.at(1, 8), endsAt: house.at(1, 20))
    let shift = try house.perform { try $0.planShift(draft, in: batch, $1) }.subject
    let extra = ShiftDraft(escort: second, duty: .escort, startsAt: house.at(1, 20), endsAt: house.at(1, 22))
    try house.perform { try $0.planShift(extra, in: batch, $1) }
    try house.perform { try $0.standIn(for: shift, StandInDraft(escort: second, reason: "病了"), in: batch, $1) }
    let rows = try house.store.read { reader in
      try reader.tables.all(SQL("SELECT kind, subject, open_body, occurred_at FROM journal WHERE kind IN (40, 42, 43, 46) ORDER BY seq")) {
        ($0.int64(0), $0.id(1), $0.bytes(2), $0.instant(3))
      }
    }
    #expect(rows.map(\.0) == [40, 40, 42, 42, 46])
    let standIn = try JSON.parse(rows[4].2).decoded(as: Open.StandIn.self)
    #expect(standIn == Open.StandIn(shift: shift, escort: second, from: house.at(1, 8), until: house.at(1, 20)))
    #expect(try house.faults() == [])
  }

  @Test("a shift that has begun ends when it is taken off: what was served stays, and nobody can take it off twice")
  func ends() throws {
    let rig = try Rig()
    let (house, batch, shift) = (rig.house, rig.house.batch, rig.shift)
    let seen = try house.read { try $0.rosterRevision(of: $1) }
    house.now = house.at(2, 12)
    // It asks with what would be missing from now on.
    #expect(words { try house.perform { _ = try $0.removeShift(shift, in: batch, confirmed: false, $1) } }.contains("6月2日 12:00 到 6月7日 18:00 没有值班负责人"))
    try house.perform(StayHouse.lead) { try $0.removeShift(shift, reason: "回家", in: batch, $1) }
    let row = try house.store.read { try $0.shift(shift) }
    #expect(row.startsAt == house.at(2, 8) && row.endsAt == house.at(2, 12) && row.until == house.at(2, 12) && !row.isTakenOver)
    #expect(try rig.onDuty(11) == ["周敏"])
    #expect(try rig.onDuty(12) == [])
    #expect(codes { try house.perform { _ = try $0.removeShift(shift, in: batch, $1) } } == ["shift: over"])
    let next = ShiftDraft(escort: rig.zhou, duty: .dutyLead, startsAt: house.at(2, 12), endsAt: house.at(2, 20))
    #expect(words { try house.perform { _ = try $0.planShifts([next], in: batch, basedOn: seen, $1) } }.contains("拿掉了周敏 6月2日 12:00 起的班"))
    try house.perform { try $0.planShift(next, in: batch, $1) }
    #expect(try rig.onDuty(12) == ["周敏"])
    let rows = try house.store.read { reader in
      try reader.tables.all(SQL("SELECT open_body FROM journal WHERE kind = 43")) { $0.bytes(0) }
    }
    #expect(try rows.map { try JSON.parse($0).decoded(as: Open.Shift.self) } == [Open.Shift(escort: rig.zhou, from: house.at(2, 12), until: house.at(2, 20))])
    #expect(try house.faults() == [])
  }

  @Test("a stand-in that has begun can't be taken back; its first owner takes over from now on by standing in for it")
  func begun() throws {
    let rig = try Rig()
    let (house, batch) = (rig.house, rig.house.batch)
    let standIn = try rig.standIn(rig.li, from: house.at(2, 12))
    house.now = house.at(2, 14)
    func takeBack() throws { try house.perform { _ = try $0.removeShift(standIn, in: batch, $1) } }
    #expect(codes(takeBack) == ["shift: begun"])
    #expect(words(takeBack).contains("也可以换回周敏"))
    let own = StandInDraft(escort: rig.zhou, from: house.at(2, 14), reason: "回来了")
    try house.perform(StayHouse.lead) { try $0.standIn(for: standIn, own, in: batch, $1) }
    #expect(try rig.onDuty(11) == ["周敏"])
    #expect(try rig.onDuty(13) == ["李桂芳"])
    #expect(try rig.onDuty(15) == ["周敏"])
    #expect(try house.faults() == [])
  }

  @Test("nothing is taken off the rota of a batch that is closed")
  func closed() throws {
    let rig = try Rig()
    let (house, batch, shift) = (rig.house, rig.house.batch, rig.shift)
    try house.perform(StayHouse.staff) { ledger, submission in
      try ledger.tables.run(SQL("UPDATE batch SET state = 'closed'"))
      #expect(codes { _ = try ledger.removeShift(shift, in: batch, submission) } == ["batch: closed"])
      #expect(codes { _ = try ledger.standIn(for: shift, StandInDraft(escort: shift, reason: "x"), in: batch, submission) } == ["batch: closed"])
    }
  }

  @Test("what others have changed is found by the roster's own index, and a long list is cut")
  func changes() throws {
    let rig = try Rig()
    let (house, batch) = (rig.house, rig.house.batch)
    let seen = try house.read { try $0.rosterRevision(of: $1) }
    for day in 3...7 {
      for hour in [1, 3, 5, 7, 9] {
        let draft = ShiftDraft(escort: rig.li, duty: .reception, startsAt: house.at(day, hour), endsAt: house.at(day, hour + 1))
        try house.perform(StayHouse.lead) { try $0.planShift(draft, in: batch, $1) }
      }
    }
    let draft = ShiftDraft(escort: rig.zhou, duty: .dutyLead, startsAt: house.at(3, 8), endsAt: house.at(3, 20))
    let refusal = words { try house.perform(StayHouse.organizer) { _ = try $0.planShifts([draft], in: batch, basedOn: seen, $1) } }
    #expect(refusal.contains("另有 16 处以上；") && refusal.contains("给李桂芳排了 6月7日 09:00 的班") && !refusal.contains("6月7日 01:00"))
    let plan = try house.store.read { reader in
      try reader.tables.all(
        SQL(
          """
          EXPLAIN QUERY PLAN SELECT 1 FROM journal INDEXED BY journal_roster
          WHERE batch = 1 AND seq > 1 AND kind IN (41, 42, 43, 46) ORDER BY seq DESC LIMIT 20
          """)
      ) { $0.text(3) }
    }
    #expect(plan.count == 1 && plan[0].contains("SEARCH journal USING") && plan[0].contains("journal_roster (batch=? AND seq>?)"))
  }
}
