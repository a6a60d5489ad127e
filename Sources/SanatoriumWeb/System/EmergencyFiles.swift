public import Sanatorium

/// How the emergency list's files do, for `/system`.
public struct EmergencyFiles: Sendable {
  public var folder: String
  public var writtenAt: Instant?
  /// Why the last writing failed; nil when it succeeded.
  public var failure: String?

  public init(folder: String, writtenAt: Instant?, failure: String?) {
    self.folder = folder
    self.writtenAt = writtenAt
    self.failure = failure
  }
}
