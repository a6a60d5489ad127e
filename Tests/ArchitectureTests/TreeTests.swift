import Testing

private let code: Set<String> = ["swift", "c", "h", "js", "css", "py", "lua", "sh"]
private let trees = ["Sources", "Tests", "deploy", "systemd"]

struct TreeTests {
  private func all(_ extensions: Set<String>) throws -> [String] {
    try trees.flatMap { try Repository.files(under: $0, extensions) }
  }

  @Test("The top level holds exactly what the design names")
  func topLevel() throws {
    // SwiftPM's own file is left out of the repository: Package.swift pins each version.
    let visible = try Repository.entries().filter { !$0.hasPrefix(".") && $0 != "Package.resolved" }
    #expect(visible == ["Package.swift", "README.md", "Sources", "Tests", "deploy", "systemd"])
  }

  @Test("No file is longer than 300 lines")
  func length() throws {
    for file in try all(code) {
      let count = try Repository.lines(of: file).count - 1
      #expect(count <= 300, "\(file) has \(count) lines")
    }
  }

  @Test("Nothing is left unfinished")
  func unfinished() throws {
    // Put together here, so that this file doesn't hold them itself.
    let marks = [["TO", "DO"], ["FIX", "ME"], ["XX", "X"], ["HA", "CK"]].map { $0.joined() }
    let phrases = [
      ["not ", "implemented"], ["not yet ", "implemented"], ["unimple", "mented"], ["fatal", "Error()"],
    ]
    .map { $0.joined() }
    let words = try Regex("\\b(\(marks.joined(separator: "|")))\\b")
    for file in try all(code) {
      for (index, line) in try Repository.lines(of: file).enumerated() {
        let found = line.contains(words) || phrases.contains { line.contains($0) }
        #expect(!found, "\(file):\(index + 1): \(line)")
      }
    }
  }

  @Test("No test is switched off")
  func switchedOff() throws {
    let ways = [
      [".dis", "abled("], ["XCT", "Skip"], ["withKnown", "Issue"], ["pytest.", "skip"], ["pytest.mark.", "skip"],
      ["pytest.mark.", "xfail"],
    ].map { $0.joined() }
    for file in try Repository.files(under: "Tests", ["swift", "py"]) {
      for (index, line) in try Repository.lines(of: file).enumerated() {
        #expect(!ways.contains { line.contains($0) }, "\(file):\(index + 1): \(line)")
      }
    }
  }

  @Test("No error is swallowed where data lives or leaves")
  func swallowed() throws {
    for target in ["SanatoriumStore", "OrganizerStore", "SanatoriumJobs"] {
      for file in try Repository.files(under: "Sources/\(target)", ["swift"]) {
        for (index, line) in try Repository.lines(of: file).enumerated() {
          #expect(!line.contains(/\btry\?/), "\(file):\(index + 1): \(line)")
        }
      }
    }
  }

  @Test("Every claim of safety that the compiler can't check has its reason above it")
  func reasons() throws {
    for file in try Repository.files(under: "Sources", ["swift"]) {
      let lines = try Repository.lines(of: file)
      for (index, line) in lines.enumerated() where line.contains(/@unchecked Sendable|nonisolated\(unsafe\)/) {
        let near = lines[max(0, index - 3)...index]
        #expect(near.contains { $0.contains("//") }, "\(file):\(index + 1): \(line)")
      }
    }
  }

  @Test("Names say what a thing is")
  func names() throws {
    let vague = /\b(?:struct|class|enum|actor|protocol)\s+\w*(?:Manager|Helper|Helpers|Util|Utils)\b/
    for file in try Repository.files(under: "Sources", ["swift"]) {
      for (index, line) in try Repository.lines(of: file).enumerated() {
        #expect(!line.contains(vague), "\(file):\(index + 1): \(line)")
      }
    }
  }
}
