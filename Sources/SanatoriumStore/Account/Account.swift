public import Sanatorium

/// A person who may log in.
public struct Account: Sendable, Hashable {
  public let id: ID
  public let username: String
  public let name: String
  public let role: Role
  /// An escort with a medical licence.
  public let isMedical: Bool
  public let language: Language
  /// A PHC string of argon2id; never leaves the process.
  public let passwordHash: String
  public let isDisabled: Bool
  /// The password is one that the person has set, not the one that the account was made with.
  public let hasOwnPassword: Bool
  /// The person has put away what somebody new is shown on the start page.
  public let hasPutStepsAway: Bool

  /// The same account as an actor on a device.
  public func actor(device: ID = .none) -> Actor {
    Actor(account: id, device: device, role: role, isMedical: isMedical, name: name)
  }
}

extension Reader {
  public func accounts() throws -> [Account] { try tables.all(AccountTable.all, read: Account.init) }

  public func account(username: String) throws -> Account? {
    try tables.first(AccountTable.byUsername, username, read: Account.init)
  }

  public func account(_ id: ID) throws -> Account? { try tables.first(AccountTable.byID, id, read: Account.init) }
}
