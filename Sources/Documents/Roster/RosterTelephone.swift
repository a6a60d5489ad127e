import Sanatorium

/// Telephones, one or several in a cell, and family contacts written into one.
enum RosterTelephone {
  /// Each number as typed; whether all of them can be dialled.
  static func read(_ cell: SheetCell) -> (numbers: [String], isReadable: Bool) {
    let parts = RosterText.parts(cell.text).filter { !["无", "没有", "-", "—"].contains($0.folded) }
    let numbers = parts.map { cell.kind == .number ? cell.text : $0.hasPrefix("'") ? String($0.dropFirst()) : $0 }
    return (numbers, numbers.allSatisfy(isNumber) && !cell.isDamaged)
  }

  /// 7 to 15 digits with spaces, dashes, brackets, a plus; words in brackets may follow (`（女儿）`).
  private static func isNumber(_ text: String) -> Bool {
    var text = text.halfWidth.trimmed
    if let (before, inside) = RosterText.bracketed(text), inside.digitCount == 0 { text = before }
    return Telephone.canBeDialled(text)
  }

  private static let relations = [
    "配偶", "妻子", "丈夫", "老伴", "爱人", "夫妻", "长子", "次子", "三子", "长女", "次女", "三女", "儿子", "女儿", "儿媳", "女婿", "孙子", "孙女", "外孙",
    "外孙女",
    "父亲", "母亲", "父子", "父女", "母子", "母女", "兄弟", "姐妹", "哥哥", "弟弟", "姐姐", "妹妹", "侄子", "侄女", "外甥", "外甥女", "亲属", "朋友", "邻居",
    "同事", "妻", "夫",
    "子", "女", "兄", "弟", "姐", "妹", "侄",
  ]

  /// `邓广林（配偶）14000018458`, `女儿李娜 14000012580`: numbers, then a word for the relation, the rest the name.
  static func contact(_ text: String) -> RosterContact {
    var contact = RosterContact()
    var rest = ""
    var number = ""
    func endNumber() {
      if number.digitCount >= 7 { contact.telephones.append(number.trimmed) } else { rest += number }
      number = ""
    }
    for character in text.halfWidth {
      if character.isASCII, character.isNumber || (!number.isEmpty && "- ".contains(character)) {
        number.append(character)
      } else {
        endNumber()
        rest.append(character)
      }
    }
    endNumber()
    for label in ["电话", "手机", "联系方式", "姓名", "关系"] { rest = rest.replacing(label, with: " ") }
    var words = rest.split { " 　()（）:：、/,，;；\n\r".contains($0) }.map(String.init)
    if let index = words.firstIndex(where: { relations.contains($0) }) {
      contact.relation = words.remove(at: index)
    } else if let first = words.first, let relation = relations.first(where: { $0.count > 1 && first.hasPrefix($0) }),
      first.count > relation.count
    {
      contact.relation = relation
      words[0] = String(first.dropFirst(relation.count))
    }
    let name = words.joined(separator: " ")
    contact.name = name.isEmpty || ["无", "-"].contains(name) ? nil : name
    return contact
  }
}
