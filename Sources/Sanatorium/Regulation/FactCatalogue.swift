/// Every fact that a rule can ask for.
public enum FactCatalogue {
  public static let all: [FactDefinition] = participantFacts + batchFacts

  private static let byKey: [FactKey: FactDefinition] = Dictionary(
    all.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })

  /// The definition of a fact, nil for a key that no rule knows.
  public static subscript(key: FactKey) -> FactDefinition? { byKey[key] }

  static func scope(of key: FactKey) -> FactDefinition.Scope? { byKey[key]?.scope }

  /// The label of a fact, or its key when no definition has it.
  public static func label(_ key: FactKey) -> Text { labels[key] ?? Text(verbatim: key.rawValue) }

  private static let labels: [FactKey: Text] = byKey.mapValues(\.label).merging(computed) { recorded, _ in recorded }

  /// What is counted or worked out, and stands in results alone.
  private static let computed: [FactKey: Text] = [
    .age: Text("年龄", "Age"), .birth: Text("出生日期", "Date of birth"), .days: Text("天数", "Days"),
    .firstDay: Text("报到日", "First day"), .lastDay: Text("最后一天", "Last day"),
    .plannedParticipants: Text("计划人数", "Planned number"), .admittedParticipants: Text("已接收人数", "Admitted so far"),
    .presentParticipants: Text("在院人数", "Present"), .escorts: Text("服务保障人员", "Escorts"),
    .medicalEscorts: Text("随行医护", "Medical escorts"), .medicalLicence: Text("执业证", "Medical licence"),
    .activities: Text("活动", "Activities"),
  ]

  /// The columns of lists that feed facts, for a list that has all of them.
  public static let rosterColumns: Set<FactColumn> = Set(
    participantFacts.flatMap { fact in fact.parts.filter { $0.column != nil }.map { FactColumn(fact.key, $0.part) } })
}
