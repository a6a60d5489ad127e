internal import Sanatorium
internal import SanatoriumStore

// Who may not read health data is shown what their work needs: who, where, what kind of thing, what to do. The words that
// tell of somebody's body, and the hospital's name, are for the medical staff, the duty lead and the organizer.

extension Context {
  /// The words of an incident. Whoever commands it, or is asked to, has to know what it is.
  func mayTell(_ incident: Incident) -> Bool {
    actor.mayReadHealth || !incident.kind.tellsHealth || incident.commander == actor.account
      || incident.offered == actor.account
  }

  /// What was written about a person's plan; of a plan about nobody in particular only what started it may tell readings.
  func mayTell(_ event: ActivationEvent, of view: ActivationView) -> Bool {
    actor.mayReadHealth || (view.person == nil && event.kind != .started && event.kind != .proposed)
  }

  /// The note beside a step of a person's plan.
  func mayTellNotes(of view: ActivationView) -> Bool { actor.mayReadHealth || view.person == nil }

  /// What is written about where somebody is: of a hospital stay the name of the hospital.
  func told(_ note: String, at place: Place) -> String { place.told(note, health: actor.mayReadHealth) }

  /// In place of words that are not for this reader.
  var kept: String { say("医疗情况，由医护和值班负责人掌握。", "A medical matter, with the medical staff and the duty lead.") }
}

extension Place {
  func told(_ note: String, health: Bool) -> String { self == .hospital && !health ? "" : note }
}
