internal import Sanatorium

/// One thing that somebody may need to be told. Between backquotes stands what is typed or read letter by letter.
struct HelpTopic: Sendable {
  /// The last part of its address, `/help/check`.
  let code: String
  let title: Text
  let paragraphs: [Text]
  /// Whose work it is; they see it first.
  let roles: Set<Role>

  init(_ code: String, _ title: Text, for roles: Set<Role>, _ paragraphs: Text...) {
    self.code = code
    self.title = title
    self.paragraphs = paragraphs
    self.roles = roles
  }

  /// Those of the daily work, then those of whoever runs the machine.
  static let all = people + operation

  static func named(_ code: String) -> HelpTopic? { all.first { $0.code == code } }
}
