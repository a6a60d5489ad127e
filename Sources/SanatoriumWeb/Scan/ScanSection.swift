internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Context {
  /// 扫描件 on a fact's page: what is there, to be opened and taken off, and the field for one more. On a phone the field
  /// offers the camera.
  func scanSection(
    _ h: HTML, _ owner: FactOwner, _ definition: FactDefinition, _ scans: [Scan], _ names: [ID: String], back: String?
  ) {
    let mayAttach = definition.admits(actor)
    let present = scans.filter { $0.removedAt == nil }
    let removed = scans.filter { $0.removedAt != nil }
    guard mayAttach || !scans.isEmpty else { return }
    let base = "\(path(of: owner))/facts/\(definition.key.rawValue)/scans"
    h.section(say("扫描件", "Scans"), id: "scans") {
      if present.isEmpty { h.p("m", say("还没有。", "None yet.")) }
      for scan in present {
        h.div("stack") {
          h.div("row") {
            h.icon(.document)
            h.a("\(base)/\(scan.id)", "link", text: title(of: scan))
            h.span("m s", "\(scan.type.name) \(size(of: scan))·\(names[scan.attachedBy] ?? "")·\(moment(scan.attachedAt))")
          }
          if mayAttach {
            h.fold(say("去掉这一份", "Take it off")) {
              h.form("\(base)/\(scan.id)/removal", key: formKey) {
                h.field(say("为什么", "Why"), "reason", hint: say("记录会留下。", "The record of it stays."), maxLength: 200)
                h.button(say("去掉这份扫描件", "Take this scan off"), .warning)
              }
            }
          }
        }
      }
      if !removed.isEmpty {
        h.fold(say("去掉的 \(removed.count) 份", "\(removed.count) taken off")) {
          h.bullets(
            removed.map { scan in
              let who = scan.removedBy.flatMap { names[$0] } ?? ""
              let when = scan.removedAt.map { moment($0) } ?? ""
              return "\(title(of: scan))\(colon)\(scan.removedReason ?? "")\(say("（\(who) \(when)）", " (\(who), \(when))"))"
            })
        }
      }
      if mayAttach, present.count < ScanLimit.ofFact {
        h.form(base, key: formKey, takesFiles: true) {
          if let back { h.hiddenField("back", back) }
          h.file(
            say("照片或扫描件", "Photograph or scan"), "file", accept: "image/jpeg,image/png,application/pdf",
            hint: say(
              "PDF、JPEG、PNG，最大 5 MB，最多 \(ScanLimit.ofFact) 份。手机上可以直接拍。没有网络时传不上来。",
              "PDF, JPEG or PNG, at most 5 MB, \(ScanLimit.ofFact) in all. A phone offers its camera. It needs the network."))
          h.button(say("放上去", "Attach"), .other, icon: .upload, full: true)
        }
      }
    }
  }

  private func title(of scan: Scan) -> String { scan.name.isEmpty ? say("扫描件", "Scan") : scan.name }

  private func size(of scan: Scan) -> String {
    guard scan.size >= 1 << 20 else { return "\(max(1, scan.size >> 10)) KB" }
    let tenths = scan.size * 10 >> 20
    return "\(tenths / 10).\(tenths % 10) MB"
  }

  /// How many scans a fact has, in its row of the list.
  func scanTags(_ count: Int) -> [Tag] {
    count == 0 ? [] : [Tag(say("扫描件 \(count)", count == 1 ? "1 scan" : "\(count) scans"), icon: .document)]
  }
}
