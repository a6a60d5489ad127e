internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

// What stands below a person's acts: whom to call, health as listed, identity, where they have been.
extension Context {
  func contactSection(_ h: HTML, _ view: PersonView) {
    let person = view.person
    h.section(say("联系人", "Contacts")) {
      func line(_ name: String, _ who: String, _ number: String) {
        h.div("row") {
          h.span {
            h.b(name)
            h.text(" ")
            h.span("m s", who)
          }
          if !number.isEmpty { h.span("end") { h.call(number) } }
        }
      }
      if !person.familyName.isEmpty || !person.familyTelephone.isEmpty {
        line(
          person.familyName.isEmpty ? say("家属", "Family") : person.familyName,
          person.familyRelation.isEmpty ? say("家属", "family") : person.familyRelation, person.familyTelephone)
      }
      if !person.telephone.isEmpty { line(say("本人", "Themselves"), "", person.telephone) }
      if !person.companion.isEmpty { line(person.companion, say("陪同", "companion"), "") }
      if let escort = view.escort { line(escort.name, say("包组", "escort"), escort.telephone) }
      if person.familyTelephone.isEmpty && person.telephone.isEmpty {
        h.p("m", say("名单里没有电话。", "The list has no telephone."))
      }
    }
  }

  func healthSection(_ h: HTML, _ person: Participant) {
    h.section(say("健康情况", "Health")) {
      h.facts([
        (say("病史", "Conditions"), person.conditions.isEmpty ? "–" : person.conditions),
        (say("正在吃的药", "Medicines"), person.medicines.isEmpty ? "–" : person.medicines),
        (say("过敏", "Allergies"), person.allergies.isEmpty ? say("没有记", "not recorded") : person.allergies),
      ])
    }
  }

  func identitySection(_ h: HTML, _ person: Participant) {
    h.section(say("名单上的资料", "On the list")) {
      h.facts([
        (say("序号", "Number"), String(person.number)), (say("证件牌", "Badge"), BadgeCode.spoken(person.badge)),
        (say("人员类别", "Category"), person.category.isEmpty ? "–" : person.category),
        (say("所属单位", "Unit"), person.unit.isEmpty ? "–" : person.unit),
        (say("出生", "Born"), person.birth.map { date($0) } ?? "–"),
        (say("身份证号", "Identity number"), person.identity ?? "–"),
      ])
      if Audience.listers.admits(actor), person.place != .departed {
        h.a("/badges?person=\(person.id)", "link", text: say("重印证件牌", "Print the badge again"))
      }
    }
  }

  func waySection(_ h: HTML, _ way: [Whereabouts]) {
    h.section(say("去过哪里", "Whereabouts")) {
      h.timeline {
        for step in way.reversed() {
          let destination = told(step.destination, at: step.place)
          let place = step.place.name(language) + (destination.isEmpty ? "" : "·\(destination)")
          let times = moment(step.since) + (step.until.map { "–\(moment($0))" } ?? say(" 起", " on"))
          h.event(step.until == nil ? .due : .done, place, times, isNow: step.until == nil)
        }
      }
    }
  }
}
