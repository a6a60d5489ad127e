/// The settings that both daemons have; each adds its own.
public enum HostSettings {
  /// Where to listen for HTTPS. `[::]` takes IPv4 as well.
  public static let listen = Setting(
    "listen", default: [ListenAddress(address: IPAddress("::")!, port: 8443)], written: "[::]:8443",
    Wording("HTTPS 监听的地址和端口，逗号分隔", "addresses and ports for HTTPS, separated by commas"),
    parse: addresses)

  /// Plain HTTP for a reverse proxy on the same machine; none by default.
  public static let loopback = Setting<[ListenAddress]>(
    "loopback", default: [], written: "",
    Wording("给本机反向代理用的 HTTP 地址，只能是回环地址", "plain HTTP for a reverse proxy, loopback addresses only")
  ) { text throws(SettingFault) in
    let list = try addresses(text)
    guard list.allSatisfy(\.isLoopback) else {
      throw SettingFault("不加密的地址只能是 127.0.0.1 或 [::1]", "without TLS only 127.0.0.1 or [::1] is allowed")
    }
    return list
  }

  public static let certificate = Setting<String?>.path(
    "tls_certificate", credential: true,
    Wording("自备证书的 PEM 文件；不填就用本机签发的", "PEM file of an own certificate; the local authority's otherwise"))

  public static let key = Setting<String?>.path(
    "tls_key", credential: true, Wording("自备证书的私钥", "PEM file of the own certificate's key"))

  /// More names and addresses for the local authority's certificate.
  public static let names = Setting<[String]>(
    "names", default: [], written: "",
    Wording("证书里另外要写的主机名和地址，逗号分隔", "more host names and addresses for the certificate")
  ) { text throws(SettingFault) in
    let list = items(text)
    do throws(HostFault) { _ = try HostNames(list) } catch {
      throw SettingFault(error.wording.chinese, error.wording.english)
    }
    return list
  }

  public static let logLevel = Setting(
    "log_level", default: Log.Level.info, written: "info",
    Wording("日志级别：error warning notice info debug", "least grave level that is logged")
  ) { text throws(SettingFault) in
    guard let level = Log.Level.allCases.first(where: { $0.name == text }) else {
      throw SettingFault(
        "要填 error、warning、notice、info 或 debug", "error, warning, notice, info or debug is needed")
    }
    return level
  }

  public static let all: [any AnySetting] = [listen, loopback, certificate, key, names, logLevel]

  private static func items(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
  }

  @Sendable private static func addresses(_ text: String) throws(SettingFault) -> [ListenAddress] {
    var list: [ListenAddress] = []
    for item in items(text) {
      do { list.append(try ListenAddress(item)) } catch {
        throw SettingFault(error.wording.chinese, error.wording.english)
      }
    }
    return list
  }
}

extension StringProtocol {
  /// Without spaces and tabs at either end.
  func trimmingSpaces() -> String {
    let blank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    return String(drop(while: blank).reversed().drop(while: blank).reversed())
  }
}
