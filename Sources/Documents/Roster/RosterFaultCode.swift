public import Sanatorium

/// Every code of a fault of reading; a rule of the regulation has `rule` and its own id.
///
/// | Code | Force | Meaning |
/// |---|---|---|
/// | `name-missing` | error | no name |
/// | `name-formula` | ask | the name looks like a formula |
/// | `name-script` | ask | the name looks like a script or markup |
/// | `name-control` | ask | the name holds invisible or control characters |
/// | `name-unusual` | ask | the name holds digits, signs or lost characters, or is very short or long |
/// | `sex-unreadable` | error | neither 男 nor 女 |
/// | `sex-missing` | error | blank, and no sound identity number tells it |
/// | `sex-from-identity` | ask | blank, and taken from the identity number |
/// | `sex-contradicts-identity` | error | the identity number is the other sex's |
/// | `birth-missing` | error | blank, and no sound identity number tells it |
/// | `birth-no-such-day` | error | the calendar has no such day |
/// | `birth-unreadable` | error | no date |
/// | `birth-ambiguous` | error | it can be two dates |
/// | `birth-implausible` | error | after day 1, or more than 120 years before it |
/// | `birth-contradicts-identity` | error | the identity number has another date |
/// | `birth-month-only` | ask | only year and month |
/// | `birth-short-year` | ask | the year has two digits |
/// | `birth-from-identity` | ask | blank, and taken from the identity number |
/// | `identity-check-digit` | error | the last character doesn't fit the others |
/// | `identity-no-such-day` | error | its date of birth does not exist |
/// | `identity-malformed` | error | neither 18 nor 15 characters, or other than digits and a last X |
/// | `identity-damaged` | error | a spreadsheet has replaced the last digits |
/// | `identity-old-form` | ask | 15 digits, which can't be checked |
/// | `identity-other-document` | ask | another kind of document, taken as text |
/// | `duplicate-person` | error | the same person in another row |
/// | `same-name` | ask | the same name in another row, and nothing to tell them apart |
/// | `answer-unreadable` | error | neither yes nor no |
/// | `self-care-unreadable` | error | not known how far someone looks after himself |
/// | `screening-unreadable` | error | neither negative nor positive |
/// | `date-unreadable` | error | a date (of a check-up) that is none |
/// | `date-month-only` | ask | only year and month; its first day is counted |
/// | `insurance-unknown` | ask | a kind of insurance that no rule names |
/// | `number-missing` | ask | words (已办) where a number belongs |
/// | `telephone-unreadable` | ask | it can't be dialled |
/// | `cell-error` | error | a formula that failed (#N/A) |
/// | `other-sheet` | ask | another sheet holds a list too, which was not read |
public enum RosterFaultCode: String, Hashable, Sendable, CaseIterable, Codable {
  case nameMissing = "name-missing"
  case nameFormula = "name-formula"
  case nameScript = "name-script"
  case nameControl = "name-control"
  case nameUnusual = "name-unusual"
  case sexUnreadable = "sex-unreadable"
  case sexMissing = "sex-missing"
  case sexFromIdentity = "sex-from-identity"
  case sexContradictsIdentity = "sex-contradicts-identity"
  case birthMissing = "birth-missing"
  case birthNoSuchDay = "birth-no-such-day"
  case birthUnreadable = "birth-unreadable"
  case birthAmbiguous = "birth-ambiguous"
  case birthImplausible = "birth-implausible"
  case birthContradictsIdentity = "birth-contradicts-identity"
  case birthMonthOnly = "birth-month-only"
  case birthShortYear = "birth-short-year"
  case birthFromIdentity = "birth-from-identity"
  case identityCheckDigit = "identity-check-digit"
  case identityNoSuchDay = "identity-no-such-day"
  case identityMalformed = "identity-malformed"
  case identityDamaged = "identity-damaged"
  case identityOldForm = "identity-old-form"
  case identityOtherDocument = "identity-other-document"
  case duplicatePerson = "duplicate-person"
  case sameName = "same-name"
  case answerUnreadable = "answer-unreadable"
  case selfCareUnreadable = "self-care-unreadable"
  case screeningUnreadable = "screening-unreadable"
  case dateUnreadable = "date-unreadable"
  case dateMonthOnly = "date-month-only"
  case insuranceUnknown = "insurance-unknown"
  case numberMissing = "number-missing"
  case telephoneUnreadable = "telephone-unreadable"
  case cellError = "cell-error"
  case otherSheet = "other-sheet"

  /// The code of faults that a rule finds.
  public static let rule = "rule"

  /// `error` or `ask`.
  public var force: RosterForce {
    switch self {
    case .nameFormula, .nameScript, .nameControl, .nameUnusual, .sexFromIdentity, .birthMonthOnly, .birthShortYear,
      .birthFromIdentity, .identityOldForm, .identityOtherDocument, .sameName, .dateMonthOnly, .insuranceUnknown,
      .numberMissing, .telephoneUnreadable, .otherSheet:
      .ask
    default: .error
    }
  }

  /// One sentence: what is wrong and what to do. A fault may say more (the digit expected, the other row).
  public var message: Text {
    switch self {
    case .nameMissing: Text("没有姓名。", "There is no name.")
    case .nameFormula: Text("姓名像公式，已按文字保留，请核对。", "The name looks like a formula; it is kept as text. Check it.")
    case .nameScript:
      Text("姓名像网页代码，已按文字保留，请核对。", "The name looks like a script or markup; it is kept as text. Check it.")
    case .nameControl:
      Text("姓名里有看不见的字符，请重新输入。", "The name holds characters that can't be seen; type it again.")
    case .nameUnusual: Text("姓名里有不常见的字符，请核对。", "The name holds unusual characters; check it.")
    case .sexUnreadable: Text("性别看不懂，请写男或女。", "The sex can't be read; write 男 or 女.")
    case .sexMissing: Text("没有性别。", "The sex is blank.")
    case .sexFromIdentity:
      Text("没有性别，已按身份证号填写，请核对。", "The sex is blank and was taken from the identity number; check it.")
    case .sexContradictsIdentity: Text("性别和身份证号不一致。", "The sex contradicts the identity number.")
    case .birthMissing: Text("没有出生日期。", "The date of birth is blank.")
    case .birthNoSuchDay: Text("没有这一天，请核对出生日期。", "There is no such day; check the date of birth.")
    case .birthUnreadable:
      Text("出生日期看不懂，请写成 1946-05-01。", "The date of birth can't be read; write it like 1946-05-01.")
    case .birthAmbiguous:
      Text(
        "出生日期可以看成两个日子，请写成 1946-05-01。", "The date of birth can be read as two days; write it like 1946-05-01.")
    case .birthImplausible:
      Text("出生日期不合理，请核对。", "The date of birth can't be right; check it.")
    case .birthContradictsIdentity: Text("出生日期和身份证号不一致。", "The date of birth contradicts the identity number.")
    case .birthMonthOnly:
      Text("出生日期只有年月，满不满年龄可能说不准，请补全。", "Only the month of birth is given, so the age may be unsure; complete it.")
    case .birthShortYear:
      Text("出生年份只有两位，已按 19xx 年读，请核对。", "The year of birth has two digits and was read as 19xx; check it.")
    case .birthFromIdentity:
      Text(
        "没有出生日期，已按身份证号填写，请核对。", "The date of birth is blank and was taken from the identity number; check it.")
    case .identityCheckDigit:
      Text("身份证号最后一位对不上，请核对整个号码。", "The identity number's last character doesn't fit; check the whole number.")
    case .identityNoSuchDay:
      Text("身份证号里的出生日期没有这一天。", "The date of birth in the identity number does not exist.")
    case .identityMalformed:
      Text(
        "身份证号应是 18 位（老证 15 位）数字，最后一位可以是 X。", "An identity number has 18 digits (15 on old cards); the last may be X.")
    case .identityDamaged:
      Text(
        "身份证号被表格软件当成了数字，后几位已丢失。请把这一列设为文本后重新输入。",
        "The spreadsheet took the identity number for a number and lost its last digits. Make the column text and type it again."
      )
    case .identityOldForm:
      Text("这是 15 位的老身份证号，没有校验位，请核对。", "An old identity number of 15 digits has no check digit; check it.")
    case .identityOtherDocument:
      Text("这不是身份证号，没有检查，请核对证件。", "This is no identity number and was not checked; look at the document.")
    case .duplicatePerson: Text("同一个人出现了不止一次。", "The same person is listed more than once.")
    case .sameName: Text("有同名的人，请核对是不是同一个人。", "Someone else has this name; check whether it is the same person.")
    case .answerUnreadable: Text("看不懂，请写是或否。", "It can't be read; write 是 or 否.")
    case .selfCareUnreadable:
      Text("自理情况看不懂，请写完全自理、部分自理或不能自理。", "It can't be read; write 完全自理, 部分自理 or 不能自理.")
    case .screeningUnreadable: Text("筛查结果看不懂，请写阴性或阳性。", "The result can't be read; write 阴性 or 阳性.")
    case .dateUnreadable: Text("日期看不懂，请写成 2026-05-01。", "The date can't be read; write it like 2026-05-01.")
    case .dateMonthOnly:
      Text("只有年月，按当月 1 日计算，请补全。", "Only the month is given and its first day was counted; complete it.")
    case .insuranceUnknown: Text("不认识这个险种，请核对。", "This kind of insurance is not known; check it.")
    case .numberMissing: Text("这里要填编号。", "A number belongs here.")
    case .telephoneUnreadable: Text("电话号码不像能打通的，请核对。", "This telephone number can't be dialled; check it.")
    case .cellError: Text("单元格里的公式出错了，请重新填写。", "The formula in this cell failed; fill it in again.")
    case .otherSheet:
      Text("这张表里也有名单，没有读。请分开导入。", "This sheet holds a list too, which was not read. Import it separately.")
    }
  }
}
