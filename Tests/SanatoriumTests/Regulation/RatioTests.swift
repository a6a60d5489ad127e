import Sanatorium
import Testing

@Suite("Ratios")
struct RatioTests {
  static let innerMongolia = RatioLimit(participantsPerEscort: 10, medical: .excluded)
  static let jining = RatioLimit(
    participantsPerEscort: 10, participantsPerEscortAtLeast: 5, medical: .countedWithWarning)
  static let weihai = RatioLimit(participantsPerEscort: 10, participantsPerEscortAtLeast: 5, medical: .counted)

  @Test("Q1: each begun ten needs one", arguments: [(0, 0), (1, 1), (9, 1), (10, 1), (11, 2), (23, 3), (100, 10)])
  func fewest(participants: Int, escorts: Int) {
    #expect(Self.innerMongolia.fewest(for: participants) == escorts)
  }

  @Test("Q2: Inner Mongolia sets no maximum")
  func noMaximum() {
    #expect(Self.innerMongolia.most(for: 10) == nil)
    #expect(Self.innerMongolia.verdict(participants: 10, general: 3, medical: 0).position == .within)
  }

  @Test("Q3: medical escorts count as the text says")
  func medical() {
    #expect(Self.innerMongolia.verdict(participants: 20, general: 1, medical: 1).position == .below)
    let weihai = Self.weihai.verdict(participants: 20, general: 1, medical: 1)
    #expect(weihai.position == .within && !weihai.holdsOnlyByMedical)
    let jining = Self.jining.verdict(participants: 20, general: 1, medical: 1)
    #expect(jining.position == .within && jining.holdsOnlyByMedical)
    #expect(!Self.jining.verdict(participants: 20, general: 2, medical: 1).holdsOnlyByMedical)
  }

  @Test(
    "Q4: 1:5 to 1:10",
    arguments: [
      (20, 2, RatioLimit.Verdict.Position.within), (20, 4, .within), (20, 1, .below), (20, 5, .above), (3, 1, .within),
      (3, 2, .above), (4, 0, .below), (12, 2, .within), (0, 1, .within),
    ])
  func both(participants: Int, escorts: Int, position: RatioLimit.Verdict.Position) {
    #expect(Self.weihai.verdict(participants: participants, general: escorts, medical: 0).position == position)
  }

  @Test("for every number of participants some number of escorts fits")
  func alwaysPossible() {
    for participants in 1...300 {
      let fewest = Self.jining.fewest(for: participants)
      #expect(fewest <= Self.jining.most(for: participants) ?? 0)
    }
  }
}
