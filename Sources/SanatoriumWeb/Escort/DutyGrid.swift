internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// The week by duty and hours, days across; a cell in which somebody is missing, or will serve too long, is hatched.
struct DutyGrid {
  /// A row: one duty with its hours. Medical escorts stand apart from the others.
  fileprivate struct Line: Hashable {
    let duty: Duty
    let isMedical: Bool
    let from: Int
    let until: Int
  }

  private let context: Context
  private let days: [Day]
  private let first: Day
  private let shifts: [Shift]
  private let problems: [RotaProblem]
  private let names: [ID: String]
  private let plans: Bool
  private let lines: [Line]
  private let standIns: [ID: Shift]

  init(_ context: Context, _ days: [Day], _ shifts: [Shift], _ problems: [RotaProblem], _ names: [ID: String], _ plans: Bool) {
    self.context = context
    self.days = days
    first = days.first ?? context.today
    self.shifts = shifts
    self.problems = problems
    self.names = names
    self.plans = plans
    standIns = Dictionary(shifts.compactMap { shift in shift.standsInFor.map { ($0, shift) } }) { first, _ in first }
    let time = context.time
    let order: [Duty] = [.dutyLead, .medicalLead, .escort, .facilityHead, .organizerLead, .security, .reception, .logistics]
    lines = Set(shifts.filter { $0.standsInFor == nil }.map { Line($0, time) }).sorted { left, right in
      func rank(_ line: Line) -> (Int, Int, Int, Int) {
        (order.firstIndex(of: line.duty) ?? order.count, line.isMedical ? 0 : 1, line.from, line.until)
      }
      return rank(left) < rank(right)
    }
  }

  func draw(_ h: HTML) {
    let say = context.say
    h.section(say("一周", "The week")) {
      h.table(
        say("一周班表，带斜纹的格子要处理", "The week; hatched cells need somebody"),
        [Column(say("岗位", "Duty"))] + days.map { Column(context.day($0), isCurrent: $0 == context.today) }, showsCaption: false, names: "plan"
      ) {
        for line in lines {
          h.row {
            head(h, line.title(context.language), hours(line))
            for day in days { cell(h, line, day) }
          }
        }
        for kind in [RotaProblem.Kind.noLead, .noMedical] { unseen(h, kind) }
      }
    }
  }

  private func head(_ h: HTML, _ title: String, _ hours: String) {
    h.el("th", .of("scope", "row")) {
      h.text(title)
      h.span("m s blk", hours)
    }
  }

  private func hours(_ line: Line) -> String {
    func two(_ minute: Int) -> String { "\(minute / 60 < 10 ? "0" : "")\(minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)" }
    return "\(two(line.from))–\(two(line.until))"
  }

  private func cell(_ h: HTML, _ line: Line, _ day: Day) {
    let here = shifts.filter { $0.standsInFor == nil && Line($0, context.time) == line && context.time.day(of: $0.startsAt) == day }
    let served = here.flatMap(chain)
    let start = context.time.instant(day, minute: line.from)
    let end = start + .minutes(line.until > line.from ? line.until - line.from : line.until + 1440 - line.from)
    let gap = here.isEmpty ? line.gapKind.flatMap { kind in problems.first { $0.kind == kind && $0.from < end && $0.until > start } } : nil
    let trouble = problems.first { problem in problem.shift.map { id in served.contains { $0.id == id } } ?? false }
    if let gap {
      h.el("td", .class("gap bad")) {
        missing(h, target: plans ? context.repair(gap) : nil, context.say("缺人", "Nobody"))
      }
      return
    }
    let isPast = end <= context.site.store.now
    func content() {
      if here.isEmpty { h.text("–") }
      if here.count > 4 {
        h.p { h.a("/shifts?from=\(first)&by=person", text: context.say("\(here[0].name)等 \(here.count) 人", "\(here[0].name) and \(here.count - 1) more")) }
      } else {
        for shift in here { person(h, shift) }
      }
      if let trouble { h.mark(trouble.weight.state, trouble.kind.short(context.language), size: "s") }
    }
    if let trouble {
      if trouble.weight == .hard { h.el("td", .class("gap bad"), content: content) } else { h.el("td", .class("gap late"), content: content) }
    } else if isPast {
      h.el("td", .class("past"), content: content)
    } else {
      h.el("td", content: content)
    }
  }

  /// A shift and whoever takes it over, one after the other.
  private func chain(_ shift: Shift) -> [Shift] { [shift] + (standIns[shift.id].map(chain) ?? []) }

  private func person(_ h: HTML, _ shift: Shift) {
    let all = chain(shift)
    for (index, one) in all.enumerated() {
      h.p {
        h.a("/shifts/\(one.id)", "link") {
          if one.isServed { h.text(one.name) } else { h.el("del", text: one.name) }
        }
        if index > 0 { h.span("m s blk", context.say("替\(all[index - 1].name)", "for \(all[index - 1].name)")) }
        if one.isTakenOver, one.isServed { h.span("m s blk", context.say("到 \(context.clock(one.until))", "until \(context.clock(one.until))")) }
      }
    }
  }

  private func missing(_ h: HTML, target: String?, _ words: String) {
    guard let target else { return h.mark(.critical, words) }
    h.a(target) {
      h.mark(.critical, words)
      h.span("s", context.say("找人顶班", "Find somebody"))
    }
  }

  /// Gaps at hours that no row of the grid has.
  private func unseen(_ h: HTML, _ kind: RotaProblem.Kind) {
    let rows = lines.filter { $0.gapKind == kind }
    func isShown(_ gap: RotaProblem) -> Bool {
      rows.contains { line in
        days.contains { day in
          let start = context.time.instant(day, minute: line.from)
          let end = start + .minutes(line.until > line.from ? line.until - line.from : line.until + 1440 - line.from)
          let isEmpty = !shifts.contains { $0.standsInFor == nil && Line($0, context.time) == line && context.time.day(of: $0.startsAt) == day }
          return isEmpty && gap.from < end && gap.until > start
        }
      }
    }
    let gaps = problems.filter { $0.kind == kind && !isShown($0) }
    guard gaps.contains(where: { gap in days.contains { parts(gap, $0) != nil } }) else { return }
    h.row {
      head(
        h, kind == .noLead ? context.say("值班负责人", "Duty lead") : context.say("随行医护", "Medical escort"), context.say("没排到的钟点", "Hours not planned"))
      for day in days {
        let here = gaps.compactMap { gap in parts(gap, day).map { (gap, $0) } }
        if here.isEmpty {
          h.td("–")
        } else {
          h.el("td", .class("gap bad")) {
            for (gap, hours) in here { missing(h, target: plans ? context.repair(gap) : nil, hours) }
          }
        }
      }
    }
  }

  /// The hours of a gap on one day, `20:00–24:00`.
  private func parts(_ gap: RotaProblem, _ day: Day) -> String? {
    let (start, end) = (context.time.instant(day, minute: 0), context.time.instant(day + 1, minute: 0))
    let (from, until) = (max(gap.from, start), min(gap.until, end))
    guard from < until else { return nil }
    return "\(context.clock(from))–\(until == end ? "24:00" : context.clock(until))"
  }
}

extension DutyGrid.Line {
  fileprivate init(_ shift: Shift, _ time: LocalTime) {
    self.init(
      duty: shift.duty, isMedical: shift.duty == .escort && shift.kind == .medical, from: time.minute(of: shift.startsAt),
      until: time.minute(of: shift.endsAt))
  }

  fileprivate func title(_ language: Language) -> String {
    isMedical ? Text("随行医护", "Medical escort")(language) : duty.name(language)
  }

  /// What is wrong where nobody stands here.
  fileprivate var gapKind: RotaProblem.Kind? {
    if duty == .dutyLead { return .noLead }
    return isMedical ? .noMedical : nil
  }
}

extension RotaProblem.Kind {
  /// A word or two, for a cell of the grid.
  func short(_ language: Language) -> String {
    let words =
      switch self {
      case .twoShifts: Text("同时两班", "Two at once")
      case .onOuting: Text("那时在外出", "On an outing")
      case .hasLeft: Text("人已离开", "Has left")
      case .noLead, .noMedical: Text("缺人", "Nobody")
      case .notMedical: Text("不是医护", "Not medical")
      case .unreachable: Text("没有账号", "No account")
      case .unlicensed: Text("没有执业证", "No licence")
      case .licenceExpired: Text("执业证过期", "Licence ended")
      case .licenceExpires: Text("执业证要到期", "Licence ends")
      case .outingShort: Text("随队不够", "Too few")
      case .long: Text("连上太久", "Too long")
      case .shortRest: Text("歇得太少", "Short rest")
      }
    return words(language)
  }
}
