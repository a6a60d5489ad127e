import CZip
import Sanatorium

/// A ZIP file in memory, read entry by entry under limits that hold while inflating: the sizes an entry claims are not
/// believed.
final class ZipArchive {
  /// Bytes of one entry, and of all entries read, once inflated.
  static let entryBytes = 48 << 20
  static let totalBytes = 64 << 20
  /// Deflate reaches 1:1032; real sheets stay below 1:100. Tiny entries are let alone.
  static let ratio = 200
  static let ratioFrom = 1 << 20
  static let entries = 2_000

  private let memory: UnsafeMutableRawBufferPointer
  private let archive: OpaquePointer
  private var indices: [String: zip_uint64_t] = [:]
  private var inflated = 0

  /// - Throws: `Refusal.invalid` on `file` when the bytes are no whole ZIP file.
  init(_ bytes: [UInt8]) throws(Refusal) {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
    memory.copyBytes(from: bytes)
    guard let source = zip_source_buffer_create(memory.baseAddress, zip_uint64_t(bytes.count), 0, nil) else {
      memory.deallocate()
      throw SheetRefusal.damaged.refusal
    }
    guard let archive = zip_open_from_source(source, ZIP_RDONLY, nil) else {
      zip_source_free(source)
      memory.deallocate()
      throw SheetRefusal.damaged.refusal
    }
    self.memory = memory
    self.archive = archive
    let count = zip_get_num_entries(archive, 0)
    guard count <= ZipArchive.entries else { throw SheetRefusal.bomb.refusal }
    for index in 0..<zip_uint64_t(max(0, count)) {
      if let name = zip_get_name(archive, index, 0) { indices[ZipArchive.key(String(cString: name))] = index }
    }
  }

  deinit {
    zip_discard(archive)
    memory.deallocate()
  }

  /// Some writers differ in case, lead with a slash or write backslashes.
  private static func key(_ name: String) -> String {
    let path = name.replacing("\\", with: "/").lowercased()
    return path.hasPrefix("/") ? String(path.dropFirst()) : path
  }

  func contains(_ name: String) -> Bool { indices[ZipArchive.key(name)] != nil }

  /// Hands an entry's bytes on in pieces.
  ///
  /// - Throws: `Refusal.invalid` on `file` when the entry is missing, damaged, encrypted or expands beyond the limits.
  func read(_ name: String, _ piece: (UnsafeRawBufferPointer) throws(Refusal) -> Void) throws(Refusal) {
    guard let index = indices[ZipArchive.key(name)] else { throw SheetRefusal.damaged.refusal }
    var stat = zip_stat_t()
    guard zip_stat_index(archive, index, 0, &stat) == 0 else { throw SheetRefusal.damaged.refusal }
    guard stat.encryption_method == zip_uint16_t(ZIP_EM_NONE) else { throw SheetRefusal.encrypted.refusal }
    guard let file = zip_fopen_index(archive, index, 0) else { throw SheetRefusal.damaged.refusal }
    defer { zip_fclose(file) }
    let compressed = max(1, Int(clamping: min(stat.comp_size, zip_uint64_t(memory.count))))
    var length = 0
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = Int(zip_fread(file, buffer.baseAddress, zip_uint64_t(buffer.count)))
      guard count >= 0 else { throw SheetRefusal.damaged.refusal }
      if count == 0 { return }
      length += count
      inflated += count
      guard length <= ZipArchive.entryBytes, inflated <= ZipArchive.totalBytes,
        length <= ZipArchive.ratioFrom || length / compressed <= ZipArchive.ratio
      else { throw SheetRefusal.bomb.refusal }
      try piece(UnsafeRawBufferPointer(rebasing: buffer[0..<count]))
    }
  }
}
