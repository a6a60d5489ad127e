internal import Sanatorium
internal import SanatoriumStore

/// The demonstration's service groups, and some of its papers as scans.
struct DemoPapers {
  let batch: ID

  func groups(_ script: inout DemoScript) throws {
    let id = batch
    let members: [(String, ServiceSide, ServicePerson)] = [
      (
        "organizer", .organizer,
        ServicePerson(
          name: "白露", unit: "云州退役军人事务局军休科", telephone: "14000000120", duties: [.coordination], accountable: ServiceDuty.ofHost, isLead: true)
      ),
      ("organizer", .organizer, ServicePerson(name: "方远", unit: "云州退役军人事务局", telephone: "14000000121", duties: [.registration])),
      ("lead", .host, ServicePerson(name: "周敏", unit: "值班负责人", telephone: "14000000108", duties: [.emergency], isLead: true)),
      ("lead", .host, ServicePerson(name: "陈立", unit: "前台", telephone: "14000000110", duties: [.registration, .boardSafety])),
      ("lead", .host, ServicePerson(name: "何一鸣", unit: "随行医师", telephone: "14000000101", duties: [.medical])),
    ]
    for (who, side, person) in members {
      try script.act(who) { try $0.addServiceMember(ServiceMemberDraft(person), to: side, in: id, $1) }
    }
  }

  func scans(_ script: inout DemoScript, of people: [Participant]) throws {
    let id = batch
    for (who, key, name) in [
      ("organizer", FactKey.hostAgreement, "疗养协议 YZ-2026-03.pdf"), ("organizer", .annualPlan, "年度计划.pdf"),
      ("lead", .planEmergency, "应急预案 2026-1.pdf"),
    ] {
      let file = ScanDraft(bytes: DemoPapers.pdf("Demonstration: \(key.rawValue)"), name: name)
      try script.act(who) { try $0.attachScan(file, to: key, of: .batch(id), $1) }
    }
    for person in people.prefix(6) {
      let owner = person.id
      let file = ScanDraft(bytes: DemoPapers.pdf("Demonstration: consent of no. \(person.number)"), name: "家属同意书.pdf")
      try script.act("staff") { try $0.attachScan(file, to: .consentFamily, of: .participant(owner), $1) }
    }
  }

  /// A page of A4 with one line on it.
  private static func pdf(_ line: String) -> [UInt8] {
    let content = "BT /F1 18 Tf 72 760 Td (\(line)) Tj ET"
    let objects = [
      "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
      "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
      "<</Length \(content.utf8.count)>>stream\n\(content)\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    var text = "%PDF-1.4\n"
    var table = "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for (index, object) in objects.enumerated() {
      let place = String(text.utf8.count)
      table += String(repeating: "0", count: 10 - place.count) + place + " 00000 n \n"
      text += "\(index + 1) 0 obj\(object)endobj\n"
    }
    let start = text.utf8.count
    return Array("\(text)\(table)trailer<</Size \(objects.count + 1)/Root 1 0 R>>\nstartxref\n\(start)\n%%EOF\n".utf8)
  }
}
