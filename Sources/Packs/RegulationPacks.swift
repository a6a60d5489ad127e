internal import Assets
public import Sanatorium
internal import Synchronization

/// Regulations by id: those in the binary, and a facility's own beside them.
public struct RegulationPacks: Sendable {
  private let files: [String: (file: String, bytes: [UInt8])]
  /// Files that were left out because another has their id.
  public let faults: [PackFault]

  /// Packs by file; a file `wh-county.yaml` holds the regulation `wh-county`. Of two files of one id the first counts.
  public init(_ files: [(file: String, bytes: [UInt8])]) {
    var byID: [String: (file: String, bytes: [UInt8])] = [:]
    var faults: [PackFault] = []
    for file in files {
      let id = RegulationPacks.id(of: file.file)
      if byID[id] == nil {
        byID[id] = file
      } else {
        faults.append(
          PackFault(
            file: file.file, line: 0, field: "id",
            reason: Text("编号 \(id) 已经有了，请换一个", "the id \(id) is taken already; choose another")))
      }
    }
    self.files = byID
    self.faults = faults
  }

  /// The packs that ship in the binary.
  public static let builtIn = RegulationPacks(
    (0..<assets_count).compactMap { index in
      guard let asset = asset_at(index)?.pointee, let name = asset.name else { return nil }
      let file = String(cString: name)
      guard file.hasPrefix("packs/regulations/") else { return nil }
      return (file, Array(UnsafeBufferPointer(start: asset.bytes, count: asset.count)))
    })

  /// These and others beside them; one that has an id of these is left out, so that nobody runs a batch under a national
  /// or a city's text that isn't theirs.
  public func adding(_ own: [(file: String, bytes: [UInt8])]) -> RegulationPacks {
    RegulationPacks(files.values.map { $0 } + own)
  }

  /// Every id, in order.
  public var ids: [String] { files.keys.sorted() }

  /// The regulation of an id with all that it extends; nil when there is none. Throws when its file is faulty.
  public func regulation(_ id: String) throws(PackFaults) -> Regulation? { try told(id)?.regulation }

  /// The regulation of an id with what its own file sets otherwise than what it extends; nil when there is none. Throws
  /// when its file is faulty.
  public func told(_ id: String) throws(PackFaults) -> (regulation: Regulation, changes: [PackChange])? {
    guard let source = files[id] else { return nil }
    let (regulation, changes) = try RegulationPack.loadTold(source.bytes, file: source.file, known: ids) { files[$0] }
    guard regulation.id == id else {
      throw PackFaults([
        PackFault(
          file: source.file, line: 1, field: "id",
          reason: Text(
            "文件名要和 id 一致：\(regulation.id).yaml",
            "the file must be named after its id: \(regulation.id).yaml"))
      ])
    }
    return (regulation, changes)
  }

  /// The ids that a batch can be run under: all but baselines that only others extend.
  public var selectable: [String] { ids.filter { $0 != "cn-base" } }

  static func id(of file: String) -> String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    for ending in [".yaml", ".yml"] where name.hasSuffix(ending) { return String(name.dropLast(ending.count)) }
    return name
  }
}

extension Packs {
  /// The ids of the built-in regulations that a batch can be run under.
  public static var regulations: [String] { RegulationPacks.builtIn.selectable }

  /// A built-in regulation by its id, `nm-2023`. Throws when there is none.
  public static func regulation(_ id: String) throws(PackFaults) -> Regulation {
    if let read = regulationsRead.withLock({ $0[id] }) { return read }
    guard let regulation = try RegulationPacks.builtIn.regulation(id) else {
      throw unknown(id, known: RegulationPacks.builtIn.ids)
    }
    regulationsRead.withLock { $0[id] = regulation }
    return regulation
  }

  /// Built-in files never change, so each is read once.
  private static let regulationsRead = Mutex<[String: Regulation]>([:])
}
