internal import Sanatorium
internal import Yams

/// Reads one pack file and collects every fault of it, so that an author sees all of them at once. A field that is
/// wrong yields a placeholder value; `finish` then throws, so that no placeholder ever leaves this target.
final class PackReader {
  let file: String
  private(set) var faults: [PackFault] = []
  private var fields: [PackFields] = []

  /// A pack is written by hand; more is a mistake.
  private static let mostBytes = 512 << 10

  init(file: String) { self.file = file }

  /// The mapping at the top of the file. Throws when the bytes are no UTF-8 or no YAML, or hold no mapping.
  func root(_ bytes: [UInt8]) throws(PackFaults) -> PackFields {
    // Windows' editor puts a mark before the text.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    guard let text = String(validating: bytes.starts(with: mark) ? bytes[3...] : bytes[...], as: UTF8.self) else {
      throw PackFaults([
        PackFault(
          file: file, line: 0, field: "",
          reason: Text(
            "文件不是 UTF-8 编码。请用记事本打开，选“文件”里的“另存为”，把“编码”改成 UTF-8，再保存",
            "the file is not UTF-8; open it in an editor and save it with the encoding UTF-8"))
      ])
    }
    guard bytes.count <= PackReader.mostBytes else {
      let (size, most) = (bytes.count / 1024, PackReader.mostBytes / 1024)
      throw PackFaults([
        PackFault(
          file: file, line: 0, field: "",
          reason: Text("文件有 \(size) KB，最多 \(most) KB", "the file has \(size) KB; at most \(most)"))
      ])
    }
    if let line = PackAliases.firstLine(in: text) {
      throw PackFaults([
        PackFault(
          file: file, line: line, field: "",
          reason: Text(
            "不能用 & 或 * 引用别处的内容，请直接写出来", "anchors (&) and aliases (*) are not allowed; write it out"))
      ])
    }
    let node: Node?
    do { node = try Yams.compose(yaml: text) } catch {
      throw PackFaults([SyntaxFault(file: file, text: text).fault(error)])
    }
    guard let node, case .mapping(let mapping) = node else {
      throw PackFaults([
        PackFault(
          file: file, line: node?.mark?.line ?? 0, field: "",
          reason: Text("文件开头应是“字段: 值”", "the file must begin with `field: value`"))
      ])
    }
    return open(mapping, line: node.mark?.line ?? 1, path: "")
  }

  func open(_ mapping: Node.Mapping, line: Int, path: String) -> PackFields {
    let opened = PackFields(reader: self, mapping: mapping, line: line, path: path)
    fields.append(opened)
    return opened
  }

  func fault(line: Int, field: String, _ reason: Text) {
    faults.append(PackFault(file: file, line: line, field: field, reason: reason))
  }

  /// Whether a field at that path, or one within it, has a fault.
  func isFaulty(_ path: String) -> Bool {
    faults.contains { $0.field == path || $0.field.hasPrefix("\(path).") || $0.field.hasPrefix("\(path)[") }
  }

  /// Reports the fields that nobody asked for, then throws all faults if there are any.
  func finish() throws(PackFaults) {
    for opened in fields { opened.reportUnknown() }
    if !faults.isEmpty { throw PackFaults(faults) }
  }
}
