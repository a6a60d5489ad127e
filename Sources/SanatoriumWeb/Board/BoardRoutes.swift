internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func boardRoutes(_ table: inout RouteTable) {
    table.page("/board", for: .house, reads: .allergies("board")) { context in
      return try context.kept("board") { h, reader in try context.boardPage(h, reader) }
    }
    table.get(
      "/api/v1/board", "The open batch at this moment: who is where, who must be seen, which alerts wait",
      for: .house, reads: .health("board"), gives: .anyObject
    ) { context in
      let board = try context.site.store.read { try $0.board(at: context.site.store.now) }
      guard let board else { throw Refusal.notFound(Text("现在没有进行中的批次。", "No batch is open now.")) }
      return .json(JSONWriter.wire(context.json(of: board)))
    }
  }
}

extension Context {
  fileprivate func json(of board: Board) -> JSON {
    let presence = board.presence
    return .object([
      "batch": .object(["id": .string(board.batch.id.description), "number": .string(board.batch.number)]),
      "at": .int(board.at.milliseconds), "day": .int(Int64(board.day)),
      "presence": .object([
        "listed": .count(presence.listed), "present": .count(presence.present), "outing": .count(presence.outing),
        "leave": .count(presence.leave), "hospital": .count(presence.hospital), "held": .count(presence.held),
        "expected": .count(presence.expected), "noShow": .count(presence.noShow),
        "withdrawn": .count(presence.withdrawn), "refused": .count(presence.refused),
        "departed": .count(presence.departed), "overdueReturns": .count(presence.overdueReturns),
      ]),
      "round": board.round.map { round in
        .object([
          "id": .string(round.id.description), "code": .string(round.code), "name": .string(round.name(language)),
          "opensAt": .int(round.opensAt.milliseconds), "dueAt": .int(round.dueAt.milliseconds),
          "overdueAt": .int(round.overdueAt.milliseconds), "due": .optional(board.counts?.due),
          "done": .optional(board.counts?.done), "notDone": .optional(board.counts?.notDone),
          "incomplete": .optional(board.counts?.incomplete), "open": .optional(board.counts?.open),
          "missed": .optional(board.counts?.missed),
        ])
      },
      "overdue": .array(board.overdue.map { json(of: $0) }), "dueSoon": .array(board.dueSoon.map { json(of: $0) }),
      "held": .array(board.held.map { json(of: $0) }), "hospital": .array(board.hospital.map { json(of: $0) }),
      "leave": .array(board.leave.map { json(of: $0) }), "missing": .array(board.missing.map { json(of: $0) }),
      "outings": .array(
        board.outings.map { away in
          .object([
            "id": .string(away.outing.id.description), "destination": .string(away.outing.destination),
            "participants": .count(away.participants), "returnsAt": .int(away.outing.returnsAt.milliseconds),
            "overdue": .bool(away.outing.isOverdue),
          ])
        }),
      "coverage": board.coverage.map { coverage in
        .object([
          "whole": json(of: coverage.whole), "house": json(of: coverage.house),
          "outings": .array(
            coverage.outings.map { .object(["outing": .string($0.outing.id.description), "coverage": json(of: $0.coverage)]) }),
        ])
      },
      "alerts": .array(board.alerts.map { json(of: $0) }),
      "activations": .array(board.activations.map { $0.json(self) }),
      "incidents": .array(
        board.incidents.map { incident in
          .object([
            "id": .string(incident.id.description), "kind": .string(incident.kind.rawValue),
            "grade": .string(incident.grade.rawValue), "place": .string(incident.place),
            "reportedAt": .int(incident.reportedAt.milliseconds), "commander": .string(incident.commanderName),
          ])
        }),
      "onDuty": .array(
        board.onDuty.map { each in
          .object([
            "escort": .string(each.id.description), "name": .string(each.name), "duty": .string(each.duty.rawValue),
            "telephone": .string(each.telephone), "until": .int(each.until.milliseconds),
          ])
        }),
    ])
  }

  private func json(of person: BoardPerson) -> JSON {
    .object([
      "id": .string(person.id.description), "number": .count(person.number), "name": .string(person.name),
      "room": .string(person.room), "place": .string(person.place.rawValue), "note": .string(told(person.placeNote, at: person.place)),
      "since": .optional(person.placeSince?.milliseconds), "expectedBack": .optional(person.expectedBack?.milliseconds),
      "dueAt": .optional(person.dueAt?.milliseconds), "overdue": .bool(person.isOverdue),
    ])
  }

  private func json(of coverage: Coverage) -> JSON {
    .object([
      "participants": .count(coverage.count.participants), "general": .count(coverage.count.general),
      "medical": .count(coverage.count.medical), "rule": .optional(coverage.ratioRule?.id),
      "needed": .optional(coverage.verdict?.fewest), "most": .optional(coverage.verdict?.most),
      "medicalNeeded": .optional(coverage.medicalNeeded), "holds": .bool(coverage.holds),
    ])
  }

  private func json(of each: BoardAlert) -> JSON {
    let alert = each.alert
    return .object([
      "id": .string(alert.id.description), "code": .string(alert.code), "severity": .string(alert.severity.rawValue),
      "message": .string(words(of: each)), "drill": .bool(alert.isDrill), "openedAt": .int(alert.openedAt.milliseconds),
      "participant": .optional(each.person?.id.description), "room": .optional(each.person?.room),
      "tier": .optional(alert.tier?.rawValue), "people": .string(alert.people),
      "nextTier": .optional(alert.nextTier?.rawValue), "nextAt": .optional(alert.nextAt?.milliseconds),
    ])
  }
}

extension JSON {
  fileprivate static func count(_ value: Int) -> JSON { .int(Int64(value)) }
}
