/// What a template makes of a stay.
public struct RotaPlan: Sendable, Hashable {
  public struct Planned: Sendable, Hashable {
    public var person: ID
    public var duty: Duty
    public var from: Instant
    public var until: Instant
  }

  public var shifts: [Planned] = []
  /// Names of the template that nobody, or more than one, on the roster has.
  public var unknown: [String] = []

  /// - Parameters:
  ///   - people: the roster; whoever has left is not on it.
  ///   - days: how many days the stay has.
  public init(_ lines: [RotaLine], people: [RotaPerson], firstDay: Day, days: Int, time: LocalTime) {
    let byName = Dictionary(grouping: people.filter { !$0.hasLeft }, by: \.name)
    for line in lines {
      var turn = 0
      for day in stride(from: line.first - 1, to: days, by: max(1, line.every)) {
        guard day >= 0, !line.people.isEmpty else { break }
        let name = line.people[turn % line.people.count]
        turn += 1
        if let found = byName[name], found.count == 1 {
          let from = time.instant(firstDay + day, minute: line.from)
          shifts.append(Planned(person: found[0].id, duty: line.duty, from: from, until: from + .minutes(line.minutes)))
        } else if !unknown.contains(name) {
          unknown.append(name)
        }
        if line.every == 0 { break }
      }
    }
    shifts.sort { ($0.from, $0.duty.rawValue) < ($1.from, $1.duty.rawValue) }
  }
}

private struct RotaHours: Hashable {
  let duty: Duty
  let from: Int
  let until: Int
}

extension [RotaLine] {
  /// The fewest lines that a stay's shifts can be written in: who is on every day, who take turns day by day, who every so
  /// many days, and single days for the rest.
  public init(of shifts: [RotaTime], people: [RotaPerson], firstDay: Day, days: Int, time: LocalTime) {
    let names = Dictionary(people.map { ($0.id, $0.name) }) { first, _ in first }
    var groups: [RotaHours: [Int: [String]]] = [:]
    for shift in shifts {
      let day = time.day(of: shift.from) - firstDay
      guard (0..<days).contains(day), let name = names[shift.person] else { continue }
      let hours = RotaHours(duty: shift.duty, from: time.minute(of: shift.from), until: time.minute(of: shift.until))
      groups[hours, default: [:]][day, default: []].append(name)
    }
    var lines: [RotaLine] = []
    for (hours, byDay) in groups {
      func line(_ every: Int, _ first: Int, _ people: [String]) {
        lines.append(RotaLine(duty: hours.duty, from: hours.from, until: hours.until, every: every, first: first, people: people))
      }
      let turns = (0..<days).map { byDay[$0] ?? [] }
      if turns.allSatisfy({ $0.count == 1 }) {
        let order = turns.map { $0[0] }
        let period = (1...order.count).first { period in order.indices.allSatisfy { order[$0] == order[$0 % period] } } ?? order.count
        line(1, 1, Array<String>(order[..<period]))
        continue
      }
      for name in Set(byDay.values.joined()).sorted() {
        let own = turns.indices.filter { turns[$0].contains(name) }
        let step = own.count > 1 ? own[1] - own[0] : 0
        if step > 0, own == Array<Int>(stride(from: own[0], to: days, by: step)) {
          line(step, own[0] + 1, [name])
        } else {
          for day in own { line(0, day + 1, [name]) }
        }
      }
    }
    self = lines.sorted { left, right in
      let order = Duty.allCases
      return (order.firstIndex(of: left.duty) ?? 0, left.from, left.first, left.people.first ?? "")
        < (order.firstIndex(of: right.duty) ?? 0, right.from, right.first, right.people.first ?? "")
    }
  }
}
