internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium

/// The script of the worker: its own file, preceded by the addresses of the files that every page needs. It changes with
/// them, which is how a browser learns that there is a new one.
enum WorkerScript {
  static let prepared: PreparedResponse = {
    let files = AssetFile.all.filter { $0.name != "icon.svg" }.map { JSON.string($0.address) }
    var body = Array("const files = ".utf8) + JSONWriter.wire(.array(files)) + Array(";\n".utf8)
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
