/// A member of a 疗养专项服务小组: who, how to reach them, what they do and answer for.
public struct ServicePerson: Sendable, Hashable, Codable {
  public var name: String
  public var unit: String
  public var telephone: String
  public var duties: [ServiceDuty]
  /// What they are called to account for.
  public var accountable: [ServiceDuty]
  /// 组长.
  public var isLead: Bool

  public init(
    name: String, unit: String = "", telephone: String, duties: [ServiceDuty] = [], accountable: [ServiceDuty] = [],
    isLead: Bool = false
  ) {
    self.name = name
    self.unit = unit
    self.telephone = telephone
    self.duties = duties
    self.accountable = accountable
    self.isLead = isLead
  }

  /// `白露，组长，13800000000，管统筹协调，对医疗保障负责`.
  public var summary: Text {
    func list(_ duties: [ServiceDuty]) -> Text {
      Text(duties.map(\.name.chinese).joined(separator: "、"), duties.map(\.name.english).joined(separator: ", "))
    }
    var parts = [Text(verbatim: name)]
    if isLead { parts.append(Text("组长", "head")) }
    parts += [unit, telephone].filter { !$0.isEmpty }.map { Text(verbatim: $0) }
    if !duties.isEmpty { parts.append(Text("管\(list(duties).chinese)", "does \(list(duties).english)")) }
    if !accountable.isEmpty {
      parts.append(Text("\(list(accountable).chinese)的责任人", "accountable for \(list(accountable).english)"))
    }
    return Text(parts.map(\.chinese).joined(separator: "，"), parts.map(\.english).joined(separator: "; "))
  }
}

/// Both groups of a batch.
public struct ServiceGroups: Sendable, Hashable {
  public var organizer: [ServicePerson]
  public var host: [ServicePerson]

  public init(organizer: [ServicePerson] = [], host: [ServicePerson] = []) {
    self.organizer = organizer
    self.host = host
  }

  /// Every fact that the groups can stand for.
  public static let keys: Set<FactKey> = Set(
    ServiceSide.allCases.map(\.group) + ServiceDuty.allCases.map(\.fact)
      + ServiceDuty.allCases.compactMap(\.accountability))

  public func people(of side: ServiceSide) -> [ServicePerson] { side == .organizer ? organizer : host }

  /// Who does something for a side, its head first.
  public func people(for duty: ServiceDuty, of side: ServiceSide) -> [ServicePerson] {
    headFirst(people(of: side).filter { $0.duties.contains(duty) })
  }

  /// Who answers for something, the organizer's people first.
  public func accountable(for duty: ServiceDuty) -> [ServicePerson] {
    headFirst(organizer.filter { $0.accountable.contains(duty) }) + headFirst(host.filter { $0.accountable.contains(duty) })
  }

  private func headFirst(_ people: [ServicePerson]) -> [ServicePerson] {
    people.filter(\.isLead) + people.filter { !$0.isLead }
  }

  /// What the groups tell, as the facts that rules ask for. A group without any duty lacks its 责任分工 and so leaves
  /// that part open; a duty that nobody has leaves its fact open.
  public var facts: [FactKey: RecordedFact] {
    var facts: [FactKey: RecordedFact] = [:]
    for side in ServiceSide.allCases {
      let people = headFirst(people(of: side))
      guard !people.isEmpty else { continue }
      let duties = side.duties.compactMap { duty -> String? in
        let names = self.people(for: duty, of: side).map(\.name)
        return names.isEmpty ? nil : "\(duty.name.chinese)：\(names.joined(separator: "、"))"
      }
      facts[side.group] = RecordedFact(
        value: duties.isEmpty ? nil : duties.joined(separator: "；"),
        person: people.map { $0.isLead ? "\($0.name)（组长）" : $0.name }.joined(separator: "、"))
    }
    for duty in ServiceDuty.allCases {
      facts[duty.fact] = named(people(for: duty, of: duty.side))
      if let key = duty.accountability { facts[key] = named(accountable(for: duty)) }
    }
    return facts
  }

  private func named(_ people: [ServicePerson]) -> RecordedFact? {
    guard !people.isEmpty else { return nil }
    return RecordedFact(
      number: people.map(\.telephone).joined(separator: "、"), person: people.map(\.name).joined(separator: "、"))
  }
}
