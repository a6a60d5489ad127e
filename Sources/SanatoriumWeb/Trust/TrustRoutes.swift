internal import Evidence
internal import Foundation
internal import MicroHTTP
internal import Pages
internal import Sanatorium

extension Site {
  /// How a phone comes to trust this house's certificate; open to everybody, since it comes before the first login.
  func trustRoutes(_ table: inout RouteTable) {
    table.page("/trust", for: .everyone, reads: .none) { .response($0.trustPage()) }
    table.page("/trust/ca.pem", for: .everyone, reads: .none) { context in
      guard let pem = context.site.configuration.authorityPEM else {
        throw Refusal.notFound(Text("本院用的是自己的证书，不用装。", "The house has its own certificate; nothing is to be installed."))
      }
      // The type by which phones offer to install it.
      var response = Response(type: "application/x-x509-ca-cert", body: Array(pem.utf8))
      response.headers["Content-Disposition"] = "attachment; filename=\"ca.pem\""
      return .response(response)
    }
  }
}

extension Context {
  fileprivate func trustPage() -> Response {
    html { h in
      h.page(page(Text("装证书", "Certificate"), viewer == nil ? nil : .more)) {
      } main: {
        if let pem = site.configuration.authorityPEM {
          download(h, pem)
          steps(h)
        } else {
          h.empty(
            Text("不用装证书", "Nothing to install")(language),
            Text("本院用的是公开认可的证书。", "The house uses a certificate that devices know.")(language), icon: .lock)
        }
      }
    }
  }

  private func download(_ h: HTML, _ pem: String) {
    h.el("section", .class("sheet stack"), .label(Text("下载", "Download")(language))) {
      h.p(
        Text(
          "装一次，手机以后就不再提示“不安全”，而且能认出别人冒充的网页。",
          "Installed once, the phone stops warning, and it recognizes a page that only pretends to be this one.")(language))
      h.linkButton(Text("下载证书 ca.pem", "Download ca.pem")(language), "/trust/ca.pem", icon: .download, full: true)
      if let print = fingerprint(pem) {
        h.p("m s", Text("装之前对一下指纹，要和机房里写的一样（SHA-256）：", "Compare the fingerprint with the one in the duty room (SHA-256):")(language))
        // Eight pairs a line, as one reads them out.
        let pairs = print.split(separator: ":")
        for start in stride(from: 0, to: pairs.count, by: 8) {
          h.el("code", .class("blk s"), text: pairs[start..<min(start + 8, pairs.count)].joined(separator: ":"))
        }
      }
    }
  }

  private func steps(_ h: HTML) {
    h.section(Text("怎么装", "How to install it")(language)) {
      h.p("m s", Text("步骤没有在每种手机上试过，名称可能略有不同。", "Not tested on every device; names may differ a little.")(language))
      fold(
        h, Text("安卓", "Android"), open: true,
        [
          Text("按上面的按钮下载。", "Press the button above."),
          Text("设置 → 安全 → 更多安全设置 → 加密与凭据 → 安装证书 → CA 证书。", "Settings → Security → Encryption and credentials → Install a certificate → CA certificate."),
          Text("选 ca.pem，按“仍然安装”。", "Choose ca.pem and “Install anyway”."),
        ])
      fold(
        h, Text("苹果手机、平板", "iPhone, iPad"),
        [
          Text("用 Safari 下载，按“允许”。", "Download with Safari and allow it."),
          Text("设置 → 已下载描述文件 → 安装。", "Settings → Profile downloaded → Install."),
          Text("设置 → 通用 → 关于本机 → 证书信任设置，打开这一个。", "Settings → General → About → Certificate Trust Settings, switch it on."),
        ])
      fold(
        h, Text("Windows 电脑", "Windows"),
        [
          Text("下载后改名为 ca.crt，双击打开。", "Rename the file to ca.crt and open it."),
          Text("安装证书 → 本地计算机 → 受信任的根证书颁发机构。", "Install certificate → Local machine → Trusted root certification authorities."),
          Text("重新打开浏览器。", "Open the browser again."),
        ])
    }
  }

  private func fold(_ h: HTML, _ name: Text, open: Bool = false, _ steps: [Text]) {
    h.fold(name(language), note: Text("没有试过", "Untested")(language), open: open) {
      h.ol("dots") { for step in steps { h.li { h.text(step(language)) } } }
    }
  }

  /// SHA-256 of the certificate as devices show it, pairs of hexadecimal digits.
  private func fingerprint(_ pem: String) -> String? {
    let body = pem.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("-----") }.joined()
    guard let bytes = Data(base64Encoded: body) else { return nil }
    let hex = Array("\(Digest.of(Array(bytes)))".uppercased())
    return stride(from: 0, to: hex.count, by: 2).map { String(hex[$0...($0 + 1)]) }.joined(separator: ":")
  }
}
