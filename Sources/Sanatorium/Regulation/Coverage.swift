/// People at one place at one moment: participants in the host's care there, held ones included (reading Q6), and
/// escorts sent with the batch, host employees not among them (reading Q5).
public struct CoverageCount: Hashable, Sendable {
  public var participants: Int
  public var general: Int
  public var medical: Int

  public init(participants: Int = 0, general: Int = 0, medical: Int = 0) {
    self.participants = participants
    self.general = general
    self.medical = medical
  }

  public static func + (left: CoverageCount, right: CoverageCount) -> CoverageCount {
    CoverageCount(
      participants: left.participants + right.participants, general: left.general + right.general,
      medical: left.medical + right.medical)
  }

  public static func - (left: CoverageCount, right: CoverageCount) -> CoverageCount {
    CoverageCount(
      participants: left.participants - right.participants, general: left.general - right.general,
      medical: left.medical - right.medical)
  }
}

/// What a regulation asks of the escorts for some people, and whether it holds.
public struct Coverage: Hashable, Sendable {
  public let count: CoverageCount
  /// Nil when the regulation sets no ratio or nobody is there.
  public let verdict: RatioLimit.Verdict?
  /// The rule that asks for the ratio, with its clause; nil when none does.
  public let ratioRule: Rule?
  /// Least number of medical escorts; nil when the regulation sets none or the place isn't the whole batch.
  public let medicalNeeded: Int?
  public let medicalRule: Rule?

  /// Fewer escorts than the ratio asks.
  public var isShort: Bool { verdict?.position == .below }
  /// Fewer medical escorts than the rule asks.
  public var lacksMedical: Bool { medicalNeeded.map { count.medical < $0 } ?? false }
  public var holds: Bool { !isShort && !lacksMedical }
  /// How many more escorts are needed; 0 when the floor holds.
  public var missing: Int { verdict.map { max(0, $0.fewest - $0.staff) } ?? 0 }
}

extension Regulation {
  /// The coverage of people at a place. The whole batch is asked for its medical escorts as well; a part of it, the house
  /// without an outing or an outing, for the ratio alone, since the clauses on medical escorts speak of the batch.
  public func coverage(of count: CoverageCount, isWhole: Bool) -> Coverage {
    let somebody = count.participants > 0
    let medical = isWhole && somebody ? parameters.medicalEscorts : nil
    return Coverage(
      count: count,
      verdict: somebody
        ? parameters.ratio?.verdict(
          participants: count.participants, general: count.general, medical: count.medical) : nil,
      ratioRule: parameters.ratio == nil ? nil : daily(.ratioFloor), medicalNeeded: medical,
      medicalRule: medical == nil ? nil : daily(.medicalEscorts))
  }

  /// The first rule that runs such a check every day.
  private func daily(_ kind: CheckKind) -> Rule? {
    rules.first { rule in rule.checks.contains { $0.kind == kind && $0.gates.contains(.daily) } }
  }
}
