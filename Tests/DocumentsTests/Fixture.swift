import Foundation
import Sanatorium
import Testing

@testable import Documents

enum Fixture {
  static let names = [
    "roster-jining-24-with-faults.csv", "roster-jining-62.xlsx", "roster-neimenggu-48.csv",
    "roster-weihai-100-gb18030.csv", "two-row-header.xlsx", "merged-units-1904.xlsx", "expands-too-much.xlsx",
    "document-type.xlsx", "word.docx",
  ]

  static func bytes(_ name: String) throws -> [UInt8] {
    let url = try #require(Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Fixtures"))
    return Array(try Data(contentsOf: url))
  }
}

extension Day {
  /// A day that the test knows to exist.
  static func of(_ text: String) -> Day { Day(text) ?? Day(number: 0) }
}

extension RosterCheck {
  /// A CSV text read without a regulation.
  static func reading(_ text: String, startsOn: String = "2026-09-21") throws -> RosterCheck {
    try RosterCheck.run(bytes: Array(text.utf8), regulation: nil, startsOn: .of(startsOn))
  }

  /// `row column code`, for comparing.
  var summary: [String] { faults.map { "\($0.row) \($0.columnLabel) \($0.rule ?? $0.code) \($0.force.rawValue)" } }
}

/// The code of the one fault of a refusal; nil for anything else.
func code(_ refusal: Refusal?) -> String? {
  if case .invalid(let faults)? = refusal, faults.count == 1 { faults[0].code } else { nil }
}

/// What a reading refuses with; nil when it doesn't.
func refusal(_ body: () throws(Refusal) -> some Any) -> Refusal? {
  do {
    _ = try body()
    return nil
  } catch { return error }
}

/// UTF-16 with its byte order mark.
func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
  var bytes: [UInt8] = []
  for unit in [0xFEFF] + Array(text.utf16) {
    let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
    bytes += bigEndian ? pair : pair.reversed()
  }
  return bytes
}
