/// Combinations that cannot be or hardly can be: most often a slip of the finger. Always a finding, never a refusal,
/// since the nurse in the room knows better than a rule.
enum Implausible {
  static func findings(_ readings: Readings) -> [Finding] {
    var findings: [Finding] = []
    func add(_ code: String, _ message: Text, _ severity: Severity = .attention) {
      findings.append(Finding(code: code, severity: severity, message: message, source: "P", isUnverified: true))
    }
    if let systolic = readings.systolic, let diastolic = readings.diastolic {
      if diastolic >= systolic {
        add(
          "implausible-pressure",
          Text("舒张压不应高于或等于收缩压，请重测。", "The diastolic is not below the systolic. Measure again."))
      } else if systolic - diastolic < 10 {
        add(
          "implausible-pulse-pressure",
          Text(
            "收缩压和舒张压只差 \(systolic - diastolic)，请重测。",
            "Systolic and diastolic differ by only \(systolic - diastolic). Measure again."))
      }
    }
    if (readings.systolic == nil) != (readings.diastolic == nil) {
      add(
        "half-pressure", Text("血压只有一个数，请补上另一个。", "Only one figure of the blood pressure. Add the other."), .notice)
    }
    if let pulse = readings.pulse, let rate = readings.respirationRate, rate >= pulse {
      add(
        "implausible-respirations",
        Text("呼吸不应比脉搏还快，请重测。", "Breathing is not slower than the pulse. Measure again."))
    }
    if readings.oxygenScale == .scale2, readings.oxygenSaturation == nil {
      add("scale-without-saturation", Text("选了血氧量表 2，但没有血氧。", "Scale 2 is chosen without a saturation."), .notice)
    }
    return findings
  }
}
