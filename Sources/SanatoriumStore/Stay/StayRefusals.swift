internal import Sanatorium

extension Refusal {
  static func conflict(_ field: String, _ code: String, _ message: Text) -> Refusal {
    .conflict(Fault(field, code, message))
  }
}

extension Participant {
  /// Refuses with what the person would have to be, and where they are instead.
  func refusal(_ act: Text) -> Refusal {
    .conflict(
      "place", "wrong-place",
      Text(
        "\(name)现在是“\(place.name.chinese)”，不能\(act.chinese)。",
        "\(name) is “\(place.name.english)” now and can't \(act.english)."))
  }

  func require(_ places: Place..., act: Text) throws {
    guard places.contains(place) else { throw refusal(act) }
  }
}

extension Participant {
  /// Nobody is checked before they are here, or after they have left. Who is held is here.
  func requireArrived(by moment: Instant, _ time: LocalTime) throws {
    guard place != .notArrived, let arrivedAt else {
      throw Refusal.conflict(
        "participant", "not-arrived",
        Text("\(name)还没报到，先登记报到。", "\(name) has not arrived; record the arrival first."))
    }
    try requireAfter(arrivedAt, Text("报到", "arrived"), moment, time, code: "before-arrival")
    if let departedAt, departedAt < moment {
      throw Refusal.conflict(
        "participant", "departed-already",
        Text(
          "\(name)在 \(time.moment(departedAt))已经返程。是不是点错了人？离开以前查的，请填当时的时间。",
          "\(name) left at \(time.moment(departedAt)). Is it the right person? For a check made before that, give its time."))
    }
  }

  /// A movement can't lie before the arrival or before the last one.
  func requireOrder(_ moment: Instant, _ time: LocalTime) throws {
    if let arrivedAt { try requireAfter(arrivedAt, Text("报到", "arrived"), moment, time, code: "before-arrival") }
    if let placeSince {
      let what = Text("“\(place.name.chinese)”", "“\(place.name.english)” was recorded")
      try requireAfter(placeSince, what, moment, time, code: "before-last-movement")
    }
  }

  private func requireAfter(
    _ earliest: Instant, _ what: Text, _ moment: Instant, _ time: LocalTime, code: String
  ) throws {
    guard moment < earliest else { return }
    let (first, given) = (time.moment(earliest), time.moment(moment))
    throw Refusal.invalid(
      "occurredAt", code,
      Text(
        "填的是 \(given.chinese)，但\(name)在 \(first.chinese) 才\(what.chinese)。",
        "\(given.english) was given, but \(name): \(what.english) at \(first.english)."))
  }
}

extension Batch {
  /// Whether people may be in it: since opening, also after closing, as someone may still lie in hospital then.
  var hasBegun: Bool { state != .planned }

  func requireOpen() throws {
    guard state == .open else {
      throw Refusal.conflict(
        "batch", "not-open",
        state == .planned
          ? Text("\(number)还没有开班。", "\(number) has not been opened yet.")
          : Text("\(number)已经结束。", "\(number) is closed."))
    }
  }
}

/// Collects every fault of one request, so that all are told at once.
struct Faults {
  private(set) var all: [Fault] = []

  mutating func add(_ field: String, _ code: String, _ message: Text) { all.append(Fault(field, code, message)) }

  mutating func require(_ text: String, _ field: String) {
    if text.allSatisfy(\.isWhitespace) { add(field, "missing", Text("这一项要填。", "This is required.")) }
  }

  func refuse() throws {
    if !all.isEmpty { throw Refusal.invalid(all) }
  }
}
