/// Where an activation of a plan stands.
public enum PlanState: Hashable, Sendable, Codable {
  case proposed(PlanLevel)
  case active(PlanLevel)
  /// A proposal that a named person turned down.
  case declined
  case terminated
  case reviewed

  /// A stable code for tables and pages.
  public var code: String {
    switch self {
    case .proposed: "proposed"
    case .active: "active"
    case .declined: "declined"
    case .terminated: "terminated"
    case .reviewed: "reviewed"
    }
  }

  public var label: Text {
    switch self {
    case .proposed: Text("待决定", "Proposed")
    case .active: Text("进行中", "Active")
    case .declined: Text("没启动", "Declined")
    case .terminated: Text("已解除", "Ended")
    case .reviewed: Text("已复盘", "Reviewed")
    }
  }

  /// The level while proposed or active.
  public var level: PlanLevel? {
    switch self {
    case .proposed(let level), .active(let level): level
    default: nil
    }
  }
}

/// What is done to an activation.
public enum PlanEvent: Hashable, Sendable, Codable {
  case activate(PlanLevel)
  case decline
  case escalate(PlanLevel)
  case downgrade(PlanLevel)
  /// With the codes of the end's conditions that the person confirms.
  case terminate(confirmed: Set<String>)
  case review
}

/// Who does it.
public enum PlanAgent: Hashable, Sendable {
  /// The daemon, by a trigger or an unanswered proposal.
  case automatic
  case person(Set<PlanRole>)
  /// A person of the house acts on the word of an outside command (119, CDC, police, government).
  case external(Set<PlanRole>)

  func has(anyOf roles: [PlanRole]) -> Bool {
    switch self {
    case .automatic: false
    case .person(let held), .external(let held): roles.contains(where: held.contains)
    }
  }
}

extension PlanPack {
  /// Whether a plan may be started or proposed at a level by this agent; nil when it may.
  public func refusal(toStartAt level: PlanLevel, by agent: PlanAgent) -> Refusal? {
    guard let rule = rule(of: level) else { return unknownLevel(level) }
    switch agent {
    case .automatic where rule.automatic: return nil
    case .external where rule.external: return nil
    default: return agent.has(anyOf: rule.start) ? nil : forbidden(rule.start, .start(level))
    }
  }

  /// The state after an event, or why it can't be: `conflict` when the state does not allow it, `forbidden` when the
  /// person does not, `invalid` when conditions of the end are missing.
  public func next(_ state: PlanState, _ event: PlanEvent, by agent: PlanAgent) -> Result<PlanState, Refusal> {
    switch (state, event) {
    case (.proposed, .activate(let level)):
      if let refusal = refusal(toStartAt: level, by: agent) { return .failure(refusal) }
      return .success(.active(level))
    case (.proposed, .decline):
      // What may start the plan may also say that it isn't needed; the daemon never does.
      let roles: [PlanRole] = [.medical, .dutyLead, .facilityHead]
      return agent.has(anyOf: roles) ? .success(.declined) : .failure(forbidden(roles, .decline))
    case (.active(let now), .escalate(let level)):
      guard level > now else { return .failure(conflict("not-higher", now.name.chinese, now.name.english)) }
      guard let rule = rule(of: level) else { return .failure(unknownLevel(level)) }
      if case .external = agent, rule.external { return .success(.active(level)) }
      if case .automatic = agent, rule.automatic { return .success(.active(level)) }
      return agent.has(anyOf: rule.raise) ? .success(.active(level)) : .failure(forbidden(rule.raise, .escalate(level)))
    case (.active(let now), .downgrade(let level)):
      guard level < now else { return .failure(conflict("not-lower", now.name.chinese, now.name.english)) }
      return lowering(from: now, by: agent, event).map { .active(level) }
    case (.active(let now), .terminate(let confirmed)):
      let missing = end.missing(confirmed: confirmed)
      guard missing.isEmpty else {
        return .failure(
          .invalid(
            missing.map { condition in
              let (zh, en) = end.any.contains(condition) ? ("这类里一条也没确认", "None of these is confirmed") : ("还没确认", "Not confirmed yet")
              return Fault(
                "confirmed.\(condition.code)", "missing",
                Text("\(zh)：\(condition.text.chinese)", "\(en): \(condition.text.english)"))
            }))
      }
      return lowering(from: now, by: agent, event).map { .terminated }
    case (.terminated, .review):
      let roles: [PlanRole] = [.dutyLead, .facilityHead]
      return agent.has(anyOf: roles) ? .success(.reviewed) : .failure(forbidden(roles, .review))
    default:
      return .failure(conflict("wrong-state", state.label.chinese, state.label.english))
    }
  }

  private func lowering(from level: PlanLevel, by agent: PlanAgent, _ event: PlanEvent) -> Result<Void, Refusal> {
    guard let rule = rule(of: level) else { return .failure(unknownLevel(level)) }
    let isOutside = if case .external = agent { true } else { false }
    guard agent.has(anyOf: rule.lower) else {
      return .failure(forbidden(rule.lower, { if case .terminate = event { .terminate } else { .downgrade } }()))
    }
    if rule.external && !isOutside {
      return .failure(
        .conflict(
          Fault(
            "external", "external-command",
            Text("要等外部指挥宣布，再由我方解除。", "The outside command has to declare it first."))))
    }
    return .success(())
  }

  private func conflict(_ code: String, _ chinese: String, _ english: String? = nil) -> Refusal {
    .conflict(
      Fault(
        "state", code,
        Text("现在是“\(chinese)”，不能这样做。", "It is “\(english ?? chinese)” now, so this can't be done.")))
  }

  private func unknownLevel(_ level: PlanLevel) -> Refusal {
    .invalid(
      "level", "unknown-level",
      Text("这个预案没有\(level.name.chinese)。", "This plan has no \(level.name.english)."))
  }

  private enum Act {
    case start(PlanLevel), escalate(PlanLevel), downgrade, terminate, decline, review

    var words: Text {
      switch self {
      case .start(let level): Text("启动\(level.name.chinese)", "start \(level.name.english)")
      case .escalate(let level): Text("升到\(level.name.chinese)", "raise to \(level.name.english)")
      case .downgrade: Text("降级", "lower the level")
      case .terminate: Text("解除", "end the plan")
      case .decline: Text("决定不启动", "decline the plan")
      case .review: Text("完成复盘", "close the review")
      }
    }
  }

  private func forbidden(_ roles: [PlanRole], _ act: Act) -> Refusal {
    let chinese = roles.map(\.name.chinese).joined(separator: "、")
    let english = roles.map(\.name.english).joined(separator: ", ")
    return .forbidden(
      Text("只有\(chinese)能\(act.words.chinese)。", "Only these may \(act.words.english): \(english)."))
  }
}
