import Sanatorium
import Testing

@Suite("Ages and days")
struct BirthDateTests {
  @Test(
    "age is counted in completed years on the day, 29 February completing on the 28th",
    arguments: [
      ("1946-05-01", "2026-05-01", 80), ("1946-05-02", "2026-05-01", 79), ("1945-04-30", "2026-05-01", 81),
      ("1944-02-29", "2025-02-28", 81), ("1944-02-29", "2025-02-27", 80), ("1944-02-29", "2024-02-28", 79),
      ("1944-02-29", "2024-02-29", 80), ("2026-05-01", "2026-05-01", 0),
    ])
  func age(birth: String, on day: String, years: Int) throws {
    let birth = try #require(BirthDate(birth))
    let day = try #require(Day(day))
    #expect(birth.age(on: day) == years...years)
  }

  @Test("a birth after the day has no age")
  func unborn() throws {
    #expect(try #require(BirthDate("2026-05-02")).age(on: #require(Day("2026-05-01"))) == nil)
  }

  @Test(
    "a month of birth leaves two ages near the birthday",
    arguments: [
      ("1946-05", "2026-05-15", 79...80), ("1946-05", "2026-05-31", 80...80), ("1946-06", "2026-05-31", 79...79),
    ])
  func month(birth: String, on day: String, years: ClosedRange<Int>) throws {
    #expect(try #require(BirthDate(birth)).age(on: #require(Day(day))) == years)
  }

  @Test("dates that don't exist are no births", arguments: ["1946-13", "1951-02-30", "46-05", "1946", ""])
  func noDate(text: String) { #expect(BirthDate(text) == nil) }

  @Test("both travel days count")
  func stay() throws {
    let first = try #require(Day("2026-06-01"))
    #expect(first.days(through: try #require(Day("2026-06-07"))) == 7)
    #expect(first.days(through: try #require(Day("2026-06-08"))) == 8)
    #expect(first.days(through: first) == 1)
  }

  @Test(
    "months later is the same day, or the month's last",
    arguments: [
      ("2026-01-31", 1, "2026-02-28"), ("2024-02-29", 12, "2025-02-28"), ("2026-03-15", -12, "2025-03-15"),
      ("2026-01-10", -1, "2025-12-10"),
    ])
  func months(from: String, months: Int, to: String) throws {
    #expect(try #require(Day(from)).adding(months: months) == Day(to))
  }
}
