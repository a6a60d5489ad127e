internal import Evidence
internal import Sanatorium
internal import SanatoriumStore

extension Escort {
  /// - Parameter day: the stay's last, by which a licence must not have run out.
  func json(until day: Day, _ language: Language) -> JSON {
    .object([
      "id": .string(id.description), "name": .string(name), "kind": .string(kind.rawValue),
      "side": .string(side.rawValue), "unit": .string(unit), "telephone": .string(telephone),
      "licence": licence.map(JSON.string), "licenceKind": licenceKind.map(JSON.string),
      "licenceUntil": licenceUntil.map { .string($0.description) }, "account": account.map { .string($0.description) },
      "place": .string(place.rawValue), "revision": .int(revision),
      "remarks": .array(
        remarks(until: day).map { .object(["code": .string($0.code), "message": .string($0.message(language))]) }),
    ])
  }
}

extension Shift {
  var json: JSON {
    .object([
      "id": .string(id.description), "escort": .string(escort.description), "name": .string(name),
      "kind": .string(kind.rawValue), "side": .string(side.rawValue), "duty": .string(duty.rawValue),
      "startsAt": .int(startsAt.milliseconds), "endsAt": .int(endsAt.milliseconds),
      "until": .int(until.milliseconds), "standsInFor": standsInFor.map { .string($0.description) },
      "insteadOf": insteadOf.map(JSON.string), "reason": .string(reason), "revision": .int(revision),
    ])
  }
}

extension RotaProblem {
  func json(_ language: Language) -> JSON {
    .object([
      "kind": .string(kind.rawValue), "weight": .string("\(weight)"), "from": .int(from.milliseconds),
      "until": .int(until.milliseconds), "person": person.map { .string($0.description) },
      "shift": shift.map { .string($0.description) }, "outing": outing.map { .string($0.description) },
      "message": .string(message(language)), "clause": clause.map { .string($0.source) },
      "quote": clause.map { .string($0.quote) }, "proposal": proposal.map { .string($0.description) },
    ])
  }
}

extension OnDuty {
  var json: JSON {
    .object([
      "escort": .string(id.description), "name": .string(name), "duty": .string(duty.rawValue),
      "medical": .bool(isMedical), "sent": .bool(isSent), "telephone": .string(telephone),
      "until": .int(until.milliseconds),
    ])
  }
}
