internal import MicroHTTP
internal import Pages
internal import Sanatorium

extension Site {
  /// How a device comes to trust this house's certificate; open to everybody, since it comes before the first login.
  func trustRoutes(_ table: inout RouteTable) {
    table.page("/trust", for: .everyone, reads: .none, stays: false) { .response($0.trustPage()) }
    // The binary form is what telephones and Windows take; other programs read the text form.
    table.page("/trust/ca.crt", for: .everyone, reads: .none) { context in
      try context.certificateFile(named: "ca.crt") { pem in
        guard let bytes = Context.certificate(in: pem) else { throw Refusal.notFound(.noCertificate) }
        return bytes
      }
    }
    table.page("/trust/ca.pem", for: .everyone, reads: .none) { context in
      try context.certificateFile(named: "ca.pem") { Array($0.utf8) }
    }
  }
}

extension Text {
  fileprivate static let noCertificate = Text("本院用的是自己的证书，不用装。", "The house has its own certificate; nothing is to be installed.")
}

extension Context {
  fileprivate func certificateFile(named name: String, _ bytes: (String) throws -> [UInt8]) throws -> Reply {
    guard let pem = site.configuration.authorityPEM else { throw Refusal.notFound(.noCertificate) }
    // The type by which telephones offer to install it.
    var response = Response(type: "application/x-x509-ca-cert", body: try bytes(pem))
    response.headers["Content-Disposition"] = "attachment; filename=\"\(name)\""
    return .response(response)
  }
}
