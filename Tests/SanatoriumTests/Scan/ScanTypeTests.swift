import Sanatorium
import Testing

/// Small files that are whole, by hand.
enum SampleScan {
  static let pdf: [UInt8] = Array("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n".utf8)

  static func png(width: Int = 8, height: Int = 8) -> [UInt8] {
    func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] { four(data.count) + Array(type.utf8) + data + [0, 0, 0, 0] }
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", four(width) + four(height) + [8, 2, 0, 0, 0])
      + chunk("IDAT", [UInt8](repeating: 7, count: 40)) + chunk("IEND", [])
  }

  static func jpeg(width: Int = 8, height: Int = 8) -> [UInt8] {
    [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC0, 0, 11, 8] + two(height) + two(width) + [1, 1, 0x11, 0, 0xFF, 0xDA, 0, 4, 1, 0]
      + [UInt8](repeating: 5, count: 30) + [0xFF, 0xD9]
  }

  static func four(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }
  static func two(_ value: Int) -> [UInt8] { [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)] }
}

@Suite("What a scan may be")
struct ScanTypeTests {
  private func fault(_ bytes: [UInt8]) -> ScanFault? {
    guard case .failure(let fault) = ScanType.read(bytes) else { return nil }
    return fault
  }

  @Test("the three types are known by their content")
  func types() throws {
    #expect(try ScanType.read(SampleScan.pdf).get() == .pdf)
    #expect(try ScanType.read(SampleScan.png()).get() == .png)
    #expect(try ScanType.read(SampleScan.jpeg()).get() == .jpeg)
    // a camera's remarks behind the image, a fill byte before a marker
    #expect(try ScanType.read(SampleScan.jpeg() + Array("Samsung".utf8)).get() == .jpeg)
    #expect(try ScanType.read([0xFF, 0xD8, 0xFF, 0xFF] + SampleScan.jpeg().dropFirst(3)).get() == .jpeg)
  }

  @Test("programs, archives, web pages, other pictures and nothing at all are refused by what they are")
  func others() {
    #expect(fault([]) == .empty)
    #expect(fault(Array("MZ\u{90}\u{0}\u{3}".utf8) + SampleScan.pdf) == .otherType(.program))
    #expect(fault([0x7F, 0x45, 0x4C, 0x46] + SampleScan.png()) == .otherType(.program))
    #expect(fault(Array("PK\u{3}\u{4}word/document.xml".utf8)) == .otherType(.archive))
    #expect(fault(Array("<html><script>alert(1)</script>%PDF-1.4 %%EOF".utf8)) == .otherType(.markup))
    #expect(fault([0, 0, 0, 24] + Array("ftypheic".utf8)) == .otherType(.heic))
    #expect(fault(Array("GIF89a".utf8)) == .otherType(.gif))
    #expect(fault(Array("一封信".utf8)) == .otherType(nil))
    #expect(fault([0x49, 0x49, 0x2A, 0, 8]) == .otherType(.tiff))
  }

  @Test("what breaks off or is broken inside is refused, wherever it is cut")
  func cut() {
    for whole in [SampleScan.pdf, SampleScan.png(), SampleScan.jpeg()] {
      for count in 1..<(whole.count - 1) where fault(Array(whole.prefix(count))) == nil {
        Issue.record("cut to \(count) of \(whole.count) bytes it was taken")
      }
    }
    #expect(fault(Array(SampleScan.png().dropLast(12))) == .cut(.png))
    #expect(fault(SampleScan.png() + Array("<script>".utf8)) == .malformed(.png))
    #expect(fault(Array("%PDF-x.4\n".utf8) + SampleScan.pdf.dropFirst(9)) == .malformed(.pdf))
    #expect(fault(SampleScan.pdf + [UInt8](repeating: 0x20, count: 2_000)) == .cut(.pdf))
    var noFrame = SampleScan.jpeg()
    noFrame[9] = 0xC4
    #expect(fault(noFrame) == .malformed(.jpeg))
  }

  @Test("a size that no scanner makes is refused, at the limit it is taken")
  func sizes() throws {
    for (width, height) in [(0, 8), (8, 0), (30_001, 8), (20_000, 20_000)] {
      #expect(fault(SampleScan.png(width: width, height: height)) == .dimensions(.png, width: width, height: height))
      #expect(fault(SampleScan.jpeg(width: width, height: height)) == .dimensions(.jpeg, width: width, height: height))
    }
    #expect(fault(SampleScan.png(width: 0xFFFF_FFFF, height: 0xFFFF_FFFF)) != nil)
    #expect(fault(SampleScan.jpeg(width: 30_000, height: 8)) == nil)
    let filling = [UInt8](repeating: 0x25, count: ScanLimit.bytes - SampleScan.pdf.count)
    let full = Array("%PDF-1.4\n".utf8) + filling + SampleScan.pdf.dropFirst(9)
    #expect(full.count == ScanLimit.bytes)
    #expect(fault(full) == nil)
    #expect(fault(full + [0x0A]) == .tooLarge(ScanLimit.bytes + 1))
  }

  @Test("each refusal names the file, says what is taken, in both languages")
  func words() {
    let faults: [ScanFault] =
      [.empty, .tooLarge(ScanLimit.bytes + 1), .otherType(nil), .cut(.png), .malformed(.pdf), .dimensions(.jpeg, width: 0, height: 0)]
      + ScanType.Known.allCases.map { .otherType($0) }
    for fault in faults {
      let message = fault.message("协议.pdf")
      #expect(message.chinese.contains("“协议.pdf”") && message.chinese.contains("5 MB"))
      #expect(message.english.contains("协议.pdf") && message.english.contains("5 MB"))
    }
    #expect(ScanFault.tooLarge(ScanLimit.bytes + 1).message("").chinese.contains("5.1 MB"))
  }
}
