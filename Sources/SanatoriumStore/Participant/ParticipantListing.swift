internal import Evidence
public import Sanatorium

/// One person as a roster or a form gives them.
public struct ParticipantDraft: Sendable, Hashable {
  public var name: String
  public var sex: Sex?
  public var birth: BirthDate?
  /// The identity number, masked; the full number is not kept.
  public var identity: String?
  public var category: String
  public var unit: String
  public var telephone: String
  public var familyName: String
  public var familyRelation: String
  public var familyTelephone: String
  public var conditions: String
  public var allergies: String
  public var medicines: String
  public var companion: String
  public var remarks: String
  public var facts: Facts

  public init(
    name: String, sex: Sex? = nil, birth: BirthDate? = nil, identity: String? = nil, category: String = "",
    unit: String = "", telephone: String = "", familyName: String = "", familyRelation: String = "",
    familyTelephone: String = "", conditions: String = "", allergies: String = "", medicines: String = "",
    companion: String = "", remarks: String = "", facts: Facts = Facts()
  ) {
    self.name = name
    self.sex = sex
    self.birth = birth
    self.identity = identity
    self.category = category
    self.unit = unit
    self.telephone = telephone
    self.familyName = familyName
    self.familyRelation = familyRelation
    self.familyTelephone = familyTelephone
    self.conditions = conditions
    self.allergies = allergies
    self.medicines = medicines
    self.companion = companion
    self.remarks = remarks
    self.facts = facts
  }
}

struct ParticipantListed: CodedPayload {
  static let kind = EntryKind.participantListed
  struct Personal: Codable, Sendable {
    var number: Int
    var badge: String
    var name: String
    var birth: BirthDate?
    var identity: String?
    /// In the list's words; the open part has the code.
    var category: String
    var unit: String
    var telephone: String
    var familyName: String
    var familyRelation: String
    var familyTelephone: String
    var conditions: String
    var allergies: String
    var medicines: String
    var companion: String
    var remarks: String
    var facts: [String: RecordedFact]
  }
  let openPart: Open.ParticipantListed
  let personalPart: Personal

  func apply(_ entry: AppliedEntry, to tables: Connection) throws {
    let person = personalPart
    try tables.run(
      ParticipantTable.insert, entry.sequence, entry.subject, entry.batch, person.number, person.badge, person.name,
      openPart.sex, person.birth?.exact, person.identity, person.category, person.unit, person.telephone,
      person.familyName, person.familyRelation, person.familyTelephone, person.conditions, person.allergies,
      person.medicines, person.companion, person.remarks)
    for (key, fact) in person.facts.sorted(by: { $0.key < $1.key }) {
      try tables.store(fact, key: key, batch: entry.batch, participant: entry.sequence, by: entry)
    }
  }
}

extension Connection {
  func store(_ fact: RecordedFact, key: String, batch: Int64, participant: Int64, by entry: AppliedEntry) throws {
    for sql in [BatchTable.upsertFact, BatchTable.keepFact] {
      try run(
        sql, batch, participant, key, fact.value, fact.number, fact.date, fact.until, fact.person, fact.paper,
        entry.sequence, entry.recordedAt, entry.actor)
    }
  }
}

extension Ledger {
  /// Adds the people of a confirmed list to a planned or open batch, all of them or none. Returns how many there are.
  public func listParticipants(
    _ people: [ParticipantDraft], in batchID: ID, _ submission: Submission
  ) throws -> (recorded: Recorded, count: Int) {
    let batch = try tables.batch(batchID)
    var draft = submission.draft(batch: batch.key, subject: .random(), now: now)
    if let earlier = try earlier(ParticipantListed.self, draft) {
      return (Recorded(earlier.entry, repeated: true), people.count)
    }
    guard batch.state == .planned || batch.state == .open else {
      throw Refusal.conflict(
        Fault("batch", "closed", Text("这一批已经结束，不能再加人。", "This batch is closed; nobody can be added.")))
    }
    guard let first = people.first else {
      throw Refusal.invalid("participants", "empty", Text("名单里一个人也没有。", "There is nobody on the list."))
    }
    try refuseKnown(people, in: batch)
    var number = try tables.first(ParticipantTable.countOfBatch, batch.key) { $0.int(1) } ?? 0
    number += 1
    let recorded = Recorded(
      try record(ParticipantListed(first, number: number, badge: .badge(), batch: batch), draft), repeated: false)
    for person in people.dropFirst() {
      number += 1
      draft = .consequence(batch: batch.key, subject: .random(), actor: submission.actor, at: draft.occurredAt)
      try record(ParticipantListed(person, number: number, badge: .badge(), batch: batch), draft)
    }
    return (recorded, people.count)
  }

  private func refuseKnown(_ people: [ParticipantDraft], in batch: Batch) throws {
    var faults: [Fault] = []
    for (index, person) in people.enumerated() where person.birth?.exact != nil {
      let known = try tables.first(
        ParticipantTable.sameNameAndBirth, batch.key, person.name, person.birth?.exact, read: { $0.int(0) })
      if let known {
        faults.append(
          Fault(
            "participants[\(index)].name", "listed-already",
            Text("\(person.name)已经在名单里，是第 \(known) 号。", "\(person.name) is on the list already, number \(known).")))
      }
    }
    if !faults.isEmpty { throw Refusal.invalid(faults) }
  }
}

extension String {
  /// An opaque badge code: ten characters that can't be mistaken for each other, from the system's random numbers. It
  /// tells nothing and opens nothing without an account; its 49 bits are there against trying, not as a password.
  fileprivate static func badge() -> String {
    let alphabet = Array(BadgeCode.alphabet)
    return String((0..<BadgeCode.length).map { _ in alphabet.randomElement() ?? "2" })
  }
}

extension ParticipantListed {
  fileprivate init(_ person: ParticipantDraft, number: Int, badge: String, batch: Batch) {
    openPart = .init(
      category: ParticipantCategory(person.category).rawValue, ageBand: AgeBand(birth: person.birth, on: batch.firstDay).rawValue,
      sex: person.sex?.rawValue ?? "unknown", grounds: person.facts.grounds)
    personalPart = .init(
      number: number, badge: badge, name: person.name, birth: person.birth, identity: person.identity,
      category: person.category, unit: person.unit, telephone: person.telephone, familyName: person.familyName,
      familyRelation: person.familyRelation, familyTelephone: person.familyTelephone, conditions: person.conditions,
      allergies: person.allergies, medicines: person.medicines, companion: person.companion, remarks: person.remarks,
      facts: Dictionary(uniqueKeysWithValues: person.facts.recorded.map { ($0.key.rawValue, $0.value) }))
  }
}

/// Age on day 1 in the bands of the report.
enum AgeBand: String {
  case under60 = "under60"
  case sixties = "60-69"
  case seventies = "70-79"
  case eightyPlus = "80plus"
  case unknown

  init(birth: BirthDate?, on day: Day) {
    guard let ages = birth?.age(on: day), AgeBand(ages.lowerBound) == AgeBand(ages.upperBound) else {
      self = .unknown
      return
    }
    self = AgeBand(ages.lowerBound)
  }

  private init(_ years: Int) {
    switch years {
    case ..<60: self = .under60
    case 60..<70: self = .sixties
    case 70..<80: self = .seventies
    default: self = .eightyPlus
    }
  }
}

extension Facts {
  /// Codes of the qualifying grounds; several stand in one value, separated by spaces or commas.
  var grounds: [String] {
    guard let value = self[FactKey("qualifying_ground")]?.value else { return [] }
    return value.split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init)
  }
}
