/// What the person tells or the nurse sees; the raw value is the code on the wire.
public enum Symptom: String, Sendable, CaseIterable, Codable {
  /// Asked, and there is none. Different from not having asked.
  case none
  case cough
  case soreThroat = "sore-throat"
  case runnyNose = "runny-nose"
  case chills
  case breathless
  case chestPain = "chest-pain"
  /// Chest pain that has lasted five minutes or more.
  case chestPainLasting = "chest-pain-lasting"
  case palpitations
  case dizzy
  case headache
  case severeHeadache = "severe-headache"
  case fainted
  case seizure
  /// BE-FAST, balance: suddenly unsteady.
  case balance
  /// BE-FAST, eyes: sudden loss or doubling of sight.
  case vision
  /// BE-FAST, face: one side hangs.
  case face
  /// BE-FAST, arm: one arm or leg is weak or numb.
  case arm
  /// BE-FAST, speech: slurred, or does not understand.
  case speech
  case nausea
  case vomiting
  case diarrhoea
  /// Three or more loose stools within 24 hours.
  case looseStools = "loose-stools-3"
  case abdominalPain = "abdominal-pain"
  case muscleAche = "muscle-ache"
  case rash
  case itching
  case swelling
  case bleeding
  case fall
  case pain
  case fatigue
  case poorAppetite = "poor-appetite"
  case poorSleep = "poor-sleep"
  case constipation
  case urination
  case lowMood = "low-mood"
  case other

  /// The words on the chip.
  public var label: Text {
    switch self {
    case .none: Text("没有症状", "No symptoms")
    case .cough: Text("咳嗽", "Cough")
    case .soreThroat: Text("嗓子疼", "Sore throat")
    case .runnyNose: Text("流鼻涕", "Runny nose")
    case .chills: Text("发冷", "Chills")
    case .breathless: Text("气短", "Breathless")
    case .chestPain: Text("胸痛", "Chest pain")
    case .chestPainLasting: Text("胸痛 5 分钟以上", "Chest pain for 5 minutes or more")
    case .palpitations: Text("心慌", "Palpitations")
    case .dizzy: Text("头晕", "Dizzy")
    case .headache: Text("头痛", "Headache")
    case .severeHeadache: Text("突然剧烈头痛", "Sudden severe headache")
    case .fainted: Text("晕倒过", "Fainted")
    case .seizure: Text("抽搐", "Seizure")
    case .balance: Text("突然站不稳", "Suddenly unsteady")
    case .vision: Text("突然看不清", "Sudden trouble seeing")
    case .face: Text("脸歪", "Face drooping")
    case .arm: Text("一侧手脚无力", "Weak arm or leg on one side")
    case .speech: Text("说话不清", "Slurred speech")
    case .nausea: Text("恶心", "Nausea")
    case .vomiting: Text("呕吐", "Vomiting")
    case .diarrhoea: Text("拉肚子", "Diarrhoea")
    case .looseStools: Text("一天拉稀 3 次以上", "3 or more loose stools in 24 h")
    case .abdominalPain: Text("肚子疼", "Abdominal pain")
    case .muscleAche: Text("肌肉酸痛", "Muscle aches")
    case .rash: Text("皮疹", "Rash")
    case .itching: Text("皮肤痒", "Itching")
    case .swelling: Text("浮肿", "Swelling")
    case .bleeding: Text("出血", "Bleeding")
    case .fall: Text("摔倒", "Fall")
    case .pain: Text("其他疼痛", "Other pain")
    case .fatigue: Text("乏力", "Fatigue")
    case .poorAppetite: Text("吃不下", "Poor appetite")
    case .poorSleep: Text("睡不好", "Poor sleep")
    case .constipation: Text("便秘", "Constipation")
    case .urination: Text("小便不适", "Trouble urinating")
    case .lowMood: Text("情绪低落", "Low mood")
    case .other: Text("其他不适", "Other complaint")
    }
  }

  /// The place in `Symptoms`' bits, which are never stored.
  fileprivate var bit: UInt64 { 1 << UInt64(Symptom.places[self] ?? 0) }

  fileprivate static let ordered = Array(allCases)
  private static let places: [Symptom: Int] = Dictionary(
    uniqueKeysWithValues: ordered.enumerated().map { ($1, $0) })
}

/// A set of symptoms: one word, coded as the list of codes in the enumeration's order. Empty means that nobody asked;
/// `[.none]` that the person has none.
public struct Symptoms: Hashable, Sendable {
  private var bits: UInt64 = 0

  public init() {}

  public init(_ symptoms: some Sequence<Symptom>) {
    for symptom in symptoms { bits |= symptom.bit }
  }

  /// Nobody asked.
  public var isEmpty: Bool { bits == 0 }
  public func contains(_ symptom: Symptom) -> Bool { bits & symptom.bit != 0 }
  /// True when at least one is in both.
  public func intersects(_ other: Symptoms) -> Bool { bits & other.bits != 0 }
  public mutating func insert(_ symptom: Symptom) { bits |= symptom.bit }
  /// The symptoms in the enumeration's order.
  public var all: [Symptom] {
    var result: [Symptom] = []
    var rest = bits
    while rest != 0 {
      result.append(Symptom.ordered[rest.trailingZeroBitCount])
      rest &= rest - 1
    }
    return result
  }
  /// Those that are in both.
  public func intersection(_ other: Symptoms) -> Symptoms {
    var result = Symptoms()
    result.bits = bits & other.bits
    return result
  }

  /// Any one of these is called in as a suspected stroke (BE-FAST).
  public static let stroke: Symptoms = [.balance, .vision, .face, .arm, .speech]

  /// "No symptoms" beside a symptom contradicts itself; nothing else does.
  public func faults(field: String = "symptoms") -> [Fault] {
    guard contains(.none), bits != Symptom.none.bit else { return [] }
    return [
      Fault(
        field, "contradiction",
        Text("选了“没有症状”，又选了症状。请去掉一边。", "“No symptoms” and a symptom are both chosen. Take one away."))
    ]
  }
}

extension Symptoms: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: Symptom...) { self.init(elements) }
}

extension Symptoms: Codable {
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode([Symptom].self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(all)
  }
}
