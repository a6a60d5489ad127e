public import MicroHTTP

/// Serves the files compiled into the program.
public enum AssetRoutes {
  /// Adds a route for each file, under an address that changes with its content, to be kept for a year; the
  /// icons and `/favicon.ico` also under fixed ones, for the manifest and for those who ask by name.
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
    for icon in AssetFile.all where icon.name.hasPrefix("icon") {
      let named = PreparedResponse(
        Response(
          status: .ok, headers: ["Content-Type": icon.type, "Cache-Control": "public, max-age=86400"], body: icon.bytes),
        etag: Fingerprint(icon.bytes).hex)
      router.add(.get, "/assets/\(icon.name)") { _, _ in .prepared(named) }
      if icon.name == "icon.svg" { router.add(.get, "/favicon.ico") { _, _ in .prepared(named) } }
    }
  }
}
