internal import Evidence
internal import Foundation
internal import Sanatorium

/// What an entry says, in two parts: `open` goes to the organizer as evidence and names nobody; `personal` stays.
protocol Payload: Sendable {
  static var kind: EntryKind { get }
  var open: JSON { get }
  var personal: JSON { get }
  /// Canonical bytes of the two parts; made from them unless a payload that is recorded thousands of times writes its own.
  var openBody: [UInt8] { get }
  var personalBody: [UInt8] { get }
  /// Reads an entry back; throws when the journal holds something this program never wrote.
  init(open: JSON, personal: JSON) throws
  /// Turns the entry into rows. Live recording and rebuilding both end here, so it reads no clock, no randomness and no
  /// configuration: whatever a rule decided stands in the payload.
  func apply(_ entry: AppliedEntry, to tables: Connection) throws
}

extension Payload {
  var openBody: [UInt8] { JSONWriter.canonical(open) }
  var personalBody: [UInt8] { JSONWriter.canonical(personal) }
}

/// The header's fields as `apply` needs them; `batch` is the surrogate (0 outside batches).
struct AppliedEntry: Sendable {
  let sequence: Int64
  let id: ID
  let batch: Int64
  let batchID: ID
  let subject: ID
  let actor: ID
  let device: ID
  let occurredAt: Instant
  let recordedAt: Instant
}

/// A payload of which both parts are `Codable`; for everything that is not recorded thousands of times a day.
protocol CodedPayload: Payload {
  associatedtype Open: Codable & Sendable
  associatedtype Personal: Codable & Sendable
  var openPart: Open { get }
  var personalPart: Personal { get }
  init(openPart: Open, personalPart: Personal)
}

/// A part without members.
struct Nothing: Codable, Sendable {}

extension CodedPayload {
  var open: JSON { JSON.encoded(openPart) }
  var personal: JSON { JSON.encoded(personalPart) }

  init(open: JSON, personal: JSON) throws {
    self.init(
      openPart: try open.decoded(as: Open.self), personalPart: try personal.decoded(as: Personal.self))
  }
}

extension JSON {
  /// The JSON of a value whose coding holds only text, whole numbers, booleans, lists and objects.
  static func encoded(_ value: some Encodable) -> JSON {
    // Our payload types hold nothing that JSONEncoder or the parser refuses; anything else is a mistake of the program.
    do { return try JSON.parse(Array(JSONEncoder().encode(value))) } catch {
      preconditionFailure("a payload that is no JSON: \(type(of: value)): \(error)")
    }
  }

  func decoded<T: Decodable>(as type: T.Type) throws -> T {
    try JSONDecoder().decode(type, from: Data(JSONWriter.canonical(self)))
  }
}
