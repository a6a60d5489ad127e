/// One line of a rota template: a duty, its hours, on which days of the stay, and who takes turns.
public struct RotaLine: Sendable, Hashable, Codable {
  public var duty: Duty
  /// Minutes since midnight; an end at or before the beginning means the next day.
  public var from: Int
  public var until: Int
  /// Every so many days; 0 for the first of them alone.
  public var every: Int
  /// The first day of the stay on which it falls, from 1.
  public var first: Int
  /// Names, one for each time in turn, as they stand on the roster.
  public var people: [String]

  public init(duty: Duty, from: Int, until: Int, every: Int = 1, first: Int = 1, people: [String]) {
    self.duty = duty
    self.from = from
    self.until = until
    self.every = every
    self.first = first
    self.people = people
  }

  public var minutes: Int { until > from ? until - from : until + 1440 - from }

  /// `值班负责人 08:00–20:00 每2天 第1天起：周敏、李桂芳`; `RotaLine.read` takes it back.
  public func words(_ language: Language) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let hours = "\(two(from / 60)):\(two(from % 60))–\(two(until / 60)):\(two(until % 60))"
    let days: Text
    switch (every, first) {
    case (0, _): days = Text("第\(first)天", "day \(first)")
    case (1, 1): days = Text("每天", "daily")
    case (1, _): days = Text("每天 第\(first)天起", "daily from day \(first)")
    case (_, 1): days = Text("每\(every)天", "every \(every)")
    default: days = Text("每\(every)天 第\(first)天起", "every \(every) from day \(first)")
    }
    return Text(
      "\(duty.name.chinese) \(hours) \(days.chinese)：\(people.joined(separator: "、"))",
      "\(duty.name.english) \(hours) \(days.english): \(people.joined(separator: ", "))")(language)
  }

  /// What a line needs; nothing wrong is an empty list.
  public var faults: [Text] {
    var faults: [Text] = []
    if !(0..<1440).contains(from) || !(0..<1440).contains(until) {
      faults.append(Text("钟点要写成 08:00–20:00", "the hours are written as 08:00–20:00"))
    }
    if !(0...30).contains(every) || !(1...31).contains(first) {
      faults.append(Text("天数写成 每天、每2天、第3天起 或 第3天", "the days are written as daily, every 2, from day 3, or day 3"))
    }
    if people.isEmpty || people.contains(where: { $0.isEmpty || $0.count > 40 }) || people.count > 31 {
      faults.append(Text("冒号后面写名字，用、隔开", "names stand after the colon, with commas"))
    }
    return faults
  }
}

extension RotaLine {
  /// Reads one line as `words` writes it, in either language; with spaces or without.
  public static func read(_ text: String) -> Result<RotaLine, RotaLineFault> {
    guard let colon = nameColon(in: text) else {
      return .failure(RotaLineFault(Text("写成“值班负责人 08:00–20:00 每天：周敏、李桂芳”", "Write it as “Duty lead 08:00–20:00 daily: A, B”")))
    }
    let head = String(text[..<colon]).lowercased()
    let people = text[text.index(after: colon)...].split { "、,，;；/".contains($0) }.map(trimmed).filter { !$0.isEmpty }
    let known = Duty.allCases.flatMap { duty in [duty.name.chinese, duty.name.english.lowercased(), duty.rawValue].map { ($0, duty) } }
    guard let (name, duty) = known.filter({ trimmed(head).hasPrefix($0.0) }).max(by: { $0.0.count < $1.0.count }) else {
      let names = Duty.allCases.map(\.name)
      return .failure(
        RotaLineFault(
          Text(
            "开头要是职责：\(names.map(\.chinese).joined(separator: "、"))", "It begins with a duty: \(names.map(\.english).joined(separator: ", "))")))
    }
    let numbers = runs(of: String(trimmed(head).dropFirst(name.count)))
    guard numbers.count >= 4, numbers[..<4].allSatisfy({ $0.value < 60 }), numbers[0].value < 24, numbers[2].value < 24 else {
      return .failure(RotaLineFault(Text("钟点要写成 08:00–20:00", "the hours are written as 08:00–20:00")))
    }
    var line = RotaLine(
      duty: duty, from: numbers[0].value * 60 + numbers[1].value, until: numbers[2].value * 60 + numbers[3].value, people: people)
    var saysEvery = head.contains("每天") || head.contains("daily")
    for number in numbers[4...] {
      if number.before.hasSuffix("每") || number.before.hasSuffix("every") {
        (line.every, saysEvery) = (number.value, true)
      } else {
        line.first = number.value
        if !saysEvery, !head.contains("起"), !head.contains("from") { line.every = 0 }
      }
    }
    return line.faults.first.map { .failure(RotaLineFault($0)) } ?? .success(line)
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }

  /// The colon before the names; those within hours stand between digits.
  private static func nameColon(in text: String) -> String.Index? {
    text.indices.last { index in
      guard text[index] == "：" || text[index] == ":" else { return false }
      let after = text.index(after: index)
      return after == text.endIndex || !text[after].isNumber
    }
  }

  /// Numbers with the word before each.
  private static func runs(of text: String) -> [(value: Int, before: String)] {
    var found: [(value: Int, before: String)] = []
    var (digits, before) = ("", "")
    for character in text + " " {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      if let value = Int(digits) {
        found.append((value, before))
        (digits, before) = ("", "")
      }
      if !character.isWhitespace { before.append(character) }
    }
    return found
  }
}

/// Why a line of a template can't be read.
public struct RotaLineFault: Error, Sendable, Hashable {
  public let message: Text

  init(_ message: Text) { self.message = message }
}
