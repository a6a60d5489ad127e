public import Sanatorium

/// What the commands `backup` and `verify` have left of themselves, for `/system`.
public struct Upkeep: Sendable {
  /// One command's last success and what failed since.
  public struct Note: Sendable {
    /// When it last succeeded, and on how many entries; nil when it never did.
    public var succeededAt: Instant?
    public var entries: Int
    /// The file that was written or checked.
    public var file: String
    /// Why the last run failed; nil when it succeeded.
    public var failure: String?
    public var failedAt: Instant?

    public init(succeededAt: Instant? = nil, entries: Int = 0, file: String = "", failure: String? = nil, failedAt: Instant? = nil) {
      self.succeededAt = succeededAt
      self.entries = entries
      self.file = file
      self.failure = failure
      self.failedAt = failedAt
    }
  }

  /// Nil when the command was never run on this folder, or its note can't be read.
  public var backup: Note?
  public var verification: Note?

  public init(backup: Note?, verification: Note?) {
    self.backup = backup
    self.verification = verification
  }

  /// A backup of the day before is looked for each morning.
  static let backupIsOldAfter = Span.hours(26)
  static let verificationIsOldAfter = Span.days(8)
}
