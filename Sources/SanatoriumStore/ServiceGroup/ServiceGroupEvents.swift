internal import Evidence
public import Sanatorium

extension Ledger {
  /// Adds a member to a side's service group. Possible until the batch is closed.
  ///
  /// - Throws: `Refusal.forbidden` when the side's group or what the member answers for is another's to record;
  ///   `Refusal.invalid` with every fault.
  public func addServiceMember(
    _ member: ServiceMemberDraft, to side: ServiceSide, in batchID: ID, under proposed: Regulation? = nil,
    _ submission: Submission
  ) throws -> Recorded {
    let batch = try tables.batch(batchID)
    let draft = submission.draft(batch: batch.key, subject: .random(), now: now)
    if let earlier = try earlier(ServiceMemberAdded.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try submission.actor.requireGroup(of: side, accountable: member.person.accountable, besides: [])
    try batch.requireOngoing()
    try check(member, of: side, in: batch, except: nil)
    let entry = try record(
      ServiceMemberAdded(openPart: Open.ServiceMember(member, side), personalPart: ServiceMemberPersonal(member)), draft)
    try reviewGroups(of: batch, under: proposed, at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  /// Changes what is known of a member; the draft replaces all of it, the side stays.
  ///
  /// - Parameter revision: the `ServiceMember.revision` that the change was made from. When somebody changed the member
  ///   since, the change is refused with what stands there now and by whom; nothing is overwritten unseen.
  public func changeServiceMember(
    _ id: ID, _ member: ServiceMemberDraft, basedOn revision: Int64, in batchID: ID, under proposed: Regulation? = nil,
    _ submission: Submission
  ) throws -> Recorded {
    let batch = try tables.batch(batchID)
    let draft = submission.draft(batch: batch.key, subject: id, now: now)
    if let earlier = try earlier(ServiceMemberChanged.self, draft) { return Recorded(earlier.entry, repeated: true) }
    let known = try tables.serviceMember(id, in: batch.key)
    try submission.actor.requireGroup(
      of: known.side, accountable: member.person.accountable, besides: known.person.accountable)
    try batch.requireOngoing()
    try requireUnchanged(known, since: revision)
    try check(member, of: known.side, in: batch, except: id)
    let entry = try record(
      ServiceMemberChanged(
        openPart: Open.ServiceMember(member, known.side), personalPart: ServiceMemberPersonal(member)), draft)
    try reviewGroups(of: batch, under: proposed, at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  /// Takes a member off a group, with the reason.
  ///
  /// - Parameter revision: as for a change: who leaves is who was looked at.
  public func removeServiceMember(
    _ id: ID, reason: String, basedOn revision: Int64, in batchID: ID, under proposed: Regulation? = nil,
    _ submission: Submission
  ) throws -> Recorded {
    let batch = try tables.batch(batchID)
    let draft = submission.draft(batch: batch.key, subject: id, now: now)
    if let earlier = try earlier(ServiceMemberRemoved.self, draft) { return Recorded(earlier.entry, repeated: true) }
    let known = try tables.serviceMember(id, in: batch.key)
    try submission.actor.requireGroup(of: known.side, accountable: [], besides: known.person.accountable)
    try batch.requireOngoing()
    try requireUnchanged(known, since: revision)
    guard !trim(reason).isEmpty else {
      throw Refusal.invalid("reason", "missing", Text("请写为什么。", "Say why."))
    }
    let entry = try record(
      ServiceMemberRemoved(
        openPart: Open.ServiceMember(ServiceMemberDraft(known.person), known.side),
        personalPart: .init(reason: trim(reason))), draft)
    try reviewGroups(of: batch, under: proposed, at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  /// A regulation may ask for the groups every day, too.
  private func reviewGroups(of batch: Batch, under proposed: Regulation?, at moment: Instant) throws {
    let regulation = try tables.frozenPacks(batch: batch.key)?.regulation ?? proposed
    guard let regulation, !ServiceGroups.keys.isDisjoint(with: regulation.asked(at: .daily, of: .batch)) else { return }
    try reviewDaily(of: FactSubject(batch: batch, participant: nil), at: moment)
  }

  private func requireUnchanged(_ member: ServiceMember, since revision: Int64) throws {
    guard member.revision != revision || member.removedAt != nil else { return }
    let who = try tables.first(AccountTable.byID, member.changedBy, read: Account.init)?.name
    let by = Text(who ?? "有人", who ?? "Somebody")
    let when = time.moment(member.changedAt)
    if member.removedAt != nil {
      let reason = member.removedReason ?? ""
      throw Refusal.conflict(
        "revision", "removed-since",
        Text(
          "\(by.chinese)在 \(when.chinese) 已经把\(member.person.name)从小组里去掉了：“\(reason)”。",
          "\(by.english) took \(member.person.name) off the group at \(when.english): “\(reason)”."))
    }
    let now = member.person.summary
    throw Refusal.conflict(
      "revision", "changed-since",
      Text(
        "\(by.chinese)在 \(when.chinese) 刚改过，现在是：\(now.chinese)。",
        "\(by.english) changed this at \(when.english); it is now: \(now.english)."))
  }

  private func check(_ member: ServiceMemberDraft, of side: ServiceSide, in batch: Batch, except id: ID?) throws {
    var faults = Faults()
    let person = member.person
    faults.require(person.name, "name")
    let digits = person.telephone.count { $0.isASCII && $0.isNumber }
    if digits < 3 || person.telephone.contains(where: { !"0123456789+-() ".contains($0) }) {
      faults.add(
        "telephone", "not-a-telephone",
        Text("要填能打通的电话，只用数字、+、- 和空格。", "Give a telephone that can be called: digits, +, - and spaces."))
    }
    if let other = person.duties.first(where: { !side.duties.contains($0) }) {
      faults.add(
        "duties", "not-this-side",
        Text("“\(other.name.chinese)”由组织单位的人负责。", "“\(other.name.english)” is done by the organizer's people."))
    }
    if person.duties.isEmpty, !person.isLead, person.accountable.isEmpty {
      faults.add("duties", "missing", Text("请选管什么：小组里每个人都要有分工。", "Choose what this person does: everybody of the group has a part."))
    }
    if person.accountable.contains(where: { $0.accountability == nil }) {
      faults.add("accountable", "not-asked", Text("统筹协调没有单独的责任人。", "Nobody is accountable for the coordination alone."))
    }
    let others = try tables.serviceMembers(of: batch.key).filter { $0.id != id && $0.side == side }
    let (name, telephone) = (trim(person.name), trim(person.telephone))
    if others.contains(where: { $0.person.name == name && $0.person.telephone == telephone }) {
      faults.add(
        "name", "known-already",
        Text("\(name)（同一个电话）已经在这个小组里。", "\(name) with this telephone belongs to this group already."))
    }
    if let escort = member.escort, try tables.escorts(of: batch.key).allSatisfy({ $0.id != escort }) {
      faults.add("escort", "unknown", Text("这一批没有这名服务人员。", "This batch has no such escort."))
    }
    if let account = member.account, try !tables.exists(AccountTable.byID, account) {
      faults.add("account", "unknown", Text("没有这个账号。", "There is no such account."))
    }
    try faults.refuse()
  }
}

extension Batch {
  /// Its people and papers may still change.
  func requireOngoing() throws {
    guard state == .planned || state == .open else {
      throw Refusal.conflict("batch", "closed", Text("\(number)已经结束。", "\(number) is closed."))
    }
  }
}

extension ServiceSide {
  /// Whether somebody may say who belongs to its group: who records the group's fact.
  public func admits(_ actor: Actor) -> Bool { FactCatalogue[group]?.admits(actor) == true }
}

extension Actor {
  /// - Parameter besides: what the member answered for already; leaving it as it is needs no office.
  fileprivate func requireGroup(of side: ServiceSide, accountable: [ServiceDuty], besides: [ServiceDuty]) throws {
    guard side.admits(self) else {
      let roles = FactCatalogue[side.group]?.roles ?? []
      throw Refusal.forbidden(
        Text(
          "\(side.name.chinese)的服务小组由\(roles.map(\.name.chinese).joined(separator: "、"))填。",
          "The \(side.name.english.lowercased())'s service group is recorded by: \(roles.map(\.name.english).joined(separator: ", "))."))
    }
    let changed = Set(accountable).symmetricDifference(besides)
    for duty in changed {
      guard let key = duty.accountability, let definition = FactCatalogue[key], !definition.admits(self) else { continue }
      throw Refusal.forbidden(
        Text(
          "“\(definition.label.chinese)”由\(definition.roles.map(\.name.chinese).joined(separator: "、"))定。",
          "“\(definition.label.english)” is decided by: \(definition.roles.map(\.name.english).joined(separator: ", "))."))
    }
  }
}

extension Open.ServiceMember {
  fileprivate init(_ member: ServiceMemberDraft, _ side: ServiceSide) {
    // In the catalogue's order, each once, however the form sent them.
    func codes(_ duties: [ServiceDuty]) -> [String] { ServiceDuty.allCases.filter(duties.contains).map(\.rawValue) }
    self.init(
      side: side.rawValue, duties: codes(member.person.duties), accountable: codes(member.person.accountable),
      lead: member.person.isLead)
  }
}

extension ServiceMemberPersonal {
  fileprivate init(_ member: ServiceMemberDraft) {
    self.init(
      name: trim(member.person.name), unit: trim(member.person.unit), telephone: trim(member.person.telephone),
      escort: member.escort, account: member.account)
  }
}
