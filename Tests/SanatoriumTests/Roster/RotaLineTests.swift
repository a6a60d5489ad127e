import Sanatorium
import Testing

@Suite("Rota templates")
struct RotaLineTests {
  private let time = LocalTime.china
  private let first = Day("2026-06-01")!

  @Test(
    "a line is read as it is written, in both languages",
    arguments: [
      RotaLine(duty: .dutyLead, from: 480, until: 1200, people: ["周敏", "李桂芳"]),
      RotaLine(duty: .escort, from: 1200, until: 480, every: 2, first: 3, people: ["娜仁"]),
      RotaLine(duty: .medicalLead, from: 0, until: 0, every: 0, first: 7, people: ["何一鸣"]),
      RotaLine(duty: .organizerLead, from: 510, until: 1050, every: 1, first: 2, people: ["白露", "孛儿只斤·巴特尔"]),
      RotaLine(duty: .security, from: 480, until: 1200, every: 3, people: ["石磊"]),
    ])
  func words(line: RotaLine) throws {
    for language in Language.allCases { #expect(try RotaLine.read(line.words(language)).get() == line, "\(line.words(language))") }
  }

  @Test(
    "a line may be written as people do",
    arguments: ["值班负责人08:00-20:00每天:周敏，李桂芳", "  值班负责人 8:00 到 20:00：周敏 、 李桂芳", "duty-lead 08:00~20:00 daily：周敏/李桂芳"])
  func loose(text: String) throws {
    #expect(try RotaLine.read(text).get() == RotaLine(duty: .dutyLead, from: 480, until: 1200, people: ["周敏", "李桂芳"]))
  }

  @Test(
    "what can't be read says what is wrong",
    arguments: [
      ("值班负责人 08:00–20:00 每天 周敏", "写成"), ("门卫 08:00–20:00：周敏", "开头"), ("值班负责人 8点到20点：周敏", "钟点"), ("值班负责人 08:00–25:00：周敏", "钟点"), ("值班负责人 08:00–20:00：", "名字"),
    ])
  func faults(text: String, says: String) {
    guard case .failure(let fault) = RotaLine.read(text) else {
      Issue.record("\(text) was read")
      return
    }
    #expect(fault.message.chinese.contains(says))
  }

  @Test("names take turns; every other day, from a day on, one day alone; an unknown name makes nothing")
  func plan() {
    let people = ["周敏", "李桂芳", "陈立"].map { RotaPerson(id: .random(), name: $0) }
    let lines = [
      RotaLine(duty: .dutyLead, from: 1200, until: 480, people: ["周敏", "李桂芳"]),
      RotaLine(duty: .reception, from: 480, until: 1200, every: 2, first: 2, people: ["陈立"]),
      RotaLine(duty: .security, from: 480, until: 1200, every: 0, first: 3, people: ["没有的人"]),
    ]
    let plan = RotaPlan(lines, people: people, firstDay: first, days: 5, time: time)
    let leads = plan.shifts.filter { $0.duty == .dutyLead }
    #expect(leads.map(\.person) == [0, 1, 0, 1, 0].map { people[$0].id })
    #expect(leads[0].from == time.instant(first, minute: 1200) && leads[0].until == time.instant(first + 1, minute: 480))
    #expect(plan.shifts.filter { $0.duty == .reception }.map(\.from) == [1, 3].map { time.instant(first + $0, minute: 480) })
    #expect(plan.unknown == ["没有的人"])
  }

  @Test("the lines made of a rota plan that rota again")
  func back() {
    let people = ["周敏", "李桂芳", "陈立", "娜仁"].map { RotaPerson(id: .random(), name: $0) }
    let lines = [
      RotaLine(duty: .dutyLead, from: 480, until: 1200, people: ["周敏", "李桂芳", "陈立"]),
      RotaLine(duty: .escort, from: 480, until: 1200, people: ["周敏"]), RotaLine(duty: .escort, from: 480, until: 1200, people: ["娜仁"]),
      RotaLine(duty: .reception, from: 480, until: 1200, every: 3, first: 2, people: ["陈立"]),
      RotaLine(duty: .security, from: 60, until: 1200, every: 0, first: 4, people: ["李桂芳"]),
    ]
    let plan = RotaPlan(lines, people: people, firstDay: first, days: 7, time: time)
    let times = plan.shifts.map { RotaTime(shift: .random(), person: $0.person, duty: $0.duty, from: $0.from, until: $0.until) }
    let made = [RotaLine](of: times, people: people, firstDay: first, days: 7, time: time)
    #expect(Set(RotaPlan(made, people: people, firstDay: first, days: 7, time: time).shifts) == Set(plan.shifts))
    #expect(made.count == lines.count)
  }

  @Test(
    "a telephone that can be called, and what can't",
    arguments: [
      ("13800000001", true), ("0471-6920001", true), ("+86 138 0000 0001", true), ("０４７１－６９２０００１转8012", true), ("8012", false), ("问前台", false), ("", false),
      ("1234567890123456", false),
    ])
  func telephone(text: String, can: Bool) { #expect(Telephone.canBeDialled(text) == can) }
}
