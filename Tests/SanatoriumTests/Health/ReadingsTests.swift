import Sanatorium
import Testing

@Suite("Readings")
struct ReadingsTests {
  @Test("each bound is taken and its neighbour outside is refused by field", arguments: Readings.bounds.map(\.reading))
  func bounds(reading: Reading) throws {
    let range = try #require(reading.bounds)
    for value in [range.lowerBound, range.upperBound] {
      var readings = Readings()
      readings[reading] = value
      #expect(readings.faults().isEmpty)
    }
    for value in [range.lowerBound - 1, range.upperBound + 1, 0, -5, 100_000] {
      var readings = Readings()
      readings[reading] = value
      let faults = readings.faults()
      #expect(faults.map(\.field) == ["readings.\(reading.rawValue)"])
      #expect(faults.first?.code == "out-of-range")
      #expect(faults.first?.message.english.contains(reading.written(range.upperBound)) == true)
    }
  }

  @Test("the bounds are those of the contract")
  func contract() {
    let bounds = Dictionary(uniqueKeysWithValues: Readings.bounds.map { ($0.reading, $0.range) })
    #expect(
      bounds == [
        .respirationRate: 1...80, .oxygenSaturation: 40...100, .systolic: 20...300, .diastolic: 20...300,
        .pulse: 15...300, .temperature: 250...450, .glucose: 5...600,
      ])
  }

  @Test("every fault is told, in the order of the form, and nothing measured is no fault")
  func all() {
    #expect(Readings().faults().isEmpty)
    #expect(
      Readings().isEmpty && Readings(oxygenScale: .scale2).isEmpty && !Readings(supplementalOxygen: false).isEmpty)
    let faults = Readings(respirationRate: 0, pulse: 0, temperature: 0, glucose: 0).faults(prefix: "")
    #expect(faults.map(\.field) == ["respirationRate", "pulse", "temperature", "glucose"])
  }

  @Test("a likely slip gets its repair, an unlikely one only the range")
  func repair() {
    func message(_ reading: Reading, _ text: String) -> String? {
      var readings = Readings()
      return readings.set(reading, to: text)?.message.chinese
    }
    #expect(message(.temperature, "386") == "可填 25.0 到 45.0。要填的是 38.6 吗？")
    #expect(message(.temperature, "3.7") == "可填 25.0 到 45.0。要填的是 37.0 吗？")
    #expect(message(.temperature, "98.6") == "可填 25.0 到 45.0。要填的是 37.0 吗？")
    #expect(message(.temperature, "46") == "可填 25.0 到 45.0。")
    #expect(message(.glucose, "72") == "可填 0.5 到 60.0。要填的是 7.2 吗？")
    #expect(message(.pulse, "722") == "可填 15 到 300。要填的是 72 吗？")
    #expect(message(.oxygenSaturation, "977") == "可填 40 到 100。要填的是 97 吗？")
    #expect(message(.systolic, "1288") == "可填 20 到 300。要填的是 128 吗？")
    #expect(message(.systolic, "9") == "可填 20 到 300。要填的是 90 吗？")
    #expect(message(.systolic, "-120") == "可填 20 到 300。")
  }

  @Test(
    "what people type is read as meant",
    arguments: [
      ("38.6", 386), ("38", 380), ("38.60", 386), (" 38,6 ", 386), ("３８．６", 386), ("38。6", 386), ("25.0", 250),
      ("45", 450), ("037.0", 370), ("36.", 360),
    ])
  func typed(text: String, tenths: Int) {
    var readings = Readings()
    #expect(readings.set(.temperature, to: text) == nil)
    #expect(readings.temperature == tenths)
  }

  @Test(
    "what can't be taken names why and leaves the value as it was",
    arguments: [
      (Reading.temperature, "38.65", "too-precise"), (.pulse, "72.5", "too-precise"), (.pulse, "72.0", ""),
      (.temperature, "38.6.1", "not-a-number"), (.temperature, "abc", "not-a-number"), (.pulse, "7e1", "not-a-number"),
      (.pulse, "9999999999999999999999", "not-a-number"), (.pulse, ".", "not-a-number"),
      (.pulse, "NaN", "not-a-number"),
      (.pulse, "--1", "not-a-number"), (.pulse, "<script>", "not-a-number"), (.oxygenScale, "3", "unknown-value"),
      (.supplementalOxygen, "maybe", "unknown-value"), (.consciousness, "B", "unknown-value"),
      (.consciousness, "AA", "unknown-value"), (.systolic, "301", "out-of-range"), (.glucose, "0.4", "out-of-range"),
      (.glucose, "0", "out-of-range"),
    ])
  func refused(reading: Reading, text: String, code: String) {
    var readings = normal
    let fault = readings.set(reading, to: text, prefix: "")
    if code.isEmpty {
      #expect(fault == nil)
    } else {
      #expect(fault?.code == code && fault?.field == reading.rawValue)
      #expect(readings == normal)
    }
  }

  @Test("a blank clears, choices are read in their forms")
  func choices() {
    var readings = normal
    for reading in Reading.allCases { #expect(readings.set(reading, to: "  ") == nil) }
    #expect(readings == Readings())
    #expect(readings.set(.consciousness, to: "c") == nil && readings.consciousness == .confused)
    #expect(readings.set(.oxygenScale, to: "2") == nil && readings.oxygenScale == .scale2)
    #expect(readings.set(.supplementalOxygen, to: "true") == nil && readings.supplementalOxygen == true)
    #expect(readings.set(.supplementalOxygen, to: "0") == nil && readings.supplementalOxygen == false)
  }

  @Test("a number that was sent is held in the stored unit, whatever places it was written with")
  func sent() {
    func taken(_ reading: Reading, _ digits: Int64, _ decimals: Int) -> (Int?, String?) {
      var readings = Readings()
      let fault = readings.set(reading, to: digits, decimals: decimals)
      return (readings[reading], fault?.code)
    }
    #expect(taken(.temperature, 37, 0) == (370, nil))
    #expect(taken(.temperature, 386, 1) == (386, nil))
    #expect(taken(.temperature, 38_600, 3) == (386, nil))
    #expect(taken(.temperature, 3_865, 2) == (nil, "too-precise"))
    #expect(taken(.pulse, 72, 0) == (72, nil))
    #expect(taken(.pulse, 720, 1) == (72, nil))
    #expect(taken(.pulse, 725, 1) == (nil, "too-precise"))
    #expect(taken(.pulse, 14, 0) == (nil, "out-of-range"))
    #expect(taken(.pulse, 15, 0) == (15, nil))
    #expect(taken(.oxygenSaturation, 999_999_999_999_999, 0) == (nil, "out-of-range"))
    #expect(taken(.glucose, -5, 1) == (nil, "out-of-range"))
    var readings = Readings()
    #expect(readings.set(.oxygenScale, to: 3, decimals: 0)?.code == "unknown-value")
    #expect(readings.set(.oxygenScale, to: 2, decimals: 0) == nil && readings.oxygenScale == .scale2)
  }

  @Test("tenths are written with one decimal, even 37.0")
  func written() {
    #expect(Reading.temperature.written(370) == "37.0")
    #expect(Reading.glucose.written(5) == "0.5")
    #expect(Reading.glucose.written(-5) == "-0.5")
    #expect(Reading.pulse.written(72) == "72")
  }
}

@Suite("Symptoms")
struct SymptomsTests {
  @Test("a set keeps what is put in, in the enumeration's order")
  func set() {
    var symptoms: Symptoms = [.fall, .cough]
    symptoms.insert(.cough)
    #expect(symptoms.all == [.cough, .fall])
    #expect(symptoms.contains(.fall) && !symptoms.contains(.rash))
    #expect(symptoms.intersects([.rash, .fall]) && !symptoms.intersects([.rash]))
    #expect(Symptoms(Symptom.allCases).all == Symptom.allCases)
    #expect(symptoms.intersection([.fall, .rash]) == [.fall])
  }

  @Test("no symptoms beside a symptom contradicts itself; nobody asked is neither")
  func none() {
    #expect(Symptoms([.none, .cough]).faults().map(\.field) == ["symptoms"])
    #expect(Symptoms([.none]).faults().isEmpty)
    #expect(Symptoms().faults().isEmpty && Symptoms().isEmpty && !Symptoms([.none]).isEmpty)
  }
}
