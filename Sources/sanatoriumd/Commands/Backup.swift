internal import ArgumentParser
internal import Evidence
internal import Foundation
internal import Hosting
internal import SanatoriumStore

/// `sanatoriumd backup FILE`: a whole, verified copy while the daemon runs.
struct Backup: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copy the data to FILE while the daemon runs, and verify the copy.")

  @OptionGroup var place: Place
  @Argument(help: "The file to write; it must not exist.") var file: String

  func run() throws {
    try reporting {
      let source = place.dataPath + "/" + House.storeName
      guard FileManager.default.fileExists(atPath: source) else {
        throw HostFault(.noInput, "找不到 \(source)", "there is no \(source)")
      }
      guard !FileManager.default.fileExists(atPath: file) else {
        throw HostFault(.cannotCreate, "\(file) 已经有了，不会覆盖", "\(file) exists already and is not overwritten")
      }
      // Said in our own words before SQLite is asked: its own name neither file nor reason.
      let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
      guard FileManager.default.isWritableFile(atPath: folder) else {
        throw HostFault(.cannotCreate, "\(folder) 不存在，或者不能写", "\(folder) does not exist or can't be written")
      }
      let result: Verification
      do { result = try Store.backup(from: source, to: file) } catch {
        UpkeepFile.backup.failed(in: place.dataPath, file: file, why: "\(error)")
        throw HostFault(.inputOutput, "\(file) 没有备份成：\(error)", "\(file) could not be made: \(error)")
      }
      UpkeepFile.backup.succeeded(in: place.dataPath, entries: result.entries, file: file)
      Console.line("\(file): \(result.entries) entries, chain \(result.chain)")
    }
  }
}

/// `sanatoriumd restore FILE`: puts a verified backup in place of the data; the old file is kept beside it.
struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Verify FILE and put it in place of the data; the daemon must be stopped. The old file is kept.")

  @OptionGroup var place: Place
  @Argument(help: "A file written by backup.") var file: String

  /// A backup holds no key: reports of the restored house are signed with what this folder has.
  static func signing(_ key: PublicKey?) -> String {
    guard let key else {
      return """
        reports will be signed with a new key, made at the next start: enrol it with the organizer (sanatoriumd report \
        key), or put the old folder's \(ReportKeys.fileName) here first
        """
    }
    return "reports are signed with \(key): the organizer must know this key"
  }

  func run() throws {
    try reporting {
      guard FileManager.default.fileExists(atPath: file) else {
        throw HostFault(.noInput, "找不到 \(file)", "there is no \(file)")
      }
      let folder = try DataFolder(place.dataPath, create: true, command: "sanatoriumd restore")
      let result: Verification
      do { result = try Store.restore(from: file, to: folder.file(House.storeName)) } catch {
        throw HostFault(.data, "\(file) 用不了，原来的数据没有动：\(error)", "\(file) can't be used, the data is as it was: \(error)")
      }
      Console.line("\(folder.path): \(result.entries) entries, chain \(result.chain)")
      Console.line(Restore.signing(ReportKeys.existing(in: folder)))
    }
  }
}
