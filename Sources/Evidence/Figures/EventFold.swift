internal import Sanatorium

/// Counts alerts, incidents, activations and activities.
struct EventFold {
  private(set) var alerts = CompletionFigures.Alerts()
  private(set) var activities = CompletionFigures.Activities()
  private var incidentOrder: [ID] = []
  private var incidentsByID: [ID: CompletionFigures.Incident] = [:]
  private var activationOrder: [ID] = []
  private var activationsByID: [ID: CompletionFigures.Activation] = [:]
  private var levelChanges: [ID: Int] = [:]
  private var proposed: Set<ID> = []
  private var declined: Set<ID> = []

  mutating func take(_ record: EvidenceRecord) throws {
    switch record.kind {
    case .alertRaised, .alertEscalated, .alertAcknowledged, .alertResolved: try alert(record)
    case .incidentReported, .incidentNoted, .incidentClosed: try incident(record)
    case .activityHeld: add(try record.count("participants"), to: &activities.byKind[try record.text("kind")])
    case .outingLeft: add(try record.count("participants"), to: &activities.outings[try record.text("activity")])
    case .outingHeadcount:
      activities.headcounts += 1
      if try record.count("counted") < record.count("expected") { activities.headcountsShort += 1 }
    default: try activation(record)
    }
  }

  private mutating func alert(_ record: EvidenceRecord) throws {
    if record.open["drill"]?.bool == true { return }
    switch record.kind {
    case .alertRaised:
      alerts.raised += 1
      alerts.bySeverity.count(try record.text("severity"))
      alerts.byCode.count(try record.text("code"))
    case .alertEscalated: alerts.escalations += 1
    case .alertAcknowledged: alerts.acknowledged += 1
    default: alerts.resolved += 1
    }
  }

  private func add(_ participants: Int, to tally: inout CompletionFigures.ActivityTally?) {
    var counted = tally ?? .init()
    counted.held += 1
    counted.participants += participants
    tally = counted
  }

  private mutating func incident(_ record: EvidenceRecord) throws {
    if record.kind == .incidentReported {
      if incidentsByID[record.subject] == nil { incidentOrder.append(record.subject) }
      incidentsByID[record.subject] = .init(
        kind: try record.text("kind"), harm: try record.text("harm"), grade: try record.text("grade"),
        reportedAt: record.at)
      return
    }
    guard var incident = incidentsByID[record.subject] else { return }
    if let harm = record.open["harm"]?.string { incident.harm = harm }
    if let grade = record.open["grade"]?.string { incident.grade = grade }
    if let phase = record.open["report"]?.string { incident.reports.append(.init(phase: phase, at: record.at)) }
    if record.kind == .incidentClosed { incident.closedAt = record.at }
    incidentsByID[record.subject] = incident
  }

  private mutating func activation(_ record: EvidenceRecord) throws {
    let id = record.subject
    let level = record.open["level"]?.int.flatMap { (1...9).contains($0) ? Int($0) : nil }
    switch record.kind {
    case .activationProposed: proposed.insert(id)
    case .activationDeclined: declined.insert(id)
    case .activationStarted:
      let drill = record.open["drill"]?.bool == true
      let origin = drill ? "drill" : record.open["origin"]?.string == "automatic" ? "automatic" : "manual"
      if activationsByID[id] == nil { activationOrder.append(id) }
      activationsByID[id] = .init(plan: try record.text("plan"), origin: origin, level: level, startedAt: record.at)
    case .activationLevelChanged:
      levelChanges[id, default: 0] += 1
      if let level, let before = activationsByID[id]?.level { activationsByID[id]?.level = min(level, before) }
    case .activationStepDone: activationsByID[id]?.stepsDone += 1
    case .activationStepOverdue: activationsByID[id]?.stepsOverdue += 1
    case .activationTerminated: activationsByID[id]?.terminatedAt = record.at
    case .activationReviewed: activationsByID[id]?.reviewedAt = record.at
    default: break
    }
  }

  var incidents: CompletionFigures.Incidents {
    var result = CompletionFigures.Incidents()
    for incident in incidentOrder.compactMap({ incidentsByID[$0] }) {
      result.total += 1
      if incident.closedAt == nil { result.open += 1 }
      result.byKind.count(incident.kind)
      result.byHarm.count(incident.harm)
      result.byGrade.count(incident.grade)
      result.list.append(incident)
    }
    return result
  }

  var activations: CompletionFigures.Activations {
    var result = CompletionFigures.Activations()
    result.proposed = proposed.count
    result.declined = declined.count
    for id in activationOrder {
      guard let activation = activationsByID[id] else { continue }
      let changes = levelChanges[id] ?? 0
      switch activation.origin {
      case "automatic": result.automatic.add(activation, changes)
      case "drill": result.drill.add(activation, changes)
      default: result.manual.add(activation, changes)
      }
      result.list.append(activation)
    }
    return result
  }
}

extension CompletionFigures.ActivationTally {
  mutating func add(_ activation: CompletionFigures.Activation, _ changes: Int) {
    started += 1
    levelChanges += changes
    if activation.terminatedAt != nil { terminated += 1 }
    if activation.reviewedAt != nil { reviewed += 1 }
    stepsDone += activation.stepsDone
    stepsOverdue += activation.stepsOverdue
  }
}
