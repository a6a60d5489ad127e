/// What is shown of the papers and care around a stay.
extension Open {
  /// `kept-away`, `not-admitted`, `left-ill`: why a home visit is owed, or was when it was made.
  public struct HomeVisit: Codable, Sendable, Hashable {
    public var cause: String
    public init(cause: String) { self.cause = cause }
  }

  /// The medicine kit after a change: how many items it has, and how many of them are short or past their day.
  public struct Kit: Codable, Sendable, Hashable {
    /// `kept`, `removed`, `used`, `restocked`, `discarded`, `signed`
    public var what: String
    public var items: Int
    public var short: Int
    public init(what: String, items: Int, short: Int) {
      self.what = what
      self.items = items
      self.short = short
    }
  }
}
