internal import Evidence
internal import Hosting
internal import Sanatorium
internal import SanatoriumStore
internal import SanatoriumWeb

/// The note that a command leaves in the data folder of its last run, for the administrator's page. Not part of the
/// records: a lost note loses nothing.
enum UpkeepFile: String {
  case backup = "last-backup.json"
  case verification = "last-verify.json"

  /// Notes a success; what failed before is forgotten.
  func succeeded(in folder: String, entries: Int, file: String) {
    write(Upkeep.Note(succeededAt: Store.systemClock(), entries: entries, file: file), in: folder)
  }

  /// Notes a failure beside the last success.
  func failed(in folder: String, file: String, why: String) {
    var note = read(in: folder) ?? Upkeep.Note()
    note.file = file
    note.failure = why
    note.failedAt = Store.systemClock()
    write(note, in: folder)
  }

  /// Nil when there is none that can be read.
  func read(in folder: String) -> Upkeep.Note? {
    guard let bytes = try? AtomicFile.read(path(folder)), let json = try? JSON.parse(bytes) else { return nil }
    func instant(_ name: String) -> Instant? { json[name]?.int.map { Instant(milliseconds: $0) } }
    return Upkeep.Note(
      succeededAt: instant("succeededAt"), entries: json["entries"]?.int.map(Int.init) ?? 0, file: json["file"]?.string ?? "",
      failure: json["failure"]?.string, failedAt: instant("failedAt"))
  }

  private func path(_ folder: String) -> String { folder + "/" + rawValue }

  private func write(_ note: Upkeep.Note, in folder: String) {
    let json = JSON.object([
      "entries": .int(Int64(note.entries)), "failedAt": .optional(note.failedAt?.milliseconds), "failure": .optional(note.failure),
      "file": .string(note.file), "succeededAt": .optional(note.succeededAt?.milliseconds),
    ])
    // The folder is closed to others; the daemon's user must read what root has written.
    do { try AtomicFile.write(JSONWriter.wire(json), to: path(folder), mode: 0o644) } catch {
      Log.warning("the administrator's page will not know of this run", ["why": "\(error)"])
    }
  }
}
