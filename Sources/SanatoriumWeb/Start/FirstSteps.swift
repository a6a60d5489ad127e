internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// One thing that somebody new does.
struct FirstStep {
  let words: Text
  let target: String
  /// Nil where the data can't tell.
  let isDone: Bool?
}

/// What a role does first; shown until everything that the data tells of is done, or until the person puts it away.
struct FirstSteps {
  let steps: [FirstStep]

  var left: Int { steps.count { $0.isDone == false } }
}

extension Context {
  /// Nil once they are put away or done.
  func firstSteps(_ reader: Reader, _ batch: Batch?) throws -> FirstSteps? {
    guard let account = try reader.account(actor.account), !account.hasPutStepsAway else { return nil }
    let password = FirstStep(words: Text("换成自己的密码", "Set a password of your own"), target: "/me#password", isDone: account.hasOwnPassword)
    let trust = FirstStep(words: Text("在这台设备上装本院证书", "Install the house's certificate on this device"), target: "/trust", isDone: nil)
    let steps: [FirstStep] =
      switch actor.role {
      case .escort where actor.isMedical: try [trust, password] + medicSteps(reader, batch)
      case .escort: try [trust, password] + escortSteps(reader, batch)
      case .staff: try [trust, password] + receptionSteps(reader, batch)
      case .lead: try [password] + leadSteps(reader, batch)
      case .organizer: try [password] + organizerSteps(reader, batch)
      case .admin: try [password] + adminSteps(reader)
      }
    let found = FirstSteps(steps: steps)
    return found.left == 0 ? nil : found
  }

  private func medicSteps(_ reader: Reader, _ batch: Batch?) throws -> [FirstStep] {
    let people = try batch.map { try reader.participants(of: $0) } ?? []
    let me = try batch.flatMap { try reader.escort(account: actor.account, in: $0) }
    let mine = try batch.flatMap { batch in try me.map { try reader.participants(assignedTo: $0, in: batch) } } ?? []
    return [
      FirstStep(words: Text("看看哪些人分给了您", "See who is assigned to you"), target: "/assignments", isDone: !mine.isEmpty),
      FirstStep(
        words: Text("查第一个人", "Make the first check"), target: "/rounds", isDone: (mine.isEmpty ? people : mine).contains { $0.lastAt != nil }),
    ]
  }

  private func escortSteps(_ reader: Reader, _ batch: Batch?) throws -> [FirstStep] {
    let me = try batch.flatMap { try reader.escort(account: actor.account, in: $0) }
    let mine = try batch.flatMap { batch in try me.map { try reader.participants(assignedTo: $0, in: batch) } } ?? []
    return [
      FirstStep(words: Text("看看哪些人分给了您", "See who is assigned to you"), target: "/assignments", isDone: !mine.isEmpty),
      FirstStep(words: Text("看看外出怎么点名", "See how an outing is counted"), target: "/help/outing", isDone: nil),
    ]
  }

  private func receptionSteps(_ reader: Reader, _ batch: Batch?) throws -> [FirstStep] {
    let presence = try batch.map { try reader.presence(in: $0) } ?? Presence()
    return [
      FirstStep(words: Text("看看名单", "Look at the list"), target: "/arrivals?show=expected", isDone: presence.listed > 0),
      FirstStep(words: Text("登记第一个人报到", "Record the first arrival"), target: "/arrivals", isDone: presence.arrived > 0),
    ]
  }

  private func leadSteps(_ reader: Reader, _ batch: Batch?) throws -> [FirstStep] {
    guard let batch else {
      return [FirstStep(words: Text("计划一批", "Plan a batch"), target: "/batches/new", isDone: false)]
    }
    let base = "/batches/\(batch.id)"
    return [
      FirstStep(words: Text("计划一批", "Plan a batch"), target: base, isDone: true),
      FirstStep(words: Text("导入名单", "Import the list"), target: "\(base)/import", isDone: try reader.presence(in: batch).listed > 0),
      FirstStep(words: Text("记下服务人员，选上各自的账号", "Add the escorts with their accounts"), target: "/escorts", isDone: try !reader.escorts(of: batch).isEmpty),
      FirstStep(
        words: Text("排班，警报按它找人", "Plan the shifts: alerts find people by them"), target: "/shifts",
        isDone: try !reader.shifts(of: batch, on: batch.firstDay, days: min(batch.days, 31)).isEmpty),
      FirstStep(words: Text("把人分给随队人员", "Assign the people"), target: "/assignments", isDone: try !reader.assignments(in: batch).isEmpty),
      FirstStep(words: Text("逐条核对，开班", "Go through the rules and open"), target: "\(base)/gates/open", isDone: batch.state != .planned),
    ]
  }

  private func organizerSteps(_ reader: Reader, _ batch: Batch?) throws -> [FirstStep] {
    let listed = try batch.map { try reader.presence(in: $0).listed > 0 } ?? false
    return [
      FirstStep(words: Text("计划一批", "Plan a batch"), target: batch.map { "/batches/\($0.id)" } ?? "/batches/new", isDone: batch != nil),
      FirstStep(words: Text("导入名单", "Import the list"), target: batch.map { "/batches/\($0.id)/import" } ?? "/batches", isDone: listed),
      FirstStep(words: Text("看看一批从头到尾怎么走", "See how a batch goes"), target: "/help/batch", isDone: nil),
    ]
  }

  private func adminSteps(_ reader: Reader) throws -> [FirstStep] {
    let roles = Set(try reader.accounts().filter { !$0.isDisabled }.map(\.role))
    return [
      FirstStep(words: Text("建好每个角色的账号", "Make an account for each role"), target: "/accounts", isDone: roles.isSuperset(of: [.lead, .escort, .staff])),
      FirstStep(words: Text("在每台设备上装本院证书", "Install the house's certificate on each device"), target: "/trust", isDone: nil),
      FirstStep(
        words: Text("设好应急名册的文件夹", "Set the emergency list's folder"), target: "/help/every-day",
        isDone: site.emergencyFiles.withLock { $0 != nil }),
      FirstStep(words: Text("设好送报告的组织单位", "Set the organizer that gets the reports"), target: "/help/organizer", isDone: site.configuration.organizer != nil),
      FirstStep(
        words: Text("安排每天的备份", "Arrange a daily backup"), target: "/help/backup",
        isDone: site.upkeep.withLock { $0 }?().backup?.succeededAt != nil),
    ]
  }

  /// A card that can be folded, and put away for good by the person.
  func show(_ h: HTML, _ steps: FirstSteps, open: Bool) {
    h.fold(say("第一次用：还差 \(steps.left) 步", "New here: \(steps.left) steps left"), open: open, id: "first-steps") {
      h.list {
        for step in steps.steps {
          switch step.isDone {
          case true?: h.linkRow(step.words(language), target: step.target, state: .done, stateWords: say("好了", "Done"))
          case false?: h.linkRow(step.words(language), target: step.target, state: .due, stateWords: say("去做", "To do"))
          case nil: h.linkRow(step.words(language), target: step.target)
          }
        }
      }
      h.div("pad") { h.act(say("收起来，不再显示", "Put this away"), "/me/steps", key: formKey, .other, icon: .tick, fields: [("away", "true")]) }
    }
  }
}
