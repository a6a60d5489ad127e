import Foundation
import Sanatorium
import Testing

@testable import SanatoriumWeb

@Suite("Backup and verification on the administrator's page")
struct UpkeepTests {
  private func page(_ upkeep: Upkeep) async throws -> String {
    let house = try House()
    house.site.showUpkeep { upkeep }
    return try await house.ask(.get, "/system", as: .admin).text
  }

  @Test("what was never done is asked for")
  func never() async throws {
    let page = try await page(Upkeep(backup: nil, verification: nil))
    #expect(page.contains("没有备份的记录") && !page.contains("核对发现不一致"))
  }

  @Test("a backup of last night is told and asks for nothing; two days later it is asked for")
  func old() async throws {
    let house = try House()
    let made = house.now - .hours(7)
    house.site.showUpkeep { Upkeep(backup: .init(succeededAt: made, entries: 1_234, file: "/mnt/backup/night.sqlite"), verification: nil) }
    let fresh = try await house.ask(.get, "/system", as: .admin).text
    #expect(fresh.contains("02:00，1234 条记录") && fresh.contains("/mnt/backup/night.sqlite"))
    #expect(!fresh.contains("没有备份的记录") && !fresh.contains("上次备份是"))
    house.move(to: house.now + .days(2))
    #expect(try await house.ask(.get, "/system", as: .admin).text.contains("上次备份是 2 天以前"))
  }

  @Test("a failure is told beside the last success, with its reason in words and not in markup")
  func failed() async throws {
    let house = try House()
    let (made, failed) = (house.now - .hours(7), house.now - .hours(1))
    house.site.showUpkeep {
      Upkeep(
        backup: .init(succeededAt: made, entries: 5, file: "/b", failure: "disk <full>", failedAt: failed),
        verification: .init(file: "/d", failure: "entry 7: chain", failedAt: failed))
    }
    let page = try await house.ask(.get, "/system", as: .admin).text
    #expect(page.contains("备份没有做成：disk &lt;full&gt;"))
    #expect(page.contains("02:00，5 条记录") && page.contains("08:00 没成") && page.contains("核对发现不一致：entry 7: chain"))
  }
}
