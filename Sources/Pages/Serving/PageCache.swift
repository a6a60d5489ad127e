public import MicroHTTP
import Synchronization

/// Which page, for whom, in which language.
public struct PageKey: Hashable, Sendable {
  /// The page's address with whatever of the query it depends on.
  public var page: String
  /// For whom it may be used: a role where the page is the same for all of that role, an account where it is not.
  public var viewer: String
  /// The language tag.
  public var lang: String

  public init(_ page: String, viewer: String, lang: String) {
    self.page = page
    self.viewer = viewer
    self.lang = lang
  }
}

/// Keeps pages for as long as nothing they show has changed.
///
/// A page is good for one sequence of the journal and one `slot` of time (a minute, where it shows ages). Of many who ask
/// at once one renders and the others wait for it. Forms are drawn for each request and never kept.
public final class PageCache: Sendable {
  private final class Entry: Sendable {
    struct Kept {
      var sequence: Int64
      var slot: Int64
      var response: PreparedResponse
    }
    let kept = Mutex<Kept?>(nil)
    /// When it was last asked for, in requests.
    let used: Atomic<UInt64>
    init(used: UInt64) { self.used = Atomic(used) }
  }

  private let entries = Mutex<[PageKey: Entry]>([:])
  private let asked = Atomic<UInt64>(0)
  private let build: String
  /// A page may show what a power cut takes back before it was on the disk; after a start no browser's copy is current.
  private let start = Int64.random(in: .min ... .max)
  private let limit: Int

  /// - Parameters:
  ///   - build: the program's version and build; a new one makes browsers ask for whole pages again.
  ///   - limit: how many pages are kept at most; a page of a hundred people has about 60 kB.
  public init(build: String, limit: Int = 256) {
    precondition(limit > 0)
    self.build = build
    self.limit = limit
  }

  /// The page for a key, kept or rendered now. The answer carries an `ETag`, so that a browser which has it gets 304.
  ///
  /// - Parameters:
  ///   - sequence: the journal's sequence when it is asked for; the page must show at least this state.
  ///   - slot: changes when the page must be drawn again without a change, `now / 60_000` for ages in minutes.
  ///   - render: draws the page. What it throws is kept by nobody, and the next one who asks renders again.
  public func response(
    _ key: PageKey, sequence: Int64, slot: Int64 = 0, render: () throws -> [UInt8]
  ) rethrows -> PreparedResponse {
    let entry = entry(key)
    return try entry.kept.withLock { kept in
      // Another request may have rendered a later state meanwhile; it is good for this one, too.
      if let kept, kept.sequence >= sequence, kept.slot >= slot { return kept.response }
      let response = PreparedResponse(
        Response(
          status: .ok,
          headers: [
            "Content-Type": "text/html; charset=utf-8", "Content-Language": key.lang,
            "Cache-Control": "private, no-cache", "Vary": "Cookie, Accept-Language",
          ], body: try render()),
        etag: tag(key, sequence, slot))
      kept = Entry.Kept(sequence: sequence, slot: slot, response: response)
      return response
    }
  }

  /// Forgets everything: after a restore, or when the facility's name changed.
  public func clear() { entries.withLock { $0.removeAll() } }

  /// How many pages are kept.
  public var count: Int { entries.withLock { $0.count } }

  private func tag(_ key: PageKey, _ sequence: Int64, _ slot: Int64) -> String {
    var print = Fingerprint()
    for words in [build, key.page, key.viewer, key.lang] { print.add(words) }
    print.add(start)
    print.add(sequence)
    print.add(slot)
    return print.hex
  }

  private func entry(_ key: PageKey) -> Entry {
    let turn = asked.add(1, ordering: .relaxed).newValue
    return entries.withLock { entries in
      if let entry = entries[key] {
        entry.used.store(turn, ordering: .relaxed)
        return entry
      }
      if entries.count >= limit,
        let oldest = entries.min(by: { $0.value.used.load(ordering: .relaxed) < $1.value.used.load(ordering: .relaxed) }
        )
      {
        entries[oldest.key] = nil
      }
      let entry = Entry(used: turn)
      entries[key] = entry
      return entry
    }
  }
}
