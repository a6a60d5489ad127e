/// What a handler returns.
public enum Reply: Sendable {
  /// Sent at once.
  case response(Response)
  /// Sent at once, from bytes made earlier and shared by all who ask.
  case prepared(PreparedResponse)
  /// Sent when somebody answers. The closure runs on the server's thread and must only pass the responder on; the
  /// request stays readable from any thread.
  case later(@Sendable (Responder) -> Void)
  /// Kept open, for server-sent events.
  case events(EventStream)
}
