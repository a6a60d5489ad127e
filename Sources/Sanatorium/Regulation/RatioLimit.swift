/// How many escorts a regulation asks for n participants.
public struct RatioLimit: Hashable, Sendable, Codable {
  /// One escort for at most so many participants: 10 in 1:10.
  public let participantsPerEscort: Int
  /// And not more than one for so few: 5 in 1:5; nil when there is no upper limit (reading Q2).
  public let participantsPerEscortAtLeast: Int?
  public let medical: MedicalCount

  /// Whether medical escorts count (reading Q3).
  public enum MedicalCount: String, Sendable, CaseIterable, Codable {
    case counted
    case excluded
    /// The text doesn't say: they count, with a remark when the floor holds only thanks to them.
    case countedWithWarning = "counted_with_warning"
  }

  public init(participantsPerEscort: Int, participantsPerEscortAtLeast: Int? = nil, medical: MedicalCount) {
    self.participantsPerEscort = participantsPerEscort
    self.participantsPerEscortAtLeast = participantsPerEscortAtLeast
    self.medical = medical
  }

  /// Fewest escorts: ⌈n/10⌉, which is also 不足10人按照10人计算 (reading Q1).
  public func fewest(for participants: Int) -> Int {
    participants <= 0 ? 0 : (participants + participantsPerEscort - 1) / participantsPerEscort
  }

  /// Most escorts: ⌊n/5⌋, at least the fewest, so that one escort for three people passes (reading Q4); nil when the
  /// regulation sets no upper limit or nobody is there.
  public func most(for participants: Int) -> Int? {
    guard let atLeast = participantsPerEscortAtLeast, participants > 0 else { return nil }
    return max(participants / atLeast, fewest(for: participants))
  }

  /// The verdict on distinct people.
  public func verdict(participants: Int, general: Int, medical: Int) -> Verdict {
    let staff = self.medical == .excluded ? general : general + medical
    let fewest = fewest(for: participants)
    let most = most(for: participants)
    let position: Verdict.Position =
      if staff < fewest { .below } else if let most, staff > most { .above } else { .within }
    return Verdict(
      participants: participants, staff: staff, fewest: fewest, most: most, position: position,
      holdsOnlyByMedical: self.medical == .countedWithWarning && position != .below && general < fewest)
  }

  /// What counting found.
  public struct Verdict: Hashable, Sendable {
    public enum Position: Sendable { case below, within, above }
    public let participants: Int
    /// Those who count under this regulation.
    public let staff: Int
    public let fewest: Int
    public let most: Int?
    public let position: Position
    /// Without medical escorts the floor would not hold, and the regulation doesn't say that they count.
    public let holdsOnlyByMedical: Bool
  }
}
