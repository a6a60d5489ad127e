import Evidence
import Foundation
import Sanatorium
import Testing

@testable import OrganizerStore

/// An organizer's store in a folder of its own with one enrolled facility, and reports as that facility would send them.
final class Desk {
  let folder: URL
  let store: OrganizerStore
  let facilityKey = SigningKey.generate()
  let organizerKey = SigningKey.generate()
  let secret: WebhookSecret
  let facility: Facility
  let now = Instant(milliseconds: 1_782_000_000_000)

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("organizer-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = try OrganizerStore(
      path: folder.appendingPathComponent("organizer.db").path, key: organizerKey, name: "威海市退役军人事务局")
    let enrolment = try store.enrol(
      name: "白桦湖疗养中心", publicKey: facilityKey.publicKey, by: "测试", now: now)
    secret = enrolment.secret
    facility = enrolment.facility
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func headers(
    _ bytes: [UInt8], id: String = "msg_\(ID.random())", at: Instant? = nil, secret: WebhookSecret? = nil
  ) -> StandardWebhooks.Headers {
    StandardWebhooks.sign(bytes, id: id, at: at ?? now, with: [secret ?? self.secret])
  }

  func send(_ bytes: [UInt8], _ headers: StandardWebhooks.Headers? = nil, now: Instant? = nil) throws -> Reception {
    try store.receive(bytes, via: .webhook(headers ?? self.headers(bytes), remote: "192.0.2.7"), now: now ?? self.now)
  }

  /// The codes with which a delivery is refused; empty when it is taken.
  func refusal(_ bytes: [UInt8], _ headers: StandardWebhooks.Headers? = nil, now: Instant? = nil) -> Rejection? {
    do {
      _ = try send(bytes, headers, now: now)
      return nil
    } catch let rejection as Rejection {
      return rejection
    } catch {
      Issue.record(error)
      return nil
    }
  }
}
