import Foundation
import Glibc
import Testing

/// A folder of one test, gone with it.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    var template = Array((NSTemporaryDirectory() + "/hosting-XXXXXX").utf8CString)
    precondition(mkdtemp(&template) != nil)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  func write(_ name: String, _ text: String, mode: Int = 0o600) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file(name))
    return file(name)
  }

  func text(_ name: String) throws -> String { try String(contentsOfFile: file(name), encoding: .utf8) }

  func mode(_ name: String) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: file(name))[.posixPermissions] as? Int)
  }
}
