internal import Evidence
internal import Sanatorium
internal import SanatoriumStore

extension Participant {
  /// The wire's form. Allergies are told to everybody in the house, since kitchen and drivers need them; conditions,
  /// medicines, readings and the hospital only to those who may read health data.
  func json(health: Bool) -> JSON {
    var members: [JSON.Member] = [
      JSON.Member("id", .string(id.description)), JSON.Member("number", .int(Int64(number))),
      JSON.Member("badge", .string(badge)), JSON.Member("name", .string(name)), JSON.Member("sex", .string(sex)),
      JSON.Member("birth", birth.map { .string($0.description) } ?? .null),
      JSON.Member("category", .string(category)), JSON.Member("unit", .string(unit)),
      JSON.Member("telephone", .string(telephone)), JSON.Member("familyName", .string(familyName)),
      JSON.Member("familyRelation", .string(familyRelation)),
      JSON.Member("familyTelephone", .string(familyTelephone)), JSON.Member("allergies", .string(allergies)),
      JSON.Member("companion", .string(companion)), JSON.Member("room", .string(room)),
      JSON.Member("admission", .string(admission.rawValue)), JSON.Member("place", .string(place.rawValue)),
      JSON.Member("placeNote", .string(place.told(placeNote, health: health))), JSON.Member("placeSince", .moment(placeSince)),
      JSON.Member("arrivedAt", .moment(arrivedAt)), JSON.Member("departedAt", .moment(departedAt)),
      JSON.Member("expectedBack", .moment(expectedBack)), JSON.Member("returnOverdue", .bool(isBackOverdue)),
    ]
    guard health else { return .object(members) }
    members += [
      JSON.Member("conditions", .string(conditions)), JSON.Member("medicines", .string(medicines)),
      JSON.Member("remarks", .string(remarks)), JSON.Member("oxygenScale", .int(Int64(oxygenScale))),
      JSON.Member("lastAt", .moment(lastAt)), JSON.Member("lastTotal", lastTotal.map { .int(Int64($0)) } ?? .null),
      JSON.Member("lastLevel", lastLevel.map(JSON.string) ?? .null), JSON.Member("dueAt", .moment(dueAt)),
      JSON.Member("overdue", .bool(isOverdue)),
    ]
    return .object(members)
  }

  static let schema = Schema.anyObject
}

extension JSON {
  static func moment(_ instant: Instant?) -> JSON { instant.map { .int($0.milliseconds) } ?? .null }
}

extension Presence {
  var json: JSON {
    .object([
      "listed": .int(Int64(listed)), "arrived": .int(Int64(arrived)), "present": .int(Int64(present)),
      "held": .int(Int64(held)), "admitted": .int(Int64(admitted)), "outing": .int(Int64(outing)),
      "leave": .int(Int64(leave)), "hospital": .int(Int64(hospital)), "departed": .int(Int64(departed)),
      "expected": .int(Int64(expected)), "noShow": .int(Int64(noShow)), "withdrawn": .int(Int64(withdrawn)),
      "refused": .int(Int64(refused)), "overdueReturns": .int(Int64(overdueReturns)),
    ])
  }

  static let schema = Schema.object([
    "listed": .integer, "arrived": .integer, "present": .integer, "held": .integer, "admitted": .integer,
    "outing": .integer, "leave": .integer, "hospital": .integer, "departed": .integer, "expected": .integer,
    "noShow": .integer, "withdrawn": .integer, "refused": .integer, "overdueReturns": .integer,
  ])
}

extension Whereabouts {
  func json(health: Bool) -> JSON {
    let destination = place.told(destination, health: health)
    return .object([
      "place": .string(place.rawValue), "since": .int(since.milliseconds),
      "until": until.map { .int($0.milliseconds) }, "outing": outing.map { .string($0.description) },
      "destination": destination.isEmpty ? nil : .string(destination),
    ])
  }
}
