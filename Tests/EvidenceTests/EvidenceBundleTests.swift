import Sanatorium
import Testing

@testable import Evidence

@Suite struct EvidenceBundleTests {
  private let bundle: EvidenceBundle

  init() throws { bundle = try SmallBatch().history.bundle }

  private func faults(_ json: JSON) -> [String] {
    do {
      _ = try EvidenceBundle(json: json)
      return []
    } catch Refusal.invalid(let faults) {
      return faults.map(\.code)
    } catch {
      return ["\(error)"]
    }
  }

  private func replacing(_ name: String, _ value: JSON) -> JSON {
    .object((bundle.json.members ?? []).map { $0.name == name ? .init(name, value) : $0 })
  }

  private var headers: [UInt8] { bundle.json["headers"]?.string.flatMap(Base64.decode) ?? [] }

  @Test("evidence comes back from its JSON unchanged, foreign entries as headers only")
  func roundTrip() throws {
    let read = try EvidenceBundle(json: try JSON.parse(JSONWriter.canonical(bundle.json)))
    #expect(read == bundle)
    #expect(read.entries.count { $0.open == nil } == 2)
    #expect(read.chain(at: read.first - 1) == bundle.before)
    #expect(read.chain(at: read.last) == bundle.after)
    #expect(read.chain(at: read.last + 1) == nil)
  }

  @Test("the header's bytes and the chain are what the documentation says")
  func bytes() throws {
    let header = EntryHeader(
      sequence: 1, id: ID(high: 2, low: 3), batch: ID(high: 4, low: 5), kind: .checkIn, subject: ID(high: 6, low: 7),
      actor: ID(high: 8, low: 9), device: .none, occurredAt: Instant(milliseconds: 10),
      recordedAt: Instant(milliseconds: -1), openDigest: .zero, privateDigest: .zero)
    let bytes = header.bytes
    #expect(bytes.count == EntryHeader.length)
    #expect(Array(bytes[40..<48]) == [0, 0, 0, 0, 0, 0, 0, 51])
    #expect(Array(bytes[104..<112]) == [UInt8](repeating: 255, count: 8))
    #expect(EntryHeader(bytes: bytes) == header)
    #expect(EntryHeader(bytes: bytes.dropLast()) == nil)
    // Recomputed with another implementation of SHA-256.
    #expect(
      header.chained(to: .zero).description == "eda51374a701576ce09851d8c1dd17f97b98b0f9d5b5bc2216e749106abf2794")
  }

  @Test("every field of every header is bound: one changed bit anywhere is noticed")
  func anyBit() throws {
    let original = headers
    var generator = SystemRandomNumberGenerator()
    for field in [0, 8, 24, 40, 48, 64, 80, 96, 104, 112, 144] {
      let entry = Int.random(in: 0..<original.count / EntryHeader.length, using: &generator)
      var changed = original
      changed[entry * EntryHeader.length + field + 7] ^= 1
      #expect(
        !faults(replacing("headers", .string(Base64.encode(changed)))).isEmpty, "byte \(field) of header \(entry)")
    }
  }

  /// The same evidence as a house of a later release would send it: one entry's kind is one that isn't known here.
  private func later(_ isForeign: (EvidenceEntry) -> Bool) throws -> EvidenceBundle {
    let found = bundle.entries.firstIndex(where: isForeign)
    let place = try #require(found)
    var entries = bundle.entries
    var header = entries[place].header
    header.kindCode = 4_711
    entries[place] = EvidenceEntry(header: header, open: entries[place].open)
    return EvidenceBundle(batch: bundle.batch, before: bundle.before, entries: entries)
  }

  @Test("a kind of a later release is no fault outside the batch, and one inside")
  func laterKinds() throws {
    let outside = try later { $0.header.batch != bundle.batch }
    let read = try EvidenceBundle(json: try JSON.parse(JSONWriter.canonical(outside.json)))
    #expect(read == outside && read.after != bundle.after)
    #expect(read.entries.contains { $0.header.kindCode == 4_711 && $0.header.kind == nil })
    #expect(try CompletionFigures(of: read.ofBatch, time: .china) == CompletionFigures(of: bundle.ofBatch, time: .china))
    let inside = try later { $0.header.batch == bundle.batch && $0.header.kind == .activityHeld }
    #expect(faults(inside.json) == ["unknown-kind"])
    #expect(throws: Refusal.self) { try CompletionFigures(of: inside.ofBatch, time: .china) }
  }

  @Test("a header taken away, put in twice or exchanged is noticed")
  func reordered() {
    let length = EntryHeader.length
    let all = headers
    let without = Array(all[..<(length * 3)] + all[(length * 4)...])
    #expect(faults(replacing("headers", .string(Base64.encode(without)))).contains("gap"))
    let twice = Array(all[..<(length * 4)] + all[(length * 3)...])
    #expect(faults(replacing("headers", .string(Base64.encode(twice)))).contains("gap"))
    #expect(faults(replacing("headers", .string(Base64.encode(Array(all.dropFirst(length)))))).contains("wrong-start"))
    #expect(faults(replacing("headers", .string(Base64.encode(Array(all.dropLast(3)))))) == ["malformed-evidence"])
  }

  @Test("a changed payload, salt or a missing payload is noticed by its sequence")
  func payloads() throws {
    let open = try #require(bundle.json["open"]?.array)
    func with(_ change: (inout [JSON]) -> Void) -> JSON {
      var changed = open
      change(&changed)
      return replacing("open", .array(changed))
    }
    let payload = with { list in
      guard case .array(var parts) = list[0] else { return }
      parts[2] = .object((parts[2].members ?? []).map { $0.name == "planned" ? .init("planned", 6) : $0 })
      list[0] = .array(parts)
    }
    #expect(faults(payload) == ["wrong-digest"])
    let salt = with { list in
      guard case .array(var parts) = list[1] else { return }
      parts[1] = .string(String(repeating: "0", count: 32))
      list[1] = .array(parts)
    }
    #expect(faults(salt) == ["wrong-digest"])
    #expect(faults(with { $0.removeLast() }) == ["missing-payload"])
    #expect(faults(with { $0.append($0[0]) }) == ["twice"])
    #expect(faults(with { $0[0] = .array([99_999, "", .object([])]) }).contains("malformed-payload"))
  }

  @Test("another chain value before or after is noticed")
  func ends() {
    let other = JSON.string(Digest.zero.description)
    #expect(faults(replacing("before", other)) == ["broken-chain"])
    #expect(faults(replacing("after", other)) == ["broken-chain"])
    #expect(faults(replacing("batch", .string(ID.random().description))).contains("wrong-start"))
  }

  @Test("the same payload under two salts has two digests, so nobody can guess what stays private")
  func salts() {
    let one = SealedPayload(sealing: "reason")
    let other = SealedPayload(sealing: "reason")
    #expect(one.body == other.body)
    #expect(one.digest != other.digest)
  }

  @Test("headers of impossible sequences and times are refused, not computed with")
  func extremes() {
    for bytes in [
      [UInt8](repeating: 255, count: 8), [127] + [UInt8](repeating: 255, count: 7), [128, 0, 0, 0, 0, 0, 0, 0],
    ] {
      for field in [0, 96, 104] {
        var changed = headers
        changed.replaceSubrange(field..<field + 8, with: bytes)
        #expect(faults(replacing("headers", .string(Base64.encode(changed)))).contains("out-of-range"))
      }
    }
  }
}
