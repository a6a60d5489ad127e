internal import Sanatorium
internal import SanatoriumStore

/// The rota as a visitor finds it: somebody stands in today, tomorrow's night has no duty lead, and the note of the last
/// change of duty leads waits for its second signature.
struct DemoRota {
  let batch: ID

  func play(_ script: DemoScript, _ people: [Participant]) throws {
    let (id, now) = (batch, script.now)
    let time = script.store.time
    let today = time.day(of: now)
    let shifts = try script.store.read { reader in
      let batch = try reader.batch(id)
      return try reader.shifts(of: batch, on: batch.firstDay, days: batch.days)
    }
    func shift(_ name: String, _ day: Day) -> Shift? { shifts.first { $0.name == name && time.day(of: $0.startsAt) == day } }
    let spare = EscortDraft(name: "李桂芳", kind: .general, side: .host, telephone: "14000000111")
    let other = try script.act("lead") { try $0.addEscort(spare, in: id, $1) }.subject
    if let reception = shift("陈立", today) {
      let standIn = StandInDraft(escort: other, reason: "孩子发烧，请假一天")
      try script.act("lead") { try $0.standIn(for: reception.id, standIn, in: id, $1) }
    }
    if let night = shift("沈航", today + 1) {
      try script.act("lead") { try $0.removeShift(night.id, reason: "家里有事，还没找到人", in: id, $1) }
    }
    let ended = shifts.filter { $0.duty == .dutyLead && $0.startsAt < now && $0.endsAt <= now + .minutes(20) }
    guard let last = ended.max(by: { $0.endsAt < $1.endsAt }) else { return }
    var words = HandOverDraft()
    words.people = "\(people[11].name)：发热，按时复查\n\(people[6].name)：跌倒过，夜里看一次"
    words.incidents = "没有新情况"
    words.rounds = "查完"
    words.tasks = "三楼热水报修，等回话"
    words.medicines = "药箱没动过，冰箱 4 度"
    words.keys = "齐"
    words.vehicles = "在院，油满"
    let note = words
    try script.act("lead") { try $0.writeHandOver(of: last.id, note, signs: true, $1) }
  }
}
