/// One person on the emergency list (应急名册): what somebody needs who has to find, carry or treat them when nothing else
/// works.
public struct EmergencyEntry: Sendable, Hashable {
  public var room: String
  public var name: String
  /// Where they are: in the house, at which outing, which hospital.
  public var place: Text
  /// The same without a hospital's name.
  public var placeWithoutHealth: Text
  public var allergies: String
  /// Empty as well for readers who may not see them.
  public var medicines: String
  public var conditions: String
  /// Their own telephone.
  public var telephone: String
  /// Name, relation and telephone of the family.
  public var family: String
  /// Name and telephone of the escort assigned; empty when none is.
  public var escort: String

  public init(
    room: String, name: String, place: Text, placeWithoutHealth: Text, allergies: String, medicines: String, conditions: String,
    telephone: String, family: String, escort: String
  ) {
    self.room = room
    self.name = name
    self.place = place
    self.placeWithoutHealth = placeWithoutHealth
    self.allergies = allergies
    self.medicines = medicines
    self.conditions = conditions
    self.telephone = telephone
    self.family = family
    self.escort = escort
  }

  /// The same for a reader who may not read health data: allergies stay, as a matter of safety, the hospital goes.
  public var withoutHealth: EmergencyEntry {
    var entry = self
    entry.place = placeWithoutHealth
    entry.medicines = ""
    entry.conditions = ""
    return entry
  }
}
