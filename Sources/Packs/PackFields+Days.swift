internal import Sanatorium

extension PackFields {
  /// `2023-11-30`; nil when absent or wrong (and then reported).
  func optionalDay(_ key: String) -> Day? {
    guard let text = optionalString(key) else { return nil }
    if let day = Day(text) { return day }
    fault(key, Text("“\(text)”应是 2023-11-30 这样的日期", "“\(text)” must be a date like 2023-11-30"))
    return nil
  }

  func optionalFlag(_ key: String) -> Bool? { has(key) ? flag(key) : nil }
}
