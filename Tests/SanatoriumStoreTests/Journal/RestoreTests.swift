import Evidence
import Foundation
import Glibc
import Sanatorium
import Synchronization
import Testing

@testable import SanatoriumStore

@Suite("Restoring a backup")
struct RestoreTests {
  private func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("restore-\(ID.random())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  private func write(_ username: String, to path: String, thenClose: Bool = true) throws -> Store {
    let store = try Store(path: path)
    try store.perform {
      try $0.addAccount(
        AccountDraft(username: username, name: "某人", role: .staff, passwordHash: "x"),
        Submission(key: .random(), actor: .daemon, request: Digest.of([])))
    }
    if thenClose { store.close() }
    return store
  }

  private func names(_ path: String) throws -> [String] {
    let store = try Store(path: path)
    defer { store.close() }
    return try store.read { try $0.accounts().map(\.username) }
  }

  @Test("there is a whole data file at every moment, and the old one is kept with all that its log held")
  func never() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let target = folder.appendingPathComponent("house.sqlite").path
    let copy = folder.appendingPathComponent("copy.sqlite").path
    _ = try write("first", to: target)
    _ = try Store.backup(from: target, to: copy)
    // As a power cut leaves it: the last entry is in the write-ahead log alone.
    let killed = folder.appendingPathComponent("killed").path
    try FileManager.default.createDirectory(atPath: killed, withIntermediateDirectories: true)
    let living = try write("second", to: target, thenClose: false)
    for ending in ["", "-wal", "-shm"] {
      try FileManager.default.copyItem(atPath: target + ending, toPath: killed + "/house.sqlite" + ending)
    }
    living.close()
    let data = killed + "/house.sqlite"
    let watch = Watch(data)
    _ = try Store.restore(from: copy, to: data)
    #expect(watch.stop(), "the data file was gone for a moment")
    #expect(try names(data) == ["first"])
    let kept = try FileManager.default.contentsOfDirectory(atPath: killed).filter { $0.contains("before-restore") }
    #expect(kept.count == 1)
    #expect(try names(killed + "/" + kept[0]) == ["first", "second"])
    #expect(try Store.verify(path: data).isIntact)
  }

  @Test("an old file that can't be opened is put aside, and nothing of its log reaches the new one")
  func broken() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let target = folder.appendingPathComponent("house.sqlite").path
    let copy = folder.appendingPathComponent("copy.sqlite").path
    _ = try write("first", to: target)
    _ = try Store.backup(from: target, to: copy)
    try Data(repeating: 0x6E, count: 8_192).write(to: URL(fileURLWithPath: target))
    try Data(repeating: 0x6C, count: 8_192).write(to: URL(fileURLWithPath: target + "-wal"))
    _ = try Store.restore(from: copy, to: target)
    #expect(!FileManager.default.fileExists(atPath: target + "-wal"))
    #expect(try names(target) == ["first"])
    let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains("before-restore") }
    #expect(try kept.contains { try Data(contentsOf: folder.appendingPathComponent($0)).first == 0x6E })
  }

  /// Looks for a file again and again until it is stopped.
  private final class Watch: Sendable {
    private let isOver = Atomic(false)
    private let wasGone = Atomic(false)
    private let ended = DispatchSemaphore(value: 0)

    init(_ path: String) {
      Thread { [self] in
        while !isOver.load(ordering: .relaxed) {
          if access(path, F_OK) != 0 { wasGone.store(true, ordering: .relaxed) }
        }
        ended.signal()
      }.start()
    }

    /// Whether it was there all the time.
    func stop() -> Bool {
      isOver.store(true, ordering: .relaxed)
      ended.wait()
      return !wasGone.load(ordering: .relaxed)
    }
  }
}
