import Sanatorium
import Testing

@testable import SanatoriumStore

@Suite("Alerts of other batches")
struct AlertsElsewhereTests {
  @Test("what one batch leaves unanswered stays in sight beside another, until it is resolved")
  func elsewhere() throws {
    let house = try StayHouse()
    try house.arrive(0..<1)
    var readings = StayHouse.calm
    readings.oxygenSaturation = 80
    try house.check(0, readings)
    let left = try house.alerts("health")
    #expect(left.count == 1)
    let second = try house.perform(StayHouse.organizer) { try $0.planBatch(StayHouse.plan, $1) }.subject
    func seen(_ state: Alert.State) throws -> [ID] {
      try house.store.read { try $0.alerts(besides: $0.batch(second), state: state).map(\.id) }
    }
    #expect(try seen(.open).contains(left[0].id))
    #expect(try house.read { reader, batch in try reader.alerts(besides: batch, state: .open) }.isEmpty)
    try house.answerAlerts()
    #expect(try seen(.open).isEmpty)
    #expect(try seen(.acknowledged).contains(left[0].id))
    #expect(try seen(.resolved).isEmpty)
  }
}
