internal import Evidence
internal import MicroHTTP
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  var time: LocalTime { site.store.time }
  var today: Day { time.day(of: site.store.now) }

  /// Words in the reader's language.
  func say(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }

  /// Between a name and what is said of it.
  var colon: String { say("：", ": ") }

  /// What was asked for, as a form's action names it. Where a page has two forms for one act, a query tells them apart.
  var ownAddress: String { request.target }

  /// `14:26`
  func clock(_ instant: Instant) -> String { time.clock(instant) }

  /// `6月8日 周一`, `Mon 8 June`.
  func day(_ day: Day) -> String {
    let (_, month, date) = day.civil
    let weekday = day.weekday - 1
    if language == .chinese { return "\(month)月\(date)日 周\(Array("一二三四五六日")[weekday])" }
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    return "\(names[weekday]) \(date) \(Self.months[month - 1])"
  }

  /// `14:26` today, `6月8日 14:26` on other days.
  func moment(_ instant: Instant) -> String {
    let day = time.day(of: instant)
    guard day != today else { return clock(instant) }
    let (_, month, date) = day.civil
    return say("\(month)月\(date)日 \(clock(instant))", "\(date) \(Self.months[month - 1]) \(clock(instant))")
  }

  /// From one moment to another; the day of the second only where it is another.
  func span(_ from: Instant, _ until: Instant) -> String {
    let same = time.day(of: from) == time.day(of: until)
    return "\(moment(from))–\(same ? clock(until) : moment(until))"
  }

  /// How long ago: `25 分`, `1 小时 18 分`, `2 天`.
  func age(since instant: Instant) -> String {
    let minutes = max(0, (site.store.now - instant).milliseconds / 60_000)
    if minutes < 60 { return say("\(minutes) 分", "\(minutes) min") }
    if minutes < 1_440 { return say("\(minutes / 60) 小时 \(minutes % 60) 分", "\(minutes / 60) h \(minutes % 60) min") }
    return say("\(minutes / 1_440) 天", "\(minutes / 1_440) d")
  }

  /// `11月8日`, of another year `2025年11月8日`.
  func date(_ day: Day) -> String {
    let (year, month, date) = day.civil
    let isThisYear = year == today.civil.year
    if language == .chinese { return "\(isThisYear ? "" : "\(year)年")\(month)月\(date)日" }
    return "\(date) \(Self.months[month - 1])\(isThisYear ? "" : " \(year)")"
  }

  /// The next half hour from a moment on.
  func halfHour(after instant: Instant) -> Instant {
    let slot: Int64 = 1_800_000
    return Instant(milliseconds: (instant.milliseconds / slot + 1) * slot)
  }

  /// As an `input` of date and time takes it, `2026-06-08T14:30`.
  func input(_ instant: Instant) -> String { "\(time.day(of: instant))T\(clock(instant))" }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
}

extension Audience {
  /// Everybody who works with the batch; administrators see no people.
  static let house = Audience.roles([.escort, .staff, .lead, .organizer])
  /// Who registers people and plans outings .
  static let registrars = Audience.roles([.staff, .lead])
  /// Who is with people when they move: registrars and escorts.
  static let carers = Audience.roles([.staff, .lead, .escort])
  /// Who names escorts, plans shifts and assigns people.
  static let planners = Audience.roles([.lead, .organizer])
}

/// Something about a batch was asked for before there is any. Pages say what will be there; everything else is not found.
struct NoBatch: Error {}

extension Context {
  /// The batch that a page or a read is about: the one named by `batch`, else the open one, else the newest.
  func stayBatch(_ reader: Reader) throws -> Batch {
    if let text = request.query.first("batch") {
      guard let id = ID(text) else { throw Refusal.notFound(Text("没有这一批。", "There is no such batch.")) }
      return try reader.batch(id)
    }
    guard let batch = try presentBatch(reader) else { throw NoBatch() }
    return batch
  }

  /// The open batch, else the newest; nil before there is any.
  func presentBatch(_ reader: Reader) throws -> Batch? {
    try reader.activeBatch() ?? reader.batches(limit: 1).first
  }

  /// The batch that a write is about: the one that it names, else the open one, else the newest.
  func writeBatch(_ fields: inout JSONFields) throws -> ID {
    if let id = fields.id("batch", required: false) { return id }
    return try site.store.read { try stayBatch($0).id }
  }
}
