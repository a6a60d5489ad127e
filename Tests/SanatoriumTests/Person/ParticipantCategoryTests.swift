import Sanatorium
import Testing

struct ParticipantCategoryTests {
  @Test(
    "what a list says in words leaves the house as a code",
    arguments: [
      ("离休干部", ParticipantCategory.veteran), ("退休干部", .retired), ("军休干部", .retired), ("退休三级军士长", .sergeant),
      ("退休士官", .sergeant), ("无军籍退休职工", .civilian), ("", .unknown), ("  ", .unknown), ("患糖尿病，随妻同来", .other),
    ])
  func codes(words: String, category: ParticipantCategory) {
    #expect(ParticipantCategory(words) == category)
  }
}
