import Evidence
import MicroHTTP
import Sanatorium
import Testing

@testable import SanatoriumStore
@testable import SanatoriumWeb

@Suite("Scans on pages and by the API")
struct ScanTests {
  private static let pdf = Array("%PDF-1.4\n% 协议\nstartxref\n9\n%%EOF\n".utf8)
  private static let png: [UInt8] =
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + [0, 0, 0, 8, 0, 0, 0, 8, 8, 2, 0, 0, 0, 0, 0, 0, 0]
    + [0, 0, 0, 2] + Array("IDAT".utf8) + [1, 2, 0, 0, 0, 0] + [0, 0, 0, 0] + Array("IEND".utf8) + [0, 0, 0, 0]

  /// A form with a file as a browser frames it, each time with another boundary.
  private static func upload(_ bytes: [UInt8], name: String = "协议.pdf", type: String = "application/pdf", key: ID = .random()) -> (Headers, [UInt8]) {
    let boundary = "----form\(ID.random())"
    var body = Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"idempotency-key\"\r\n\r\n\(key)\r\n".utf8)
    body += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\nContent-Type: \(type)\r\n\r\n".utf8)
    body += bytes + Array("\r\n--\(boundary)--\r\n".utf8)
    return (["Content-Type": "multipart/form-data; boundary=\(boundary)", "Idempotency-Key": key.description], body)
  }

  private func send(
    _ house: House, _ target: String, as person: House.Person, _ bytes: [UInt8], name: String = "协议.pdf", key: ID = .random()
  ) async throws -> Response {
    let (headers, body) = Self.upload(bytes, name: name, key: key)
    return try await house.ask(.post, target, as: person, headers: headers, body: body)
  }

  @Test("a paper is attached from the fact's page, shown there and in the list, opened by its own type, and taken off with a reason")
  func page() async throws {
    let house = try House()
    let scene = try Scene(house)
    let fact = "/batches/\(scene.batch)/facts/agreement.host"
    let empty = try await house.ask(.get, fact, as: .lead).text
    #expect(empty.contains("accept=\"image/jpeg,image/png,application/pdf\"") && empty.contains("multipart/form-data"))
    let key = ID.random()
    for _ in 1...2 {
      let saved = try await send(house, "\(fact)/scans", as: .lead, Self.pdf, key: key)
      #expect(saved.status == .seeOther && saved.headers["Location"]?.hasPrefix("\(fact)?saved=") == true)
    }
    let scans = try house.store.read { try $0.scans(of: .hostAgreement, .batch(scene.batch)) }
    #expect(scans.count == 1)
    let id = scans[0].id
    let shown = try await house.ask(.get, fact, as: .staff).text
    #expect(shown.contains("协议.pdf") && shown.contains("账号lead") && shown.contains("\(fact)/scans/\(id)"))
    #expect(!shown.contains("multipart/form-data"))
    #expect(try await house.ask(.get, "/batches/\(scene.batch)/facts", as: .staff).text.contains("扫描件 1"))
    let file = try await house.ask(.get, "\(fact)/scans/\(id)", as: .staff)
    #expect(file.body == Self.pdf)
    #expect(file.headers["Content-Type"] == "application/pdf" && file.headers["X-Content-Type-Options"] == "nosniff")
    #expect(file.headers["Content-Disposition"]?.hasPrefix("attachment; filename=\"agreement.host-") == true)
    #expect(file.headers["Content-Security-Policy"]?.contains("sandbox") == true && file.headers["Cache-Control"] == "private, no-store")
    let removal: Headers = ["Content-Type": "application/x-www-form-urlencoded"]
    let refused = try await house.ask(.post, "\(fact)/scans/\(id)/removal", as: .lead, headers: removal, body: Array("reason=".utf8))
    #expect(refused.status == .unprocessableContent && refused.text.contains("协议.pdf"))
    let gone = try await house.ask(.post, "\(fact)/scans/\(id)/removal", as: .lead, headers: removal, body: Array("reason=放错了".utf8))
    #expect(gone.status == .seeOther)
    #expect(try await house.ask(.get, "\(fact)/scans/\(id)", as: .lead).status == .notFound)
    #expect(try await house.ask(.get, fact, as: .lead).text.contains("放错了"))
  }

  @Test("a program called .pdf, a cut picture, one byte too many and no file are refused at the field, and nothing is kept")
  func refusals() async throws {
    let house = try House()
    let scene = try Scene(house)
    let fact = "/batches/\(scene.batch)/facts/agreement.host"
    let large = Array(Self.pdf.dropLast(22)) + [UInt8](repeating: 0x25, count: (5 << 20) + 1 - Self.pdf.count) + Self.pdf.suffix(22)
    #expect(large.count == (5 << 20) + 1)
    let wrong: [([UInt8], String, String)] = [
      (Array("MZ\u{1}\u{2}".utf8) + Self.pdf, "协议.pdf", "程序"), (Array(Self.png.dropLast(9)), "照片.png", "不完整"),
      (large, "协议.pdf", "5.1 MB"), (Array("<html><script>alert(1)</script>".utf8), "a.jpg", "网页"),
    ]
    for (bytes, name, words) in wrong {
      let answer = try await send(house, "\(fact)/scans", as: .lead, bytes, name: name)
      #expect(answer.status == .unprocessableContent, "\(name)")
      for each in [words, "只收 PDF、JPEG、PNG", "<main", name] { #expect(answer.text.contains(each), "\(each)") }
      let api = try await send(house, "/api/v1\(fact)/scans", as: .lead, bytes, name: name)
      #expect(api.status == .unprocessableContent)
      let field = try JSON.parse(api.body)["faults"]?.array?.first?["field"]?.string
      #expect(field == "file")
    }
    #expect(try await send(house, "\(fact)/scans", as: .lead, [], name: "").text.contains("还没选文件"))
    let cut = try await house.ask(
      .post, "\(fact)/scans", as: .lead, headers: ["Content-Type": "multipart/form-data; boundary=x"], body: Array("--x\r\n".utf8))
    #expect(cut.status == .unprocessableContent && cut.text.contains("没有传全"))
    #expect(try house.store.read { try $0.tables.count(SQL("SELECT count(*) FROM scan_file")) } == 0)
  }

  @Test("who may not record the fact attaches nothing; health papers open for who reads health alone, each reading logged")
  func rights() async throws {
    let house = try House()
    let scene = try Scene(house)
    let person = scene.people[0]
    let path = "/participants/\(person)/facts/self_care/scans"
    #expect(try await send(house, "/api/v1\(path)", as: .escort, Self.png).status == .forbidden)
    #expect(try await send(house, "/api/v1/batches/\(scene.batch)/facts/agreement.host/scans", as: .staff, Self.pdf).status == .forbidden)
    let added = try await send(house, "/api/v1\(path)", as: .medic, Self.png, name: "自理评估.png")
    #expect(added.status == .created)
    let scan = try #require(try JSON.parse(added.body)["subject"]?.string)
    for reader in [House.Person.staff, .escort] {
      for target in ["\(path)/\(scan)", "/api/v1\(path)/\(scan)", "/api/v1\(path)"] {
        #expect(try await house.ask(.get, target, as: reader).status == .forbidden, "\(reader) \(target)")
      }
      let page = try await house.ask(.get, "/participants/\(person)/facts/self_care", as: reader).text
      #expect(!page.contains("自理评估.png") && !page.contains(scan))
      #expect(!(try await house.ask(.get, "/participants/\(person)/facts", as: reader).text.contains("扫描件 1")))
    }
    #expect(try await house.ask(.get, "\(path)/\(scan)", as: .admin).status == .forbidden)
    let before = try house.reads().count
    for reader in [House.Person.lead, .organizer, .medic] {
      let file = try await house.ask(.get, "\(path)/\(scan)", as: reader)
      #expect(file.body == Self.png && file.headers["Content-Type"] == "image/png")
      #expect(file.headers["Content-Disposition"]?.hasPrefix("inline; filename=\"self_care-") == true)
      #expect(file.headers["Content-Encoding"] == nil)
    }
    let rows = try house.reads().dropFirst(before)
    #expect(rows.count { $0[1] == "scan" && $0[2] == person.description } == 3)
  }

  @Test("a scan is found under its own person and fact alone, and not in another batch")
  func places() async throws {
    let house = try House()
    let scene = try Scene(house)
    let added = try await send(house, "/api/v1/participants/\(scene.people[0])/facts/consent.family/scans", as: .staff, Self.pdf)
    let scan = try #require(try JSON.parse(added.body)["subject"]?.string)
    let plan = BatchDraft(
      number: "2026年第4批", regulation: "nm-2023", organizer: "自治区退役军人事务厅", host: "白桦湖疗养中心", venue: "白桦湖",
      firstDay: House.firstDay + 30, lastDay: House.firstDay + 36, planned: 5)
    let other = try house.perform(.organizer) { try $0.planBatch(plan, $1) }.subject
    for target in [
      "participants/\(scene.people[1])/facts/consent.family", "participants/\(scene.people[0])/facts/consent.self",
      "batches/\(other)/facts/agreement.host", "participants/\(ID.random())/facts/consent.family",
    ] {
      #expect(try await house.ask(.get, "/api/v1/\(target)/scans/\(scan)", as: .lead).status == .notFound, "\(target)")
      let removal = try await house.post("/api/v1/\(target)/scans/\(scan)/removal", .object(["reason": "x"]), as: .lead)
      #expect(removal.status == .notFound, "\(target)")
    }
    let list = try JSON.parse(
      try await house.ask(.get, "/api/v1/participants/\(scene.people[0])/facts/consent.family/scans", as: .staff).body)
    #expect(list["scans"]?.array?.first?["name"]?.string == "协议.pdf")
    #expect(list["scans"]?.array?.first?["sha256"]?.string == Digest.of(Self.pdf).description)
  }
}
