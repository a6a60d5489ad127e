internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium

/// The script of the worker: its own file, preceded by the addresses of what every page needs, and of the page that stands
/// where there is neither network nor a kept page. It changes with
/// them, which is how a browser learns that there is a new one.
enum WorkerScript {
  static let prepared: PreparedResponse = {
    let needed = ["app.css", "app.js", "icon.svg"]
    let files = AssetFile.all.filter { needed.contains($0.name) }.map(\.address) + ["/away"]
    var body = Array("const files=".utf8) + JSONWriter.wire(.array(files.map(JSON.string))) + Array(";\n".utf8)
    body += AssetFile.worker
    return PreparedResponse(
      Response(
        status: .ok,
        headers: [
          "Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "no-cache",
          // A worker is bound by the policy it came with: it may ask this house and nobody else.
          "Content-Security-Policy": "default-src 'none'; connect-src 'self'; script-src 'self'",
        ], body: body), etag: Fingerprint(body).hex)
  }()
}
