import Sanatorium
import Testing

@Suite("Identity numbers")
struct IdentityNumberTests {
  @Test(
    "sound numbers tell birth and sex",
    arguments: [
      ("99010119450101008X", "1945-01-01", Sex.female), ("990101194501010020", "1945-01-01", .female),
      ("990101194501010047", "1945-01-01", .female), ("11010519491231002X", "1949-12-31", .female),
      ("440524188001010014", "1880-01-01", .male),
      ("999909196105053709", "1961-05-05", .female),
    ])
  func sound(text: String, birth: String, sex: Sex) throws {
    let number = try IdentityNumber(text)
    #expect(number.digits == text)
    #expect(number.birth.description == birth)
    #expect(number.sex == sex)
    #expect(!number.isOldForm)
  }

  @Test(
    "a changed last character is refused with the right one",
    arguments: ["99010119450101008X", "990101194501010020", "990101194501010047"])
  func lastCharacter(text: String) {
    for last in "0123456789X" where last != text.last {
      let changed = String(text.dropLast()) + String(last)
      #expect(throws: IdentityNumberFault.checkCharacter(expected: text.last ?? " ", found: last)) {
        try IdentityNumber(changed)
      }
    }
  }

  @Test("a lower-case x and spaces are taken")
  func lowerCase() throws {
    #expect(try IdentityNumber(" 990101 19450101 008x ").digits == "99010119450101008X")
  }

  @Test("a day that does not exist is refused")
  func noSuchDay() {
    #expect(throws: IdentityNumberFault.noSuchDay("19450230")) { try IdentityNumber("990101194502300080") }
    #expect(throws: IdentityNumberFault.noSuchDay("19451301")) { try IdentityNumber("990101451301008") }
  }

  @Test("other lengths and other characters are refused")
  func malformed() {
    #expect(throws: IdentityNumberFault.length(17)) { try IdentityNumber("99010119450101008") }
    #expect(throws: IdentityNumberFault.length(0)) { try IdentityNumber("") }
    #expect(throws: IdentityNumberFault.characters) { try IdentityNumber("9901011945010100AX") }
    #expect(throws: IdentityNumberFault.characters) { try IdentityNumber("X90101194501010080") }
    #expect(throws: IdentityNumberFault.characters) { try IdentityNumber("99010145010100X") }
    #expect(throws: IdentityNumberFault.length(18)) { try IdentityNumber("９９０１０１１９４５０１０１００８０") }
  }

  @Test("15 digits are the same person's old form")
  func oldForm() throws {
    let old = try IdentityNumber("990101450101008")
    let new = try IdentityNumber("99010119450101008X")
    #expect(old.isOldForm)
    #expect(old.digits == new.digits)
    #expect(old.birth == new.birth && old.sex == new.sex)
  }

  @Test("printing shows first six and last four only")
  func masked() throws {
    let number = try IdentityNumber("99010119450101008X")
    #expect("\(number)" == "990101********008X")
    #expect(!"\(number)".contains("1945"))
  }
}
