import Sanatorium

/// Files that can't be read, each with what to do about it.
enum SheetRefusal: String, CaseIterable, Sendable {
  case empty = "empty-file"
  case tooLarge = "file-too-large"
  case oldOffice = "old-office-file"
  case encrypted = "encrypted-file"
  case notASheet = "not-a-sheet"
  case damaged = "damaged-file"
  case bomb = "file-expands-too-much"
  case documentType = "xml-document-type"
  case tooManyRows = "too-many-rows"
  case tooManyColumns = "too-many-columns"
  case tooManySheets = "too-many-sheets"
  case cellTooLong = "cell-too-long"
  case quotes = "unclosed-quote"

  var refusal: Refusal { .invalid("file", rawValue, message) }

  var message: Text {
    switch self {
    case .empty: Text("文件是空的", "The file is empty")
    case .tooLarge:
      Text("文件超过 \(SheetLimit.fileBytes >> 20) MB", "The file is larger than \(SheetLimit.fileBytes >> 20) MB")
    case .oldOffice, .notASheet: Text("请另存为 .xlsx 后再导入", "Save it as .xlsx and import that")
    case .encrypted:
      Text(
        "文件有打开密码。请去掉密码，另存为 .xlsx 后再导入",
        "The file has a password. Take it away, save as .xlsx and import that")
    case .damaged:
      Text(
        "文件不完整或已损坏。请用表格软件打开，另存为 .xlsx 后再导入",
        "The file is incomplete or damaged. Open it in a spreadsheet, save as .xlsx and import that")
    case .bomb:
      Text(
        "文件解压后过大，没有读取。请把名单复制到新表，另存为 .xlsx 后再导入",
        "The file expands too much and was not read. Copy the list to a new sheet, save as .xlsx and import that")
    case .documentType:
      Text(
        "文件里有不允许的 XML 声明（DOCTYPE），没有读取", "The file holds an XML declaration that is not allowed (DOCTYPE)"
      )
    case .tooManyRows: Text("一张表超过 \(SheetLimit.rows) 行", "A sheet has more than \(SheetLimit.rows) rows")
    case .tooManyColumns:
      Text("一张表超过 \(SheetLimit.columns) 列", "A sheet has more than \(SheetLimit.columns) columns")
    case .tooManySheets: Text("超过 \(SheetLimit.sheets) 张表", "There are more than \(SheetLimit.sheets) sheets")
    case .cellTooLong:
      Text(
        "有单元格超过 \(SheetLimit.cellCharacters) 个字", "A cell has more than \(SheetLimit.cellCharacters) characters")
    case .quotes:
      Text(
        "CSV 文件里有没配对的引号，后面的行分不开。请另存为 .xlsx 后再导入",
        "A quote in the CSV file is never closed, so the rows after it can't be told apart. Save it as .xlsx")
    }
  }
}
