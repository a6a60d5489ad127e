internal import Assets
internal import Documents
internal import Foundation
internal import Hosting
internal import Packs
internal import Sanatorium
internal import SanatoriumStore
internal import SanatoriumWeb

/// The demonstration batch: planned, imported from a list, opened, and in the middle of its stay under `nm-2023`.
struct DemoStay {
  private var script: DemoScript
  private let firstDay: Day
  private let lastDay: Day
  private let time: LocalTime
  private var batch: ID = .none
  private var people: [Participant] = []

  init(store: Store, now: Instant) throws {
    time = store.time
    firstDay = time.day(of: now) + -3
    lastDay = firstDay + 6
    script = try DemoScript(store: store, now: now, startingAt: time.instant(firstDay + -6, minute: 9 * 60))
  }

  /// Plays everything up to now.
  mutating func play() throws {
    try plan()
    try facts()
    try open()
    try arrive()
    try days()
    try DemoRota(batch: batch).play(script, people)
  }

  private mutating func plan() throws {
    let draft = BatchDraft(
      number: "\(firstDay.civil.year)年第3批", regulation: "nm-2023", organizer: "云州退役军人事务局", host: "白桦湖疗养中心",
      venue: "白桦湖疗养中心", firstDay: firstDay, lastDay: lastDay, planned: 36)
    batch = try script.act("organizer") { try $0.planBatch(draft, $1) }.subject
    let check = try RosterCheck.run(bytes: roster(), regulation: Packs.regulation("nm-2023"), startsOn: firstDay)
    let drafts = check.participants.map { ParticipantDraft($0) }
    let id = batch
    try script.act("staff") { try $0.listParticipants(drafts, in: id, $1).count }
    people = try script.store.read { try $0.participants(of: $0.batch(id)) }
  }

  /// The list that ships in the binary, with check-ups dated some weeks before this batch.
  private func roster() throws -> [UInt8] {
    guard let asset = asset_named("demo/roster.csv") else { preconditionFailure("the demonstration list is not built in") }
    let bytes = UnsafeBufferPointer(start: asset.pointee.bytes, count: asset.pointee.count)
    let text = String(decoding: bytes, as: UTF8.self)
    return Array(text.replacingOccurrences(of: "@CHECKUP@", with: (firstDay + -30).description).utf8)
  }

  private mutating func facts() throws {
    let signed = firstDay + -10
    let plan = RecordedFact(number: "2026-1", date: signed, person: "周敏", paper: "值班室文件柜")
    let facts: [(String, FactKey, RecordedFact)] = [
      ("organizer", .organizerLevel, RecordedFact(value: "city")),
      ("organizer", .batchNumber, RecordedFact(number: "3")),
      ("organizer", .annualPlan, RecordedFact(number: "云退役发〔2026〕8号", date: signed)),
      ("organizer", .venue, RecordedFact(value: "白桦湖疗养中心")),
      ("organizer", .venueArea, RecordedFact(value: "15")),
      ("organizer", .resourceKind, RecordedFact(value: "own")),
      ("organizer", .hostAgreement, RecordedFact(number: "YZ-2026-03", date: signed, person: "白露")),
      ("organizer", .insurancePeriod, RecordedFact(number: "DEMO-GROUP", date: firstDay, until: lastDay)),
      ("organizer", .consentsCollected, RecordedFact(date: signed, person: "白露")),
      ("lead", .planEmergency, plan), ("lead", .planSafety, plan), ("lead", .planHealth, plan),
      ("lead", .planDisaster, plan),
      ("lead", .kit, RecordedFact(value: "complete", date: firstDay + -1, person: "何一鸣")),
      ("lead", .venueBureauContact, RecordedFact(number: "14000000100", person: "值班室")),
    ]
    let regulation = try Packs.regulation("nm-2023")
    let id = batch
    for (who, key, fact) in facts {
      try script.act(who) { try $0.recordFact(key, fact, of: .batch(id), under: regulation, $1) }
    }
    let papers = DemoPapers(batch: id)
    try papers.groups(&script)
    try papers.scans(&script, of: people)
  }

  private mutating func open() throws {
    try script.pass(until: time.instant(firstDay, minute: 6 * 60))
    let id = batch
    let accounts = try script.store.read { try $0.accounts() }
    func account(_ username: String) -> ID? { accounts.first { $0.username == username }?.id }
    let until = lastDay + 300
    let cast: [(EscortDraft, Duty, Int, Int)] = [
      (
        EscortDraft(
          name: "何一鸣", kind: .medical, side: .sent, telephone: "14000000101", licence: "DEMO-110150001", licenceUntil: until, account: account("medic")),
        .medicalLead, 6, 20
      ),
      (
        EscortDraft(
          name: "苏布德", kind: .medical, side: .sent, telephone: "14000000102", licence: "DEMO-110150002", licenceUntil: until, account: account("nurse")),
        .escort, 6, 18
      ),
      (
        EscortDraft(
          name: "那木拉", kind: .medical, side: .sent, telephone: "14000000103", licence: "DEMO-110150003", licenceUntil: until),
        .escort, 18, 30
      ),
      (
        EscortDraft(name: "高原", kind: .general, side: .sent, telephone: "14000000104", account: account("escort")), .escort, 7, 19
      ),
      (EscortDraft(name: "宝力德", kind: .general, side: .sent, telephone: "14000000105"), .escort, 7, 19),
      (EscortDraft(name: "石磊", kind: .general, side: .sent, telephone: "14000000106"), .escort, 7, 19),
      (EscortDraft(name: "温雅", kind: .general, side: .sent, telephone: "14000000107"), .escort, 19, 31),
      (
        EscortDraft(name: "周敏", kind: .general, side: .host, telephone: "14000000108", account: account("lead")), .dutyLead, 8, 20
      ),
      (EscortDraft(name: "沈航", kind: .general, side: .host, telephone: "14000000109"), .dutyLead, 20, 32),
      (
        EscortDraft(name: "陈立", kind: .general, side: .host, telephone: "14000000110", account: account("staff")), .reception, 8, 20
      ),
    ]
    var escorts: [ID] = []
    for (draft, duty, from, to) in cast {
      let escort = try script.act("lead") { try $0.addEscort(draft, in: id, $1) }.subject
      escorts.append(escort)
      for day in 0..<7 {
        let starts = time.instant(firstDay + day, minute: 0) + .hours(from)
        let shift = ShiftDraft(
          escort: escort, duty: duty, startsAt: starts, endsAt: starts + .hours(min(to - from, 12)))
        try script.act("lead") { try $0.planShift(shift, in: id, $1) }
      }
    }
    let packs = FrozenPacks(
      regulation: try Packs.regulation("nm-2023"), health: try Packs.health("cn-elder-2026"),
      plans: [try Packs.plan("acute-illness")])
    try script.act("lead") { try $0.openBatch(id, packs: packs, $1) }
    for (index, person) in people.enumerated() {
      let escort = escorts[1 + index % 2 * 2]
      let who = person.id
      try script.act("lead") { try $0.assign([who], to: escort, in: id, $1) }
    }
  }

  private mutating func arrive() throws {
    let signed = firstDay + -1
    for (index, person) in people.enumerated() {
      try script.pass(until: time.instant(firstDay, minute: 8 * 60 + 30 + index * 4))
      let who = person.id
      // The last on the list never comes; the ninth lacks a paper and is held.
      guard index < people.count - 1 else { continue }
      for (key, fact) in [
        (FactKey.outdoorFit, RecordedFact(value: "yes")),
        (.declaration, RecordedFact(value: "truthful", date: signed)),
        (.previousStay, RecordedFact(value: "none")),
      ] {
        try script.act("lead") { try $0.recordFact(key, fact, of: .participant(who), $1) }
      }
      let room = "\(2 + index / 12)\(index % 12 < 9 ? "0" : "")\(index % 12 + 1)"
      try script.act("staff") { try $0.arrive(who, room: room, $1) }
      var numbers = DemoNumbers(seed: person.number)
      let check = CheckInDraft(participant: who, readings: numbers.calm(), symptoms: Symptoms([.none]))
      try script.act("medic") { try $0.checkIn(check, $1) }
    }
    try script.pass(until: time.instant(firstDay, minute: 16 * 60))
    try DemoEmergencies(batch: batch).drill(&script)
    try script.pass(until: time.instant(firstDay, minute: 18 * 60))
    if let last = people.last?.id {
      try script.act("staff") { try $0.turnAway(last, .noShow, reason: "本人来电，临时有事", $1) }
    }
  }

  private mutating func days() throws {
    var day = firstDay
    while time.instant(day, minute: 0) < script.now {
      if day > firstDay { try round(on: day, from: 7 * 60 + 10) }
      if day == firstDay + 1 {
        try absence(on: day)
        try outing(on: day)
      }
      if day == firstDay + 2 { try emergencies(on: day) }
      try round(on: day, from: 19 * 60 + 10)
      day = day + 1
    }
    try script.pass(until: script.now)
    try planned(on: time.day(of: script.now) + 1)
  }

  /// One round: most are well, one has a fever, one is asleep; of the present round the last few are still due.
  private mutating func round(on day: Day, from minute: Int) throws {
    let present = try script.store.read { try $0.participants(of: $0.batch(batch)) }
      .filter { $0.place == .present || $0.place == .outing }
    for (index, person) in present.enumerated() {
      let moment = time.instant(day, minute: minute + index)
      guard moment <= script.now else { return }
      // What the demonstration leaves for the visitor: the last five of the round that runs now.
      if script.now - moment < .hours(2), index >= present.count - 5 { return }
      try script.pass(until: moment)
      var numbers = DemoNumbers(seed: day.number &* 1_000 &+ minute &+ person.number)
      var readings = numbers.calm()
      var symptoms: [Symptom] = [.none]
      let who = person.id
      if index == 4, day == firstDay + 1 {
        try script.act("nurse") { try $0.missCheckIn(who, reason: .asleep, remark: "", $1) }
        continue
      }
      if index == 11, day == firstDay + 2 {
        readings.temperature = 384
        readings.pulse = 96
        symptoms = [.cough]
      }
      let check = CheckInDraft(participant: who, readings: readings, symptoms: Symptoms(symptoms))
      try script.act(index % 2 == 0 ? "medic" : "nurse") { try $0.checkIn(check, $1) }
    }
  }

  private mutating func emergencies(on day: Day) throws {
    let emergencies = DemoEmergencies(batch: batch)
    try script.pass(until: time.instant(day, minute: 10 * 60 + 30))
    try emergencies.fall(&script, people[6])
    try script.pass(until: time.instant(day, minute: 15 * 60))
    if script.clock < script.now { try emergencies.illness(&script, people[20]) }
  }

  /// An escort is gone for an hour: too few for the ratio, and explained.
  private mutating func absence(on day: Day) throws {
    guard time.instant(day, minute: 11 * 60) < script.now - .hours(4) else { return }
    let id = batch
    try script.pass(until: time.instant(day, minute: 9 * 60 + 40))
    guard let who = try script.store.read({ try $0.escorts(of: $0.batch(id)).first { $0.name == "石磊" }?.id }) else { return }
    try script.act("lead") { try $0.moveEscort(who, to: .left, note: "去车站接家属", $1) }
    try script.pass(until: time.instant(day, minute: 10 * 60 + 50))
    try script.act("lead") { try $0.moveEscort(who, to: .present, $1) }
    let breaches = try script.store.read { try $0.nonconformities(of: $0.batch(id)) }
    for breach in breaches where breach.cause == .staffing && breach.explanation == nil {
      try script.act("lead") { try $0.explainNonconformity(breach.id, explanation: "去车站接家属，70 分钟后回到岗位。", $1) }
    }
  }

  /// Tomorrow's outing, with too few of those whom the ratio counts.
  private mutating func planned(on day: Day) throws {
    guard day < lastDay else { return }
    let id = batch
    let (going, escorts) = try script.store.read { reader in
      let batch = try reader.batch(id)
      return (try reader.participants(of: batch).filter { $0.place == .present }.suffix(12).map(\.id), try reader.escorts(of: batch))
    }
    let draft = OutingDraft(
      activity: .cultureAndSports, destination: "湿地公园", vehicle: "蒙A-0002", note: "", leavesAt: time.instant(day, minute: 9 * 60 + 30),
      returnsAt: time.instant(day, minute: 11 * 60 + 30), participants: going, escorts: [escorts[2].id, escorts[5].id])
    try script.act("lead") { try $0.planOuting(draft, in: id, $1) }
  }

  private mutating func outing(on day: Day) throws {
    guard time.instant(day, minute: 14 * 60) < script.now - .hours(4) else { return }
    let id = batch
    let (present, escorts) = try script.store.read { reader in
      let batch = try reader.batch(id)
      return (try reader.participants(of: batch).filter { $0.place == .present }, try reader.escorts(of: batch))
    }
    let going = present.prefix(18).map(\.id)
    let draft = OutingDraft(
      activity: .redEducation, destination: "白桦湖纪念馆", vehicle: "蒙A-0001", note: "", leavesAt: time.instant(day, minute: 14 * 60),
      returnsAt: time.instant(day, minute: 16 * 60 + 30), participants: Array(going),
      escorts: [escorts[1].id, escorts[4].id])
    try script.pass(until: time.instant(day, minute: 13 * 60))
    let outing = try script.act("lead") { try $0.planOuting(draft, in: id, $1) }.subject
    try script.pass(until: time.instant(day, minute: 14 * 60))
    let count = HeadcountDraft(counted: going.count, missing: [])
    try script.act("staff") { try $0.leaveOuting(outing, count, $1) }
    try script.pass(until: time.instant(day, minute: 16 * 60 + 20))
    try script.act("staff") { try $0.returnOuting(outing, count, $1) }
  }
}
