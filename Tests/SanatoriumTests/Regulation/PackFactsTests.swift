import Packs
import Sanatorium
import Testing

@Suite("Departures in a file of facts")
struct PackFactsTests {
  private func faults(_ departure: String) throws -> [String] {
    let text = """
      batch: {first_day: 2026-06-08, last_day: 2026-06-14}
      people: [{name: 甲}]
      departures:
        - {\(departure), reason: 已请示, person: 周敏}
      """
    let regulation = try Packs.regulation("nm-2023")
    do {
      _ = try FactsFile.read(Array(text.utf8), file: "facts.yaml", under: regulation)
      return []
    } catch { return error.faults.map { "\($0.line) \($0.field)" } }
  }

  @Test(
    "one that could never let anything pass is a fault with its line",
    arguments: [
      ("rule: NM111, gate: open", ["4 departures[NM111].rule"]), ("rule: NM10, gate: open", ["4 departures[NM10].rule"]),
      ("rule: CN01, gate: open", ["4 departures[CN01].rule"]), ("rule: NM12, gate: close", ["4 departures[NM12].gate"]),
      ("rule: CN03, gate: arrival", ["4 departures[CN03].participant"]),
      ("rule: CN03, gate: arrival, participant: 乙", ["4 departures[CN03].participant"]),
      ("rule: NM12, gate: open, participant: 甲", ["4 departures[NM12].participant"]),
      ("rule: NM12, gate: open", []), ("rule: CN03, gate: arrival, participant: 甲", []),
    ])
  func refused(departure: String, places: [String]) throws {
    #expect(try faults(departure) == places)
  }
}
