internal import Evidence
public import Sanatorium

extension Ledger {
  /// Adds someone who looks after a batch. Possible until the batch is closed.
  public func addEscort(_ escort: EscortDraft, in batchID: ID, _ submission: Submission) throws -> Recorded {
    let batch = try tables.batch(batchID)
    let draft = submission.draft(batch: batch.key, subject: .random(), now: now)
    if let earlier = try earlier(EscortAdded.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try requireOngoing(batch)
    try check(escort, in: batch.key, except: nil)
    let entry = try record(
      EscortAdded(openPart: Open.Escort(escort), personalPart: EscortPersonal(escort)), draft)
    try watchCoverage(of: batch.key, at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  /// Changes what is known of an escort; the draft replaces all of it.
  ///
  /// - Parameter revision: the `Escort.revision` that the change was made from. When somebody else changed it since, the
  ///   change is refused and nothing is overwritten unseen; nil skips the question.
  public func changeEscort(
    _ id: ID, _ escort: EscortDraft, basedOn revision: Int64?, _ submission: Submission
  ) throws -> Recorded {
    let known = try tables.escort(id)
    let draft = submission.draft(batch: known.batch, subject: id, now: now)
    if let earlier = try earlier(EscortChanged.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try requireOngoing(tables.batch(key: known.batch))
    if let revision, revision != known.revision { throw try changedSince(revision, known, escort) }
    try check(escort, in: known.batch, except: id)
    let entry = try record(
      EscortChanged(openPart: Open.Escort(escort), personalPart: EscortPersonal(escort)), draft)
    try watchCoverage(of: known.batch, at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  /// An escort leaves the site, goes along to hospital, or comes back. Outings move escorts by themselves; leaving from
  /// one takes the escort off it.
  public func moveEscort(
    _ id: ID, to place: EscortPlace, note: String = "", _ submission: Submission
  ) throws -> Recorded {
    let escort = try tables.escort(id)
    let draft = submission.draft(batch: escort.batch, subject: id, now: now)
    if let earlier = try earlier(EscortMoved.self, draft) { return Recorded(earlier.entry, repeated: true) }
    guard place != .outing else {
      throw Refusal.invalid(
        "place", "use-the-outing", Text("带队外出请在外出里登记。", "Going on an outing is recorded with the outing."))
    }
    guard escort.place != place else {
      throw Refusal.conflict(
        "place", "there-already",
        Text("\(escort.name)已经是“\(place.name.chinese)”。", "\(escort.name) is “\(place.name.english)” already."))
    }
    let entry = try record(
      EscortMoved(
        openPart: .init(place: place.rawValue), personalPart: .init(escort: escort.key, place: place, note: trim(note))), draft)
    try watchCoverage(of: escort.batch, at: entry.occurredAt)
    return Recorded(entry, repeated: false)
  }

  /// Assigns participants to an escort in one step, from whomever they had before; a nil escort leaves them without.
  public func assign(
    _ participants: [ID], to escortID: ID?, in batchID: ID, _ submission: Submission
  ) throws -> Recorded {
    let batch = try tables.batch(batchID)
    let draft = submission.draft(batch: batch.key, subject: escortID ?? batchID, now: now)
    if let earlier = try earlier(ParticipantsAssigned.self, draft) { return Recorded(earlier.entry, repeated: true) }
    try requireOngoing(batch)
    let escort = try escortID.map { try tables.escort($0, in: batch.key) }
    if let escort, escort.place == .left {
      throw Refusal.conflict(
        "escort", "left", Text("\(escort.name)已经离开。", "\(escort.name) has left."))
    }
    guard !participants.isEmpty else {
      throw Refusal.invalid("participants", "empty", Text("还没选人。", "Nobody is chosen."))
    }
    let people = try tables.participants(participants, in: batch.key, field: "participants")
    let entry = try record(
      ParticipantsAssigned(
        openPart: .init(), personalPart: .init(escort: escort?.key, participants: people.map(\.key))), draft)
    return Recorded(entry, repeated: false)
  }

  private func requireOngoing(_ batch: Batch) throws {
    guard batch.state == .planned || batch.state == .open else {
      throw Refusal.conflict("batch", "closed", Text("\(batch.number)已经结束。", "\(batch.number) is closed."))
    }
  }

  /// Says by whom and when it was changed, and what it is now where it differs from what was sent.
  private func changedSince(_ revision: Int64, _ known: Escort, _ draft: EscortDraft) throws -> Refusal {
    let changes = try tables.rosterChanges(batch: known.batch, since: revision, of: known.id, time: time)
    let now: [(Bool, Text)] = [
      (known.name != trim(draft.name), Text("姓名 \(known.name)", "name \(known.name)")),
      (known.telephone != trim(draft.telephone), Text("电话 \(known.telephone)", "telephone \(known.telephone)")),
      (known.kind != draft.kind, known.kind.name), (known.side != draft.side, known.side.name),
      (known.unit != trim(draft.unit), Text("单位 \(known.unit)", "unit \(known.unit)")),
      (
        known.licence ?? "" != trim(draft.licence ?? "") || known.licenceUntil != draft.licenceUntil,
        Text(
          "执业证 \(known.licence ?? "没有")\(known.licenceUntil.map { "，到 \($0)" } ?? "")",
          "licence \(known.licence ?? "none")\(known.licenceUntil.map { " until \($0)" } ?? "")")
      ),
    ]
    let differing = now.filter(\.0).map(\.1)
    let who = changes.last?.words ?? Text("有人改了\(known.name)的资料", "Somebody has changed \(known.name)")
    return .conflict(
      "revision", "changed-since",
      Text(
        "您打开以后，\(who.chinese)。现在是：\(differing.isEmpty ? "和您填的一样" : differing.map(\.chinese).joined(separator: "，"))。没有覆盖任何内容，请看过再保存。",
        "Since you opened it: \(who.english). Now: \(differing.isEmpty ? "the same as yours" : differing.map(\.english).joined(separator: ", ")). Nothing has been overwritten; look at it and save again."
      ))
  }

  private func check(_ escort: EscortDraft, in batch: Int64, except id: ID?) throws {
    var faults = Faults()
    faults.require(escort.name, "name")
    let telephone = trim(escort.telephone)
    if telephone.isEmpty {
      // Whoever signs in here is reached by the page; whoever doesn't and has no telephone is reached by nothing.
      if escort.account == nil {
        faults.add(
          "telephone", "no-contact",
          Text("电话和登录账号至少要有一样，不然找不到这个人。", "A telephone or an account is needed, or this person can't be reached."))
      }
    } else if telephone.count(where: { $0.isASCII && $0.isNumber }) < 3 || telephone.contains(where: { !"0123456789+-() ".contains($0) }) {
      faults.add(
        "telephone", "not-a-telephone",
        Text("要填能打通的电话，只用数字、+、- 和空格。", "Give a telephone that can be called: digits, +, - and spaces."))
    }
    let others = try tables.escorts(of: batch).filter { $0.id != id }
    if let account = escort.account {
      if let other = others.first(where: { $0.account == account }) {
        faults.add(
          "account", "linked-already",
          Text("这个账号已经是\(other.name)的。", "This account belongs to \(other.name) already."))
      }
      if try !tables.exists(AccountTable.byID, account) {
        faults.add("account", "unknown", Text("没有这个账号。", "There is no such account."))
      }
    }
    let name = trim(escort.name)
    if others.contains(where: { $0.name == name && $0.telephone == trim(escort.telephone) }) {
      faults.add(
        "name", "known-already",
        Text("\(name)（同一个电话）已经在名单上。", "\(name) with this telephone is on the list already."))
    }
    try faults.refuse()
  }
}

extension Open.Escort {
  fileprivate init(_ escort: EscortDraft) {
    self.init(
      kind: escort.kind.rawValue, side: escort.side.rawValue,
      licensed: !(escort.licence ?? "").allSatisfy(\.isWhitespace))
  }
}

extension EscortPersonal {
  fileprivate init(_ escort: EscortDraft) {
    func filled(_ text: String?) -> String? { text.map(trim).flatMap { $0.isEmpty ? nil : $0 } }
    self.init(
      name: trim(escort.name), unit: trim(escort.unit), telephone: trim(escort.telephone),
      licence: filled(escort.licence), licenceKind: filled(escort.licenceKind), licenceUntil: escort.licenceUntil,
      account: escort.account)
  }
}

extension Connection {
  /// The participants of a batch by their ids, in that order; refuses unknown and doubled ones, all at once.
  func participants(_ ids: [ID], in batch: Int64, field: String) throws -> [Participant] {
    var faults = Faults()
    var seen: Set<ID> = []
    var people: [Participant] = []
    for (index, id) in ids.enumerated() {
      guard let person = try first(ParticipantTable.byID, id, read: Participant.init), person.batch == batch else {
        faults.add("\(field)[\(index)]", "unknown", Text("这一批没有这个人。", "This batch has no such participant."))
        continue
      }
      if seen.insert(id).inserted {
        people.append(person)
      } else {
        faults.add("\(field)[\(index)]", "doubled", Text("\(person.name)写了两次。", "\(person.name) is given twice."))
      }
    }
    try faults.refuse()
    return people
  }

  func escorts(_ ids: [ID], in batch: Int64, field: String) throws -> [Escort] {
    let known = Dictionary(uniqueKeysWithValues: try escorts(of: batch).map { ($0.id, $0) })
    var faults = Faults()
    var seen: Set<ID> = []
    var people: [Escort] = []
    for (index, id) in ids.enumerated() {
      guard let escort = known[id] else {
        faults.add("\(field)[\(index)]", "unknown", Text("这一批没有这名人员。", "This batch has no such escort."))
        continue
      }
      if seen.insert(id).inserted {
        people.append(escort)
      } else {
        faults.add("\(field)[\(index)]", "doubled", Text("\(escort.name)写了两次。", "\(escort.name) is given twice."))
      }
    }
    try faults.refuse()
    return people
  }
}
