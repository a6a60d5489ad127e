public import Documents
internal import Sanatorium
public import SanatoriumStore

extension ParticipantDraft {
  /// A person of a list as they are recorded. The identity number stays masked; what has no field of its own is kept among
  /// the remarks.
  public init(_ person: RosterPerson) {
    let telephones = person.telephones.joined(separator: "、")
    let extra = [
      person.formerName.map { "曾用名 \($0)" }, person.diet.map { "饮食 \($0)" }, person.ethnicity.map { "民族 \($0)" },
      person.remarks,
    ]
    self.init(
      name: person.name, sex: person.sex, birth: person.birth, identity: person.identityNumber?.description,
      category: person.category ?? "", unit: person.unit ?? "", telephone: telephones,
      familyName: person.contact.name ?? "", familyRelation: person.contact.relation ?? "",
      familyTelephone: person.contact.telephones.joined(separator: "、"), conditions: person.conditions ?? "",
      allergies: person.allergies ?? "", medicines: person.medicines ?? "", companion: person.companion ?? "",
      remarks: extra.compactMap { $0 }.joined(separator: "；"), facts: person.facts)
  }
}
