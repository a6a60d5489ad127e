internal import MicroHTTP
internal import Sanatorium
internal import SanatoriumStore
internal import Synchronization

/// Collects reads of health data and hands them to the writer together, so that showing a page waits for no disk. Reads
/// of the same thing by the same account between two hand-overs are one row with a count.
final class AccessRecorder: Sendable {
  private struct Key: Hashable {
    let account: ID
    let what: What
    let subject: ID
  }

  /// A literal of the program, told from others by where it lies, without making a text of it for each request. The same
  /// words in two places are two rows, which is one more than needed and nothing worse.
  private struct What: Hashable {
    let words: StaticString

    static func == (left: What, right: What) -> Bool { left.words.utf8Start == right.words.utf8Start }
    func hash(into hasher: inout Hasher) { hasher.combine(words.utf8Start) }
  }

  private struct Count {
    let firstAt: Instant
    var lastAt: Instant
    var times: Int
  }

  private let pending = Mutex<[Key: Count]>([:])

  func record(_ account: ID, _ what: StaticString, _ subject: ID, at now: Instant) {
    let key = Key(account: account, what: What(words: what), subject: subject)
    pending.withLock { pending in
      guard let index = pending.index(forKey: key) else {
        pending[key] = Count(firstAt: now, lastAt: now, times: 1)
        return
      }
      pending.values[index].lastAt = now
      pending.values[index].times += 1
    }
  }

  /// Writes what has been collected; what could not be written is kept for the next time.
  func flush(to store: Store) {
    let taken = pending.withLock { pending in
      let taken = pending
      pending.removeAll(keepingCapacity: true)
      return taken
    }
    guard !taken.isEmpty else { return }
    let accesses = taken.map { key, count in
      Access(
        account: key.account, what: key.what.words.description, subject: key.subject, firstAt: count.firstAt, lastAt: count.lastAt,
        times: count.times)
    }
    store.write({ try $0.logAccess(accesses) }) { result in
      guard case .failure = result else { return }
      self.pending.withLock { pending in
        for (key, count) in taken {
          guard let newer = pending[key] else {
            pending[key] = count
            continue
          }
          pending[key] = Count(firstAt: count.firstAt, lastAt: newer.lastAt, times: count.times + newer.times)
        }
      }
    }
  }
}
