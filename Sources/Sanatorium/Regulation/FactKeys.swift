extension FactKey {
  // Of a participant.
  public static let qualifyingGround = FactKey("qualifying_ground")
  public static let certifyingUnit = FactKey("certifying_unit")
  public static let category = FactKey("category")
  public static let consentSelf = FactKey("consent.self")
  public static let consentFamily = FactKey("consent.family")
  public static let consentUnit = FactKey("consent.unit")
  public static let participantAgreement = FactKey("agreement.participant")
  public static let insuranceAccident = FactKey("insurance.accident")
  public static let insurancePersonal = FactKey("insurance.personal")
  public static let selfCare = FactKey("self_care")
  public static let outdoorFit = FactKey("outdoor_ok")
  public static let screeningInfectious = FactKey("screening.infectious")
  public static let exclusionMental = FactKey("exclusion.mental")
  public static let exclusionCritical = FactKey("exclusion.critical")
  public static let checkup = FactKey("checkup")
  public static let declaration = FactKey("declaration")
  public static let contradiction = FactKey("declaration.contradiction")
  public static let previousStay = FactKey("cycle.previous")
  public static let careFlags = FactKey("care_flags")
  public static let handoverArrival = FactKey("handover.arrival")
  public static let handoverReturn = FactKey("handover.return")

  // Of a batch.
  public static let organizerLevel = FactKey("organizer_level")
  public static let batchNumber = FactKey("batch_number")
  public static let annualPlan = FactKey("annual_plan")
  public static let venue = FactKey("venue")
  public static let venueArea = FactKey("venue_area")
  public static let venueBureauContact = FactKey("venue_bureau_contact")
  public static let resourceKind = FactKey("resource_kind")
  public static let hostAgreement = FactKey("agreement.host")
  public static let hostQualification = FactKey("host_qualification")
  public static let hostEvaluation = FactKey("host_evaluation")
  public static let planEmergency = FactKey("plan.emergency")
  public static let planSafety = FactKey("plan.safety")
  public static let planHealth = FactKey("plan.health")
  public static let planDisaster = FactKey("plan.disaster")
  public static let kit = FactKey("kit")
  public static let serviceGroupOrganizer = FactKey("service_group.organizer")
  public static let serviceGroupHost = FactKey("service_group.host")
  public static let dutyRegistration = FactKey("duty.registration")
  public static let dutyBoardSafety = FactKey("duty.board_safety")
  public static let dutyMedical = FactKey("duty.medical")
  public static let dutyEmergency = FactKey("duty.emergency")
  public static let dutyCoordination = FactKey("duty.coordination")
  public static let accountabilityRegistration = FactKey("accountability.registration")
  public static let accountabilityBoardSafety = FactKey("accountability.board_safety")
  public static let accountabilityMedical = FactKey("accountability.medical")
  public static let accountabilityEmergency = FactKey("accountability.emergency")
  public static let issued = FactKey("regime.issued")
  public static let successor = FactKey("regime.successor")
  public static let statedSize = FactKey("size.stated")
  public static let cycleLength = FactKey("cycle.length")
  public static let insurancePeriod = FactKey("insurance.period")
  public static let consentsCollected = FactKey("consents.collected")
  public static let satisfactionOffered = FactKey("satisfaction.offered")
  public static let indicatorPlanSoundness = FactKey("indicator.plan_soundness")
  public static let indicatorSatisfaction = FactKey("indicator.satisfaction")
  public static let indicatorCompletion = FactKey("indicator.completion")
  public static let recordHandover = FactKey("handover.record")

  // Computed, named only in results.
  public static let age = FactKey("age")
  public static let birth = FactKey("birth")
  public static let days = FactKey("days")
  public static let firstDay = FactKey("first_day")
  public static let lastDay = FactKey("last_day")
  public static let plannedParticipants = FactKey("planned_participants")
  public static let admittedParticipants = FactKey("admitted_participants")
  public static let presentParticipants = FactKey("present_participants")
  public static let escorts = FactKey("escorts")
  public static let medicalEscorts = FactKey("medical_escorts")
  public static let medicalLicence = FactKey("medical_licence")
  public static let activities = FactKey("activities")
}

extension Exclusion {
  /// The fact that tells whether it is absent.
  public var key: FactKey {
    switch self {
    case .infectious: .screeningInfectious
    case .mental: .exclusionMental
    case .critical: .exclusionCritical
    }
  }
}

extension InsuranceKind {
  public var key: FactKey {
    switch self {
    case .accident: .insuranceAccident
    case .personal: .insurancePersonal
    }
  }
}

extension Indicator {
  public var key: FactKey {
    switch self {
    case .planSoundness: .indicatorPlanSoundness
    case .satisfaction: .indicatorSatisfaction
    case .completion: .indicatorCompletion
    }
  }
}
