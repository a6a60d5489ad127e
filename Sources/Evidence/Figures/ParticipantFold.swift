internal import Sanatorium

/// One participant's way through the stay.
struct ParticipantCourse {
  enum Place { case notArrived, present, leave, hospital, departed }

  var listing: EvidenceRecord?
  /// `admitted`, `held`, `refused`, `withdrawn`, `no-show`; nil while expected.
  var admission: String?
  var wasHeld = false
  var departureReason: String?
  /// As they were told.
  var way = ToldWay<Place>()
  /// In the order of their times; from `ParticipantFold.settle` on.
  var moves: [(at: Instant, place: Place)] = []

  fileprivate var settled: ParticipantCourse {
    var course = self
    course.moves = way.steps
    return course
  }

  var arrivedAt: Instant? { moves.first?.at }

  func place(at instant: Instant) -> Place { moves.last { $0.at <= instant }?.place ?? .notArrived }

  /// Whether an unanswered round counts against the house: present at its limit, or gone on leave or for good between
  /// its time and its limit.
  func wasDue(after due: Instant?, until limit: Instant) -> Bool {
    guard let last = moves.lastIndex(where: { $0.place == .present && $0.at <= limit }) else { return false }
    guard last + 1 < moves.count, moves[last + 1].at <= limit else { return true }
    let next = moves[last + 1]
    guard let due, next.at > due else { return false }
    return next.place == .leave || next.place == .departed
  }
}

/// Counts people; keeps each one's course for rounds and ratios.
struct ParticipantFold {
  private(set) var courses: [ID: ParticipantCourse] = [:]
  private(set) var stay = CompletionFigures.Stay()
  private var transferred: Set<ID> = []

  mutating func take(_ record: EvidenceRecord) throws {
    var course = courses[record.subject] ?? ParticipantCourse()
    switch record.kind {
    case .participantListed: course.listing = record
    case .participantChanged: if record.open["category"] != nil { course.listing = record }
    case .arrival, .admission:
      let admission = try record.text("admission")
      course.admission = admission
      if admission == "held" { course.wasHeld = true }
      if record.kind == .arrival { course.way.add(record, .present) }
    case .turnedAway: course.admission = try record.text("outcome")
    case .departure:
      course.departureReason = try record.text("reason")
      course.way.add(record, .departed)
    case .leaveStarted:
      stay.leaves += 1
      course.way.add(record, .leave)
    case .hospitalTransfer:
      stay.hospitalTransfers += 1
      transferred.insert(record.subject)
      course.way.add(record, .hospital)
    case .leaveEnded: course.way.add(record, .present)
    case .hospitalReturn:
      stay.hospitalReturns += 1
      course.way.add(record, .present)
    default: break
    }
    courses[record.subject] = course
  }

  /// After the last record.
  mutating func settle() {
    courses = courses.mapValues { $0.settled }
  }

  /// Without `planned`, which is the batch's.
  func people(at end: Instant) -> CompletionFigures.People {
    var people = CompletionFigures.People()
    people.transferred = transferred.count
    for course in courses.values {
      if course.listing != nil { people.listed += 1 }
      if course.arrivedAt != nil { people.arrived += 1 }
      if course.wasHeld { people.held += 1 }
      switch course.admission {
      case "admitted": people.admitted += 1
      case "held": people.undecided += 1
      case "refused": people.refused += 1
      case "withdrawn": people.withdrawn += 1
      case "no-show": people.noShow += 1
      default: break
      }
      switch course.departureReason {
      case "completed" where course.admission == "admitted": people.completed += 1
      case "early": people.leftEarly += 1
      case "medical":
        people.leftEarly += 1
        people.leftForMedicalReasons += 1
      default: break
      }
      switch course.place(at: end) {
      case .present, .leave: people.presentAtClose += 1
      case .hospital: people.inHospitalAtClose += 1
      case .notArrived, .departed: break
      }
    }
    return people
  }

  var groups: CompletionFigures.Groups {
    var groups = CompletionFigures.Groups()
    for course in courses.values where course.arrivedAt != nil {
      groups.ageBands.count(course.listing?.open["ageBand"]?.string ?? "unknown")
      let category = course.listing?.open["category"]?.string ?? ""
      groups.categories.count(category.isEmpty ? "unknown" : category)
      groups.sexes.count(course.listing?.open["sex"]?.string ?? "unknown")
      for ground in Set((course.listing?.open["grounds"]?.array ?? []).compactMap(\.string)) {
        groups.grounds.count(ground)
      }
    }
    return groups
  }
}
