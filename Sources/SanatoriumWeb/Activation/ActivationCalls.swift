internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// Whom to telephone: the numbers that are there, then what is missing, for those who can add it.
  func calls(_ h: HTML, _ view: ActivationView) {
    h.section(say("电话", "Telephone"), "sheet stack") {
      if view.activation.isDrill { h.note(.late, saysInsteadOf120) }
      var missing: [PlanCall] = []
      for call in view.plan.calls {
        guard let (name, number) = number(of: call, view) else {
          missing.append(call)
          continue
        }
        h.div("row") {
          h.p("grow") {
            h.b(call.label(language))
            if let when = call.when { h.span("m s blk", when(language)) }
          }
          if view.activation.isDrill, call.isOutside {
            h.p("m") {
              h.icon(.drill)
              // A relative's number is not even written: a telephone makes any number on a page one tap.
              h.text(call.number.map { say("演练，不打 \($0)", "Drill: do not call \($0)") } ?? say("演练，不打", "Drill: do not call"))
            }
          } else {
            if let name { h.span("m s", name) }
            h.call(number)
          }
        }
      }
      if !missing.isEmpty, Audience.deciders.admits(actor) {
        h.p("m s") {
          h.text(say("还没有号码：", "No number yet: ") + missing.map { $0.label(language) }.joined(separator: say("、", ", ")) + say("。", ". "))
          if missing.contains(where: { ActivationView.personal.contains($0.code) }) {
            h.a("/shifts", text: say("把人排进值班表", "Put them on the rota"))
          }
          if missing.contains(where: { !ActivationView.personal.contains($0.code) }) {
            h.text(say("外面的号码由管理员写进预案包。", " Outside numbers: the administrator writes them into the plan pack."))
          }
        }
      }
    }
  }

  /// Who answers a call, where that is a known person, and the number.
  private func number(of call: PlanCall, _ view: ActivationView) -> (name: String?, number: String)? {
    if let number = call.number { return (nil, number) }
    if call.isFamily, let person = view.person, !person.familyTelephone.isEmpty {
      return (nil, String(person.familyTelephone.prefix { $0 != "、" }))
    }
    return view.numbers[call.code].map { ($0.name, $0.number) }
  }
}

extension PlanCall {
  fileprivate var isFamily: Bool { code == "family" }
  /// It reaches people who know nothing of a drill.
  fileprivate var isOutside: Bool { number != nil || isFamily }
}
