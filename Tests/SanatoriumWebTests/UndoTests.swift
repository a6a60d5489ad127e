import Evidence
import MicroHTTP
import Sanatorium
import Testing

@testable import SanatoriumStore
@testable import SanatoriumWeb

@Suite("Undoing what was just saved")
struct UndoTests {
  private let house: House
  private let scene: Scene

  init() throws {
    house = try House()
    scene = try Scene(house)
  }

  private func send(_ target: String, _ body: String, as person: House.Person) async throws -> Response {
    try await house.ask(
      .post, target, as: person, headers: ["Content-Type": "application/x-www-form-urlencoded"], body: Array(body.utf8))
  }

  @Test("a leave recorded by mistake is taken back with one tap by whoever recorded it, for two minutes")
  func leave() async throws {
    let person = scene.people[3]
    let back = house.now + .hours(3)
    let entry = try house.perform(.staff) { try $0.startLeave(person, LeaveDraft(expectedBack: back, destination: "女儿家"), $1) }
    let page = "/participants/\(person)?saved=\(entry.sequence)"
    let form = "action=\"/participants/\(person)/leave/return\""
    let own = try await house.ask(.get, page, as: .staff).text
    #expect(own.contains("撤销") && own.contains(form))
    #expect(try await !house.ask(.get, page, as: .lead).text.contains("撤销"))
    #expect(try await send("/participants/\(person)/leave/return", "", as: .staff).status == .seeOther)
    #expect(try house.store.read { try $0.participant(person).place } == .present)
    // It has happened; there is nothing to take back any more.
    #expect(try await !house.ask(.get, page, as: .staff).text.contains("撤销"))
  }

  @Test("a shift, an outing, an escort who left and a disabled account are taken back by their own events")
  func others() async throws {
    let (batch, escort, now) = (scene.batch, scene.escort, house.now)
    let shift = try house.perform(.lead) {
      try $0.planShift(ShiftDraft(escort: escort, duty: .escort, startsAt: now + .hours(20), endsAt: now + .hours(22)), in: batch, $1)
    }
    let planned = try await house.ask(.get, "/shifts?saved=\(shift.sequence)", as: .lead).text
    #expect(planned.contains("action=\"/shifts/\(shift.subject)/removal\""))
    #expect(try await send("/shifts/\(shift.subject)/removal", "batch=\(batch)&reason=x&confirmed=1", as: .lead).status == .seeOther)

    let outing = try house.perform(.staff) {
      try $0.planOuting(
        OutingDraft(
          activity: .cultureAndSports, destination: "湖边", leavesAt: now + .hours(24), returnsAt: now + .hours(25), participants: [scene.people[3]],
          escorts: [escort]), in: batch, $1)
    }
    #expect(try await house.ask(.get, "/outings?saved=\(outing.sequence)", as: .staff).text.contains("/outings/\(outing.subject)/cancellation"))

    let left = try house.perform(.lead) { try $0.moveEscort(escort, to: .left, $1) }
    #expect(try await house.ask(.get, "/escorts?saved=\(left.sequence)", as: .lead).text.contains("撤销"))

    let account = house.accounts[.escort]!
    let disabled = try await send("/accounts/\(account)/disabled", "disabled=true", as: .admin)
    let followed = try await house.ask(.get, try #require(disabled.headers["Location"]), as: .admin).text
    #expect(followed.contains("撤销") && followed.contains("action=\"/accounts/\(account)/disabled\""))
    #expect(try await send("/accounts/\(account)/disabled", "disabled=false", as: .admin).status == .seeOther)
  }

  @Test("after two minutes, and for what can't be taken back, there is no undo")
  func none() async throws {
    let (person, back) = (scene.people[3], house.now + .hours(3))
    let entry = try house.perform(.staff) { try $0.startLeave(person, LeaveDraft(expectedBack: back, destination: "女儿家"), $1) }
    house.move(to: house.now + .minutes(3))
    #expect(try await !house.ask(.get, "/participants/\(person)?saved=\(entry.sequence)", as: .staff).text.contains("撤销"))
    let gone = try house.perform(.staff) { try $0.endLeave(person, $1) }
    #expect(try await !house.ask(.get, "/participants/\(person)?saved=\(gone.sequence)", as: .staff).text.contains("撤销"))
    #expect(try await !house.ask(.get, "/participants/\(person)?saved=999999", as: .staff).text.contains("撤销"))
  }
}
