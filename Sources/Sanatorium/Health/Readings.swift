/// What was measured in one check-in. Nil is "not measured", which is never taken for normal; zero is a value.
///
/// The coded form keeps the stored units (whole tenths of °C and of mmol/L), as the journal's payload does; the API's
/// decimals go through `set` and `Reading.written`.
public struct Readings: Hashable, Sendable, Codable {
  /// Per minute.
  public var respirationRate: Int?
  /// Per cent.
  public var oxygenSaturation: Int?
  /// Nil counts as scale 1.
  public var oxygenScale: OxygenScale?
  /// True on oxygen, false on air, nil when nobody said.
  public var supplementalOxygen: Bool?
  /// mmHg.
  public var systolic: Int?
  /// mmHg.
  public var diastolic: Int?
  /// Per minute.
  public var pulse: Int?
  public var consciousness: Consciousness?
  /// Tenths of a degree Celsius: 366 is 36.6 °C.
  public var temperature: Int?
  /// Tenths of mmol/L: 72 is 7.2 mmol/L.
  public var glucose: Int?

  public init(
    respirationRate: Int? = nil, oxygenSaturation: Int? = nil, oxygenScale: OxygenScale? = nil,
    supplementalOxygen: Bool? = nil, systolic: Int? = nil, diastolic: Int? = nil, pulse: Int? = nil,
    consciousness: Consciousness? = nil, temperature: Int? = nil, glucose: Int? = nil
  ) {
    self.respirationRate = respirationRate
    self.oxygenSaturation = oxygenSaturation
    self.oxygenScale = oxygenScale
    self.supplementalOxygen = supplementalOxygen
    self.systolic = systolic
    self.diastolic = diastolic
    self.pulse = pulse
    self.consciousness = consciousness
    self.temperature = temperature
    self.glucose = glucose
  }

  /// The measured quantities and what can be recorded of each, in stored units.
  public static let bounds: [(reading: Reading, range: ClosedRange<Int>)] =
    Reading.allCases.compactMap { reading in reading.bounds.map { (reading, $0) } }

  /// Nothing at all was measured; the scale alone is no measurement.
  public var isEmpty: Bool {
    respirationRate == nil && oxygenSaturation == nil && supplementalOxygen == nil && systolic == nil
      && diastolic == nil && pulse == nil && consciousness == nil && temperature == nil && glucose == nil
  }

  /// A measured quantity in its stored unit; nil when not measured, and for what is chosen (scale, oxygen,
  /// consciousness). Setting a chosen one does nothing.
  public subscript(_ reading: Reading) -> Int? {
    get {
      switch reading {
      case .respirationRate: respirationRate
      case .oxygenSaturation: oxygenSaturation
      case .systolic: systolic
      case .diastolic: diastolic
      case .pulse: pulse
      case .temperature: temperature
      case .glucose: glucose
      case .oxygenScale, .supplementalOxygen, .consciousness: nil
      }
    }
    set {
      switch reading {
      case .respirationRate: respirationRate = newValue
      case .oxygenSaturation: oxygenSaturation = newValue
      case .systolic: systolic = newValue
      case .diastolic: diastolic = newValue
      case .pulse: pulse = newValue
      case .temperature: temperature = newValue
      case .glucose: glucose = newValue
      case .oxygenScale, .supplementalOxygen, .consciousness: break
      }
    }
  }

  /// Every value outside its bounds, in the order of the form. `prefix` comes before the reading's name in the fault's
  /// field (`readings.temperature` by default). An implausible combination is a finding of `Assessment`, never a fault.
  public func faults(prefix: String = "readings.") -> [Fault] {
    var faults: [Fault] = []
    for (reading, range) in Readings.bounds {
      if let value = self[reading], !range.contains(value) {
        faults.append(ReadingFault.outOfRange(reading, value: value, field: prefix + reading.rawValue))
      }
    }
    return faults
  }
}
