internal import Evidence
internal import Foundation
internal import Pages

extension Context {
  /// The certificate's bytes in its text form; nil where it is none.
  static func certificate(in pem: String) -> [UInt8]? {
    let body = pem.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("-----") }.joined()
    return Data(base64Encoded: body).map { Array($0) }
  }

  /// The SHA-256 of a certificate in lines of eight pairs, as one reads them out and compares them; none where it is no
  /// certificate.
  static func fingerprint(of pem: String) -> [String] {
    guard let bytes = certificate(in: pem) else { return [] }
    let hex = Array("\(Digest.of(bytes))".uppercased())
    return stride(from: 0, to: hex.count, by: 16).map { start in
      stride(from: start, to: min(start + 16, hex.count), by: 2).map { String(hex[$0...($0 + 1)]) }.joined(separator: ":")
    }
  }

  func fingerprint(_ h: HTML, _ pem: String) {
    for line in Context.fingerprint(of: pem) { h.el("code", .class("blk s"), text: line) }
  }
}
