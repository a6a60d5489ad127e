internal import ArgumentParser
internal import Evidence
internal import Hosting
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// `sanatoriumd account`: accounts while the daemon is stopped; while it runs, the administrator's page does it.
struct AccountCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account", abstract: "List and add accounts while the daemon is stopped.",
    subcommands: [AccountList.self, AccountAdd.self])
}

struct AccountList: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the accounts.")

  @OptionGroup var place: Place

  func run() throws {
    try reporting {
      let store = try StoppedStore(place.dataPath, command: "sanatoriumd account list")
      defer { store.store.close() }
      for account in try store.store.read({ try $0.accounts() }) {
        let flags = (account.isMedical ? " medical" : "") + (account.isDisabled ? " disabled" : "")
        Console.line("\(account.username)\t\(account.role.rawValue)\(flags)\t\(account.name)")
      }
    }
  }
}

struct AccountAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add an account; prints a password made at random.")

  @OptionGroup var place: Place
  @Argument(help: "Username.") var username: String
  @Option(help: "escort, staff, lead, organizer or admin.", transform: AccountAdd.role) var role: Role
  @Option(help: "The person's name.") var name: String
  @Flag(help: "An escort with a medical licence.") var medical = false

  private static func role(_ text: String) throws -> Role {
    guard let role = Role(rawValue: text) else {
      throw ValidationError("the role is one of \(Role.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return role
  }

  func run() throws {
    try reporting {
      let opened = try StoppedStore(place.dataPath, command: "sanatoriumd account add")
      defer { opened.store.close() }
      let password = Secrets.readablePassword()
      guard let hash = PasswordWork.hash(password) else {
        throw HostFault(.failure, "内存不够，算不了口令", "not enough memory to hash the password")
      }
      let draft = AccountDraft(username: username, name: name, role: role, isMedical: medical, passwordHash: hash.phc)
      let submission = Submission(
        key: .random(), actor: .daemon, request: Digest.of(Array("account add \(username)".utf8)))
      do { try opened.store.perform { try $0.addAccount(draft, submission) } } catch {
        guard let fault = Refusal.first(of: error) else { throw error }
        throw HostFault(
          .data, "\(fault.field)：\(fault.message.chinese)", "\(fault.field): \(fault.message.english)")
      }
      Console.line("\(username)\t\(password)")
    }
  }
}

/// The store of a data folder that no daemon holds.
struct StoppedStore {
  let folder: DataFolder
  let store: Store

  init(_ path: String, command: String) throws {
    folder = try DataFolder(path, create: false, command: command)
    do { store = try Store(path: folder.file(House.storeName)) } catch {
      throw HostFault(.inputOutput, "打不开数据文件：\(error)", "the data file can't be opened: \(error)")
    }
  }
}

extension Refusal {
  /// What a command's single value was refused for.
  fileprivate static func first(of error: any Error) -> Fault? {
    switch error {
    case Refusal.invalid(let faults): faults.first
    case Refusal.conflict(let fault): fault
    default: nil
    }
  }
}
