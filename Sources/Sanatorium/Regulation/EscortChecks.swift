/// Who is sent with the batch: ratio, medical escorts, licences.
extension RuleContext {
  /// At opening everyone named counts, later those on site that day.
  private var escorts: [EscortFacts] { gate == .daily ? batch.escorts.filter(\.isPresent) : batch.escorts }

  private var participants: Int? { gate == .daily ? batch.present : batch.plannedParticipants }

  private func verdict() -> RatioLimit.Verdict? {
    guard let limit = parameters.ratio, let participants else { return nil }
    let medical = escorts.count { $0.isMedical }
    return limit.verdict(participants: participants, general: escorts.count - medical, medical: medical)
  }

  private func uncounted(_ force: Force) -> [RuleFinding] {
    let key: FactKey = gate == .daily ? .presentParticipants : .plannedParticipants
    return [
      RuleFinding(
        .unknown, force, key: key,
        Text(
          "人数还没定，没法算配备比例。",
          "The number of people is not known, so the ratio can't be told."))
    ]
  }

  private func used(_ verdict: RatioLimit.Verdict) -> [FactUse] {
    [
      FactUse(gate == .daily ? .presentParticipants : .plannedParticipants, String(verdict.participants)),
      FactUse(.escorts, String(verdict.staff)),
    ]
  }

  func ratioFloor(_ force: Force) -> [RuleFinding] {
    guard parameters.ratio != nil else { return [] }
    guard let verdict = verdict() else { return uncounted(force) }
    return [
      RuleFinding(
        verdict.position == .below ? .fail : .pass, force, key: .escorts,
        Text(
          "\(verdict.participants) 人配 \(verdict.staff) 名服务保障人员，至少要 \(verdict.fewest) 名。",
          "\(verdict.staff) escorts for \(verdict.participants) participants; at least \(verdict.fewest)."),
        warning: verdict.holdsOnlyByMedical
          ? Text(
            "不算医护人员就不够了，文件没有写医护算不算在内。",
            "It holds only because medical escorts are counted, and the text doesn't say whether they are.")
          : nil,
        used: used(verdict))
    ]
  }

  func ratioCeiling(_ force: Force) -> [RuleFinding] {
    guard parameters.ratio?.participantsPerEscortAtLeast != nil else { return [] }
    guard let verdict = verdict() else { return uncounted(force) }
    guard let most = verdict.most else { return [] }
    return [
      RuleFinding(
        verdict.position == .above ? .fail : .pass, force, key: .escorts,
        Text(
          "\(verdict.participants) 人配 \(verdict.staff) 名服务保障人员，最多 \(most) 名。",
          "\(verdict.staff) escorts for \(verdict.participants) participants; at most \(most)."),
        used: used(verdict))
    ]
  }

  func medicalEscorts(_ force: Force) -> [RuleFinding] {
    guard let least = parameters.medicalEscorts else { return [] }
    if gate != .daily, batch.escorts.isEmpty {
      return [
        RuleFinding(.unknown, force, key: .medicalEscorts, Text("还没登记随行人员。", "No escort is registered yet."))
      ]
    }
    let count = escorts.count { $0.isMedical }
    return [
      RuleFinding(
        count < least ? .fail : .pass, force, key: .medicalEscorts,
        Text("随行医护 \(count) 名，至少要 \(least) 名。", "\(count) medical escorts; at least \(least)."),
        used: [FactUse(.medicalEscorts, String(count))])
    ]
  }

  func medicalLicences(_ force: Force) -> [RuleFinding] {
    escorts.filter(\.isMedical).map { escort in
      let name = escort.name
      guard let licence = escort.licence, !licence.allSatisfy(\.isWhitespace) else {
        return RuleFinding(
          .unknown, force, key: .medicalLicence,
          Text("还没记 \(name) 的执业证号。", "\(name)'s licence is not recorded yet."))
      }
      let used = [FactUse(.medicalLicence, "\(name) \(licence)")]
      if let until = escort.licenceUntil, let last = batch.lastDay ?? batch.firstDay, until < last {
        return RuleFinding(
          .fail, force, key: .medicalLicence,
          Text(
            "\(name) 的执业证 \(until) 到期，本批到 \(last) 结束。",
            "\(name)'s licence ends on \(until), the batch on \(last)."), used: used)
      }
      return RuleFinding(
        .pass, force, key: .medicalLicence, Text("\(name) 的执业证有效。", "\(name)'s licence is valid."), used: used)
    }
  }
}
