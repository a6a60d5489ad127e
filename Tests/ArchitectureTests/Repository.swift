import Foundation

/// The sources as they lie on the disk.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Paths from the root of all files under `folder` that end in one of `extensions`, sorted; build products and caches
  /// are no sources.
  static func files(under folder: String, _ extensions: Set<String>) throws -> [String] {
    let base = root.appendingPathComponent(folder)
    guard let walk = FileManager.default.enumerator(at: base, includingPropertiesForKeys: [.isRegularFileKey]) else {
      throw CocoaError(.fileReadNoSuchFile)
    }
    var found: [String] = []
    for case let file as URL in walk {
      if file.lastPathComponent.hasPrefix(".") || file.lastPathComponent == "__pycache__" {
        walk.skipDescendants()
      } else if try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true,
        extensions.contains(file.pathExtension)
      {
        found.append(String(file.path.dropFirst(root.path.count + 1)))
      }
    }
    return found.sorted()
  }

  static func lines(of path: String) throws -> [Substring] {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  static func entries(of folder: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path).sorted()
  }

  /// The modules that a Swift file imports, by whatever access and attribute.
  static func imports(of path: String) throws -> Set<String> {
    let pattern =
      /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|typealias|func|var|let)\s+)?(?<module>\w+)/
    return Set(try lines(of: path).compactMap { try pattern.firstMatch(in: $0).map { String($0.output.module) } })
  }
}
