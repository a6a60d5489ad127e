import Packs
import Sanatorium
import Testing

/// A generator that gives the same history at each run.
private struct Dice: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

@Suite("Coverage at every moment")
struct CoverageTimelineTests {
  static let time = LocalTime.china
  static let first = Day("2026-06-08")!
  static let outings = (1...3).map { ID(high: 7, low: UInt64($0)) }

  static func at(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Instant {
    time.instant(first + (day - 1), minute: hour * 60 + minute)
  }

  private func stay(
    _ person: Int64, _ role: CoverageStay.Role, _ place: CoverageStay.Place, _ from: Instant, _ until: Instant? = nil
  ) -> CoverageStay {
    CoverageStay(person: person, role: role, place: place, from: from, until: until)
  }

  private func stay(_ person: Int64, _ role: CoverageStay.Role, _ from: Instant, _ until: Instant? = nil) -> CoverageStay {
    stay(person, role, .house, from, until)
  }

  @Test("an escort gone for an hour is a breach of that hour, with the clause and the figures at its worst")
  func hour() throws {
    let nm = try Packs.regulation("nm-2023")
    var stays = (1...12).map { stay($0, .participant, Self.at(1, 14)) }
    stays += [stay(1, .general, Self.at(1, 8)), stay(3, .medical, Self.at(1, 8))]
    stays += [stay(2, .general, Self.at(1, 8), Self.at(2, 9)), stay(2, .general, Self.at(2, 10))]
    let timeline = CoverageTimeline(stays, from: Self.at(1, 0), until: Self.at(3, 12), under: nm)
    let breach = try #require(timeline.breaches.first)
    #expect(timeline.breaches.count == 1 && breach.place == .whole && breach.rule.id == "NM11")
    #expect(breach.from == Self.at(2, 9) && breach.until == Self.at(2, 10))
    #expect(breach.worst.verdict?.staff == 1 && breach.worst.verdict?.fewest == 2)
    let days = timeline.days(Self.time)
    #expect(days.map(\.day) == [Self.first, Self.first + 1, Self.first + 2])
    #expect(days.map(\.holds) == [true, false, true])
    #expect(days[1].whole?.from == Self.at(2, 9) && days[1].whole?.staff == 1)
    #expect(days[2].whole?.from == Self.at(3, 0), "what stands overnight stands from midnight on")
  }

  @Test("an outing is a place of its own, and so is the house while it is away; one step moves everybody at once")
  func outing() throws {
    let nm = try Packs.regulation("nm-2023")
    let place = CoverageStay.Place.outing(Self.outings[0])
    var stays: [CoverageStay] = []
    for person in Int64(1)...12 {
      guard person <= 5 else {
        stays.append(stay(person, .participant, Self.at(1, 8)))
        continue
      }
      stays += [stay(person, .participant, Self.at(1, 8), Self.at(1, 9)), stay(person, .participant, place, Self.at(1, 9), Self.at(1, 11))]
      stays.append(stay(person, .participant, person == 5 ? .missing : .house, Self.at(1, 11)))
    }
    stays += [stay(1, .general, Self.at(1, 8)), stay(2, .medical, Self.at(1, 8))]
    stays += [stay(3, .general, Self.at(1, 8), Self.at(1, 9)), stay(3, .general, place, Self.at(1, 9), Self.at(1, 11))]
    stays.append(stay(3, .general, Self.at(1, 11)))
    let timeline = CoverageTimeline(stays, from: Self.at(1, 0), until: Self.at(1, 20), under: nm)
    #expect(timeline.places == [.whole, .house, .outing(Self.outings[0])])
    #expect(timeline.pieces[.whole]?.count == 1, "the whole batch is the same all the time")
    let house = try #require(timeline.pieces[.house]?.first)
    #expect(timeline.pieces[.house]?.count == 1 && house.from == Self.at(1, 9) && house.until == Self.at(1, 11))
    #expect(house.count == CoverageCount(participants: 7, general: 1, medical: 1) && house.medicalNeeded == nil)
    let away = try #require(timeline.pieces[.outing(Self.outings[0])]?.first)
    #expect(away.count == CoverageCount(participants: 5, general: 1) && away.holds)
    #expect(timeline.breaches.isEmpty)
  }

  @Test("Q5: who is told of twice counts once; a stay without length counts at no moment")
  func distinct() throws {
    let nm = try Packs.regulation("nm-2023")
    let stays = [
      stay(1, .general, Self.at(1, 8)), stay(1, .general, Self.at(1, 9), Self.at(1, 10)),
      stay(1, .participant, Self.at(1, 8), Self.at(1, 12)), stay(2, .participant, Self.at(1, 9), Self.at(1, 9)),
    ]
    let timeline = CoverageTimeline(stays, from: Self.at(1, 0), until: Self.at(1, 20), under: nm)
    #expect(timeline.pieces[.whole]?.map(\.count) == [CoverageCount(participants: 1, general: 1), CoverageCount(general: 1)])
    #expect(timeline.breaches.map(\.kind) == [.medical])
    #expect(CoverageTimeline([], from: Self.at(1, 0), until: Self.at(2, 0), under: nm).days(Self.time).isEmpty)
  }

  @Test("what still stands has no end")
  func open() throws {
    let weihai = try Packs.regulation("wh-2023")
    let stays = (1...3).map { stay($0, .participant, Self.at(1, 8)) }
    let timeline = CoverageTimeline(stays, from: Self.at(1, 0), until: Self.at(1, 20), under: weihai)
    #expect(timeline.breaches.map(\.until) == [nil] && timeline.breaches[0].rule.id == "WH12")
    #expect(timeline.breaches[0].overlaps(Self.at(1, 19), Self.at(1, 20)))
    #expect(!timeline.breaches[0].overlaps(Self.at(1, 7), Self.at(1, 8)))
  }

  @Test(
    "the timeline equals a count of every minute, on random histories",
    arguments: ["nm-2023", "wh-2023", "jn-2026-draft", "cn-base"], 1...12)
  func everyMinute(pack: String, seed: UInt64) throws {
    var dice = Dice(seed)
    let regulation = try Packs.regulation(pack)
    let (from, until) = (Self.at(1, 6), Self.at(1, 6) + .minutes(Int.random(in: 600...3_000, using: &dice)))
    let stays = Self.history(from, until, &dice)
    let timeline = CoverageTimeline(stays.shuffled(using: &dice), from: from, until: until, under: regulation)
    let minutes = EveryMinute(stays, from, until, regulation)
    #expect(Set(timeline.places) == Set(minutes.counts.keys))
    for (place, counts) in minutes.counts {
      let pieces = timeline.pieces[place] ?? []
      var told = [CoverageCount](repeating: CoverageCount(), count: counts.count)
      for piece in pieces {
        for minute in (piece.from - from).minutes..<(piece.until - from).minutes { told[minute] = piece.count }
      }
      #expect(told == counts, "\(place)")
      #expect(zip(pieces, pieces.dropFirst()).allSatisfy { $0.until <= $1.from && ($0.until < $1.from || $0.count != $1.count) })
    }
    let breaches = timeline.breaches.map {
      EveryMinute.Breach(
        place: $0.place, medical: $0.kind == .medical, from: ($0.from - from).minutes,
        until: $0.until.map { ($0 - from).minutes }, worst: $0.worst.count)
    }
    #expect(Set(breaches) == Set(minutes.breaches) && breaches.count == minutes.breaches.count)
    var worst: [EveryMinute.Worst: CoverageCount] = [:]
    for day in timeline.days(Self.time) {
      for (place, moment) in day.worst {
        worst[.init(day: day.day, place: place, minute: (moment.from - from).minutes)] = moment.count
      }
    }
    #expect(worst == minutes.worst)
  }

  /// People who come, go on outings and on leave, come back, and go; sometimes told doubly, sometimes for no time at all.
  private static func history(_ from: Instant, _ until: Instant, _ dice: inout Dice) -> [CoverageStay] {
    var stays: [CoverageStay] = []
    let span = (until - from).minutes
    // Few moments, so that many movements share one.
    let moments = (0..<20).map { _ in from + .minutes(Int.random(in: -90...(span + 60), using: &dice)) }.sorted()
    let roles: [CoverageStay.Role] = [.participant, .participant, .participant, .general, .medical]
    for person in 0..<Int64.random(in: 1...45, using: &dice) {
      let role = person < 2 ? .general : roles.randomElement(using: &dice)!
      let steps = (0..<Int.random(in: 1...6, using: &dice)).map { _ in moments.randomElement(using: &dice)! }.sorted()
      for (index, begin) in steps.enumerated() {
        let end = index + 1 < steps.count ? steps[index + 1] : Bool.random(using: &dice) ? nil : moments.last!
        let place: CoverageStay.Place? =
          switch Int.random(in: 0..<8, using: &dice) {
          case 0...3: .house
          case 4, 5: .outing(outings.randomElement(using: &dice)!)
          case 6: .missing
          default: nil
          }
        guard let place else { continue }
        stays.append(CoverageStay(person: person, role: role, place: place, from: begin, until: end))
        if Int.random(in: 0..<9, using: &dice) == 0 {
          stays.append(CoverageStay(person: person, role: role, place: place, from: begin, until: moments.randomElement(using: &dice)!))
        }
      }
    }
    return stays
  }
}

/// The same by asking at every minute who is where; knows nothing of sweeps.
private struct EveryMinute {
  struct Breach: Hashable {
    let place: CoveragePlace
    let medical: Bool
    let from: Int
    let until: Int?
    let worst: CoverageCount
  }
  struct Worst: Hashable {
    let day: Day
    let place: CoveragePlace
    let minute: Int
  }

  /// By minutes from the beginning; a place at which nobody ever was is in none.
  private(set) var counts: [CoveragePlace: [CoverageCount]] = [:]
  private(set) var breaches: [Breach] = []
  private(set) var worst: [Worst: CoverageCount] = [:]
  private let excludesMedical: Bool

  init(_ stays: [CoverageStay], _ from: Instant, _ until: Instant, _ regulation: Regulation) {
    let length = (until - from).minutes
    let ratio = regulation.parameters.ratio
    excludesMedical = ratio?.medical == .excluded
    var places: [CoveragePlace] = [.whole, .house]
    places += CoverageTimelineTests.outings.map { .outing($0) }
    for place in places {
      let here = (0..<length).map { minute in
        EveryMinute.people(stays, at: from + .minutes(minute), place)
      }
      if here.contains(where: { $0 != CoverageCount() }) { counts[place] = here }
    }
    for (place, here) in counts {
      let isShort = here.map { count in ratio.map { count.participants > $0.participantsPerEscort * staff(count) } ?? false }
      find(isShort, place, here, medical: false)
      let isAsked = regulation.rules.flatMap(\.checks).contains { $0.kind == .medicalEscorts && $0.gates.contains(.daily) }
      if place == .whole, isAsked, let needed = regulation.parameters.medicalEscorts {
        find(here.map { $0.participants > 0 && $0.medical < needed }, place, here, medical: true)
      }
      var best: [Day: Int] = [:]
      for minute in 0..<length where here[minute].participants > 0 {
        let day = CoverageTimelineTests.time.day(of: from + .minutes(minute))
        if let known = best[day], !isWorse(here[minute], here[known]) { continue }
        best[day] = minute
      }
      for (day, minute) in best { worst[Worst(day: day, place: place, minute: minute)] = here[minute] }
    }
  }

  private static func people(_ stays: [CoverageStay], at moment: Instant, _ place: CoveragePlace) -> CoverageCount {
    let now = stays.filter { $0.from <= moment && ($0.until ?? moment + .minutes(1)) > moment }
    if place == .house {
      let isSplit = now.contains { if case .outing = $0.place { true } else { false } }
      guard isSplit else { return CoverageCount() }
    }
    let here = now.filter { stay in
      switch (place, stay.place) {
      case (.whole, _), (.house, .house): true
      case (.outing(let one), .outing(let other)): one == other
      default: false
      }
    }
    func number(_ role: CoverageStay.Role) -> Int { Set(here.filter { $0.role == role }.map(\.person)).count }
    return CoverageCount(participants: number(.participant), general: number(.general), medical: number(.medical))
  }

  private func staff(_ count: CoverageCount) -> Int { count.general + (excludesMedical ? 0 : count.medical) }

  private func isWorse(_ left: CoverageCount, _ right: CoverageCount) -> Bool {
    let load = { (count: CoverageCount) in
      self.staff(count) == 0 ? 1e6 + Double(count.participants) : Double(count.participants) / Double(self.staff(count))
    }
    return load(left) > load(right)
  }

  private mutating func find(_ broken: [Bool], _ place: CoveragePlace, _ here: [CoverageCount], medical: Bool) {
    var minute = 0
    while minute < broken.count {
      guard broken[minute] else {
        minute += 1
        continue
      }
      let begin = minute
      while minute < broken.count, broken[minute] { minute += 1 }
      var worst = here[begin]
      for count in here[begin..<minute] {
        if medical ? count.medical < worst.medical : isWorse(count, worst) { worst = count }
      }
      breaches.append(
        Breach(place: place, medical: medical, from: begin, until: minute == broken.count ? nil : minute, worst: worst))
    }
  }
}
