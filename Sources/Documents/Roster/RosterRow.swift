import Sanatorium

/// One line of a list read into a person, with every fault on the way.
struct RosterRow {
  let layout: RosterLayout
  let line: RosterLine
  /// Day 1 of the stay: nobody is born after it.
  let startsOn: Day
  private(set) var person: RosterPerson
  private(set) var faults: [RosterFault] = []

  init(_ line: RosterLine, _ layout: RosterLayout, startsOn: Day) {
    self.line = line
    self.layout = layout
    self.startsOn = startsOn
    person = RosterPerson(row: line.number, name: "")
    for column in layout.columns where column.field != nil && line[column].kind == .error { add(.cellError, column) }
    readName()
    readIdentity()
    readPlace()
    readContact()
    readHealth()
    person.facts = papers()
  }

  /// The cell of a field; nil when the list has no such column, the cell is blank or its formula failed.
  func cell(_ field: RosterField) -> (column: RosterColumn, cell: SheetCell)? {
    guard let column = layout.column(field) else { return nil }
    let cell = line[column]
    return cell.isBlank || cell.kind == .error ? nil : (column, cell)
  }

  func text(_ field: RosterField) -> String? { cell(field)?.cell.text.trimmed }

  mutating func add(_ code: RosterFaultCode, _ column: RosterColumn?, _ message: Text? = nil) {
    faults.append(
      RosterFault(
        row: line.number, column: column?.header ?? "", code: code.rawValue, force: code.force,
        value: column.map { line[$0].text } ?? "", message: message ?? code.message))
  }

  private mutating func readName() {
    guard let (column, cell) = cell(.name), !["/", "-", "—", "无"].contains(cell.text.folded) else {
      if let column = layout.column(.name), line[column].kind != .error { add(.nameMissing, column) }
      return
    }
    let (name, former) = RosterName.read(cell.text)
    person.name = name
    person.formerName = former ?? text(.formerName)
    if let doubt = RosterName.doubt(cell, former: former) { add(doubt, column) }
  }

  private mutating func readIdentity() {
    if let (column, cell) = cell(.identity) {
      switch RosterIdentity(cell) {
      case .blank: break
      case .sound(let number):
        person.identityNumber = number
        if number.isOldForm { add(.identityOldForm, column) }
      case .damaged: add(.identityDamaged, column)
      case .otherDocument:
        add(.identityOtherDocument, column)
        remark(column)
      case .wrong(let fault):
        let code: RosterFaultCode =
          switch fault {
          case .checkCharacter: .identityCheckDigit
          case .noSuchDay: .identityNoSuchDay
          case .length, .characters: .identityMalformed
          }
        add(code, column, fault.message)
      }
    }
    readSex()
    readBirth()
  }

  private mutating func readSex() {
    let identity = person.identityNumber
    guard let (column, cell) = cell(.sex) else {
      person.sex = identity?.sex
      guard let column = layout.column(.sex), line[column].kind != .error else { return }
      add(identity == nil ? .sexMissing : .sexFromIdentity, column)
      return
    }
    switch cell.text.folded {
    case "男", "男性", "m", "male", "1", "男士": person.sex = .male
    case "女", "女性", "f", "female", "2", "女士": person.sex = .female
    default: return add(.sexUnreadable, column)
    }
    if let identity, let sex = person.sex, identity.sex != sex {
      add(
        .sexContradictsIdentity, column,
        Text(
          "性别写的是\(sex.name.chinese)，身份证号是\(identity.sex.name.chinese)。",
          "The sex is given as \(sex.name.english), the identity number is \(identity.sex.name.english)."))
    }
  }

  private mutating func readBirth() {
    let identity = person.identityNumber
    guard let (column, cell) = cell(.birth) else {
      person.birth = identity.map { .day($0.birth) }
      guard let column = layout.column(.birth), line[column].kind != .error else { return }
      add(identity == nil ? .birthMissing : .birthFromIdentity, column)
      return
    }
    switch RosterDate(cell) {
    case .blank: add(.birthUnreadable, column)
    case .noSuchDay: add(.birthNoSuchDay, column)
    case .ambiguous: add(.birthAmbiguous, column)
    case .unreadable: add(.birthUnreadable, column)
    case .day(let day, let shortYear):
      guard isPlausible(day) else { return add(.birthImplausible, column) }
      person.birth = .day(day)
      if let identity, identity.birth != day { return contradicts(identity, column) }
      if shortYear { add(.birthShortYear, column) }
    case .month(let year, let month):
      guard let first = Day(year: year, month: month, day: 1), isPlausible(first) else {
        return add(.birthImplausible, column)
      }
      person.birth = .month(year: year, month: month)
      guard let identity else { return add(.birthMonthOnly, column) }
      let (identityYear, identityMonth, _) = identity.birth.civil
      guard identityYear == year, identityMonth == month else { return contradicts(identity, column) }
      // The identity number completes the month.
      person.birth = .day(identity.birth)
      add(
        .birthMonthOnly, column,
        Text(
          "出生日期只有年月，已按身份证号补成 \(identity.birth)，请核对。",
          "Only the month of birth is given; the identity number completes it to \(identity.birth). Check it."))
    }
  }

  private func isPlausible(_ birth: Day) -> Bool { birth <= startsOn && startsOn - birth <= 120 * 366 }

  private mutating func contradicts(_ identity: IdentityNumber, _ column: RosterColumn) {
    add(
      .birthContradictsIdentity, column,
      Text(
        "出生日期写的是 \(line[column].text.trimmed)，身份证号是 \(identity.birth)。",
        "The date of birth is given as \(line[column].text.trimmed), the identity number says \(identity.birth)."))
  }

  private mutating func readPlace() {
    person.unit =
      text(.unit).flatMap { ["/", "-", "无"].contains($0.folded) ? nil : $0 } ?? line.unit ?? layout.reportingUnit
    person.category = text(.category) ?? line.category
    person.grounds = layout.columns(.ground).flatMap { RosterGround.read(line[$0].text) }
    person.companion = text(.companion)
    person.diet = text(.diet)
    person.ethnicity = text(.ethnicity)
    for column in layout.columns(.remarks) where !line[column].isBlank { note(line[column].text.trimmed) }
    for column in layout.columns where !line[column].isBlank {
      switch column.field {
      case nil, .age: remark(column)
      case .rank where text(.category) != line[column].text.trimmed: remark(column)
      default: break
      }
    }
    let known = Set(layout.columns.map(\.index))
    for (index, cell) in line.cells.cells.enumerated() where !cell.isBlank && !known.contains(index) {
      note(cell.text.trimmed)
    }
  }

  private mutating func note(_ text: String) { person.remarks = person.remarks.map { "\($0)；\(text)" } ?? text }

  /// What no field holds is kept under its header.
  private mutating func remark(_ column: RosterColumn) {
    note("\(column.header.filter { !$0.isNewline })：\(line[column].text.trimmed)")
  }

  private mutating func readContact() {
    for column in layout.columns(.telephone) {
      let (numbers, isReadable) = RosterTelephone.read(line[column])
      person.telephones += numbers
      if !isReadable { add(.telephoneUnreadable, column) }
    }
    if let all = text(.contact), all.folded != "无" { person.contact = RosterTelephone.contact(all) }
    if let name = text(.contactName) {
      // Lists put everything under the name when they have no other column for it.
      let read = RosterTelephone.contact(name)
      if read.telephones.isEmpty { person.contact.name = name } else { person.contact = read }
    }
    if let relation = text(.contactRelation) { person.contact.relation = relation }
    for column in layout.columns(.contactTelephone) {
      let (numbers, isReadable) = RosterTelephone.read(line[column])
      person.contact.telephones += numbers
      if !isReadable { add(.telephoneUnreadable, column) }
    }
  }

  private mutating func readHealth() {
    let conditions = layout.columns(.conditions).map { line[$0] }.filter { !$0.isBlank && $0.kind != .error }
    person.conditions = conditions.isEmpty ? nil : conditions.map(\.text.trimmed).joined(separator: "；")
    person.allergies = text(.allergies)
    person.medicines = text(.medicines)
  }
}
