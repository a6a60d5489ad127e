/// The kinds of entries, with the codes that the journal hashes. A code is never given a second meaning.
public enum EntryKind: UInt64, Sendable, CaseIterable, Codable {
  // outside batches
  case accountAdded = 1
  case accountChanged = 2
  case facilityNamed = 3
  case deviceRevoked = 4
  case deviceEnrolled = 5

  // batch
  case batchPlanned = 10
  case batchChanged = 11
  /// A fact of a batch or of a participant was recorded; the subject tells whose.
  case factRecorded = 12
  /// A soft rule's departure, with reason and person.
  case departureAccepted = 13
  case batchOpened = 14
  case batchClosed = 15
  case gateRefused = 16
  case nonconformityOpened = 17
  case nonconformityClosed = 18
  case nonconformityExplained = 19

  // participant
  case participantListed = 20
  case participantChanged = 21
  case arrival = 22
  case admission = 23
  /// no-show, withdrawn, refused
  case turnedAway = 24
  case departure = 25
  case leaveStarted = 26
  case leaveEnded = 27
  case hospitalTransfer = 28
  case hospitalReturn = 29
  case roomAssigned = 30
  /// The time of return passed and the person is not back.
  case leaveOverdue = 31
  case leaveExtended = 32

  // outing
  /// One person joined, stayed behind or came back alone.
  case outingMemberMoved = 33
  /// Times, vehicle or the list changed, or it was called off.
  case outingChanged = 34
  case outingPlanned = 35
  case outingLeft = 36
  case outingHeadcount = 37
  case outingReturned = 38
  case outingOverdue = 39

  // escorts
  case escortAdded = 40
  case escortChanged = 41
  case shiftPlanned = 42
  case shiftRemoved = 43
  case assignment = 44
  /// An escort left the site or came back.
  case escortMoved = 45
  /// Somebody takes over a shift of the rota.
  case shiftStoodIn = 46
  /// A hand-over note was written or changed by whoever goes off duty.
  case handOverWritten = 47
  /// Whoever comes on duty has read and signed it.
  case handOverSigned = 48
  /// An hour after the change of shift a note was not signed by both.
  case handOverLate = 49

  // health
  case roundOpened = 50
  case checkIn = 51
  case checkInNotDone = 52
  case roundOverdue = 53
  case checkInAmended = 54
  case oxygenScaleDecided = 55
  /// A check that a score or a finding asked for was not made in time.
  case followUpOverdue = 56

  // alerts
  case alertRaised = 60
  case alertEscalated = 61
  case alertAcknowledged = 62
  case alertResolved = 63

  // incidents and plans
  case incidentReported = 70
  case incidentNoted = 71
  case incidentHandedOver = 72
  case incidentClosed = 73
  /// The limit of an external report passed and it was not made.
  case incidentReportOverdue = 74
  case activationProposed = 80
  case activationStarted = 81
  case activationLevelChanged = 82
  case activationStepDone = 83
  case activationStepOverdue = 84
  case activationTerminated = 85
  case activationReviewed = 86
  case activationDeclined = 87
  /// Nobody answered a proposal in time; the next tier was told.
  case activationRaised = 88

  // activities and the end
  case activityHeld = 90
  case satisfactionCounted = 91
  case indicatorRecorded = 92
  case reportIssued = 93
  case deliveryAttempted = 94
  case receiptReceived = 95
  /// A day began and the daily gate was asked.
  case dailyGate = 96
  /// The report's gate was asked and let the report pass.
  case reportGateAsked = 105

  // rota templates, outside batches
  case rotaTemplateSaved = 110
  case rotaTemplateRemoved = 111
  // home visits
  case homeVisitOwed = 130
  case homeVisitMade = 131
  /// They came after all.
  case homeVisitLapsed = 136

  // medicine kit
  case kitItemKept = 132
  case kitItemRemoved = 133
  case kitMoved = 134
  case kitSigned = 135

  // service groups
  case serviceMemberAdded = 120
  case serviceMemberChanged = 121
  case serviceMemberRemoved = 122

  // scanned papers
  case scanAttached = 123
  case scanRemoved = 124
}
