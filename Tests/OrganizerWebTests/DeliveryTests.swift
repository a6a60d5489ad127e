import Evidence
import FacilityReports
import MicroHTTP
import OrganizerStore
import Sanatorium
import Testing

@Suite struct DeliveryTests {
  private let browser: Browser
  private let key = SigningKey.generate()
  private let batch = ID.random()
  private var journal: FacilityJournal

  init() throws {
    browser = try Browser()
    journal = FacilityJournal(key)
    journal.play(batch: batch, number: "2026年第1批", month: 6)
  }

  private func enrolled() throws -> WebhookSecret {
    try browser.store.enrol(name: "白桦湖疗养中心", publicKey: key.publicKey, by: "测试", now: Browser.now).secret
  }

  private func deliver(_ bytes: [UInt8], _ secret: WebhookSecret, id: String = "msg_1") async -> Response {
    var headers: Headers = ["Content-Type": "application/json"]
    for field in StandardWebhooks.sign(bytes, id: id, at: Browser.now, with: [secret]).fields {
      headers[field.name] = field.value
    }
    return await browser.ask(.post, "/api/v1/reports", headers: headers, body: bytes)
  }

  @Test("a delivery is answered with the signed receipt, again with the same one")
  func delivery() async throws {
    let secret = try enrolled()
    let signed = try journal.report(batch)
    let first = await deliver(signed.bytes, secret)
    #expect(first.status == .created)
    let receipt = try SignedReceipt.verify(
      SignedReceipt.bytes(inAnswer: first.body), browser.organizerKey.publicKey, for: signed.digest)
    #expect(receipt.receipt.verdict == .accepted)
    let again = await deliver(signed.bytes, secret)
    #expect(again.status == .ok)
    #expect(again.body == first.body)
  }

  @Test("an altered number gives 422 with the number's field and a signed refusal inside the problem")
  func altered() async throws {
    let secret = try enrolled()
    let signed = try journal.report(batch) { $0.figures.people.completed = 2 }
    let response = await deliver(signed.bytes, secret)
    #expect(response.status == .unprocessableContent)
    #expect(response.headers["Content-Type"] == "application/problem+json")
    let problem = try JSON.parse(response.body)
    #expect(problem["faults"]?.array?.first?["field"]?.string == "report.figures.people.completed")
    let receipt = try SignedReceipt.verify(
      SignedReceipt.bytes(inAnswer: response.body), browser.organizerKey.publicKey, for: signed.digest)
    #expect(receipt.receipt.verdict == .refused)
  }

  @Test("without a signature, with a stranger's or with nonsense nothing is taken")
  func refused() async throws {
    _ = try enrolled()
    let bytes = try journal.report(batch).bytes
    for refused in [await browser.ask(.post, "/api/v1/reports", body: bytes), await deliver(bytes, .generate())] {
      #expect(refused.status == .unauthorized)
      #expect(refused.headers["WWW-Authenticate"] == "Webhook-Signature realm=\"sanatorium-organizer\"")
    }
    #expect(await deliver([0, 1, 2], .generate()).status == .unauthorized)
    #expect(try browser.store.reports().isEmpty)
  }

  @Test("only what claims to be a signed message may be large")
  func sizes() throws {
    func limit(_ headers: Headers) throws -> Int {
      let request = try #require(Request(.post, "/api/v1/reports", headers: headers))
      guard case .accept(let bytes) = browser.site.bodyRule(request) else { return 0 }
      return bytes
    }
    #expect(try limit(["webhook-signature": "v1,x"]) == 32 << 20)
    #expect(try limit([:]) == 64 << 10)
  }

  @Test("a facility pairs itself by a code and delivers with what it was given")
  func pairing() async throws {
    let (status, offer) = try await browser.json(
      .post, "/api/v1/pairings", .object(["name": "松林疗养院"]), token: try await browser.token())
    #expect(status == .created)
    let code = try #require(offer["code"]?.string)
    let request = JSON.object(["code": .string(code), "publicKey": .string(key.publicKey.description)])
    let (paired, answer) = try await browser.json(.post, "/api/v1/enrolments", request)
    #expect(paired == .created)
    #expect(answer["organizer"]?["publicKey"]?.string == browser.organizerKey.publicKey.description)
    let secret = try #require(answer["secret"]?.string.flatMap { WebhookSecret($0) })
    #expect(await deliver(try journal.report(batch).bytes, secret).status == .created)
    #expect(try await browser.json(.post, "/api/v1/enrolments", request).0 == .forbidden)
  }

  @Test("guessing at pairing codes is slowed down")
  func guessing() async throws {
    let request = JSON.object(["code": "aaaa-bbbb-cccc", "publicKey": .string(key.publicKey.description)])
    for _ in 0..<6 { _ = try await browser.json(.post, "/api/v1/enrolments", request) }
    let (_, answer) = try await browser.json(.post, "/api/v1/enrolments", request)
    #expect(answer["detail"]?.string?.contains("太多") == true)
  }

  @Test("reports, receipt, document and recount are there for scripts; unknown ones are not")
  func api() async throws {
    let signed = try journal.report(batch)
    #expect(await deliver(signed.bytes, try enrolled()).status == .created)
    let token = try await browser.token()
    let (_, list) = try await browser.json(.get, "/api/v1/reports", token: token)
    let id = try #require(list["reports"]?.array?.first?["id"]?.string)
    let (_, report) = try await browser.json(.get, "/api/v1/reports/\(id)", token: token)
    #expect(report["report"]?["batch"]?["number"]?.string == "2026年第1批")
    let (_, figures) = try await browser.json(.get, "/api/v1/reports/\(id)/figures", token: token)
    #expect(figures["agree"]?.bool == true)
    let headers: Headers = ["Authorization": "Bearer \(token)"]
    #expect(await browser.ask(.get, "/api/v1/reports/\(id)/document", headers: headers).body == signed.bytes)
    let (_, year) = try await browser.json(.get, "/api/v1/evaluations?year=2026", token: token)
    #expect(year["hosts"]?.array?.count == 1)
    #expect(try await browser.json(.get, "/api/v1/reports/\(ID.random())", token: token).0 == .notFound)
    #expect(try await browser.json(.get, "/api/v1/reports/x", token: token).0 == .notFound)
    #expect(try await browser.json(.get, "/api/v1/reports?before=x", token: token).0 == .unprocessableContent)
    let cookie = await browser.logIn()
    for target in ["/reports", "/reports/\(id)", "/reports/\(id)?check=1", "/evaluations", "/rejections", "/me"] {
      let (status, page) = await browser.page(target, cookie: cookie)
      #expect(status == .ok, "\(target)")
      #expect(page.contains("</html>"))
    }
    let (_, page) = await browser.page("/reports/\(id)?lang=en", cookie: cookie)
    #expect(page.contains("Completion report"))
  }
}
