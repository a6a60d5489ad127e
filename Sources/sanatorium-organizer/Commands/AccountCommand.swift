internal import ArgumentParser
internal import Hosting
internal import OrganizerStore
internal import Pages
internal import Sanatorium

/// `sanatorium-organizer account`: who may look at reports.
struct AccountCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account", abstract: "List, add and disable accounts.",
    subcommands: [AccountList.self, AccountAdd.self, AccountPassword.self, AccountDisable.self])
}

struct AccountList: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the accounts.")

  @OptionGroup var place: Place

  func run() throws {
    try reporting {
      for account in try place.store().accounts() {
        Console.line(
          "\(account.username)\t\(account.role.rawValue)\(account.isDisabled ? " disabled" : "")\t\(account.name)")
      }
    }
  }
}

struct AccountAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add an account; prints a password made at random.")

  @OptionGroup var place: Place
  @Argument(help: "Username.") var username: String
  @Option(help: "organizer (looks at reports, enrols facilities) or admin.") var role = "organizer"
  @Option(help: "The person's name.") var name: String

  func run() throws {
    try reporting {
      guard let role = Role(rawValue: role), role == .organizer || role == .admin else {
        throw HostFault(.usage, "角色只有 organizer 和 admin", "the role is organizer or admin")
      }
      let password = try NewAccount(username: username, name: name, role: role).add(to: try place.store())
      Console.line("\(username)\t\(password)")
    }
  }
}

struct AccountPassword: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "password", abstract: "Give an account a new password made at random, and print it.")

  @OptionGroup var place: Place
  @Argument(help: "Username.") var username: String

  func run() throws {
    try reporting {
      let password = Secrets.readablePassword()
      try place.store().setPassword(try NewAccount.hash(password), of: username)
      Console.line("\(username)\t\(password)")
    }
  }
}

struct AccountDisable: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "disable", abstract: "Disable an account.")

  @OptionGroup var place: Place
  @Argument(help: "Username.") var username: String

  func run() throws {
    try reporting { try place.store().disableAccount(username: username, now: .now) }
  }
}

/// An account to be added with a password made at random.
struct NewAccount {
  let username: String
  let name: String
  let role: Role

  /// Returns the password, which is kept nowhere.
  func add(to store: OrganizerStore) throws -> String {
    let password = Secrets.readablePassword()
    try store.addAccount(username: username, name: name, role: role, password: try Self.hash(password), now: .now)
    return password
  }

  static func hash(_ password: String) throws -> String {
    guard let hash = PasswordWork.hash(password) else {
      throw HostFault(.failure, "内存不够，算不了密码", "not enough memory to hash the password")
    }
    return hash.phc
  }
}
