internal import Glibc
internal import Synchronization

/// Lines for the administrator on standard error, one `write` each.
///
/// Under systemd each line begins with its priority (`<6>`), elsewhere with the level's name. What happened is a literal
/// in the code and details are named beside it, so that nothing about a person gets in by interpolation: a log goes
/// where health data must not.
public enum Log {
  /// syslog's numbers.
  public enum Level: Int, Sendable, CaseIterable, Comparable {
    case error = 3
    case warning = 4
    case notice = 5
    case info = 6
    case debug = 7

    public var name: String {
      switch self {
      case .error: "error"
      case .warning: "warning"
      case .notice: "notice"
      case .info: "info"
      case .debug: "debug"
      }
    }

    /// The graver, the less.
    public static func < (one: Level, other: Level) -> Bool { one.rawValue < other.rawValue }
  }

  public typealias Details = KeyValuePairs<StaticString, any CustomStringConvertible & Sendable>

  /// The least grave level that is written; `info` at start.
  public static var threshold: Level {
    get { Level(rawValue: kept.load(ordering: .relaxed)) ?? .info }
    set { kept.store(newValue.rawValue, ordering: .relaxed) }
  }

  public static func error(_ event: StaticString, _ details: Details = [:]) { write(.error, event, details) }
  public static func warning(_ event: StaticString, _ details: Details = [:]) { write(.warning, event, details) }
  public static func notice(_ event: StaticString, _ details: Details = [:]) { write(.notice, event, details) }
  public static func info(_ event: StaticString, _ details: Details = [:]) { write(.info, event, details) }
  public static func debug(_ event: StaticString, _ details: Details = [:]) { write(.debug, event, details) }

  /// `text` with control characters, line ends and direction marks written out, so that one event stays one line and
  /// shows what it holds.
  public static func escaped(_ text: String) -> String {
    var safe = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        safe += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }

  static func line(_ level: Level, _ event: StaticString, _ details: Details, prioritized: Bool) -> String {
    var line = prioritized ? "<\(level.rawValue)>" : "\(level.name): "
    line += escaped("\(event)")
    for (name, value) in details {
      let text = escaped(value.description)
      let plain = !text.isEmpty && !text.contains { $0 == " " || $0 == "\"" || $0 == "=" }
      line += " \(name)=" + (plain ? text : "\"" + text.replacing("\"", with: "\\\"") + "\"")
    }
    return line + "\n"
  }

  private static let kept = Atomic<Int>(Level.info.rawValue)
  private static let underSystemd = getenv("JOURNAL_STREAM") != nil

  private static func write(_ level: Level, _ event: StaticString, _ details: Details) {
    guard level <= threshold else { return }
    let bytes = Array(line(level, event, details, prioritized: underSystemd).utf8)
    // There is nowhere left to report a failure of standard error to.
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
  }
}
