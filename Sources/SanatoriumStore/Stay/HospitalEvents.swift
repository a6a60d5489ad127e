internal import Evidence
public import Sanatorium

/// 转送医院.
public struct HospitalDraft: Sendable, Hashable {
  public var hospital: String
  public var reason: String
  /// The escort who goes along and so leaves the site; nil for none.
  public var escort: ID?

  public init(hospital: String, reason: String = "", escort: ID? = nil) {
    self.hospital = hospital
    self.reason = reason
    self.escort = escort
  }
}

extension Ledger {
  /// Takes someone to a hospital: from the house, an outing or leave, whatever the state of the batch. Nothing about it
  /// waits for a rule.
  public func transferToHospital(_ id: ID, _ hospital: HospitalDraft, _ submission: Submission) throws -> Recorded {
    let participant = try tables.participant(id)
    let draft = submission.draft(batch: participant.batch, subject: id, now: now)
    if let earlier = try earlier(HospitalTransfer.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try participant.require(.present, .outing, .leave, act: Text("转送医院", "be taken to hospital"))
    // After the arrival; among the later movements it is taken as told: nothing about it waits for the order of papers.
    try participant.requireArrived(by: draft.occurredAt, time)
    let escort = try hospital.escort.map { try tables.escort($0, in: participant.batch) }
    let payload = HospitalTransfer(
      openPart: .init(),
      personalPart: .init(
        participant: participant.key, hospital: trim(hospital.hospital), reason: trim(hospital.reason)))
    let entry = try record(payload, draft)
    if let escort, escort.place != .hospital {
      try record(
        EscortMoved(
          openPart: .init(place: EscortPlace.hospital.rawValue),
          personalPart: .init(escort: escort.key, place: .hospital, note: participant.name)),
        .consequence(
          batch: participant.batch, subject: escort.id, actor: submission.actor, at: entry.occurredAt))
    }
    try left(tables.participant(key: participant.key), at: entry.occurredAt)
    if let outing = participant.outing { try reviewHeadcount(of: outing, at: entry.occurredAt) }
    try watchCoverage(of: participant.batch, at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  public func returnFromHospital(_ id: ID, _ submission: Submission) throws -> Recorded {
    let participant = try tables.participant(id)
    let draft = submission.draft(batch: participant.batch, subject: id, now: now)
    if let earlier = try earlier(HospitalReturn.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try participant.require(.hospital, act: Text("登记出院", "come back from hospital"))
    try participant.requireOrder(draft.occurredAt, time)
    let entry = try record(
      HospitalReturn(openPart: .init(), personalPart: .init(participant: participant.key)), draft)
    try returned(tables.participant(key: participant.key), at: entry.occurredAt)
    try watchCoverage(of: participant.batch, at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }
}
