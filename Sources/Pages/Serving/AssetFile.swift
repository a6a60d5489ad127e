internal import Assets

/// A file compiled into the program: style, script, icon, manifest.
///
/// The style's classes (colours, sizes and distances come from its tokens alone; colour never speaks alone):
///
///     Text   s m l xl xxl xxxl huge (size; m is muted) num end nw blk vh clock
///     Place  row stack pad grow end cols flow grid4 inline | main: (column) desk wide split report | html: wall large alarm
///     Tone   ok due late bad hold mute wait: sets --c (strong) and --t (tint) for what is inside; rail adds the side stripe
///     Frame  skip bar(back sticky) ib tabs(sos desk count) dock emg drill filter #top #stale
///     State  mark tag banner note toast empty n(n0-n4 none big) p(p0-p3 none) meter key clause time(now)
///     Lists  list it head who(slim plain) nm meta rm fold facts figs dots card sheet paper
///     Forms  field m-row step v pair seg chips chip opts opt ans search err assess btn(alt warn danger big full) link ask
///     Table  scroll table(plan roll) num rail gap past | chart(b0-b3 ln pt on ev)
public struct AssetFile: Sendable {
  /// Its name in the table, `app.css`.
  public let name: String
  /// The address pages link to; it changes with the content, so browsers may keep the file for ever.
  public let address: String
  /// The file's bytes.
  public let bytes: [UInt8]
  /// Its media type.
  public let type: String

  /// All files a browser may ask for; packs and other data compiled in are not among them.
  public static let all: [AssetFile] = {
    var files: [AssetFile] = []
    for index in 0..<assets_count {
      // The table is a C array of constants: it lives as long as the process.
      guard let asset = entry(index), !asset.name.hasSuffix(".js"), let type = mediaType(of: asset.name) else { continue }
      files.append(AssetFile(asset.name, asset.name.hasSuffix(".css") ? StyleText.tightened(asset.bytes) : asset.bytes, type))
    }
    files.append(AssetFile("app.js", script, "text/javascript; charset=utf-8"))
    return files
  }()

  private init(_ name: String, _ bytes: [UInt8], _ type: String) {
    let dot = name.lastIndex(of: ".") ?? name.endIndex
    self.name = name
    self.bytes = bytes
    self.type = type
    address = "/assets/\(name[..<dot]).\(Fingerprint(bytes).hex)\(name[dot...])"
  }

  /// The parts of the pages' one script, in order. What `base.js` names all of them may use; each of the others is a
  /// block of its own. One file is one request, which on a slow network is what costs.
  private static let parts = [
    "base.js", "queue.js", "form.js", "clocks.js", "assessment.js", "scan.js", "find.js", "alarm.js", "live.js", "strip.js",
    "unsent.js", "draft.js", "offline.js", "visit.js",
  ]

  private static let script: [UInt8] = parts.flatMap { part in
    part == "base.js" ? source(part) : Array("{\n".utf8) + source(part) + Array("}\n".utf8)
  }

  /// The script of the worker that answers when the network doesn't, without its list of files; `WorkerScript` adds it.
  public static var worker: [UInt8] { source("worker.js") }

  private static func source(_ name: String) -> [UInt8] {
    for index in 0..<assets_count {
      if let asset = entry(index), asset.name == name { return ScriptText.tightened(asset.bytes) }
    }
    preconditionFailure("no asset \(name)")
  }

  /// The address of a file; a misspelt name stops the program, as a page without its style is not a page.
  static func address(_ name: String) -> String {
    guard let address = addresses[name] else { preconditionFailure("no asset \(name)") }
    return address
  }

  private static let addresses = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0.address) })

  private static func entry(_ index: Int) -> (name: String, bytes: [UInt8])? {
    guard let asset = asset_at(index)?.pointee, let name = asset.name, let bytes = asset.bytes else { return nil }
    return (String(cString: name), Array(UnsafeBufferPointer(start: bytes, count: asset.count)))
  }

  private static func mediaType(of name: String) -> String? {
    switch name.split(separator: ".").last {
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "svg": "image/svg+xml"
    case "png": "image/png"
    case "webmanifest": "application/manifest+json"
    default: nil
    }
  }
}
