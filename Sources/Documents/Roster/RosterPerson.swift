public import Sanatorium

/// Who is called when something happens.
public struct RosterContact: Hashable, Sendable {
  public var name: String?
  /// `配偶`, `女儿`, as written.
  public var relation: String?
  public var telephones: [String]

  public init(name: String? = nil, relation: String? = nil, telephones: [String] = []) {
    self.name = name
    self.relation = relation
    self.telephones = telephones
  }

  public var isEmpty: Bool { name == nil && relation == nil && telephones.isEmpty }
}

/// One person of a list, as read. Texts are as typed, without the spaces around them; nil is a blank cell or a column
/// that the list does not have, and `无` and `/` stay what they are, for the three mean different things.
public struct RosterPerson: Hashable, Sendable {
  /// The row, as a spreadsheet numbers it.
  public let row: Int
  /// As typed, also when it looks like a formula or a script; empty when the cell is blank.
  public var name: String
  /// What stands in brackets after the name as `曾用名`.
  public var formerName: String?
  public var sex: Sex?
  /// From its column, else from a sound identity number.
  public var birth: BirthDate?
  /// Only when it is sound (18 characters, or the old 15 digits); otherwise a fault tells.
  public var identityNumber: IdentityNumber?
  /// `离休干部`, as typed.
  public var category: String?
  /// The sending unit: its column, else the unit row above.
  public var unit: String?
  /// Codes of `FactCatalogue.groundOptions` that were recognised (`merit_2`) and, as typed, what was not.
  public var grounds: [String] = []
  public var telephones: [String] = []
  public var contact = RosterContact()
  /// 既往病史
  public var conditions: String?
  /// 过敏史
  public var allergies: String?
  /// 长期用药
  public var medicines: String?
  /// 同住人
  public var companion: String?
  /// 饮食禁忌
  public var diet: String?
  /// 民族
  public var ethnicity: String?
  /// 备注, and each column that is not known as `列名：内容`.
  public var remarks: String?
  /// What gate rules ask for, each under its `FactKey`: what a blank cell leaves open is absent.
  public var facts = Facts()

  /// The name for comparing and searching: no gaps, half-width.
  public var matchName: String { name.folded }

  init(row: Int, name: String) {
    self.row = row
    self.name = name
  }
}
