import Packs
import Sanatorium
import Testing

@Suite("Planned rounds")
struct RoundTests {
  @Test("a round opens, is due and is overdue at its minutes, on the facility's day")
  func states() throws {
    let round = try #require(try Packs.health("cn-elder-2026").rounds.first)
    let day = try #require(Day("2026-06-08"))
    let times = round.times(on: day, in: .china)
    #expect(LocalTime.china.clock(times.opens) == "07:00")
    #expect(LocalTime.china.clock(times.overdue) == "09:30")
    func state(_ clock: Int, _ second: Int = 0) -> RoundState {
      times.state(at: LocalTime.china.instant(day, minute: clock) + .seconds(second))
    }
    #expect(state(419, 59) == .closed && state(420) == .open)
    #expect(state(479, 59) == .open && state(480) == .due)
    #expect(state(569, 59) == .due && state(570) == .overdue)
  }

  @Test("a follow-up is open at once and late after a quarter more")
  func followUp() {
    let start = Instant(milliseconds: 0)
    let times = RoundTimes.followUp(after: start, minutes: 60)
    #expect(times.state(at: start) == .open)
    #expect(times.due == start + .minutes(60) && times.overdue == start + .minutes(75))
    #expect(RoundTimes.followUp(after: start, minutes: 1).overdue == start + .minutes(2))
  }
}
