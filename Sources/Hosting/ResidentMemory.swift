internal import CMalloc  // linked, not called
internal import Glibc

/// How much memory the process keeps beside what it uses: a house's machine has others' work to do, too.
public enum ResidentMemory {
  /// Gives back the pages of code and constants that only the start needed: relocations, symbols, the setting up of
  /// libraries. They are never written, so nothing is lost: what is needed again is taken from the system's page cache.
  public static func releaseStart() {
    guard let maps = fopen("/proc/self/maps", "r") else { return }
    defer { fclose(maps) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while getline(&line, &capacity, maps) > 0, let line {
      // `55d0c0000000-55d0c2666000 r-xp 00000000 fe:00 1234  /usr/bin/sanatoriumd`
      let fields = String(cString: line).split(separator: " ")
      guard fields.count >= 6, fields[1] == "r-xp", fields[5].hasPrefix("/") else { continue }
      let ends = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
      guard ends.count == 2, ends[0] < ends[1], let start = UnsafeMutableRawPointer(bitPattern: ends[0]) else { continue }
      madvise(start, Int(ends[1] - ends[0]), Int32(MADV_DONTNEED))
    }
  }
}
