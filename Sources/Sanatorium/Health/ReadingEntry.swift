extension Readings {
  /// Takes over what was typed or sent for one reading: a form field's text or a JSON value's own characters (`38.6`,
  /// `2`, `true`, `C`). Blank text clears it. Full-width digits, `。` and `,` as the decimal point are read as meant.
  ///
  /// - Returns: the fault when the text can't be taken; the reading then stays as it was.
  public mutating func set(_ reading: Reading, to text: some StringProtocol, prefix: String = "readings.") -> Fault? {
    let field = prefix + reading.rawValue
    let typed = TypedNumber.normalized(text)
    switch reading {
    case .oxygenScale:
      if typed.isEmpty { oxygenScale = nil; return nil }
      guard let scale = Int(typed).flatMap(OxygenScale.init(rawValue:)) else {
        return Fault(field, "unknown-value", Text("血氧量表只有 1 和 2。", "The SpO₂ scale is 1 or 2."))
      }
      oxygenScale = scale
    case .supplementalOxygen:
      switch typed {
      case "": supplementalOxygen = nil
      case "true", "1", "oxygen": supplementalOxygen = true
      case "false", "0", "air": supplementalOxygen = false
      default: return Fault(field, "unknown-value", Text("请选空气或吸氧。", "Choose air or oxygen (true is oxygen)."))
      }
    case .consciousness:
      if typed.isEmpty { consciousness = nil; return nil }
      guard let level = Consciousness(rawValue: typed.uppercased()) else {
        return Fault(
          field, "unknown-value",
          Text("意识请选 A、C、V、P、U 中的一项。", "Consciousness is one of A, C, V, P and U."))
      }
      consciousness = level
    default:
      if typed.isEmpty { self[reading] = nil; return nil }
      switch TypedNumber.parse(typed, tenths: reading.isInTenths) {
      case .value(let value):
        if let range = reading.bounds, !range.contains(value) {
          return ReadingFault.outOfRange(reading, value: value, field: field)
        }
        self[reading] = value
      case .tooPrecise: return ReadingFault.tooPrecise(reading, field: field)
      case .notANumber: return ReadingFault.notANumber(reading, typed: typed, field: field)
      }
    }
    return nil
  }

  /// Takes over a number that was sent: `digits × 10^-decimals` in the unit of the wire (38.6 is 386 with one decimal).
  ///
  /// - Returns: the fault when it can't be taken; the reading then stays as it was.
  public mutating func set(
    _ reading: Reading, to digits: Int64, decimals: Int, prefix: String = "readings."
  ) -> Fault? {
    if reading == .oxygenScale {
      guard decimals == 0, let scale = OxygenScale(rawValue: Int(digits)) else {
        return Fault(prefix + reading.rawValue, "unknown-value", Text("血氧量表只有 1 和 2。", "The SpO₂ scale is 1 or 2."))
      }
      oxygenScale = scale
      return nil
    }
    var value = Int(digits)
    var places = decimals
    let kept = reading.isInTenths ? 1 : 0
    while places > kept {
      guard value % 10 == 0 else { return ReadingFault.tooPrecise(reading, field: prefix + reading.rawValue) }
      value /= 10
      places -= 1
    }
    if places < kept { value *= 10 }
    if let range = reading.bounds, !range.contains(value) {
      return ReadingFault.outOfRange(reading, value: value, field: prefix + reading.rawValue)
    }
    self[reading] = value
    return nil
  }
}

/// The sentences for values that can't be taken: what is allowed, and the likely repair.
enum ReadingFault {
  static func allowed(_ reading: Reading) -> Text {
    guard let range = reading.bounds else { return Text("", "") }
    let (low, high) = (reading.written(range.lowerBound), reading.written(range.upperBound))
    return Text("可填 \(low) 到 \(high)。", "Enter \(low) to \(high).")
  }

  static func outOfRange(_ reading: Reading, value: Int, field: String) -> Fault {
    let allowed = allowed(reading)
    guard let repair = repair(reading, value: value) else { return Fault(field, "out-of-range", allowed) }
    let meant = reading.written(repair)
    return Fault(
      field, "out-of-range",
      Text("\(allowed.chinese)要填的是 \(meant) 吗？", "\(allowed.english) Did you mean \(meant)?"))
  }

  static func tooPrecise(_ reading: Reading, field: String) -> Fault {
    let allowed = allowed(reading)
    return Fault(
      field, "too-precise",
      reading.isInTenths
        ? Text("只填一位小数。\(allowed.chinese)", "One decimal only. \(allowed.english)")
        : Text("只填整数。\(allowed.chinese)", "Whole numbers only. \(allowed.english)"))
  }

  static func notANumber(_ reading: Reading, typed: String, field: String) -> Fault {
    let allowed = allowed(reading)
    return Fault(
      field, "not-a-number",
      Text("“\(typed)”不是数字。\(allowed.chinese)", "“\(typed)” is not a number. \(allowed.english)"))
  }

  /// A lost or doubled decimal point, or a digit too many; only when the repaired value is one a living person has.
  private static func repair(_ reading: Reading, value: Int) -> Int? {
    let usual: ClosedRange<Int>
    switch reading {
    case .temperature: usual = 340...420
    case .glucose: usual = 20...350
    case .oxygenSaturation: usual = 70...100
    case .systolic: usual = 70...250
    case .diastolic: usual = 40...150
    case .pulse: usual = 35...200
    case .respirationRate: usual = 8...40
    default: return nil
    }
    // 386 typed for 38.6 arrives as 3860 tenths; 986 typed for 98 %; 3.7 typed for 37.
    for candidate in [value / 10, value / 100, value * 10] where usual.contains(candidate) { return candidate }
    // 99.5 °F and the like
    if reading == .temperature, (930...1080).contains(value) {
      return Int((Double(value - 320) / 1.8).rounded())
    }
    return nil
  }
}

/// Digits as people type them.
enum TypedNumber: Equatable {
  case value(Int)
  case tooPrecise
  case notANumber

  /// Without outer blanks; full-width characters and Chinese points become ASCII.
  static func normalized(_ text: some StringProtocol) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x20, 0x09, 0x0A, 0x0D, 0x3000, 0xA0: continue
      case 0xFF01...0xFF5E: result.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      case 0x3002: result.append(".")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// Decimal digits with at most one point; tenths when asked. A comma is a point.
  static func parse(_ text: String, tenths: Bool) -> TypedNumber {
    var whole = 0
    var fraction = 0
    var decimals = 0
    var digits = 0
    var precise = false
    var inFraction = false
    var negative = false
    for (index, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "-") where index == 0: negative = true
      case UInt8(ascii: "."), UInt8(ascii: ","):
        if inFraction { return .notANumber }
        inFraction = true
      case 48...57:
        digits += 1
        if digits > 12 { return .notANumber }
        let digit = Int(byte - 48)
        if !inFraction {
          whole = whole * 10 + digit
        } else if decimals == 0 {
          fraction = digit
          decimals = 1
        } else if digit != 0 {
          precise = true
        }
      default: return .notANumber
      }
    }
    guard digits > 0 else { return .notANumber }
    if precise || (!tenths && fraction != 0) { return .tooPrecise }
    let value = tenths ? whole * 10 + fraction : whole
    return .value(negative ? -value : value)
  }
}
