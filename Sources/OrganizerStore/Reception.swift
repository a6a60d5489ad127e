public import Evidence
internal import Foundation
internal import GRDB
public import Sanatorium

/// How a report came.
public enum Channel: Sendable, Hashable {
  case webhook(StandardWebhooks.Headers, remote: String)
  /// From a site with no link.
  case file

  var name: String { if case .file = self { "file" } else { "webhook" } }
  var remote: String { if case .webhook(_, let remote) = self { remote } else { "" } }
  var webhookID: String? { if case .webhook(let headers, _) = self { headers.id } else { nil } }
}

/// The answer to a report that was taken, now or before.
public struct Reception: Sendable, Hashable {
  public let report: ID
  public let receipt: SignedReceipt
  /// The same report was taken earlier; the receipt is the one from then.
  public let isRepeated: Bool
}

/// Why a delivery was not taken. It is recorded.
public struct Rejection: Error, Hashable, Sendable {
  public enum Kind: String, Sendable, Hashable {
    /// Nobody enrolled sent it, or it was changed on the way, or it is too old.
    case unauthorized
    /// It contradicts what was taken before.
    case conflict
    /// It can't be read, or contradicts itself.
    case invalid
  }

  public let kind: Kind
  public let faults: [Fault]
  /// A signed refusal, for a report whose own signature is good.
  public let receipt: SignedReceipt?
}

extension OrganizerStore {
  /// Takes a report: finds out who sent it, checks signature, chain and every figure, compares it with the reports
  /// before it, and keeps it with its signed receipt.
  ///
  /// - Throws: `Rejection` after recording why; `Refusal.storageFull`, `.storageUnavailable`.
  public func receive(_ bytes: [UInt8], via channel: Channel, now: Instant) throws -> Reception {
    var sender: Facility?
    do {
      return try take(bytes, channel, now, &sender)
    } catch let rejection as Rejection {
      try record(rejection, bytes, channel, sender?.id, now)
      throw rejection
    }
  }

  private func take(
    _ bytes: [UInt8], _ channel: Channel, _ now: Instant, _ sender: inout Facility?
  ) throws -> Reception {
    let digest = Digest.of(bytes)
    if case .webhook(let headers, _) = channel {
      let facility = try authenticate(bytes, headers, now, &sender)
      if let earlier = try read({ try Reception.find($0, facility: facility.id, webhookID: headers.id) }) {
        guard earlier.receipt.receipt.reportDigest == digest.description else {
          throw Rejection(
            .conflict, "webhook-id", "reused",
            Text("这个 webhook-id 已经用于另一份报告。", "This webhook-id was used for another report."))
        }
        return earlier
      }
    }
    let unverified = try Rejection.from(.invalid) { try UnverifiedReport(bytes) }
    let known = try read { try Facility.find($0, unverified.facility) }
    guard let facility = known, facility.removedAt == nil, sender == nil || sender?.id == facility.id else {
      throw Rejection(
        .unauthorized, "report.facility.id", "unknown-facility",
        Text("报告里的承办单位没有登记，或者不是发来的这一家。", "The report's facility is not enrolled, or is not the one that sent it."))
    }
    sender = facility
    // Only now: a stranger who has somebody's report learns nothing from sending it again.
    if let earlier = try read({ try Reception.find($0, digest: digest) }) { return earlier }
    let signed: SignedReport
    do {
      signed = try unverified.verified(by: facility.publicKey)
    } catch Refusal.invalid(let faults) {
      let isAuthentic = !faults.contains { $0.field.hasPrefix("signature") }
      throw Rejection(
        kind: isAuthentic ? .invalid : .unauthorized, faults: faults,
        receipt: isAuthentic ? refusal(unverified, facility, faults, now) : nil)
    }
    return try store(signed, facility, channel, now)
  }

  /// Whoever holds the secret that fits; the timestamp is judged after that.
  private func authenticate(
    _ bytes: [UInt8], _ headers: StandardWebhooks.Headers, _ now: Instant, _ sender: inout Facility?
  ) throws -> Facility {
    for facility in try read({ try Facility.enrolled($0) }) {
      do {
        try StandardWebhooks.verify(bytes, headers, with: facility.secrets, now: now)
        sender = facility
        return facility
      } catch Refusal.invalid(let faults) {
        if faults.contains(where: { $0.code == "wrong-signature" }) { continue }
        if faults.contains(where: { $0.code == "out-of-tolerance" }) { sender = facility }
        throw Rejection(kind: .unauthorized, faults: faults, receipt: nil)
      }
    }
    throw Rejection(
      .unauthorized, "webhook-signature", "unknown-sender",
      Text("没有一个登记的单位用这样的密钥签名。", "No enrolled facility signs with such a secret."))
  }

  private func store(
    _ signed: SignedReport, _ facility: Facility, _ channel: Channel, _ now: Instant
  ) throws -> Reception {
    let report = signed.report
    let figures = try signed.comparison().count
    return try write { database in
      let faults = try contradictions(database, signed, facility)
      guard faults.isEmpty else {
        throw Rejection(
          kind: .conflict, faults: faults, receipt: receipt(signed, facility, .refused, figures, faults, now))
      }
      let receipt = receipt(signed, facility, .accepted, figures, [], now)
      let id = ID.random()
      try database.execute(
        sql: "UPDATE report SET is_latest = 0 WHERE facility = ? AND batch = ? AND revision < ?",
        arguments: [facility.id.data, report.batch.id.data, report.revision])
      let isLatest =
        try Int.fetchOne(
          database, sql: "SELECT 1 FROM report WHERE facility = ? AND batch = ? AND revision > ?",
          arguments: [facility.id.data, report.batch.id.data, report.revision]) == nil
      try database.execute(
        sql: """
          INSERT INTO report(id, digest, facility, batch, revision, number, regulation, first_day, last_day, issued_at,
            received_at, channel, webhook_id, first_sequence, last_sequence, entries, figures, is_latest, report, receipt)
          VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          id.data, Data(signed.digest.bytes), facility.id.data, report.batch.id.data, report.revision,
          report.batch.number, report.regulation.id, report.batch.firstDay.number, report.batch.lastDay.number,
          report.issuedAt.milliseconds, now.milliseconds, channel.name, channel.webhookID, signed.evidence.first,
          signed.evidence.last, signed.evidence.entries.count, figures, isLatest ? 1 : 0,
          String(decoding: JSONWriter.canonical(JSON(encoding: report)), as: UTF8.self), Data(receipt.bytes),
        ])
      try database.execute(
        sql: "INSERT INTO document(report, bytes) VALUES(?, ?)", arguments: [id.data, Data(signed.bytes)])
      for (sequence, chain) in [
        (signed.evidence.first - 1, signed.evidence.before), (signed.evidence.last, signed.evidence.after),
      ] {
        try database.execute(
          sql: "INSERT INTO chain_point(facility, sequence, chain) VALUES(?, ?, ?) ON CONFLICT DO NOTHING",
          arguments: [facility.id.data, sequence, Data(chain.bytes)])
      }
      return Reception(report: id, receipt: receipt, isRepeated: false)
    }
  }

  /// What the facility told before and tells otherwise now.
  private func contradictions(_ database: Database, _ signed: SignedReport, _ facility: Facility) throws -> [Fault] {
    var faults: [Fault] = []
    let report = signed.report
    let revisions = try Row.fetchAll(
      database, sql: "SELECT revision, digest FROM report WHERE facility = ? AND batch = ?",
      arguments: [facility.id.data, report.batch.id.data])
    if revisions.contains(where: { $0["revision"] == report.revision }) {
      faults.append(
        Fault(
          "report.revision", "revision-exists",
          Text(
            "这一批的第 \(report.revision) 版已经收过，内容不一样。", "Revision \(report.revision) was taken before with other content.")
        ))
    }
    if let before = revisions.first(where: { $0["revision"] == report.revision - 1 }),
      report.previous != Digest(bytes: before.bytes("digest"))?.description
    {
      faults.append(
        Fault(
          "report.previous", "other-predecessor",
          Text(
            "它接续的不是收到过的第 \(report.revision - 1) 版。",
            "It does not follow the revision \(report.revision - 1) that was taken.")))
    }
    let points = try Row.fetchAll(
      database, sql: "SELECT sequence, chain FROM chain_point WHERE facility = ? AND sequence BETWEEN ? AND ?",
      arguments: [facility.id.data, signed.evidence.first - 1, signed.evidence.last])
    let told = Dictionary(points.map { ($0["sequence"] as Int64, $0.bytes("chain")) }) { $1 }
    for (sequence, chain) in signed.evidence.chainValues where told[sequence] != nil && told[sequence] != chain.bytes {
      faults.append(
        Fault(
          "evidence", "history-differs",
          Text(
            "到第 \(sequence) 条为止的记录，和这个单位以前报来的不一样。",
            "The records up to entry \(sequence) are not those that this facility reported before.")))
    }
    return faults
  }

  private func receipt(
    _ signed: SignedReport, _ facility: Facility, _ verdict: Receipt.Verdict, _ figures: Int, _ faults: [Fault],
    _ now: Instant
  ) -> SignedReceipt {
    SignedReceipt(
      signing: Receipt(
        organizer: name, facility: facility.id, batch: signed.report.batch.id, batchNumber: signed.report.batch.number,
        revision: signed.report.revision, reportDigest: signed.digest, receivedAt: now, verdict: verdict,
        figures: figures, reasons: faults.map(\.message)),
      with: key)
  }

  /// Of a report that contradicts itself, so that little of it can be named.
  private func refusal(
    _ unverified: UnverifiedReport, _ facility: Facility, _ faults: [Fault], _ now: Instant
  ) -> SignedReceipt {
    SignedReceipt(
      signing: Receipt(
        organizer: name, facility: facility.id, batch: unverified.batch ?? .none,
        batchNumber: unverified.batchNumber ?? "", revision: unverified.revision ?? 0, reportDigest: unverified.digest,
        receivedAt: now, verdict: .refused, figures: 0, reasons: faults.map(\.message)),
      with: key)
  }

  private func record(
    _ rejection: Rejection, _ bytes: [UInt8], _ channel: Channel, _ facility: ID?, _ now: Instant
  ) throws {
    let faults = rejection.faults.map { fault -> JSON in
      .object([
        "field": .string(fault.field), "code": .string(fault.code), "zh": .string(fault.message.chinese),
        "en": .string(fault.message.english),
      ])
    }
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO rejection(at, channel, remote, facility, digest, size, webhook_id, faults)
          VALUES(?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          now.milliseconds, channel.name, channel.remote, facility?.data, Data(Digest.of(bytes).bytes), bytes.count,
          channel.webhookID.map { String($0.prefix(256)) },
          String(decoding: JSONWriter.canonical(.array(faults)), as: UTF8.self),
        ])
      // Strangers can make rejections, so they must not fill the disk.
      try database.execute(
        sql: "DELETE FROM rejection WHERE id <= (SELECT max(id) FROM rejection) - 10000")
    }
  }
}

extension Rejection {
  init(_ kind: Kind, _ field: String, _ code: String, _ message: Text) {
    self.init(kind: kind, faults: [Fault(field, code, message)], receipt: nil)
  }

  static func from<T>(_ kind: Kind, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch Refusal.invalid(let faults) {
      throw Rejection(kind: kind, faults: faults, receipt: nil)
    }
  }
}

extension Reception {
  static func find(_ database: Database, facility: ID, webhookID: String) throws -> Reception? {
    try Row.fetchOne(
      database, sql: "SELECT id, digest, receipt FROM report WHERE facility = ? AND webhook_id = ?",
      arguments: [facility.data, webhookID]
    ).map(Reception.init)
  }

  static func find(_ database: Database, digest: Digest) throws -> Reception? {
    try Row.fetchOne(
      database, sql: "SELECT id, digest, receipt FROM report WHERE digest = ?", arguments: [Data(digest.bytes)]
    ).map(Reception.init)
  }

  private init(_ row: GRDB.Row) throws {
    report = try row.id("id")
    receipt = try SignedReceipt(stored: row.bytes("receipt"))
    isRepeated = true
  }
}
