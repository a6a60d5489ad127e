/// Bytes that grow at their end: an array without its checks of uniqueness at every append, which cost more than the
/// bytes themselves where a page is made of ten thousand small pieces.
struct ByteBuffer: ~Copyable {
  // Owned here alone, freed in `deinit`; `count` bytes of it are initialized.
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = max(64, capacity)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    if count == capacity { grow(by: 1) }
    base[count] = byte
    count += 1
  }

  @inline(__always)
  mutating func append(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
    if capacity - count < length { grow(by: length) }
    (base + count).update(from: bytes, count: length)
    count += length
  }

  /// Forgets what was written from `count` on.
  mutating func truncate(to count: Int) {
    precondition(count <= self.count)
    self.count = count
  }

  /// Puts what was written from `start` on in front of what begins at `position`.
  mutating func moveTail(from start: Int, to position: Int) {
    precondition(position <= start && start <= count)
    let tail = Array(UnsafeBufferPointer(start: base + start, count: count - start))
    (base + position + tail.count).update(from: base + position, count: start - position)
    tail.withUnsafeBufferPointer { (base + position).update(from: $0.baseAddress!, count: $0.count) }
  }

  /// Turns the order of the bytes from `start` on.
  mutating func reverse(from start: Int) {
    var end = UnsafeMutableBufferPointer(start: base + start, count: count - start)
    end.reverse()
  }

  var array: [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }

  var string: String { String(decoding: UnsafeBufferPointer(start: base, count: count), as: UTF8.self) }

  private mutating func grow(by length: Int) {
    let larger = max(capacity * 2, count + length)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    moved.update(from: base, count: count)
    base.deallocate()
    base = moved
    capacity = larger
  }
}
