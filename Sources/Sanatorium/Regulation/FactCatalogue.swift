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

  private static let labels: [FactKey: Text] = byKey.mapValues(\.label)

  /// The columns of lists that feed facts, for a list that has all of them.
  public static let rosterColumns: Set<FactColumn> = Set(
    participantFacts.flatMap { fact in fact.parts.filter { $0.column != nil }.map { FactColumn(fact.key, $0.part) } })
}
