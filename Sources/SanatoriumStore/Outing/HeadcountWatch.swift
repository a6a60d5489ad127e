internal import Evidence
internal import Sanatorium

extension Ledger {
  /// The keys of those missing. Refuses a count that its own names contradict, and names that nobody expects.
  func check(_ headcount: HeadcountDraft, expected: [Int64]) throws -> [Int64] {
    var faults = Faults()
    var missing: [Int64] = []
    for (index, id) in headcount.missing.enumerated() {
      guard let person = try tables.first(ParticipantTable.byID, id, read: Participant.init),
        expected.contains(person.key), !missing.contains(person.key)
      else {
        faults.add("missing[\(index)]", "not-expected", Text("点名名单上没有这个人。", "This person isn't on the list."))
        continue
      }
      missing.append(person.key)
    }
    if headcount.counted < 0 || headcount.counted > 1_000 {
      faults.add("counted", "out-of-range", Text("可填 0 到 1000。", "0 to 1000 is allowed."))
    }
    try faults.refuse()
    let short = max(0, expected.count - headcount.counted)
    if missing.count != short {
      throw Refusal.invalid(
        "missing", "contradiction",
        Text(
          "应到 \(expected.count) 人，点到 \(headcount.counted) 人，要写出缺的 \(short) 人，现在写了 \(missing.count) 人。",
          "\(expected.count) expected and \(headcount.counted) counted: name the \(short) who are missing; \(missing.count) are named."))
    }
    return missing
  }

  /// Records a headcount that comes with another entry.
  func count(
    _ headcount: HeadcountDraft, _ point: Headcount.Point, _ outing: Outing, expected: Int, _ missing: [Int64],
    _ submission: Submission, at instant: Instant
  ) throws {
    try record(
      OutingHeadcount(
        openPart: .init(expected: expected, counted: headcount.counted, point: point.rawValue),
        personalPart: .init(outing: outing.key, missing: missing, person: submission.actor.name)),
      .consequence(batch: outing.batch, subject: outing.id, actor: submission.actor, at: instant))
    try watchHeadcount(outing, headcount.counted, expected: expected, missing, at: instant)
  }

  /// Raises the alert that names who is missing, or ends it when the count matches. Other names make a new alert: who
  /// has answered for one person has not answered for another.
  func watchHeadcount(
    _ outing: Outing, _ counted: Int, expected: Int, _ missing: [Int64], at instant: Instant
  ) throws {
    guard counted != expected || !missing.isEmpty else {
      try resolveAlert(
        "headcount", batch: outing.batch, subject: outing.id, reason: "the count matches", at: instant)
      return
    }
    let names = try missing.map { try tables.participant(key: $0).name }
    let message =
      missing.isEmpty
      ? Text(
        "“\(outing.destination)”点名：应到 \(expected) 人，点到 \(counted) 人，多了 \(counted - expected) 人。",
        "Headcount “\(outing.destination)”: \(expected) expected, \(counted) counted, \(counted - expected) too many.")
      : Text(
        "“\(outing.destination)”点名缺 \(missing.count) 人：\(names.joined(separator: "、"))。",
        "Headcount “\(outing.destination)”: \(missing.count) missing: \(names.joined(separator: ", ")).")
    try restateHeadcount(outing, message, at: instant)
  }

  private func restateHeadcount(_ outing: Outing, _ message: Text, at instant: Instant) throws {
    let standing = try tables.first(
      AlertTable.unresolvedLike, outing.batch, "headcount", Int64(0), outing.id, read: Alert.init)
    if let standing {
      guard standing.message != message else { return }
      try resolve(standing, reason: "counted again", at: instant)
    }
    try raise(
      AlertDraft(
        code: "headcount", severity: .critical, batch: outing.batch, subject: outing.id, message: message, at: instant))
  }

  /// After one person of an outing is known to be elsewhere: whoever of the missing is still away stays named, and when
  /// nobody is, the alert ends.
  func reviewHeadcount(of key: Int64, at instant: Instant) throws {
    let outing = try tables.outing(key: key)
    guard !outing.missing.isEmpty else { return }
    let away = Set(
      try tables.memberStates(of: key).filter { !$0.isEscort && $0.state == .away }.map(\.person))
    let missing = outing.missing.filter(away.contains)
    try watchHeadcount(outing, 0, expected: missing.count, missing, at: instant)
  }
}
