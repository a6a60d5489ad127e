public import Sanatorium

/// 应急名册 as a file that stands alone: to be opened, printed and carried when the daemon, the network or the power is gone.
/// Everything in it may be about health, so it belongs in a folder that only the house can read.
public struct EmergencyListDocument: Sendable {
  public var facility: String
  /// The batch's number; nil when none is open, and the document says so.
  public var batch: String?
  /// When the list was read, in the facility's words: `2026-06-03 06:00`.
  public var madeAt: String
  public var entries: [EmergencyEntry]
  public var language: Language

  public init(
    facility: String, batch: String?, madeAt: String, entries: [EmergencyEntry], language: Language = .chinese
  ) {
    self.facility = facility
    self.batch = batch
    self.madeAt = madeAt
    self.entries = entries
    self.language = language
  }

  public static let title = Text("应急名册", "Emergency list")
  /// The columns, the last for the pen.
  public static let columns = [
    Text("房间", "Room"), Text("姓名、在哪里", "Name, whereabouts"), Text("过敏、用药、病史", "Allergies, medicines, conditions"),
    Text("家属、随行", "Family, escort"), Text("到了", "Seen"),
  ]

  /// One line under the heading: how many, from when.
  public var summary: String {
    guard batch != nil else { return say(Text("现在没有进行中的批次。", "No batch is open.")) }
    return say(
      Text(
        "在册 \(entries.count) 人，\(madeAt) 的情况。没来的和已返程的不在内。",
        "\(entries.count) people as of \(madeAt), without those not arrived or departed."))
  }

  func say(_ text: Text) -> String { text(language) }

  /// What rosters write where there is none; anything else is taken as an allergy.
  private static let nothing: Set<String> = ["无", "没有", "无。", "无过敏", "无过敏史", "无药物过敏史", "否认", "none", "no", "-"]

  /// The lines of one entry's health cell, the allergy first and marked as such.
  public static func health(_ entry: EmergencyEntry, _ language: Language) -> [(words: String, isAllergy: Bool)] {
    var lines: [(String, Bool)] = []
    if !entry.allergies.isEmpty {
      lines.append((Text("过敏：", "Allergies: ")(language) + entry.allergies, !nothing.contains(entry.allergies.lowercased())))
    }
    if !entry.medicines.isEmpty { lines.append((Text("用药：", "Medicines: ")(language) + entry.medicines, false)) }
    if !entry.conditions.isEmpty { lines.append((Text("病史：", "Conditions: ")(language) + entry.conditions, false)) }
    return lines
  }

  /// The lines of whom to call.
  public static func contacts(_ entry: EmergencyEntry, _ language: Language) -> [String] {
    var lines: [String] = []
    if !entry.telephone.isEmpty { lines.append(Text("本人 ", "Own ")(language) + entry.telephone) }
    if !entry.family.isEmpty { lines.append(Text("家属 ", "Family ")(language) + entry.family) }
    if !entry.escort.isEmpty { lines.append(Text("随行 ", "Escort ")(language) + entry.escort) }
    return lines
  }
}
