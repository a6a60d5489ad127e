internal import Evidence
internal import Sanatorium
internal import SanatoriumStore

/// Both groups of a batch with what rules still miss in them.
struct ServiceGroupView {
  /// What a rule asks and nobody does, with the clause that asks it.
  struct Gap {
    let rule: RuleResult
    let finding: RuleFinding
  }

  let batch: Batch
  let members: [ServiceMember]
  let groups: ServiceGroups
  /// Facts that somebody recorded by themselves: they count before the groups.
  let recorded: [FactKey: RecordedFact]
  let gaps: [Gap]
  let escorts: [Escort]

  init(_ batch: Batch, _ regulation: Regulation, _ reader: Reader, at now: Instant) throws {
    self.batch = batch
    members = try reader.serviceMembers(of: batch)
    groups = try reader.serviceGroups(of: batch)
    escorts = try reader.escorts(of: batch)
    recorded = Dictionary(
      try reader.factEntries(of: .batch(batch.id)).filter { ServiceGroups.keys.contains($0.key) }.map { ($0.key, $0.fact) },
      uniquingKeysWith: { first, _ in first })
    var gaps: [Gap] = []
    for gate in Gate.allCases where !ServiceGroups.keys.isDisjoint(with: regulation.asked(at: gate, of: .batch)) {
      for result in try reader.gate(gate, of: batch, under: regulation, at: now).results where result.participant == nil {
        for finding in result.findings where finding.outcome != .pass {
          guard let key = finding.key, ServiceGroups.keys.contains(key) else { continue }
          if gaps.contains(where: { $0.rule.rule == result.rule && $0.finding.key == key }) { continue }
          gaps.append(Gap(rule: result, finding: finding))
        }
      }
    }
    self.gaps = gaps
  }

  func members(of side: ServiceSide) -> [ServiceMember] {
    let here = members.filter { $0.side == side }
    return here.filter(\.person.isLead) + here.filter { !$0.person.isLead }
  }

  /// Who stands for a duty on a side: names with telephones. A recorded fact goes before the group.
  func people(for duty: ServiceDuty, of side: ServiceSide) -> [(name: String, telephone: String)] {
    if side == duty.side, let fact = recorded[duty.fact] { return fact.people }
    return groups.people(for: duty, of: side).map { ($0.name, $0.telephone) }
  }

  func accountable(for duty: ServiceDuty) -> [(name: String, telephone: String)] {
    guard let key = duty.accountability else { return [] }
    if let fact = recorded[key] { return fact.people }
    return groups.accountable(for: duty).map { ($0.name, $0.telephone) }
  }

  /// Whether a fact of its own, and not the group, says it.
  func isRecorded(_ duty: ServiceDuty) -> Bool { recorded[duty.fact] != nil }

  var json: JSON {
    func people(_ people: [(name: String, telephone: String)]) -> JSON {
      .array(people.map { .object(["name": .string($0.name), "telephone": .string($0.telephone)]) })
    }
    return .object([
      "members": .array(members.map(\.json)),
      "duties": .array(
        ServiceDuty.allCases.map { duty in
          .object([
            "duty": .string(duty.rawValue), "organizer": people(self.people(for: duty, of: .organizer)),
            "host": people(self.people(for: duty, of: .host)), "accountable": people(accountable(for: duty)),
          ])
        }),
      "missing": .array(
        gaps.map { gap in
          .object([
            "fact": .optional(gap.finding.key?.rawValue), "rule": .string(gap.rule.rule),
            "article": .string(gap.rule.article), "quote": .string(gap.rule.quote), "message": gap.finding.message.json,
          ])
        }),
    ])
  }
}

extension RecordedFact {
  /// Of a fact of a duty: its person, with the telephone where one was given.
  fileprivate var people: [(name: String, telephone: String)] {
    guard !isConfirmedMissing, let name = self[.person] else { return [] }
    return [(name, self[.number] ?? "")]
  }
}

extension ServiceMember {
  var json: JSON {
    .object([
      "id": .string(id.description), "side": .string(side.rawValue), "name": .string(person.name), "unit": .string(person.unit),
      "telephone": .string(person.telephone), "duties": .array(person.duties.map { .string($0.rawValue) }),
      "accountable": .array(person.accountable.map { .string($0.rawValue) }), "lead": .bool(person.isLead),
      "escort": escort.map { .string($0.description) }, "account": account.map { .string($0.description) },
      "revision": .int(revision), "changedAt": .int(changedAt.milliseconds),
    ])
  }
}
