internal import Evidence
internal import Hosting
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

/// The people of the demonstration house: an account each, with a password made at random at the first start.
struct DemoCast: Codable {
  struct Member: Codable {
    let username: String
    let name: String
    let role: Role
    let isMedical: Bool
    let password: String
  }

  let members: [Member]

  /// Fresh members with fresh passwords.
  static func fresh() -> DemoCast {
    func member(_ username: String, _ name: String, _ role: Role, medical: Bool = false) -> Member {
      Member(username: username, name: name, role: role, isMedical: medical, password: Secrets.readablePassword())
    }
    return DemoCast(members: [
      member("lead", "周敏", .lead), member("staff", "陈立", .staff),
      member("medic", "何一鸣", .escort, medical: true), member("nurse", "苏布德", .escort, medical: true),
      member("escort", "高原", .escort), member("organizer", "白露", .organizer), member("admin", "马丽", .admin),
    ])
  }

  /// Adds the accounts to an empty store.
  func add(to store: Store, at now: Instant) throws {
    for member in members {
      guard let hash = PasswordWork.hash(member.password) else {
        throw HostFault(.failure, "内存不够，算不了口令", "not enough memory to hash the password")
      }
      let draft = AccountDraft(
        username: member.username, name: member.name, role: member.role, isMedical: member.isMedical,
        passwordHash: hash.phc)
      let submission = Submission(key: .random(), actor: .daemon, request: Digest.of(Array(member.username.utf8)))
      try store.perform(at: now) { try $0.addAccount(draft, submission) }
    }
  }
}
