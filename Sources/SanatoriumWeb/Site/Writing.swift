internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// One thing that people do, by a form page and by the API: decoded once, one event of the Store, two answers.
struct Writing<Draft: Sendable>: Sendable {
  /// What the API's description says of it.
  let summary: String
  let audience: Audience
  /// The members that it takes beside the times of the sender.
  let takes: Schema
  let decode: @Sendable (Context, inout JSONFields) throws -> Draft
  let event: @Sendable (Ledger, Draft, Submission) throws -> Recorded

  init(
    _ summary: String, for audience: Audience, takes: KeyValuePairs<String, Schema> = [:], required: [String] = [],
    decode: @escaping @Sendable (Context, inout JSONFields) throws -> Draft,
    event: @escaping @Sendable (Ledger, Draft, Submission) throws -> Recorded
  ) {
    self.summary = summary
    self.audience = audience
    self.takes = .write(takes, required: required)
    self.decode = decode
    self.event = event
  }
}

extension RouteTable {
  /// The API's route of a writing.
  mutating func write<Draft>(_ pattern: String, _ writing: Writing<Draft>) {
    post(pattern, writing.summary, for: writing.audience, takes: writing.takes) { context in
      var fields = try context.fields()
      let draft = try writing.decode(context, &fields)
      let submission = try context.submission(&fields)
      try fields.finish()
      return .recorded { try writing.event($0, draft, submission) }
    }
  }

  /// What a form page of a writing posts to. Whatever is refused shows the page again with what was typed.
  ///
  /// - Parameters:
  ///   - reads: what the page shows of people's health where it comes back.
  ///   - location: where to go once it is saved.
  ///   - again: the page with the form as it came back.
  mutating func send<Draft>(
    _ pattern: String, _ writing: Writing<Draft>, reads: HealthReading,
    to location: @escaping @Sendable (Context) -> String, again: @escaping @Sendable (Context, Form) throws -> Response
  ) {
    formReply(pattern, for: writing.audience, reads: reads) { context in
      let refused: @Sendable ([Fault]) throws -> Response = { faults in
        try again(context, Form(context.formValues, faults: faults.map { $0.shown(context.language) }))
      }
      do {
        var fields = try context.fields()
        let draft = try writing.decode(context, &fields)
        let submission = try context.submission()
        try fields.finish()
        return Act.redirect(to: location(context), refused: refused) { try writing.event($0, draft, submission) }
          .reply(context)
      } catch Refusal.invalid(let faults) where !context.wantsFaults {
        return .response(try refused(faults))
      }
    }
  }

  /// Both, and the page that shows the fresh form.
  mutating func write<Draft>(
    _ api: String, page pattern: String, _ writing: Writing<Draft>, reads: HealthReading,
    to location: @escaping @Sendable (Context) -> String, show: @escaping @Sendable (Context, Form) throws -> Response
  ) {
    write(api, writing)
    page(pattern, for: writing.audience, reads: reads) { .response(try show($0, Form())) }
    send(pattern, writing, reads: reads, to: location, again: show)
  }
}

extension Schema {
  /// An object of a write: its members and the sender's times.
  static func write(_ members: KeyValuePairs<String, Schema>, required: [String] = []) -> Schema {
    let own = members.map { JSON.Member($0.key, $0.value.json) }
    let times = [JSON.Member("occurredAt", Schema.instant.json), JSON.Member("sentAt", Schema.instant.json)]
    return Schema(
      .object([
        "type": "object", "properties": .object(own + times),
        "required": required.isEmpty ? nil : .array(required.map(JSON.string)), "additionalProperties": .bool(false),
      ]))
  }
}

extension JSONFields {
  /// Milliseconds since 1970, or the facility's time as a form sends it, `2026-06-08T14:30`.
  mutating func moment(_ name: String, _ time: LocalTime, required: Bool = true) -> Instant? {
    guard let value = value(name) else {
      if required { refuse(name, "missing", Text("这一项要填。", "This is required.")) }
      return nil
    }
    switch value {
    case .int(let milliseconds) where (0...9_999_999_999_999).contains(milliseconds):
      return Instant(milliseconds: milliseconds)
    case .string(let text):
      if text.isEmpty {
        if required { refuse(name, "missing", Text("这一项要填。", "This is required.")) }
        return nil
      }
      if let instant = Self.moment(text, time) { return instant }
    default: break
    }
    refuse(name, "no-such-time", Text("时间要写成 2026-06-08T14:30。", "A time is written as 2026-06-08T14:30."))
    return nil
  }

  private static func moment(_ text: String, _ time: LocalTime) -> Instant? {
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, let day = Day(parts[0]) else { return nil }
    let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(clock.count), let hour = Int(clock[0]), (0...23).contains(hour), let minute = Int(clock[1]),
      (0...59).contains(minute)
    else { return nil }
    return time.instant(day, minute: hour * 60 + minute)
  }

  /// A list of UUIDs; a form with one box ticked sends that one alone, and none when no box is.
  mutating func ids(_ name: String, required: Bool = false) -> [ID] {
    let list = list(name)
    if list.isEmpty, required { refuse(name, "empty", Text("还没选人。", "Nobody is chosen.")) }
    if list.count > 500 {
      refuse(name, "too-many", Text("最多 500 个。", "At most 500."))
      return []
    }
    return list.enumerated().compactMap { index, element in
      guard let id = element.string.flatMap({ ID($0) }) else {
        refuse("\(name)[\(index)]", "not-a-uuid", Text("这里要 UUID。", "A UUID is needed here."))
        return nil
      }
      return id
    }
  }
}
