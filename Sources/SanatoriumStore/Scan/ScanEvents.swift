public import Evidence
public import Sanatorium

/// A scanned paper as it was sent.
public struct ScanDraft: Sendable {
  public let bytes: [UInt8]
  /// What the sender calls the file.
  public let name: String
  /// Of the bytes; made where they arrive, so that the writer's thread need not.
  public let digest: Digest

  public init(bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = ScanDraft.tidy(name)
    digest = bytes.withUnsafeBytes { Digest.of(memory: $0) }
  }

  private static let hidden: Set<Unicode.GeneralCategory> = [
    .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned,
  ]

  /// Without folders, and without what can't be shown or would turn the line round; 100 characters at most.
  private static func tidy(_ name: String) -> String {
    let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
    var shown = String.UnicodeScalarView()
    shown.append(contentsOf: last.unicodeScalars.filter { !hidden.contains($0.properties.generalCategory) })
    return String(trim(String(shown)).prefix(100))
  }
}

extension Ledger {
  /// Attaches a scanned paper to a fact: entry and bytes in one transaction. Possible until the report is acknowledged,
  /// since papers are found late. What it records has the scan as its subject.
  ///
  /// - Throws: `Refusal.forbidden` for who may not record the fact; `Refusal.invalid` when the file is no scan, is too
  ///   large, or there are too many; `Refusal.conflict` when the fact has this very file already.
  public func attachScan(
    _ file: ScanDraft, to key: FactKey, of owner: FactOwner, _ submission: Submission
  ) throws -> Recorded {
    let subject = try tables.subject(of: owner)
    let draft = submission.draft(batch: subject.batch.key, subject: .random(), now: now)
    if let earlier = try earlier(ScanAttached.self, draft) { return Recorded(earlier.entry, repeated: true) }
    let definition = try requireRecorder(of: key, owner, submission.actor)
    try requireKept(subject.batch)
    let type: ScanType
    switch ScanType.read(file.bytes) {
    case .success(let found): type = found
    case .failure(let fault): throw Refusal.invalid("file", fault.code, fault.message(file.name))
    }
    let digest = file.digest.description
    let present = try tables.scans(of: key, subject).filter { $0.removedAt == nil }
    if let same = present.first(where: { $0.digest == digest }) {
      throw Refusal.conflict(
        "file", "attached-already",
        Text("“\(same.name)”就是这个文件，已经在这里了。", "“\(same.name)” is this very file; it is here already."))
    }
    guard present.count < ScanLimit.ofFact else {
      throw Refusal.invalid(
        "file", "too-many",
        Text(
          "“\(definition.label.chinese)”已经有 \(present.count) 份，最多 \(ScanLimit.ofFact) 份。先去掉不用的。",
          "“\(definition.label.english)” has \(present.count) scans already, at most \(ScanLimit.ofFact). Take off what is not needed."))
    }
    try requireRoom(for: file, in: subject.batch)
    try tables.run(ScanFile.insert, digest, Blob(file.bytes))
    let payload = ScanAttached(
      openPart: .init(key: key.rawValue, scope: owner.scope.rawValue, type: type.rawValue),
      personalPart: .init(participant: subject.key, digest: digest, size: file.bytes.count, name: file.name))
    return Recorded(try record(payload, draft), repeated: false)
  }

  /// Takes a scan off a fact, with the reason. Its entry stays, and so do its bytes until the purge.
  public func removeScan(
    _ id: ID, from key: FactKey, of owner: FactOwner, reason: String, _ submission: Submission
  ) throws -> Recorded {
    let subject = try tables.subject(of: owner)
    let draft = submission.draft(batch: subject.batch.key, subject: id, now: now)
    if let earlier = try earlier(ScanRemoved.self, draft) { return Recorded(earlier.entry, repeated: true) }
    _ = try requireRecorder(of: key, owner, submission.actor)
    try requireKept(subject.batch)
    let scan = try tables.scan(id, of: key, subject)
    if scan.removedAt != nil {
      throw Refusal.conflict("scan", "removed-already", Text("这份扫描件已经去掉了。", "This scan was taken off already."))
    }
    guard !trim(reason).isEmpty else {
      throw Refusal.invalid("reason", "missing", Text("请写为什么。", "Say why."))
    }
    let payload = ScanRemoved(
      openPart: .init(key: key.rawValue, scope: owner.scope.rawValue, type: scan.type.rawValue),
      personalPart: .init(reason: trim(reason)))
    return Recorded(try record(payload, draft), repeated: false)
  }

  private func requireRecorder(of key: FactKey, _ owner: FactOwner, _ actor: Actor) throws -> FactDefinition {
    guard let definition = FactCatalogue[key], definition.scope == owner.scope else {
      throw Refusal.notFound(Text("没有叫“\(key)”的事项。", "There is no fact called “\(key)” here."))
    }
    guard definition.admits(actor) else {
      throw Refusal.forbidden(
        Text(
          "“\(definition.label.chinese)”的扫描件由\(definition.roles.map(\.name.chinese).joined(separator: "、"))放。",
          "Scans of “\(definition.label.english)” are attached by: \(definition.roles.map(\.name.english).joined(separator: ", "))."))
    }
    return definition
  }

  private func requireKept(_ batch: Batch) throws {
    guard batch.state != .acknowledged else {
      throw Refusal.conflict(
        "batch", "acknowledged",
        Text("\(batch.number)已经签收，材料不再改。", "\(batch.number) is acknowledged; its papers change no more."))
    }
  }

  private func requireRoom(for file: ScanDraft, in batch: Batch) throws {
    let (count, size) = try tables.first(ScanTable.ofBatch, batch.key) { ($0.int(0), $0.int(1)) } ?? (0, 0)
    guard count < ScanLimit.ofBatch, size + file.bytes.count <= ScanLimit.bytesOfBatch else {
      throw Refusal.invalid(
        "file", "batch-full",
        Text(
          "这一批的扫描件已经有 \(count) 份、\(size >> 20) MB，最多 \(ScanLimit.ofBatch) 份、\(ScanLimit.bytesOfBatch >> 20) MB。",
          "This batch has \(count) scans of \(size >> 20) MB; at most \(ScanLimit.ofBatch) of \(ScanLimit.bytesOfBatch >> 20) MB."))
    }
  }
}
