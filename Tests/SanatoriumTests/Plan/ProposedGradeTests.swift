import Sanatorium
import Testing

@Suite("The grade that kind and harm propose")
struct ProposedGradeTests {
  @Test("the graver of the two holds, as the criteria of each grade say")
  func graver() {
    #expect(FacilityGrade.proposed(for: .fall, harm: .none) == .fourth)
    #expect(FacilityGrade.proposed(for: .fall, harm: .mild) == .fourth)
    #expect(FacilityGrade.proposed(for: .fall, harm: .moderate) == .third)
    #expect(FacilityGrade.proposed(for: .fall, harm: .severe) == .second)
    #expect(FacilityGrade.proposed(for: .fire, harm: .none) == .second)
    #expect(FacilityGrade.proposed(for: .missing, harm: .none) == .third)
    #expect(FacilityGrade.proposed(for: .suddenDeath, harm: .none) == .first)
  }

  @Test("a death is of the first grade, whatever it came of", arguments: IncidentKind.allCases)
  func death(kind: IncidentKind) {
    #expect(FacilityGrade.proposed(for: kind, harm: .death) == .first)
  }
}
