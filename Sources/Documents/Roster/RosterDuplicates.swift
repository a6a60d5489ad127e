import Sanatorium

/// People who stand in a list more than once.
enum RosterDuplicates {
  /// One fault for each row concerned, naming the others: by identity number, else by name and birth. The same name
  /// with nothing to tell two people apart is asked about.
  static func faults(_ people: [RosterPerson], _ layout: RosterLayout, value: (Int, RosterColumn) -> String)
    -> [RosterFault]
  {
    var others: [Int: (code: RosterFaultCode, field: RosterField, rows: Set<Int>)] = [:]
    func join(_ group: [RosterPerson], _ code: RosterFaultCode, _ field: RosterField) {
      guard group.count > 1 else { return }
      for person in group {
        let rows = Set(group.map(\.row)).subtracting([person.row])
        others[person.row, default: (code, field, [])].rows.formUnion(rows)
      }
    }
    for group in Dictionary(grouping: people.filter { $0.identityNumber != nil }, by: \.identityNumber).values {
      join(group, .duplicatePerson, .identity)
    }
    for group in Dictionary(grouping: people.filter { !$0.matchName.isEmpty }, by: \.matchName).values
    where group.count > 1 {
      for same in Dictionary(grouping: group.filter { $0.birth != nil }, by: \.birth).values {
        // Two sound numbers that differ are two people, whatever else is equal.
        let numbers = Set(same.compactMap(\.identityNumber))
        if numbers.count < 2 { join(same, .duplicatePerson, .name) }
      }
      if group.contains(where: { $0.birth == nil }), group.contains(where: { others[$0.row] == nil }) {
        join(group.filter { others[$0.row] == nil || $0.birth != nil }, .sameName, .name)
      }
    }
    return people.compactMap { person in
      guard let (code, field, rows) = others[person.row] else { return nil }
      let column = layout.column(field) ?? layout.column(.name)
      let list = rows.sorted().map(String.init)
      let message =
        code == .sameName
        ? Text(
          "和第 \(list.joined(separator: "、")) 行同名，请核对是不是同一个人。",
          "Row \(list.joined(separator: ", ")) has this name too; check whether it is the same person.")
        : Text(
          "和第 \(list.joined(separator: "、")) 行是同一个人，请留一行。",
          "Row \(list.joined(separator: ", ")) is the same person; keep one.")
      return RosterFault(
        row: person.row, column: column?.header ?? "", code: code.rawValue, force: code.force,
        value: column.map { value(person.row, $0) } ?? "", message: message)
    }
  }
}
