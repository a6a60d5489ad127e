internal import Assets
internal import Sanatorium

/// The packs that ship in the binary, and the reading of a facility's own. Extensions by kind of pack: `health`, `plan`,
/// regulations.
public enum Packs {
  /// The bytes of a built-in pack file; nil when there is none of that name.
  static func builtIn(_ id: String) -> [UInt8]? {
    guard let asset = asset_named("packs/\(id).yaml") else { return nil }
    return Array(UnsafeBufferPointer(start: asset.pointee.bytes, count: asset.pointee.count))
  }

  static func unknown(_ id: String, known: [String]) -> PackFaults {
    let list = known.joined(separator: ", ")
    return PackFaults([
      PackFault(
        file: "\(id).yaml", line: 0, field: "",
        reason: Text("没有叫“\(id)”的内置包；有 \(list)", "no built-in pack is called “\(id)”; there are \(list)"))
    ])
  }
}
