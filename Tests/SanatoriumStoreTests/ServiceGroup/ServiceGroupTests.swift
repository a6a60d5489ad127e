import Packs
import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Service groups")
struct ServiceGroupTests {
  static func member(
    _ name: String, _ duties: [ServiceDuty] = [], accountable: [ServiceDuty] = [], lead: Bool = false, telephone: String = "13800000001"
  ) -> ServiceMemberDraft {
    ServiceMemberDraft(ServicePerson(name: name, telephone: telephone, duties: duties, accountable: accountable, isLead: lead))
  }

  private func add(
    _ house: StayHouse, _ draft: ServiceMemberDraft, _ side: ServiceSide, as actor: Actor = StayHouse.lead, key: ID = .random()
  ) throws -> Recorded {
    let id = house.batch
    return try house.perform(actor, key: key) { try $0.addServiceMember(draft, to: side, in: id, $1) }
  }

  private func revision(_ house: StayHouse, _ member: ID) throws -> Int64 {
    try house.read { try $0.serviceMember(member, in: $1).revision }
  }

  /// The rules of an opening gate by what they answer.
  private func outcomes(_ house: StayHouse, under pack: String) throws -> [String: Outcome] {
    let regulation = try Packs.regulation(pack)
    let results = try house.read { try $0.gate(.open, of: $1, under: regulation, at: house.now).results }
    return Dictionary(results.map { ($0.rule, $0.outcome) }, uniquingKeysWith: { first, _ in first })
  }

  @Test("from the table alone the rules of both regulations hold, and the persons are the facts used")
  func rules() throws {
    let house = try StayHouse(open: false)
    for pack in ["jn-2026-draft", "wh-2023"] {
      let before = try outcomes(house, under: pack)
      for rule in ["JN14", "JN15", "WH15", "WH16", "WH18"] where before[rule] != nil { #expect(before[rule] == .unknown, "\(rule)") }
    }
    _ = try add(house, Self.member("白露", [.coordination], accountable: [.registration, .medical], lead: true), .organizer, as: StayHouse.organizer)
    _ = try add(house, Self.member("陈立", [.registration, .boardSafety], accountable: [.boardSafety]), .host)
    #expect(try outcomes(house, under: "jn-2026-draft")["JN14"] == .pass)
    #expect(try outcomes(house, under: "jn-2026-draft")["JN15"] == .unknown)
    _ = try add(house, Self.member("何一鸣", [.medical]), .host)
    _ = try add(house, Self.member("周敏", [.emergency], accountable: [.emergency], lead: true), .host)
    let jn = try outcomes(house, under: "jn-2026-draft")
    let wh = try outcomes(house, under: "wh-2023")
    #expect(jn["JN14"] == .pass && jn["JN15"] != .fail)
    #expect(wh["WH15"] == .pass && wh["WH18"] == .pass)
    #expect(try outcomes(house, under: "nm-2023")["NM18"] == .pass)
    let used = try house.read { reader, batch in
      try reader.gate(.open, of: batch, under: Packs.regulation("wh-2023"), at: house.now).results.filter { ["WH15", "WH16", "WH18"].contains($0.rule) }
        .flatMap(\.facts)
    }
    #expect(used.contains { $0.key == .dutyMedical && $0.value.contains("何一鸣") })
    #expect(used.contains { $0.key == .serviceGroupHost && $0.value.contains("周敏（组长）") })
    #expect(used.contains { $0.key == .accountabilityMedical && $0.value.contains("白露") })
    // The hard parts of the duties are answered; what is left of JN15 and WH16 is the medicine kit.
    let missing = try house.read { reader, batch in
      try reader.gate(.open, of: batch, under: Packs.regulation("wh-2023"), at: house.now).results.first { $0.rule == "WH16" }?.missing
    }
    #expect(missing?.contains { ServiceGroups.keys.contains($0) } == false)
    #expect(try house.faults() == [])
  }

  @Test("a group whose members have no duty lacks its division of work; a recorded fact goes before the group")
  func standing() throws {
    let house = try StayHouse(open: false)
    _ = try add(house, Self.member("白露", lead: true), .organizer)
    let results = try house.read { try $0.gate(.open, of: $1, under: Packs.regulation("jn-2026-draft"), at: house.now).results }
    let group = results.filter { $0.rule == "JN14" }.flatMap(\.findings).first { $0.key == .serviceGroupOrganizer }
    #expect(group?.outcome == .unknown && group?.message.chinese.contains("责任分工") == true)
    _ = try add(house, Self.member("何一鸣", [.medical]), .host)
    try house.record(.dutyMedical, RecordedFact(person: "那木拉"), of: .batch(house.batch))
    let facts = try house.read { try $0.tables.factsWithGroups(batch: $1.key, $0.tables.facts(batch: $1.key)) }
    #expect(facts[.dutyMedical]?.person == "那木拉")
    try house.record(.dutyMedical, .confirmedMissing, of: .batch(house.batch))
    let again = try house.read { try $0.tables.factsWithGroups(batch: $1.key, $0.tables.facts(batch: $1.key)) }
    #expect(again[.dutyMedical]?.isConfirmedMissing == true)
  }

  @Test("two people change the same member: the second is told what stands there and by whom, and overwrites nothing")
  func conflict() throws {
    let house = try StayHouse()
    let batch = house.batch
    let account = AccountDraft(username: "zhou", name: "周敏", role: .lead, isMedical: false, language: .chinese, passwordHash: "-")
    let admin = Actor(account: .random(), role: .admin, name: "管理员")
    let zhou = try house.perform(admin) { try $0.addAccount(account, $1) }.subject
    let first = Actor(account: zhou, role: .lead, name: "周敏")
    let member = try add(house, Self.member("陈立", [.registration]), .host).subject
    let seen = try revision(house, member)
    try house.perform(first) {
      try $0.changeServiceMember(member, Self.member("陈立", [.registration, .emergency], telephone: "13900000002"), basedOn: seen, in: batch, $1)
    }
    let entries = house.store.sequence
    do {
      try house.perform(StayHouse.lead) {
        try $0.changeServiceMember(member, Self.member("陈立", [.boardSafety]), basedOn: seen, in: batch, $1)
      }
      Issue.record("the second change was taken")
    } catch Refusal.conflict(let fault) {
      #expect(fault.code == "changed-since")
      for words in ["周敏", "13900000002", "应急处置"] { #expect(fault.message.chinese.contains(words)) }
    }
    #expect(
      codes { _ = try house.perform(StayHouse.lead) { try $0.removeServiceMember(member, reason: "调走", basedOn: seen, in: batch, $1) } } == [
        "revision: changed-since"
      ])
    #expect(house.store.sequence == entries)
    let now = try revision(house, member)
    try house.perform(StayHouse.lead) { try $0.removeServiceMember(member, reason: "调走", basedOn: now, in: batch, $1) }
    #expect(try house.read { try $0.serviceMembers(of: $1) }.isEmpty)
    let left = try revision(house, member)
    #expect(
      codes {
        _ = try house.perform(first) { try $0.changeServiceMember(member, Self.member("陈立", [.medical]), basedOn: left, in: batch, $1) }
      } == ["revision: removed-since"])
    #expect(try house.faults() == [])
  }

  @Test("a group has one head: naming another changes the first, whose form is then out of date")
  func head() throws {
    let house = try StayHouse()
    let batch = house.batch
    let first = try add(house, Self.member("周敏", [.emergency], lead: true), .host).subject
    _ = try add(house, Self.member("白露", [.coordination], lead: true), .organizer)
    let seen = try revision(house, first)
    _ = try add(house, Self.member("陈立", [.registration], lead: true), .host)
    let members = try house.read { try $0.serviceMembers(of: $1) }
    #expect(members.filter(\.person.isLead).map(\.person.name) == ["白露", "陈立"])
    #expect(
      codes {
        _ = try house.perform(StayHouse.lead) { try $0.changeServiceMember(first, Self.member("周敏", [.emergency], lead: true), basedOn: seen, in: batch, $1) }
      } == ["revision: changed-since"])
    #expect(try house.faults() == [])
  }

  @Test("refused: another side's group, a duty of the other side, nobody's part, no telephone, the same person twice, a closed batch")
  func refusals() throws {
    let house = try StayHouse()
    let batch = house.batch
    for (actor, side) in [(StayHouse.organizer, ServiceSide.host), (StayHouse.staff, .host), (StayHouse.medic, .organizer)] {
      #expect(throws: Refusal.self) { try add(house, Self.member("陈立", [.registration]), side, as: actor) }
    }
    #expect(codes { _ = try add(house, Self.member("陈立", [.coordination]), .host) } == ["duties: not-this-side"])
    #expect(codes { _ = try add(house, Self.member(" ", [], telephone: "没有"), .host) } == ["name: missing", "telephone: not-a-telephone", "duties: missing"])
    #expect(codes { _ = try add(house, Self.member("白露", accountable: [.coordination]), .organizer) } == ["accountable: not-asked"])
    var linked = Self.member("陈立", [.registration])
    linked.escort = .random()
    linked.account = .random()
    #expect(codes { _ = try add(house, linked, .host) } == ["escort: unknown", "account: unknown"])
    let member = try add(house, Self.member("陈立", [.registration]), .host).subject
    #expect(codes { _ = try add(house, Self.member("陈立", [.medical]), .host) } == ["name: known-already"])
    let seen = try revision(house, member)
    #expect(
      codes { _ = try house.perform(StayHouse.lead) { try $0.removeServiceMember(member, reason: " ", basedOn: seen, in: batch, $1) } } == ["reason: missing"])
    #expect(try house.faults() == [])
  }

  @Test("the same sending twice is one member, and the open payload names nobody")
  func repeated() throws {
    let house = try StayHouse()
    let key = ID.random()
    let first = try add(house, Self.member("陈立", [.registration], telephone: "13912345678"), .host, key: key)
    let again = try add(house, Self.member("陈立", [.registration], telephone: "13912345678"), .host, key: key)
    #expect(again.repeated && again.sequence == first.sequence)
    let open = try house.read { reader, _ in
      try reader.tables.first(SQL("SELECT open_body FROM journal WHERE seq = ?"), first.sequence) { $0.text(0) } ?? ""
    }
    #expect(open.contains("registration") && !open.contains("陈立") && !open.contains("139"))
  }
}
