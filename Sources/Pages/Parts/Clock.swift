/// A time that goes on while the page is open.
public enum Running: Sendable {
  /// Towards the moment: 11:48, and past it 超 1:12.
  case countdown
  /// Since the moment: 48:12.
  case elapsed
  /// Since the moment in whole minutes or hours: 25 分, 3 小时.
  case age
}

extension HTML {
  /// A running clock. Without scripts it stays at what `now` made of it; a script takes it on from there.
  ///
  /// - Parameters:
  ///   - at: the moment it runs to or from, milliseconds since 1970.
  ///   - now: the server's time for this page, milliseconds since 1970.
  public func clock(_ running: Running, at: Int64, now: Int64, size: StaticString = "") {
    raw("<b class=\"clock")
    if size.utf8CodeUnitCount > 0 {
      out.append(0x20)
      raw(size)
    }
    raw("\" role=\"timer\" data-clock=\"")
    switch running {
    case .countdown: raw("down")
    case .elapsed: raw("up")
    case .age: raw("age")
    }
    raw("\" data-at=\"")
    int(Int(at))
    raw("\">")
    let seconds = Int((running == .countdown ? at - now : now - at) / 1000)
    if running == .countdown, seconds < 0 { raw(word("超 ", "over ")) }
    if running == .age { age(seconds) } else { clockFace(seconds) }
    raw("</b>")
  }

  /// The facility's time of day, 14:26, going on while the page is open.
  ///
  /// - Parameter offset: the facility's distance from UTC in minutes, 480 for China; a screen's own zone may be another.
  public func timeOfDay(_ now: Int64, offset: Int, size: StaticString = "xxl") {
    raw("<b class=\"")
    raw(size)
    raw("\" data-time=\"")
    int(offset)
    raw("\">")
    let minutes = Int((now / 60_000 + Int64(offset)) % 1440)
    two(minutes / 60)
    out.append(0x3A)
    two(minutes % 60)
    raw("</b>")
  }

  /// Minutes and seconds, above an hour with hours: 48:12, 1:11:48.
  public func clockFace(_ seconds: Int) {
    let rest = Int(seconds.magnitude)
    if rest >= 3600 {
      int(rest / 3600)
      out.append(0x3A)
      two(rest / 60 % 60)
    } else {
      int(rest / 60)
    }
    out.append(0x3A)
    two(rest % 60)
  }

  /// A distance in words: 25 分, 3 小时 5 分, 2 天.
  public func age(_ seconds: Int) {
    let minutes = max(0, seconds) / 60
    if minutes < 60 {
      int(minutes)
      raw(word("\u{A0}分", "\u{A0}min"))
    } else if minutes < 24 * 60 {
      int(minutes / 60)
      raw(word("\u{A0}小时", "\u{A0}h"))
      if minutes % 60 > 0 {
        out.append(0x20)
        int(minutes % 60)
        raw(word("\u{A0}分", "\u{A0}min"))
      }
    } else {
      int(minutes / 1440)
      raw(word("\u{A0}天", "\u{A0}d"))
    }
  }

  func two(_ value: Int) {
    out.append(UInt8(0x30 + value / 10 % 10))
    out.append(UInt8(0x30 + value % 10))
  }
}
