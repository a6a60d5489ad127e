public import MicroHTTP

/// Serves the files compiled into the program.
public enum AssetRoutes {
  /// Adds a route for each file, under an address that changes with its content, to be kept for a year; and
  /// `/assets/icon.svg` and `/favicon.ico` under fixed ones for those who ask by name.
  public static func add(to router: inout Router) {
    for file in AssetFile.all {
      let prepared = PreparedResponse(
        Response(
          status: .ok,
          headers: [
            "Content-Type": file.type, "Cache-Control": "public, max-age=31536000, immutable",
            "Cross-Origin-Resource-Policy": "same-origin",
          ], body: file.bytes))
      router.add(.get, file.address) { _, _ in .prepared(prepared) }
    }
    guard let icon = AssetFile.all.first(where: { $0.name == "icon.svg" }) else { return }
    let named = PreparedResponse(
      Response(
        status: .ok, headers: ["Content-Type": icon.type, "Cache-Control": "public, max-age=86400"], body: icon.bytes),
      etag: Fingerprint(icon.bytes).hex)
    for path in ["/assets/icon.svg", "/favicon.ico"] { router.add(.get, path) { _, _ in .prepared(named) } }
  }
}
