import Sanatorium

/// What a line says about the papers and judgements that gate rules ask for. A blank cell records nothing.
extension RosterRow {
  mutating func papers() -> Facts {
    var facts = Facts()
    if !person.grounds.isEmpty {
      facts[.qualifyingGround] = RecordedFact(value: person.grounds.joined(separator: ","))
    }
    facts[.certifyingUnit] = (text(.certifyingUnit) ?? person.unit).map { RecordedFact(value: $0) }
    facts[.category] = person.category.map { RecordedFact(value: $0) }
    facts[.consentSelf] = answer(.consentSelf, "yes", "no")
    facts[.consentFamily] = answer(.consentFamily, "yes", "no")
    facts[.consentUnit] = answer(.consentUnit, "yes", "no")
    facts[.outdoorFit] = answer(.outdoor, "yes", "no")
    facts[.exclusionMental] = answer(.mental, "present", "absent")
    facts[.exclusionCritical] = answer(.critical, "present", "absent")
    facts[.declaration] = answer(.declaration, "truthful", "refused")
    facts[.participantAgreement] = number(.agreement).map { RecordedFact(number: $0) }
    facts[.checkup] = checkup()
    facts[.previousStay] = previousStay()
    insurance(&facts)
    if let (column, cell) = cell(.selfCare), !isNotApplicable(cell) {
      if let code = RosterSelfCare.code(cell.text) {
        facts[.selfCare] = RecordedFact(value: code)
      } else {
        add(.selfCareUnreadable, column)
      }
    }
    if let (column, cell) = cell(.infectious), !isNotApplicable(cell) || cell.text.folded == "-" {
      if let code = RosterScreening.code(cell.text) {
        facts[.screeningInfectious] = RecordedFact(value: code)
      } else {
        add(.screeningUnreadable, column)
      }
    }
    return facts
  }

  private func isNotApplicable(_ cell: SheetCell) -> Bool { RosterAnswer(cell) == .notApplicable }

  private mutating func answer(_ field: RosterField, _ yes: String, _ no: String) -> RecordedFact? {
    guard let (column, cell) = cell(field) else { return nil }
    switch RosterAnswer(cell) {
    case .yes(let date): return RecordedFact(value: yes, date: field.takesDate ? date : nil)
    case .no: return RecordedFact(value: no)
    case .blank, .notApplicable: return nil
    case .unreadable:
      add(.answerUnreadable, column)
      return nil
    }
  }

  /// A document's number. Words like `已办` say that there is one, not which.
  private mutating func number(_ field: RosterField) -> String? {
    guard let (column, cell) = cell(field) else { return nil }
    guard let number = RosterRow.number(cell.text) else {
      if !["/", "-", "无", "否", "未签", "未办", "没有", "×"].contains(cell.text.folded) { add(.numberMissing, column) }
      return nil
    }
    return number
  }

  /// Nil for words: a number has a digit in it and is not an answer (`1`).
  private static func number(_ text: String) -> String? {
    let text = text.trimmed
    return text.digitCount > 0 && text.folded.count >= 3 ? text : nil
  }

  private mutating func checkup() -> RecordedFact? {
    guard let (column, cell) = cell(.checkup), !isNotApplicable(cell) else { return nil }
    switch RosterDate(cell, isBirth: false) {
    case .day(let day, _): return RecordedFact(date: day)
    case .month(let year, let month):
      guard let first = Day(year: year, month: month, day: 1) else { return nil }
      add(.dateMonthOnly, column)
      return RecordedFact(date: first)
    case .blank: return nil
    case .noSuchDay, .ambiguous, .unreadable:
      // `已办`, `是`: done, but not when.
      let isWord = ["已办", "已体检", "已检", "是", "√", "有", "已"].contains(cell.text.folded)
      if !["无", "否", "未体检", "没有", "×"].contains(cell.text.folded) {
        add(isWord ? .numberMissing : .dateUnreadable, column)
      }
      return nil
    }
  }

  private mutating func previousStay() -> RecordedFact? {
    guard let (column, cell) = cell(.cycle), !isNotApplicable(cell) else { return nil }
    if case .day(let day, _) = RosterDate(cell, isBirth: false) { return RecordedFact(value: "yes", date: day) }
    let text = cell.text.folded
    if text.hasPrefix("未") || text.hasPrefix("没") || text == "首次" || text == "第一次" {
      return RecordedFact(value: "none")
    }
    switch RosterAnswer(cell) {
    case .no: return RecordedFact(value: "none")
    case .yes(let date): return RecordedFact(value: "yes", date: date)
    default: break
    }
    if text.contains("参加") || text.contains("疗养") || text.hasPrefix("19") || text.hasPrefix("20") {
      return RecordedFact(value: "yes")
    }
    add(.answerUnreadable, column)
    return nil
  }

  /// Kinds in one column and numbers in another, or a column for each kind that holds an answer or the number.
  private mutating func insurance(_ facts: inout Facts) {
    if let (column, cell) = cell(.insuranceKind), !isNotApplicable(cell) {
      var kinds: [FactKey] = []
      var isNone = false
      for part in RosterText.parts(cell.text) {
        let text = part.folded
        if text.contains("意外") {
          kinds.append(.insuranceAccident)
        } else if text.contains("人身") {
          kinds.append(.insurancePersonal)
        } else if ["无", "否", "未买", "未购买", "没有", "未投保", "×"].contains(text) {
          isNone = true
        } else {
          add(.insuranceUnknown, column)
        }
      }
      let numbers = policyNumbers()
      for (index, kind) in kinds.enumerated() {
        let number = numbers.count == kinds.count ? numbers[index] : numbers.joined(separator: "、")
        facts[kind] = RecordedFact(value: "yes", number: number.isEmpty ? nil : number)
      }
      if isNone, kinds.isEmpty {
        facts[.insuranceAccident] = RecordedFact(value: "no")
        facts[.insurancePersonal] = RecordedFact(value: "no")
      }
    }
    for (field, key) in [
      (RosterField.insuranceAccident, FactKey.insuranceAccident), (.insurancePersonal, .insurancePersonal),
    ] {
      guard let (column, cell) = cell(field), !isNotApplicable(cell) else { continue }
      if let number = RosterRow.number(cell.text) {
        facts[key] = RecordedFact(value: "yes", number: number)
        continue
      }
      let words = ["已买", "已购买", "已投保", "已购", "统一购买", "已办", "购买", "投保"]
      switch words.contains(cell.text.folded) ? .yes(nil) : RosterAnswer(cell) {
      case .yes: facts[key] = RecordedFact(value: "yes", number: facts[key]?.number ?? policyNumbers().first)
      case .no: facts[key] = RecordedFact(value: "no")
      case .blank, .notApplicable: break
      case .unreadable: add(.answerUnreadable, column)
      }
    }
  }

  private mutating func policyNumbers() -> [String] {
    guard let (column, cell) = cell(.policyNumber) else { return [] }
    if RosterRow.number(cell.text) == nil {
      _ = number(.policyNumber)
      return []
    }
    // A damaged number names no policy.
    if cell.isDamaged {
      add(
        .numberMissing, column,
        Text("保单号被表格软件当成了数字，后几位已丢失。", "The spreadsheet has lost the policy number's last digits."))
      return []
    }
    return RosterText.parts(cell.text)
  }
}

extension RosterField {
  /// Whether an answer under this header may be the day of the signature.
  fileprivate var takesDate: Bool {
    switch self {
    case .consentSelf, .consentFamily, .consentUnit, .declaration: true
    default: false
    }
  }
}
