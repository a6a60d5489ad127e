/// What a colour says. Never used without an icon and a word.
public enum Tone: Sendable, Hashable, CaseIterable {
  case ok, due, late, bad, hold, mute, wait

  var name: StaticString {
    switch self {
    case .ok: "ok"
    case .due: "due"
    case .late: "late"
    case .bad: "bad"
    case .hold: "hold"
    case .mute: "mute"
    case .wait: "wait"
    }
  }
}

/// The states people see everywhere, each with its own icon, colour and usual word.
public enum State: Sendable, Hashable, CaseIterable {
  /// 已查、齐: done and on the server's disk.
  case done
  /// 通过、够、一致
  case passed
  /// 现在要查、还剩
  case due
  /// 逾期、超时
  case late
  /// 不明
  case unknown
  /// 危急、缺人
  case critical
  /// 不通过、不符
  case failed
  /// 没查成、不来
  case notDone
  /// 待同步
  case waiting
  /// 暂留
  case held
  /// 说明放行
  case accepted

  /// The state's tone.
  public var tone: Tone {
    switch self {
    case .done, .passed: .ok
    case .due: .due
    case .late, .unknown: .late
    case .critical, .failed: .bad
    case .notDone: .mute
    case .waiting: .wait
    case .held, .accepted: .hold
    }
  }

  /// The state's icon.
  public var icon: Icon {
    switch self {
    case .done: .done
    case .passed: .tick
    case .due: .due
    case .late: .late
    case .unknown: .unknown
    case .critical: .critical
    case .failed: .cross
    case .notDone: .barred
    case .waiting: .waiting
    case .held: .held
    case .accepted: .accepted
    }
  }

  /// The usual word; a page says more where it knows more (逾期 25 分).
  public func word(english: Bool) -> StaticString {
    switch self {
    case .done: english ? "Done" : "已查"
    case .passed: english ? "Passed" : "通过"
    case .due: english ? "Due now" : "现在要查"
    case .late: english ? "Overdue" : "逾期"
    case .unknown: english ? "Unknown" : "不明"
    case .critical: english ? "Critical" : "危急"
    case .failed: english ? "Failed" : "不通过"
    case .notDone: english ? "Not done" : "没查成"
    case .waiting: english ? "Waiting to sync" : "待同步"
    case .held: english ? "Held" : "暂留"
    case .accepted: english ? "Accepted with reason" : "说明放行"
    }
  }
}

extension HTML {
  /// A state: icon, word, colour. Without words, the state's usual one. `size` is a type class (`l`, `s`).
  public func mark(_ state: State, _ words: String? = nil, size: StaticString = "") {
    raw("<span class=\"mark ")
    raw(state.tone.name)
    if size.utf8CodeUnitCount > 0 {
      out.append(0x20)
      raw(size)
    }
    raw("\">")
    icon(state.icon)
    if let words { text(words) } else { raw(state.word(english: english)) }
    raw("</span>")
  }

  /// A state whose words are written by the closure, such as a running clock.
  public func mark(_ state: State, content: () throws -> Void) rethrows {
    raw("<span class=\"mark ")
    raw(state.tone.name)
    raw("\">")
    icon(state.icon)
    raw("<span>")
    try content()
    raw("</span></span>")
  }

  /// A fact about a person or a thing; with an icon where the fact is a state or a danger.
  public func tag(_ words: String, _ tone: Tone = .mute, icon: Icon? = nil) {
    raw("<span class=\"tag ")
    raw(tone.name)
    raw("\">")
    if let icon { self.icon(icon) }
    text(words)
    raw("</span>")
  }
}

/// A fact to be shown as a tag, for parts that take several.
public struct Tag: Sendable, Hashable {
  public var words: String
  public var tone: Tone
  public var icon: Icon?

  public init(_ words: String, _ tone: Tone = .mute, icon: Icon? = nil) {
    self.words = words
    self.tone = tone
    self.icon = icon
  }

  /// An allergy, which is always shown as a danger.
  public static func allergy(_ words: String) -> Tag { Tag(words, .bad, icon: .critical) }

  /// A state shown as a tag.
  public static func state(_ state: State, _ words: String) -> Tag { Tag(words, state.tone, icon: state.icon) }
}
