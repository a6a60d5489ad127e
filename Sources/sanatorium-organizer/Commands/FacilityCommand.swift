internal import ArgumentParser
internal import Evidence
internal import Hosting
internal import OrganizerStore
internal import Sanatorium

/// `sanatorium-organizer facility`: who may send reports.
struct FacilityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "facility", abstract: "Enrol, list and remove facilities.",
    subcommands: [FacilityAdd.self, FacilityList.self, FacilityRemove.self])
}

struct FacilityAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Enrol a facility by its public key; prints its webhook secret.")

  @OptionGroup var place: Place
  @Argument(help: "The facility's name.") var name: String
  @Option(help: "The facility's public key, sanpk_…") var publicKey: String
  @Option(help: "Write the secret to this file (mode 0600) instead of printing it.") var secretFile: String?

  func run() throws {
    try reporting {
      guard let key = PublicKey(publicKey) else {
        throw HostFault(.usage, "不是公钥（sanpk_…）", "not a public key (sanpk_…)")
      }
      let store = try place.store()
      let enrolment = try store.enrol(name: name, publicKey: key, by: "sanatorium-organizer facility add", now: .now)
      Console.line("承办单位 facility: \(enrolment.facility.id)")
      Console.line("回执公钥 public key of receipts: \(store.publicKey)")
      if let secretFile {
        try SecretFile.write(enrolment.secret.secretText, to: secretFile)
      } else {
        Console.line("接收密钥 webhook secret: \(enrolment.secret.secretText)")
      }
    }
  }
}

struct FacilityList: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the enrolled facilities.")

  @OptionGroup var place: Place

  func run() throws {
    try reporting {
      for facility in try place.store().facilities() {
        Console.line(
          "\(facility.id)\t\(facility.publicKey.id)\(facility.removedAt == nil ? "" : " removed")\t\(facility.name)")
      }
    }
  }
}

struct FacilityRemove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take no more reports from a facility; those it sent stay.")

  @OptionGroup var place: Place
  @Argument(help: "The facility's id, as listed.") var id: String

  func run() throws {
    try reporting {
      guard let id = ID(id) else { throw HostFault(.usage, "不是编号", "not an id") }
      try place.store().remove(id, now: .now)
    }
  }
}
