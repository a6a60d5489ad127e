internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// A write that a handler has decoded: the one Store method to call, and the answer to what it recorded. The request
/// waits without holding a thread until the entry is on the disk.
struct Act: Sendable {
  private let begin: @Sendable (Store, LateAct?, Responder, @escaping @Sendable (any Error) -> Response) -> Void
  /// What a refused form shows: the same page with the faults and what was typed; nil for the problem page.
  private var refused: (@Sendable ([Fault]) throws -> Response)?

  init<Result: Sendable>(
    _ event: @escaping @Sendable (Ledger) throws -> Result,
    refused: (@Sendable ([Fault]) throws -> Response)? = nil,
    answer: @escaping @Sendable (Result) throws -> Response
  ) {
    self.refused = refused
    begin = { store, late, responder, problem in
      store.write({ ledger in
        try late?.check(ledger)
        return try event(ledger)
      }) { result in
        switch result {
        case .success(let recorded):
          do { responder.answer(try answer(recorded)) } catch { responder.answer(problem(error)) }
        case .failure(let error):
          responder.answer(problem(error))
        }
      }
    }
  }

  /// A write of the API: 201 with what was recorded, 200 for its repetition.
  static func recorded(_ event: @escaping @Sendable (Ledger) throws -> Recorded) -> Act {
    Act(event) { recorded in
      .json(JSONWriter.wire(recorded.json), status: recorded.repeated ? .ok : .created)
    }
  }

  /// A write of a form page: back to a page that shows it; a refusal shows the form again.
  static func redirect(
    to location: String, refused: (@Sendable ([Fault]) throws -> Response)? = nil,
    _ event: @escaping @Sendable (Ledger) throws -> Recorded
  ) -> Act {
    Act(event, refused: refused) { recorded in
      let mark = location.contains("?") ? "&" : "?"
      let parts = location.split(separator: "#", maxSplits: 1)
      let anchor = parts.count > 1 ? "#\(parts[1])" : ""
      return .redirect(to: "\(parts[0])\(mark)saved=\(recorded.sequence)\(anchor)")
    }
  }

  /// The same write; a refusal shows this.
  func showing(_ refused: @escaping @Sendable ([Fault]) throws -> Response) -> Act {
    var act = self
    act.refused = refused
    return act
  }

  func reply(_ context: Context) -> Reply {
    .later { start(context, $0) }
  }

  /// Starts the write of a request that already waits.
  func start(_ context: Context, _ responder: Responder) {
    begin(context.site.store, context.late, responder) { error in
      if let refused, !context.wantsFaults, let faults = Refusal.faults(of: error) {
        do { return try refused(faults) } catch { return context.problem(error) }
      }
      return context.problem(error)
    }
  }
}

extension Recorded {
  var json: JSON {
    .object([
      "id": .string(id.description), "subject": .string(subject.description), "sequence": .int(sequence),
      "recordedAt": .int(recordedAt.milliseconds),
    ])
  }
}

extension Refusal {
  /// The faults a form can show beside its fields; nil for what needs a page of its own.
  static func faults(of error: any Error) -> [Fault]? {
    switch error {
    case Refusal.invalid(let faults): faults
    case Refusal.conflict(let fault): [fault]
    case let malformed as MalformedJSON: [malformed.fault]
    default: nil
    }
  }
}
