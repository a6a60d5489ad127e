internal import Synchronization

/// One SQL statement of the program, written once as a static constant and prepared once per connection.
final class SQL: Sendable {
  let text: String
  /// Its place among a connection's held statements.
  let index: Int

  private static let count = Atomic<Int>(0)

  init(_ text: String) {
    self.text = text
    index = SQL.count.add(1, ordering: .relaxed).oldValue
  }
}
