internal import Evidence
public import Sanatorium

extension Ledger {
  /// Puts a line into the kit.
  public func addKitItem(_ item: KitItem, in batchID: ID, _ submission: Submission) throws -> Recorded {
    let batch = try tables.batch(batchID)
    let draft = submission.draft(batch: batch.key, subject: .random(), now: now)
    if let earlier = try earlier(KitItemKept.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try requireKeeper(submission.actor, of: batch)
    try check(item, in: batch, except: nil)
    return try keep(item, isNew: true, in: batch, draft)
  }

  /// Replaces a line. `revision` is that of the line which the change was based on.
  public func changeKitItem(
    _ id: ID, _ item: KitItem, basedOn revision: Int64, in batchID: ID, _ submission: Submission
  ) throws -> Recorded {
    let batch = try tables.batch(batchID)
    let draft = submission.draft(batch: batch.key, subject: id, now: now)
    if let earlier = try earlier(KitItemKept.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try requireKeeper(submission.actor, of: batch)
    let known = try tables.kitLine(id, in: batch.key)
    try require(known, at: revision)
    try check(item, in: batch, except: id)
    return try keep(item, isNew: false, in: batch, draft)
  }

  /// Takes a line off the list. `revision` is that of the line as it was seen.
  public func removeKitItem(
    _ id: ID, reason: String, basedOn revision: Int64, in batchID: ID, _ submission: Submission
  ) throws -> Recorded {
    let batch = try tables.batch(batchID)
    let draft = submission.draft(batch: batch.key, subject: id, now: now)
    if let earlier = try earlier(KitItemRemoved.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try requireKeeper(submission.actor, of: batch)
    let known = try tables.kitLine(id, in: batch.key)
    try require(known, at: revision)
    var faults = Faults()
    faults.require(reason, "reason")
    try faults.refuse()
    let rest = try tables.kit(of: batch.key).lines.filter { $0.key != known.key }.map(\.item)
    let entry = try record(
      KitItemRemoved(openPart: open("removed", rest, batch), personalPart: .init(reason: trim(reason))), draft)
    try reviewDaily(of: FactSubject(batch: batch, participant: nil), at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  /// Records that something was used, restocked or discarded. What runs short tells so by itself.
  ///
  /// - Parameter amount: in the item's unit; not more than there is when it is taken out.
  public func moveKit(
    _ id: ID, _ change: KitChange, amount: Int, note: String = "", in batchID: ID, _ submission: Submission
  ) throws -> Recorded {
    let batch = try tables.batch(batchID)
    let draft = submission.draft(batch: batch.key, subject: id, now: now)
    if let earlier = try earlier(KitMoved.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try requireKeeper(submission.actor, of: batch)
    let known = try tables.kitLine(id, in: batch.key)
    let most = change.adds ? 10_000 - known.item.present : known.item.present
    guard amount > 0, amount <= most else {
      throw Refusal.invalid(
        "amount", "out-of-range",
        Text(
          "\(known.item.name)现在有 \(known.item.present) \(known.item.unit)，可填 1 到 \(most)，填的是 \(amount)。",
          "There are \(known.item.present) \(known.item.unit) of \(known.item.name); 1 to \(most) is allowed, \(amount) was given."
        ))
    }
    let after = try tables.kit(of: batch.key).lines.map { line in
      var item = line.item
      if line.key == known.key { item.present += change.adds ? amount : -amount }
      return item
    }
    let payload = KitMoved(
      openPart: open(change.rawValue, after, batch),
      personalPart: .init(item: known.item.name, amount: amount, note: trim(note), person: submission.actor.name))
    let entry = try record(payload, draft)
    try reviewDaily(of: FactSubject(batch: batch, participant: nil), at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  /// Signs that the whole kit was gone through and is as the list says.
  ///
  /// - Parameter revision: of the list that was gone through; nobody signs for what they have not seen.
  public func signKit(basedOn revision: Int64, in batchID: ID, _ submission: Submission) throws -> Recorded {
    let batch = try tables.batch(batchID)
    let draft = submission.draft(batch: batch.key, subject: batchID, now: now)
    if let earlier = try earlier(KitSigned.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try requireKeeper(submission.actor, of: batch)
    let kit = try tables.kit(of: batch.key)
    let items = kit.lines.map(\.item)
    guard !items.isEmpty else {
      throw Refusal.conflict("kit", "empty", Text("清单还是空的，没有可签的。", "The list is empty; there is nothing to sign."))
    }
    guard kit.revision == revision else {
      throw Refusal.conflict(
        "revision", "changed-since",
        Text(
          "清单刚有人改过，现在 \(items.count) 样。对着现在的清单再清点一遍，再签字。",
          "Somebody has changed the list; it has \(items.count) items now. Go through it as it is now, then sign."))
    }
    let entry = try record(
      KitSigned(openPart: open("signed", items, batch), personalPart: .init(person: submission.actor.name)), draft)
    try reviewDaily(of: FactSubject(batch: batch, participant: nil), at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  private func keep(_ item: KitItem, isNew: Bool, in batch: Batch, _ draft: EntryDraft) throws -> Recorded {
    var items = try tables.kit(of: batch.key).lines.filter { $0.id != draft.subject }.map(\.item)
    items.append(item)
    let entry = try record(
      KitItemKept(openPart: open("kept", items, batch), personalPart: .init(item: item.tidy, isNew: isNew)), draft)
    try reviewDaily(of: FactSubject(batch: batch, participant: nil), at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  private func open(_ what: String, _ items: [KitItem], _ batch: Batch) -> Open.Kit {
    Open.Kit(what: what, items: items.count, short: items.count { !$0.suffices(until: batch.lastDay) })
  }

  /// Those who may record the kit's fact keep its list, until the batch is closed.
  private func requireKeeper(_ actor: Actor, of batch: Batch) throws {
    guard FactCatalogue[.kit]?.admits(actor) == true else {
      throw Refusal.forbidden(
        Text("药箱由随行医护和值班负责人管。", "The kit is kept by the medical escorts and the duty lead."))
    }
    guard batch.state == .planned || batch.state == .open else {
      throw Refusal.conflict("batch", "closed", Text("\(batch.number)已经结束。", "\(batch.number) is closed."))
    }
  }

  private func require(_ known: KitLine, at revision: Int64) throws {
    guard known.revision != revision else { return }
    let item = known.item
    // All of it: the form that comes back holds what was typed, over whatever the other has changed.
    let parts = [
      ("规格", "specification", item.specification), ("存放位置", "place", item.place),
      ("有效期至", "expires", item.expires?.description ?? ""), ("责任人", "keeper", item.keeper),
    ].filter { !$0.2.isEmpty }
    throw Refusal.conflict(
      "revision", "changed-since",
      Text(
        "刚有人改过，现在是：\(item.name)（\(item.category.name.chinese)），应备 \(item.needed)，实有 \(item.present) \(item.unit)\(parts.map { "，\($0.0) \($0.2)" }.joined())。",
        "Somebody has changed it; it is now: \(item.name) (\(item.category.name.english)), needed \(item.needed), present \(item.present) \(item.unit)\(parts.map { ", \($0.1) \($0.2)" }.joined())."
      ))
  }

  private func check(_ item: KitItem, in batch: Batch, except id: ID?) throws {
    var faults = Faults()
    faults.require(item.name, "name")
    faults.require(item.unit, "unit")
    let twin = try tables.kit(of: batch.key).lines.first { line in
      line.id != id && line.item.name == trim(item.name) && line.item.specification == trim(item.specification)
        && line.item.place == trim(item.place)
    }
    if twin != nil {
      faults.add(
        "name", "twice", Text("“\(trim(item.name))”已经在清单上了，请改那一样。", "“\(trim(item.name))” is on the list already; change that line."))
    }
    try faults.refuse()
  }
}

extension KitItem {
  fileprivate var tidy: KitItem {
    KitItem(
      category: category, name: trim(name), specification: trim(specification), unit: trim(unit), needed: needed,
      present: present, place: trim(place), expires: expires, keeper: trim(keeper))
  }
}
