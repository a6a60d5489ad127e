import Foundation
public import Sanatorium

extension RosterCheck {
  /// `{"rows", "participants": [{"row", "name", …}], "faults": [{"row", "column", "code", "force", "rule", "value",
  /// "message", "clause"}], "notAsked", "sheet", "otherSheets"}`, keys sorted. Identity numbers are masked.
  public func json(_ language: Language) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return Array(try encoder.encode(CheckOut(self, language)))
  }
}

private struct CheckOut: Encodable {
  let rows: Int
  let participants: [PersonOut]
  let faults: [FaultOut]
  let notAsked: [String]
  let sheet: String
  let otherSheets: [String]

  init(_ check: RosterCheck, _ language: Language) {
    rows = check.rows
    participants = check.participants.map(PersonOut.init)
    faults = check.faults.map { FaultOut($0, language) }
    notAsked = check.notAsked
    sheet = check.sheet
    otherSheets = check.otherSheets
  }
}

private struct FaultOut: Encodable {
  let row: Int
  let column: String
  let code: String
  let force: String
  let rule: String?
  let value: String
  let message: String
  let clause: String?

  init(_ fault: RosterFault, _ language: Language) {
    row = fault.row
    column = fault.column
    code = fault.code
    force = fault.force.rawValue
    rule = fault.rule
    value = fault.value
    message = fault.message(language)
    clause = fault.clause
  }

  enum Key: CodingKey { case row, column, code, force, rule, value, message, clause }

  /// `rule` and `clause` are always there, null for a fault of reading.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(row, forKey: .row)
    try container.encode(column, forKey: .column)
    try container.encode(code, forKey: .code)
    try container.encode(force, forKey: .force)
    try container.encode(rule, forKey: .rule)
    try container.encode(value, forKey: .value)
    try container.encode(message, forKey: .message)
    try container.encode(clause, forKey: .clause)
  }
}

private struct PersonOut: Encodable {
  struct Contact: Encodable {
    let name: String?
    let relation: String?
    let telephones: [String]
  }

  let row: Int
  let name: String
  let formerName: String?
  let sex: String?
  let birth: String?
  let identityNumber: String?
  let category: String?
  let unit: String?
  let grounds: [String]
  let telephones: [String]
  let contact: Contact?
  let conditions: String?
  let allergies: String?
  let medicines: String?
  let companion: String?
  let diet: String?
  let ethnicity: String?
  let remarks: String?
  let facts: [String: RecordedFact]

  init(_ person: RosterPerson) {
    row = person.row
    name = person.name
    formerName = person.formerName
    sex = person.sex?.rawValue
    birth = person.birth?.description
    identityNumber = person.identityNumber?.masked
    category = person.category
    unit = person.unit
    grounds = person.grounds
    telephones = person.telephones
    contact =
      person.contact.isEmpty
      ? nil
      : Contact(
        name: person.contact.name, relation: person.contact.relation, telephones: person.contact.telephones)
    conditions = person.conditions
    allergies = person.allergies
    medicines = person.medicines
    companion = person.companion
    diet = person.diet
    ethnicity = person.ethnicity
    remarks = person.remarks
    facts = Dictionary(uniqueKeysWithValues: person.facts.recorded.map { ($0.key.rawValue, $0.value) })
  }
}
