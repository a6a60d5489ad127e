/// What a scanned paper may be, told by its bytes alone: names and declared types are somebody else's word.
public enum ScanType: String, Sendable, Codable, CaseIterable {
  case pdf, jpeg, png

  public var mediaType: String {
    switch self {
    case .pdf: "application/pdf"
    case .jpeg: "image/jpeg"
    case .png: "image/png"
    }
  }

  /// The ending of a file's name.
  public var ending: String { self == .jpeg ? "jpg" : rawValue }

  public var name: String { rawValue.uppercased() }
}

/// The limits of scans.
public enum ScanLimit {
  /// Bytes of one file.
  public static let bytes = 5 << 20
  /// Files that belong to one fact.
  public static let ofFact = 10
  /// Files of one batch: a hundred people with their papers.
  public static let ofBatch = 2_000
  /// Bytes of one batch, removed ones included, since they stay: the file that holds them has to be backed up.
  public static let bytesOfBatch = 2 << 30
  /// Pixels of a side, and of the whole: what a scanner or a camera makes, and no bomb for whoever opens it.
  static let side = 1...30_000
  static let area = 250_000_000
}

extension ScanType {
  /// Looks whether the bytes are one of the types, whole and sane.
  ///
  /// - Returns: the type, or what is wrong with the file.
  public static func read(_ bytes: [UInt8]) -> Result<ScanType, ScanFault> {
    if bytes.isEmpty { return .failure(.empty) }
    if bytes.count > ScanLimit.bytes { return .failure(.tooLarge(bytes.count)) }
    return bytes.withUnsafeBytes { bytes in
      if bytes.begin("%PDF-") { return PDFShape.fault(bytes).map(Result.failure) ?? .success(.pdf) }
      if bytes.begin([0xFF, 0xD8, 0xFF]) { return JPEGShape.fault(bytes).map(Result.failure) ?? .success(.jpeg) }
      if bytes.begin(PNGShape.signature) { return PNGShape.fault(bytes).map(Result.failure) ?? .success(.png) }
      return .failure(.otherType(Known.allCases.first { $0.fits(bytes) }))
    }
  }

  /// Kinds that people try, to be named in the refusal.
  public enum Known: CaseIterable, Sendable {
    case program, archive, heic, word, tiff, gif, webp, markup

    func fits(_ bytes: UnsafeRawBufferPointer) -> Bool {
      switch self {
      case .program: bytes.begin("MZ") || bytes.begin([0x7F, 0x45, 0x4C, 0x46]) || bytes.begin("#!")
      case .archive: bytes.begin("PK\u{3}\u{4}") || bytes.begin("Rar!") || bytes.begin([0x37, 0x7A, 0xBC, 0xAF])
      case .heic: bytes.has("ftyphei", at: 4) || bytes.has("ftypmif1", at: 4) || bytes.has("ftypavif", at: 4)
      case .word: bytes.begin([0xD0, 0xCF, 0x11, 0xE0])
      case .tiff: bytes.begin([0x49, 0x49, 0x2A, 0]) || bytes.begin([0x4D, 0x4D, 0, 0x2A])
      case .gif: bytes.begin("GIF8")
      case .webp: bytes.begin("RIFF") && bytes.has("WEBP", at: 8)
      case .markup: bytes.begin("<")
      }
    }

    var name: Text {
      switch self {
      case .program: Text("程序", "a program")
      case .archive: Text("压缩包或 Office 文档", "an archive or an Office document")
      case .heic: Text("HEIC 照片（在手机相机设置里改成“兼容性最佳”再拍）", "a HEIC photograph (set the camera to “most compatible”)")
      case .word: Text("旧版 Office 文档", "an old Office document")
      case .tiff: Text("TIFF 图片", "a TIFF picture")
      case .gif: Text("GIF 图片", "a GIF picture")
      case .webp: Text("WebP 图片", "a WebP picture")
      case .markup: Text("网页", "a web page")
      }
    }
  }
}

/// Why a file is no scan.
public enum ScanFault: Error, Sendable, Equatable {
  case empty
  case tooLarge(Int)
  case otherType(ScanType.Known?)
  /// It begins like the type and does not end like it: the sending was cut, or the file is damaged.
  case cut(ScanType)
  /// The type's own structure can't be right.
  case malformed(ScanType)
  /// A picture of no size, or of one that no scanner makes.
  case dimensions(ScanType, width: Int, height: Int)

  public var code: String {
    switch self {
    case .empty: "empty"
    case .tooLarge: "too-large"
    case .otherType: "not-a-scan"
    case .cut: "cut-off"
    case .malformed: "malformed"
    case .dimensions: "dimensions"
    }
  }

  /// What is wrong with the file of that name, and what is taken.
  public func message(_ name: String) -> Text {
    let file = name.isEmpty ? Text("这个文件", "This file") : Text("“\(name)”", "“\(name)”")
    let taken = Text("只收 PDF、JPEG、PNG，最大 5 MB。", "PDF, JPEG and PNG up to 5 MB are taken.")
    let reason: Text
    switch self {
    case .empty: reason = Text("是空的", "is empty")
    case .tooLarge(let bytes):
      let tenths = (bytes * 10 + (1 << 20) - 1) >> 20
      reason = Text(
        "有 \(tenths / 10).\(tenths % 10) MB，太大。照片请调小一点，或者分成几份",
        "has \(tenths / 10).\(tenths % 10) MB, too much; make the picture smaller or send it in parts")
    case .otherType(let known):
      reason =
        known.map { Text("按内容看是\($0.name.chinese)，不是扫描件", "is by its content \($0.name.english), no scan") }
        ?? Text("按内容看不是 PDF、JPEG 或 PNG", "is by its content neither PDF nor JPEG nor PNG")
    case .cut(let type): reason = Text("是不完整的 \(type.name)，后面断了，请再传一次", "is a \(type.name) that breaks off; send it again")
    case .malformed(let type): reason = Text("像 \(type.name)，但里面坏了，打不开", "looks like a \(type.name) but is broken inside")
    case .dimensions(_, let width, let height):
      reason = Text("尺寸 \(width)×\(height) 不合理", "has the size \(width)×\(height), which no scan has")
    }
    return Text("\(file.chinese)\(reason.chinese)。\(taken.chinese)", "\(file.english) \(reason.english). \(taken.english)")
  }
}
