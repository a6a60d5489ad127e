import Sanatorium

/// An identity number's cell.
enum RosterIdentity {
  case blank
  case sound(IdentityNumber)
  /// A spreadsheet took it for a number: digits after the fifteenth are lost.
  case damaged
  /// A passport, an officer's card: taken as text, not checked.
  case otherDocument
  case wrong(IdentityNumberFault)

  init(_ cell: SheetCell) {
    guard !cell.isBlank else {
      self = .blank
      return
    }
    var text = cell.text.folded.uppercased()
    text = text.filter { !"='`‘’\"-.".contains($0) || RosterIdentity.isScientific(text) }
    if ["/", "—", "无", ""].contains(text) {
      self = .blank
    } else if cell.isDamaged || RosterIdentity.isScientific(text) {
      self = .damaged
    } else {
      do { self = .sound(try IdentityNumber(text)) } catch {
        switch error {
        // Saved as CSV after a spreadsheet has cut it: the last three digits are zero.
        case .checkCharacter where text.hasSuffix("000"): self = .damaged
        case .noSuchDay, .checkCharacter: self = .wrong(error)
        case .length, .characters:
          let digits = text.count { $0.isASCII && $0.isNumber }
          self = digits < 10 || text.contains { $0.isLetter && $0 != "X" } ? .otherDocument : .wrong(error)
        }
      }
    }
  }

  /// `1.10E+17`
  private static func isScientific(_ text: String) -> Bool {
    let parts = text.split(separator: "E", omittingEmptySubsequences: false)
    guard parts.count == 2, let mantissa = parts.first, let exponent = parts.last,
      exponent.hasPrefix("+") || exponent.isDigits
    else { return false }
    return mantissa.filter { $0 != "." }.isDigits && exponent.drop { $0 == "+" }.isDigits
  }
}
