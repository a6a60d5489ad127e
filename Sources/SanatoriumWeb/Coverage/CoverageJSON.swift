internal import Evidence
internal import MicroHTTP
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  func coverageJSON() throws -> JSON {
    func instant(_ name: String) throws -> Instant? {
      guard let text = request.query.first(name) else { return nil }
      guard let milliseconds = Int64(text) else {
        throw Refusal.invalid(name, "not-an-instant", Text("要填 1970 年以来的毫秒数。", "Give milliseconds since 1970."))
      }
      return Instant(milliseconds: milliseconds)
    }
    let (from, until) = (try instant("from"), try instant("until"))
    let view = try site.store.read { try coverageView($0, from: from ?? Instant(milliseconds: 0), until: until) }
    let now = JSON.object([
      "batch": .string(view.batch.id.description), "whole": view.now?.whole.json ?? .null, "house": view.now?.house.json,
      "outings": .array(
        (view.now?.outings ?? []).map { outing, coverage in
          .object(["outing": .string(outing.id.description), "coverage": coverage.json])
        }),
      "holds": view.now.map { .bool($0.holds) },
      "planned": .array(
        view.planned.map { outing, forecast in
          .object([
            "outing": .string(outing.id.description), "leavesAt": .int(forecast.leavesAt.milliseconds),
            "coverage": forecast.outing.json, "house": forecast.house.json, "houseAt": .int(forecast.houseAt.milliseconds),
            "awaited": .int(Int64(forecast.awaited)), "backByThen": .int(Int64(forecast.backByThen)),
            "absent": .int(Int64(forecast.absent)), "late": .int(Int64(forecast.late)),
            "others": .array(forecast.others.map { .string($0.id.description) }),
          ])
        }),
    ])
    guard let timeline = view.history?.timeline else { return now }
    let isPart = from != nil || until != nil
    let history = JSON.object([
      "days": .array(
        timeline.days(time).map { day in
          .object([
            "day": .string(day.day.description), "holds": .bool(day.holds),
            "worst": .array(day.worst.map { $0.moment.json(at: $0.place) }),
          ])
        }),
      "breaches": .array(timeline.breaches.map { $0.json(view.recorded($0)) }),
      "pieces": isPart
        ? .array(timeline.places.flatMap { place in (timeline.pieces[place] ?? []).map { $0.json(at: place) } }) : nil,
    ])
    return .object((now.members ?? []) + (history.members ?? []))
  }
}

extension Coverage {
  var json: JSON {
    .object([
      "participants": .int(Int64(count.participants)), "general": .int(Int64(count.general)),
      "medical": .int(Int64(count.medical)), "counted": verdict.map { .int(Int64($0.staff)) },
      "needed": verdict.map { .int(Int64($0.fewest)) }, "most": verdict?.most.map { .int(Int64($0)) },
      "medicalNeeded": medicalNeeded.map { .int(Int64($0)) }, "holds": .bool(holds),
      "rule": ratioRule.map { .string($0.id) }, "article": ratioRule.map { .string($0.article) },
      "quote": ratioRule.map { .string($0.quote) }, "medicalRule": medicalRule.map { .string($0.id) },
    ])
  }
}

extension CoveragePlace {
  fileprivate var code: String {
    switch self {
    case .whole: "whole"
    case .house: "house"
    case .outing: "outing"
    }
  }

  fileprivate var outing: JSON? { if case .outing(let id) = self { .string(id.description) } else { nil } }
}

extension CoveragePiece {
  fileprivate func json(at place: CoveragePlace) -> JSON {
    .object([
      "place": .string(place.code), "outing": place.outing, "from": .int(from.milliseconds),
      "until": .int(until.milliseconds), "participants": .int(Int64(count.participants)),
      "general": .int(Int64(count.general)), "medical": .int(Int64(count.medical)), "counted": .int(Int64(staff)),
      "needed": verdict.map { .int(Int64($0.fewest)) }, "most": verdict?.most.map { .int(Int64($0)) },
      "medicalNeeded": medicalNeeded.map { .int(Int64($0)) }, "holds": .bool(holds),
    ])
  }
}

extension CoverageBreach {
  fileprivate func json(_ recorded: Nonconformity?) -> JSON {
    .object([
      "place": .string(place.code), "outing": place.outing, "kind": .string(kind == .ratio ? "ratio" : "medical"),
      "from": .int(from.milliseconds), "until": until.map { .int($0.milliseconds) } ?? .null,
      "rule": .string(rule.id), "article": .string(rule.article),
      "quote": .string(rule.quote), "worst": worst.json(at: place),
      "nonconformity": recorded.map { .string($0.id.description) }, "cause": recorded.map { .string($0.cause.rawValue) },
      "explanation": recorded?.explanation.map { .string($0) },
    ])
  }
}
