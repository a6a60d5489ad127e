internal import Sanatorium
internal import Yams

/// One mapping of a pack file and where it stands. Each accessor marks its field as known.
final class PackFields {
  private let reader: PackReader
  private let values: [(key: String, line: Int, node: Node)]
  private var asked: Set<String> = []
  /// What could stand here, in the order in which it was looked for.
  private var known: [String] = []
  let line: Int
  let path: String

  init(reader: PackReader, mapping: Node.Mapping, line: Int, path: String) {
    self.reader = reader
    self.line = line
    self.path = path
    values = mapping.map { ($0.key.string ?? "?", $0.key.mark?.line ?? line, $0.value) }
  }

  func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  func line(of key: String) -> Int { values.first { $0.key == key }?.line ?? line }

  func fault(_ key: String, _ reason: Text) { fault(key, line: line(of: key), reason) }

  /// A fault of one item of a list, which may stand on a line of its own.
  func fault(_ key: String, line: Int, _ reason: Text) { reader.fault(line: line, field: path(of: key), reason) }

  func has(_ key: String) -> Bool {
    note(key)
    return values.contains { $0.key == key }
  }

  /// Whether a fault of that field, or of something within, has been reported.
  func isFaulty(_ key: String) -> Bool { reader.isFaulty(path(of: key)) }

  /// All keys as they stand there, whether or not anybody knows them.
  var names: [String] { values.map(\.key) }

  /// All keys, in the order of the file; they count as known.
  var keys: [String] {
    for value in values { asked.insert(value.key) }
    return values.map(\.key)
  }

  /// Reports the fields that nobody asked for, with those that could stand there.
  func reportUnknown() {
    let known = known.joined(separator: ", ")
    for value in values where !asked.contains(value.key) {
      guard !value.key.contains("：") else {
        fault(
          value.key,
          Text("用了全角冒号“：”，请改成半角冒号加空格“: ”", "a full-width colon “：”; write “: ” with a space behind it"))
        continue
      }
      fault(value.key, Text("没有这个字段；可写 \(known)", "there is no such field; known: \(known)"))
    }
  }

  private func node(_ key: String) -> Node? {
    asked.insert(key)
    note(key)
    return values.first { $0.key == key }?.node
  }

  private func note(_ key: String) {
    if !known.contains(key) { known.append(key) }
  }

  private func missing(_ key: String) {
    reader.fault(line: line, field: path(of: key), Text("必须填写", "must be given"))
  }

  func optionalString(_ key: String) -> String? {
    guard let node = node(key) else { return nil }
    guard case .scalar(let scalar) = node else {
      fault(key, Text("应是一段文字", "must be text"))
      return nil
    }
    if scalar.string.allSatisfy(\.isWhitespace) {
      fault(key, Text("不能空着", "must not be empty"))
      return nil
    }
    return scalar.string
  }

  func string(_ key: String) -> String {
    if !has(key) { missing(key) }
    return optionalString(key) ?? ""
  }

  func optionalInteger(_ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let text = optionalString(key) else { return nil }
    guard let value = Int(text), range.contains(value) else {
      let (low, high) = (range.lowerBound, range.upperBound)
      fault(key, Text("“\(text)”应是 \(low) 到 \(high) 的整数", "“\(text)” must be a whole number from \(low) to \(high)"))
      return nil
    }
    return value
  }

  func integer(_ key: String, in range: ClosedRange<Int>) -> Int {
    if !has(key) { missing(key) }
    return optionalInteger(key, in: range) ?? range.lowerBound
  }

  func flag(_ key: String) -> Bool {
    guard let text = optionalString(key) else { return false }
    if text != "true" && text != "false" { fault(key, Text("应是 true 或 false", "must be true or false")) }
    return text == "true"
  }

  /// One of an enumeration's codes; nil when absent or wrong (and then reported).
  func optionalChoice<Choice: RawRepresentable & CaseIterable>(_ key: String, _: Choice.Type) -> Choice?
  where Choice.RawValue == String {
    guard let text = optionalString(key) else { return nil }
    return choice(text, key)
  }

  func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, _: Choice.Type, or placeholder: Choice) -> Choice
  where Choice.RawValue == String {
    if !has(key) { missing(key) }
    return optionalChoice(key, Choice.self) ?? placeholder
  }

  func choices<Choice: RawRepresentable & CaseIterable>(_ key: String, _: Choice.Type) -> [Choice]
  where Choice.RawValue == String {
    items(key).compactMap { choice($0.text, key, line: $0.line) }
  }

  private func choice<Choice: RawRepresentable & CaseIterable>(
    _ text: String, _ key: String, line: Int? = nil
  ) -> Choice? where Choice.RawValue == String {
    if let found = Choice(rawValue: text) { return found }
    let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    let reason =
      text.contains("，")
      ? Text("“\(text)”里用了全角逗号，请改成半角逗号“, ”", "a full-width comma in “\(text)”; write “, ”")
      : Text("没有“\(text)”；可填 \(known)", "no such value “\(text)”; known: \(known)")
    reader.fault(line: line ?? self.line(of: key), field: path(of: key), reason)
    return nil
  }

  /// A mapping with `zh` and `en`, both required.
  func optionalText(_ key: String) -> Text? {
    guard let fields = optionalFields(key, like: "{zh: 中文, en: English}") else { return nil }
    return Text(fields.string("zh"), fields.string("en"))
  }

  func text(_ key: String) -> Text {
    if !has(key) { missing(key) }
    return optionalText(key) ?? Text(verbatim: "")
  }

  /// The mapping of a key; `like` is a right one, which tells an author what belongs there.
  func optionalFields(_ key: String, like example: String? = nil) -> PackFields? {
    guard let node = node(key) else { return nil }
    guard case .mapping(let mapping) = node else {
      fault(
        key,
        example.map { Text("要写成 \(key): \($0)", "must be written like \(key): \($0)") }
          ?? Text("下面应是“字段: 值”", "must hold `field: value` lines"))
      return nil
    }
    return reader.open(mapping, line: line(of: key), path: path(of: key))
  }

  func fields(_ key: String) -> PackFields? {
    if !has(key) { missing(key) }
    return optionalFields(key)
  }

  /// A sequence of mappings; empty when absent.
  func list(_ key: String) -> [PackFields] {
    guard let node = node(key) else { return [] }
    guard case .sequence(let sequence) = node else {
      fault(key, Text("应是列表（每项以 - 开头）", "must be a list (each item begins with -)"))
      return []
    }
    let names = sequence.map { PackFields.name(of: $0) }
    var uses: [String: Int] = [:]
    for name in names { if let name { uses[name, default: 0] += 1 } }
    return sequence.enumerated().compactMap { index, item in
      // By its own name where that tells it apart, otherwise by its place, from 1 as people count.
      let name = names[index].flatMap { uses[$0] == 1 ? $0 : nil }
      let itemPath = "\(path(of: key))[\(name ?? String(index + 1))]"
      guard case .mapping(let mapping) = item else {
        reader.fault(
          line: item.mark?.line ?? line(of: key), field: itemPath,
          Text("下面应是“字段: 值”", "must hold `field: value` lines"))
        return nil
      }
      return reader.open(mapping, line: item.mark?.line ?? line(of: key), path: itemPath)
    }
  }

  /// What an item of a list is called by its author: `EB01`; nil when nothing, or a number, which
  /// would look like a place.
  private static func name(of item: Node) -> String? {
    guard case .mapping(let mapping) = item else { return nil }
    for key in ["id", "rule", "code", "name"] {
      guard case .scalar(let scalar)? = mapping.first(where: { $0.key.string == key })?.value else { continue }
      let name = scalar.string
      let isTelling = name.count <= 40 && !name.contains { $0.isNewline || "[].".contains($0) }
      return isTelling && name.contains { !$0.isNumber && !$0.isWhitespace } ? name : nil
    }
    return nil
  }

  /// One mapping, or a sequence of them; empty when absent.
  func oneOrMore(_ key: String) -> [PackFields] {
    guard let node = node(key) else { return [] }
    if case .mapping(let mapping) = node { return [reader.open(mapping, line: line(of: key), path: path(of: key))] }
    return list(key)
  }

  /// As `list`, and at least one.
  func requiredList(_ key: String) -> [PackFields] {
    if !has(key) { missing(key) }
    let items = list(key)
    if has(key), items.isEmpty, !isFaulty(key) { fault(key, Text("至少要有一项", "needs at least one item")) }
    return items
  }

  /// A list of `{zh, en}`.
  func texts(_ key: String) -> [Text] { list(key).map { Text($0.string("zh"), $0.string("en")) } }

  /// A sequence of plain values, or one plain value; empty when absent.
  func strings(_ key: String) -> [String] { items(key).map(\.text) }

  /// As `strings`, each with its line.
  func items(_ key: String) -> [(text: String, line: Int)] {
    guard let node = node(key) else { return [] }
    switch node {
    case .scalar(let scalar): return [(scalar.string, line(of: key))]
    case .sequence(let sequence):
      return sequence.compactMap { item in
        if case .scalar(let scalar) = item { return (scalar.string, item.mark?.line ?? line(of: key)) }
        reader.fault(
          line: item.mark?.line ?? line(of: key), field: path(of: key),
          Text("应是文字的列表", "must be a list of plain values"))
        return nil
      }
    default:
      fault(key, Text("应是文字的列表", "must be a list of plain values"))
      return []
    }
  }

  /// `07:30` as minutes since midnight; `24:00` is allowed.
  func clock(_ key: String) -> Int {
    let text = string(key)
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 2, parts[0].count == 2, parts[1].count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
      (0...59).contains(minute), (0...1440).contains(hour * 60 + minute)
    {
      return hour * 60 + minute
    }
    if !text.isEmpty { fault(key, Text("“\(text)”应是 07:30 这样的钟点", "“\(text)” must be a time of day like \"07:30\"")) }
    return 0
  }
}
