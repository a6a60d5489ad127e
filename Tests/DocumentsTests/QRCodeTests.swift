import Foundation
import Testing

@testable import Documents

@Suite("Codes for cameras")
struct QRCodeTests {
  /// What zbar reads in the code drawn with four pixels a module, as a bitmap.
  private func read(_ code: QRCode) throws -> String {
    let scale = 4
    let side = code.extent * scale
    var bitmap = "P1\n\(side) \(side)\n"
    for y in 0..<side {
      for x in 0..<side {
        let (column, row) = (x / scale - QRCode.quiet, y / scale - QRCode.quiet)
        let inside = (0..<code.side).contains(column) && (0..<code.side).contains(row)
        bitmap += inside && code.isDark(column: column, row: row) ? "1 " : "0 "
      }
      bitmap += "\n"
    }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("code-\(UUID()).pbm")
    try Data(bitmap.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let zbar = Process()
    zbar.executableURL = URL(fileURLWithPath: "/usr/bin/zbarimg")
    zbar.arguments = ["--quiet", "--raw", "-Sbinary", file.path]
    let output = Pipe()
    zbar.standardOutput = output
    zbar.standardError = FileHandle.nullDevice
    try zbar.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    zbar.waitUntilExit()
    return String(decoding: text, as: UTF8.self)
  }

  @Test(
    "another program reads what was written",
    arguments: [
      "https://192.168.1.20:8443/b/7KXMP2QWRT", "https://[fe80::1]:8443/b/7KXMP2QWRT", "白桦湖疗养中心",
      String(repeating: "long ", count: 200),
    ], [QRCode.Correction.medium, .quartile])
  func roundTrip(text: String, correction: QRCode.Correction) throws {
    #expect(try read(QRCode(text, correction: correction)) == text)
  }

  @Test("the path draws the dark modules and no others")
  func path() throws {
    let code = try QRCode("https://house.lan:8443/b/7KXMP2QWRT", correction: .quartile)
    var drawn: Set<[Int]> = []
    for run in code.path.matches(of: /M(\d+) (\d+)h(\d+)v1h-(\d+)z/) {
      let (x, y, width) = (Int(run.output.1)!, Int(run.output.2)!, Int(run.output.3)!)
      #expect(run.output.3 == run.output.4)
      for column in x..<(x + width) { drawn.insert([column - QRCode.quiet, y - QRCode.quiet]) }
    }
    for row in 0..<code.side {
      for column in 0..<code.side {
        #expect(code.isDark(column: column, row: row) == drawn.contains([column, row]))
      }
    }
    #expect(code.extent == code.side + 8)
  }

  @Test("what no code can hold is refused")
  func refused() {
    #expect(throws: QRCodeFault(bytes: 0)) { try QRCode("") }
    #expect(throws: QRCodeFault(bytes: 3)) { try QRCode("a\u{0}b") }
    #expect(throws: QRCodeFault(bytes: 2_332)) { try QRCode(String(repeating: "x", count: 2_332)) }
  }
}

@Suite("Words set into a width")
struct FittedTextTests {
  private static let sizes: [FittedText.Size] = [(95, 1), (75, 2), (60, 3), (45, 4)]

  @Test(
    "a name is as large as it fits, and nothing of it is lost",
    arguments: [
      ("苏和", ["苏和"], 95), ("陈玉兰", ["陈玉兰"], 95), ("欧阳建国", ["欧阳建国"], 95), ("孛儿只斤·巴特尔", ["孛儿只斤·", "巴特尔"], 75),
      ("Maria Gonzalez", ["Maria", "Gonzalez"], 75),
    ])
  func set(name: String, lines: [String], size: Int) {
    let set = FittedText(name, width: 430, sizes: FittedTextTests.sizes)
    #expect(set.lines == lines)
    #expect(set.size == size)
  }

  @Test("very long names stay whole", arguments: [20, 40, 80, 400])
  func long(count: Int) {
    let name = String(repeating: "巴", count: count)
    let set = FittedText(name, width: 430, sizes: FittedTextTests.sizes)
    #expect(set.lines.joined() == name)
    #expect(set.lines.allSatisfy { $0.count * set.size <= 430 + set.size })
    #expect(set.lines.count * set.size <= 200)
  }
}
