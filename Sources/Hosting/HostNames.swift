internal import Glibc

/// What phones and tablets on the local network may call this machine: what its certificate names.
public struct HostNames: Hashable, Sendable {
  /// Lower-case names, sorted.
  public let names: [String]
  /// Sorted.
  public let addresses: [IPAddress]

  /// Takes names and addresses in any order and case, each once.
  ///
  /// - Throws: `.configuration` when one of them is neither an address nor a host name.
  public init(_ texts: [String]) throws(HostFault) {
    var names: Set<String> = []
    var addresses: Set<IPAddress> = []
    for text in texts {
      if let address = IPAddress(text) {
        addresses.insert(address)
      } else if Self.isHostName(text) {
        names.insert(text.lowercased())
      } else {
        throw HostFault(
          .configuration, "“\(Log.escaped(text))”不是主机名，也不是地址",
          "'\(Log.escaped(text))' is neither a host name nor an address")
      }
    }
    self.names = names.sorted()
    self.addresses = addresses.sorted()
  }

  /// What a certificate names, taken as it is.
  init(unchecked texts: [String]) {
    addresses = Set(texts.compactMap { IPAddress($0) }).sorted()
    names = Set(texts.filter { IPAddress($0) == nil }.map { $0.lowercased() }).sorted()
  }

  /// The machine's own names and the addresses of its interfaces now, with localhost and what the configuration adds.
  public static func current(adding extra: [String] = []) throws(HostFault) -> HostNames {
    var texts = ["localhost", "127.0.0.1", "::1"] + extra
    var buffer = [CChar](repeating: 0, count: 256)
    if gethostname(&buffer, buffer.count - 1) == 0 {
      let host = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let label = host.split(separator: ".").first.map(String.init) ?? host
      // A host name that no certificate can hold (an underscore) is left out: its addresses still work.
      texts += [host, label, label + ".local"].filter(isHostName)
    }
    return try HostNames(texts + interfaceAddresses().map(\.description))
  }

  /// Whether a certificate for `self` serves a machine that now has these.
  public func covers(_ others: HostNames) -> Bool {
    Set(names).isSuperset(of: others.names) && Set(addresses).isSuperset(of: others.addresses)
  }

  private static func interfaceAddresses() throws(HostFault) -> [IPAddress] {
    var list: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&list) == 0 else {
      throw .system(.failure, Wording("读不了网络地址", "can't list the network addresses"), "getifaddrs")
    }
    defer { freeifaddrs(list) }
    var found: [IPAddress] = []
    var next = list
    while let entry = next?.pointee {
      next = entry.ifa_next
      guard entry.ifa_flags & UInt32(IFF_UP) != 0, let socket = entry.ifa_addr else { continue }
      guard let address = IPAddress(socket), !(address.isIPv6 && address.isLinkLocal) else { continue }
      found.append(address)
    }
    return found
  }

  /// RFC 1123: labels of letters, digits and inner hyphens; one `*` label may lead.
  private static func isHostName(_ text: String) -> Bool {
    guard (1...253).contains(text.utf8.count) else { return false }
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    return labels.enumerated().allSatisfy { index, label in
      if index == 0 && label == "*" && labels.count > 2 { return true }
      let plain = label.utf8.allSatisfy {
        ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z")
          || $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") || $0 == UInt8(ascii: "-")
      }
      return plain && (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
    }
  }
}

extension IPAddress {
  /// nil for other families.
  init?(_ socket: UnsafePointer<sockaddr>) {
    switch Int32(socket.pointee.sa_family) {
    case AF_INET:
      self.init(
        bytes: socket.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
          withUnsafeBytes(of: address.pointee.sin_addr) { Array($0) }
        })
    case AF_INET6:
      self.init(
        bytes: socket.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
          withUnsafeBytes(of: address.pointee.sin6_addr) { Array($0) }
        })
    default: return nil
    }
  }
}
