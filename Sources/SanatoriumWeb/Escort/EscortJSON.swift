internal import Evidence
internal import Sanatorium
internal import SanatoriumStore

extension Escort {
  var json: JSON {
    .object([
      "id": .string(id.description), "name": .string(name), "kind": .string(kind.rawValue),
      "side": .string(side.rawValue), "unit": .string(unit), "telephone": .string(telephone),
      "licence": licence.map(JSON.string), "licenceKind": licenceKind.map(JSON.string),
      "licenceUntil": licenceUntil.map { .string($0.description) }, "account": account.map { .string($0.description) },
      "place": .string(place.rawValue), "revision": .int(revision),
    ])
  }
}

extension Shift {
  var json: JSON {
    .object([
      "id": .string(id.description), "escort": .string(escort.description), "name": .string(name),
      "kind": .string(kind.rawValue), "side": .string(side.rawValue), "duty": .string(duty.rawValue),
      "startsAt": .int(startsAt.milliseconds), "endsAt": .int(endsAt.milliseconds),
    ])
  }
}

extension ShiftRemark {
  func json(_ language: Language) -> JSON {
    .object([
      "code": .string(code), "shift": .string(shift.description), "message": .string(message(language)),
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
