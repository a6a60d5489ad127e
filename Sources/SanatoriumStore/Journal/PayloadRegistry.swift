internal import Evidence
internal import Sanatorium

/// How each kind of entry is read back. A kind that is recorded but missing here can't be rebuilt, so a test holds the
/// two together.
enum PayloadRegistry {
  static let types: [any Payload.Type] = [
    AccountAdded.self, AccountChanged.self, DeviceEnrolled.self, DeviceRevoked.self,
    BatchPlanned.self, BatchChanged.self, BatchOpened.self, BatchClosed.self, FactRecorded.self,
    DepartureAccepted.self, DailyGateAsked.self, ReportGateAsked.self,
    HomeVisitOwed.self, HomeVisitLapsed.self, HomeVisitMade.self, KitItemKept.self, KitItemRemoved.self, KitMoved.self, KitSigned.self,
    SatisfactionCounted.self,
    IndicatorRecorded.self,
    ParticipantListed.self,
    ParticipantArrived.self, HeldDecided.self, TurnedAway.self, RoomAssigned.self, ParticipantDeparted.self,
    LeaveStarted.self, LeaveExtended.self, LeaveOverdue.self, LeaveEnded.self, HospitalTransfer.self,
    HospitalReturn.self,
    EscortAdded.self, EscortChanged.self, EscortMoved.self, ShiftPlanned.self, ShiftStoodIn.self, ShiftRemoved.self,
    ParticipantsAssigned.self, HandOverWritten.self, HandOverSigned.self, HandOverPassed.self, RotaTemplateSaved.self,
    RotaTemplateRemoved.self,
    OutingPlanned.self, OutingChanged.self, OutingLeft.self, OutingHeadcount.self, OutingMemberMoved.self,
    OutingReturned.self, OutingOverdue.self,
    NonconformityOpened.self, NonconformityClosed.self, NonconformityExplained.self,
    ActivityHeld.self,
    IncidentReported.self, IncidentNoted.self, IncidentReportOverdue.self, IncidentHandedOver.self,
    IncidentClosed.self,
    ActivationProposed.self, ActivationRaised.self, ActivationStarted.self, ActivationLevelChanged.self,
    ActivationStepDone.self, ActivationStepOverdue.self, ActivationDeclined.self, ActivationTerminated.self,
    ActivationReviewed.self,
    AlertRaised.self, AlertEscalated.self, AlertAcknowledged.self, AlertResolved.self,
    RoundOpened.self, RoundPassed.self, FollowUpPassed.self, CheckInMade.self, CheckInMissed.self,
    OxygenScaleDecided.self,
    ServiceMemberAdded.self, ServiceMemberChanged.self, ServiceMemberRemoved.self, ScanAttached.self, ScanRemoved.self,
    ReportIssued.self, DeliveryAttempted.self, ReceiptReceived.self,
  ]

  static let byKind: [EntryKind: any Payload.Type] = Dictionary(uniqueKeysWithValues: types.map { ($0.kind, $0) })
}
