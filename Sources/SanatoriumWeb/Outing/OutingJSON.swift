internal import Evidence
internal import Sanatorium
internal import SanatoriumStore

extension Outing {
  var json: JSON {
    .object([
      "id": .string(id.description), "activity": .string(activity.rawValue), "destination": .string(destination),
      "vehicle": .string(vehicle), "note": .string(note), "leavesAt": .int(leavesAt.milliseconds),
      "returnsAt": .int(returnsAt.milliseconds), "state": .string(state.rawValue), "leftAt": .moment(leftAt),
      "returnedAt": .moment(returnedAt), "overdue": .bool(isOverdue),
    ])
  }
}

extension OutingMembers {
  var json: JSON {
    .object([
      "participants": .array(
        participants.map { person, state in
          .object([
            "id": .string(person.id.description), "name": .string(person.name), "state": .string(state.rawValue),
          ])
        }),
      "escorts": .array(
        escorts.map { person, state in
          .object([
            "id": .string(person.id.description), "name": .string(person.name), "state": .string(state.rawValue),
          ])
        }),
    ])
  }
}

extension Headcount {
  var json: JSON {
    .object([
      "point": .string(point.rawValue), "expected": .int(Int64(expected)), "counted": .int(Int64(counted)),
      "missing": .array(missing.map(JSON.string)), "person": .string(person), "at": .int(at.milliseconds),
      "matches": .bool(matches),
    ])
  }
}
