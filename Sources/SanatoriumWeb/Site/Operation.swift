internal import Evidence
internal import MicroHTTP
internal import Sanatorium

/// Who may use a route.
enum Audience: Sendable, Hashable {
  /// Nobody needs to be logged in.
  case everyone
  /// Any account.
  case accounts
  case roles(Set<Role>)
  /// Those who may read health data: medical escorts, leads, the organizer.
  case healthReaders
  /// Those who may record it: medical escorts and leads.
  case healthRecorders

  /// Those who may, by their codes in the API's description; nil for everyone, logged in or not.
  var roles: [String]? {
    guard self != .everyone else { return nil }
    let kinds = Role.allCases.map { ($0.rawValue, Actor(account: .none, role: $0, name: "")) }
    let medic = ("medic", Actor(account: .none, role: .escort, isMedical: true, name: ""))
    return (kinds + [medic]).filter { admits($0.1) }.map(\.0)
  }

  func admits(_ actor: Actor) -> Bool {
    switch self {
    case .everyone, .accounts: true
    case .roles(let roles): roles.contains(actor.role)
    case .healthReaders: actor.mayReadHealth
    case .healthRecorders: actor.mayRecordHealth
    }
  }
}

/// One query parameter of an API route.
struct QueryParameter: Sendable {
  let name: String
  let schema: Schema
  let about: String

  init(_ name: String, _ schema: Schema, _ about: String) {
    self.name = name
    self.schema = schema
    self.about = about
  }
}

/// One route of the API as `/openapi.json` tells it.
struct Operation: Sendable {
  let method: MicroHTTP.Method
  let pattern: String
  let summary: String
  let audience: Audience
  let reads: HealthReading
  var query: [QueryParameter] = []
  var takes: Schema?
  var gives: Schema?
  /// It takes a form with the part `file` (`multipart/form-data`).
  var takesFile = false
  /// It answers with the bytes of a scan.
  var givesFile = false

  /// `/api/v1/batches/:batch` as `/api/v1/batches/{batch}`.
  var path: String {
    pattern.split(separator: "/", omittingEmptySubsequences: false)
      .map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }.joined(separator: "/")
  }

  var pathParameters: [String] { pattern.split(separator: "/").filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) } }
}
