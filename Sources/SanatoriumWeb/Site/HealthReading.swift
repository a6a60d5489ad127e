internal import MicroHTTP
internal import Sanatorium

/// What a route shows of people's health; said where the route is listed. Whoever is answered by it, and may see what it
/// shows, is in the log of reads (个人信息保护法 Art. 51, 54).
struct HealthReading: Sendable {
  /// Whose health it is.
  enum Subject: Sendable {
    /// Many people's: a list, the board.
    case many
    /// What the path's parameter names: a participant, or a batch, an alert, an incident, a plan's activation.
    case path(String)
    /// The participant that a query parameter names.
    case query(String)
  }

  private enum Readers {
    case nobody, health, house
  }

  private let readers: Readers
  let what: StaticString
  private let subject: Subject

  /// Nothing of anybody's health. What a write records needs no row of its own either: the journal has it.
  static let none = HealthReading(readers: .nobody, what: "", subject: .many)

  /// Readings, scores, conditions, clinical words. Only those who may read health data are shown them, and logged.
  static func health(_ what: StaticString, _ subject: Subject = .many) -> HealthReading {
    HealthReading(readers: .health, what: what, subject: subject)
  }

  /// Allergies besides, which the whole house is told for everybody's safety: everybody is logged.
  static func allergies(_ what: StaticString, _ subject: Subject = .many) -> HealthReading {
    HealthReading(readers: .house, what: what, subject: subject)
  }

  /// Whether anybody's reading leaves a row.
  var isLogged: Bool { readers != .nobody }

  /// The reply, recorded once it is known to show something: at once, or when a waiting request is answered.
  func recorded(_ reply: Reply, _ context: Context) -> Reply {
    guard readers == .house || (readers == .health && context.viewer?.actor.mayReadHealth == true) else { return reply }
    switch reply {
    case .response(let response):
      if shows(response) { record(context) }
    case .prepared:
      record(context)
    case .later(let start):
      return .later { responder in
        start(
          Responder { response in
            if shows(response) { record(context) }
            responder.answer(response)
          })
      }
    case .events: break
    }
    return reply
  }

  /// A refused form comes back on the page that it stood on; redirects and problems show nothing.
  private func shows(_ response: Response) -> Bool {
    switch response.status.code {
    case 204: false
    case 200..<300: true
    case 422: response.headers["Content-Type"]?.hasPrefix("text/html") == true
    default: false
    }
  }

  private func record(_ context: Context) {
    let named: String? =
      switch subject {
      case .many: nil
      case .path(let name): context.parameters[name]
      case .query(let name): context.request.query.first(name)
      }
    context.saw(what, of: named.flatMap { ID($0) } ?? .none)
  }
}
