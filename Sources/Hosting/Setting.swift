/// One option of the configuration: its key, type, default and check in one place.
///
/// In the file it is `key = value`; in the environment the prefix and the key in capitals.
public struct Setting<Value: Sendable>: AnySetting {
  /// Lower-case words joined by `_`.
  public let key: String
  public let fallback: Value
  /// The default as one would write it; empty for none.
  public let fallbackText: String
  public let purpose: Wording
  /// Taken only from a file of its own: the service manager's credential of this name, or the path in `KEY_file`.
  public let isSecret: Bool
  /// A path that the service manager's credential of this name supplies when nothing else does.
  public let takesCredential: Bool
  private let parse: @Sendable (String) throws(SettingFault) -> Value

  public init(
    _ key: String, default fallback: Value, written fallbackText: String, _ purpose: Wording, secret: Bool = false,
    credential: Bool = false, parse: @escaping @Sendable (String) throws(SettingFault) -> Value
  ) {
    self.key = key
    self.fallback = fallback
    self.fallbackText = fallbackText
    self.purpose = purpose
    isSecret = secret
    takesCredential = secret || credential
    self.parse = parse
  }

  public var anyFallback: any Sendable { fallback }
  public func anyValue(of text: String) throws(SettingFault) -> any Sendable { try parse(text) }
}

/// A setting of whatever type, for the table that the file is checked against.
public protocol AnySetting: Sendable {
  var key: String { get }
  var fallbackText: String { get }
  var purpose: Wording { get }
  var isSecret: Bool { get }
  var takesCredential: Bool { get }
  var anyFallback: any Sendable { get }
  func anyValue(of text: String) throws(SettingFault) -> any Sendable
}

/// Why a value can't be taken: what is wrong and what would be right, without file, line and key.
public struct SettingFault: Error, Hashable, Sendable {
  public let reason: Wording

  public init(_ chinese: String, _ english: String) { reason = Wording(chinese, english) }
}

extension Setting where Value == String {
  /// Any line of text.
  public static func text(_ key: String, default fallback: String, _ purpose: Wording) -> Setting {
    Setting(key, default: fallback, written: fallback, purpose) { $0 }
  }
}

extension Setting where Value == String? {
  /// A path from the root; nil when not given.
  ///
  /// - Parameter credential: the file may also come as the service manager's credential of that name.
  public static func path(_ key: String, credential: Bool = false, _ purpose: Wording) -> Setting {
    Setting(key, default: nil, written: "", purpose, credential: credential) { text throws(SettingFault) in
      guard text.hasPrefix("/") else {
        throw SettingFault("路径要从 / 写起", "a path must begin with /")
      }
      return text
    }
  }

  /// A secret of one line; nil when not given.
  public static func secret(_ key: String, _ purpose: Wording) -> Setting {
    Setting(key, default: nil, written: "", purpose, secret: true) { $0 }
  }
}

extension Setting where Value == Int {
  /// A whole number within `range`.
  public static func number(
    _ key: String, default fallback: Int, in range: ClosedRange<Int>, _ purpose: Wording
  ) -> Setting {
    Setting(key, default: fallback, written: "\(fallback)", purpose) { text throws(SettingFault) in
      guard let number = Int(text), range.contains(number) else {
        throw SettingFault(
          "要填 \(range.lowerBound) 到 \(range.upperBound) 的整数",
          "a whole number from \(range.lowerBound) to \(range.upperBound) is needed")
      }
      return number
    }
  }
}

extension Setting where Value == Bool {
  /// `yes` or `no`.
  public static func flag(_ key: String, default fallback: Bool, _ purpose: Wording) -> Setting {
    Setting(key, default: fallback, written: fallback ? "yes" : "no", purpose) { text throws(SettingFault) in
      switch text {
      case "yes": return true
      case "no": return false
      default: throw SettingFault("要填 yes 或 no", "yes or no is needed")
      }
    }
  }
}
