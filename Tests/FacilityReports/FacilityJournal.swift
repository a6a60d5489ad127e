public import Evidence
public import Sanatorium

/// A facility's journal from which reports are cut: batches one after the other, each of three people.
public struct FacilityJournal {
  public let key: SigningKey
  public private(set) var entries: [EvidenceEntry] = []
  private let time = LocalTime.china

  public init(_ key: SigningKey) { self.key = key }

  public mutating func add(_ kind: EntryKind, _ batch: ID, _ subject: ID, _ at: Instant, _ open: some Encodable) {
    let payload = SealedPayload(sealing: JSON(encoding: open))
    let header = EntryHeader(
      sequence: Int64(entries.count + 1), id: .random(), batch: batch, kind: kind, subject: subject, actor: .random(),
      device: .none, occurredAt: at, recordedAt: at, openDigest: payload.digest,
      privateDigest: SealedPayload(sealing: .object([])).digest)
    entries.append(EvidenceEntry(header: header, open: payload))
  }

  /// Plans, arrivals, departures and the close of a batch from day 8 to 10 of a month of 2026.
  public mutating func play(batch: ID, number: String, month: Int, satisfied: Int = 2) {
    let day = { Day(year: 2026, month: month, day: $0)! }
    let at = { LocalTime.china.instant(day($0), minute: $1 * 60) }
    add(
      .batchPlanned, batch, batch, at(1, 8),
      Open.BatchPlanned(number: number, regulation: "wh-2023", firstDay: day(8), lastDay: day(10), planned: 3))
    let people = (0..<3).map { _ in ID.random() }
    for person in people {
      add(
        .participantListed, batch, person, at(2, 8),
        Open.ParticipantListed(category: "retired", ageBand: "70-79", sex: "male", grounds: ["merit_2"]))
    }
    add(.batchOpened, batch, batch, at(8, 7), Open.GateDecided(gate: "open", results: []))
    for person in people {
      add(.arrival, batch, person, at(8, 9), Open.Admission(admission: "admitted", results: []))
    }
    for person in people { add(.departure, batch, person, at(10, 9), Open.Departure(reason: "completed")) }
    add(
      .satisfactionCounted, batch, batch, at(10, 10),
      Open.Satisfaction(distributed: 3, returned: 3, valid: 3, grades: [satisfied, 0, 3 - satisfied, 0, 0]))
    add(.batchClosed, batch, batch, at(10, 12), Open.GateDecided(gate: "close", results: []))
  }

  public func report(
    _ batch: ID, revision: Int = 1, previous: Digest? = nil,
    change: (inout CompletionReport) -> Void = { _ in }
  ) throws -> SignedReport {
    let first = entries.firstIndex { $0.header.batch == batch }!
    let last = entries.lastIndex { $0.header.batch == batch }!
    let before = entries[..<first].reduce(Digest.zero) { $1.header.chained(to: $0) }
    let bundle = EvidenceBundle(
      batch: batch, before: before,
      entries: entries[first...last].map {
        EvidenceEntry(header: $0.header, open: $0.header.batch == batch ? $0.open : nil)
      })
    let figures = try CompletionFigures(of: bundle.ofBatch, time: time)
    let plan = try JSON.parse(entries[first].open!.body)
    func instant(_ kind: EntryKind) -> Instant? { bundle.ofBatch.last { $0.header.kind == kind }?.header.occurredAt }
    var report = CompletionReport(
      facility: .init(id: key.publicKey.facility, name: "白桦湖疗养中心"),
      batch: .init(
        id: batch, number: plan["number"]!.string!, organizer: "威海市退役军人事务局", host: "白桦湖疗养中心", venue: "威海市",
        firstDay: Day(plan["firstDay"]!.string!)!, lastDay: Day(plan["lastDay"]!.string!)!,
        openedAt: instant(.batchOpened), closedAt: instant(.batchClosed)),
      regulation: .init(
        Regulation(
          id: "wh-2023", edition: 1, title: Text(verbatim: "办法"), issuer: Text(verbatim: "威海"), documentNumber: nil,
          status: .trial, validity: Validity(), bases: [], parameters: RegulationParameters(), rules: [])),
      revision: revision, previous: previous?.description, issuedAt: instant(.batchClosed)!, figures: figures,
      compliance: [], signatories: [.init(role: "承办单位", name: "周敏", unit: "白桦湖疗养中心", at: nil)])
    change(&report)
    return SignedReport(signing: report, evidence: bundle, with: key)
  }
}
