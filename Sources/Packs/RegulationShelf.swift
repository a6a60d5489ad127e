internal import Foundation
public import Sanatorium
internal import Synchronization

/// The regulations that a batch can be run under: the built-in ones, and a facility's own from a folder of YAML files. A
/// file that was added or changed counts from the next look on; a batch that is open keeps what it opened with.
public final class RegulationShelf: Sendable {
  /// What stands on the shelf at one moment.
  public struct Content: Sendable {
    /// By id. Files with a fault are not among them.
    public let regulations: [Regulation]
    /// Everything that is wrong in the folder, by file and line; a faulty file does no harm to the others.
    public let faults: [PackFault]
    /// What keeps a regulation from being read, by its id: faults of its own file, or of a pack that it extends.
    let spoiled: [String: [PackFault]]

    /// What keeps an id from being a regulation; empty when nothing does, or when there is no such file.
    public func faults(of id: String) -> [PackFault] { spoiled[id] ?? [] }

    /// The regulation of an id; nil when there is none without a fault.
    public subscript(id: String) -> Regulation? { regulations.first { $0.id == id } }

    /// The ids that a batch can be planned under.
    public var ids: [String] { regulations.map(\.id) }
  }

  /// The folder of own packs; nil when there is none.
  public let folder: String?
  private let known = Mutex<(stamps: [FileStamp], content: Content)?>(nil)

  public init(folder: String? = nil) { self.folder = folder }

  /// What is there now. The files are read anew only when one of them has changed.
  public var content: Content {
    known.withLock { known in
      let (stamps, listing) = stamps()
      if let known, known.stamps == stamps { return known.content }
      let content = RegulationShelf.read(stamps, listing)
      known = (stamps, content)
      return content
    }
  }

  private struct FileStamp: Hashable, Sendable {
    let path: String
    let size: Int
    let changed: Date
    let inode: UInt64
  }

  /// A folder's packs; the fault where it can't be listed.
  private func stamps() -> ([FileStamp], PackFault?) {
    guard let folder else { return ([], nil) }
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      return (
        try names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.map { name in
          let path = "\(folder)/\(name)"
          let attributes = try FileManager.default.attributesOfItem(atPath: path)
          return FileStamp(
            path: path, size: attributes[.size] as? Int ?? 0,
            changed: attributes[.modificationDate] as? Date ?? .distantPast,
            inode: attributes[.systemFileNumber] as? UInt64 ?? 0)
        }, nil
      )
    } catch {
      let reason = Text("打不开文件夹：\(error.localizedDescription)", "the folder can't be read: \(error.localizedDescription)")
      return ([], PackFault(file: folder, line: 0, field: "", reason: reason))
    }
  }

  private static func read(_ stamps: [FileStamp], _ listing: PackFault?) -> Content {
    var faults = listing.map { [$0] } ?? []
    var files: [(file: String, bytes: [UInt8])] = []
    var spoiled: [String: [PackFault]] = [:]
    for stamp in stamps {
      let name = stamp.path.split(separator: "/").last.map(String.init) ?? stamp.path
      guard let data = FileManager.default.contents(atPath: stamp.path) else {
        let fault = PackFault(file: name, line: 0, field: "", reason: Text("读不了这个文件", "the file can't be read"))
        faults.append(fault)
        spoiled[RegulationPacks.id(of: name)] = [fault]
        continue
      }
      files.append((name, Array(data)))
    }
    let packs = RegulationPacks.builtIn.adding(files)
    var regulations: [Regulation] = []
    for id in packs.selectable {
      do {
        if let regulation = try packs.regulation(id) { regulations.append(regulation) }
      } catch {
        faults += error.faults
        spoiled[id] = error.faults
      }
    }
    // One faulty base spoils everything above it; each of its faults is told once.
    var told: Set<PackFault> = []
    return Content(
      regulations: regulations, faults: (packs.faults + faults).filter { told.insert($0).inserted },
      spoiled: spoiled)
  }
}
