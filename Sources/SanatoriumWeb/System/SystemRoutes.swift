internal import Foundation
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  func systemRoutes(_ table: inout RouteTable) {
    table.page("/system", for: .roles([.admin]), reads: .none) { .response(try $0.systemPage()) }
  }

  /// Bytes of the data file with what still waits in its log; nil when it can't be read.
  fileprivate var fileSize: Int64? {
    let sizes = ["", "-wal"].map { suffix in
      (try? FileManager.default.attributesOfItem(atPath: store.path + suffix))?[.size] as? Int64
    }
    guard let file = sizes[0] else { return nil }
    return file + (sizes[1] ?? 0)
  }

  /// Bytes free where the data file lies; nil when the system doesn't tell.
  fileprivate var freeSpace: Int64? {
    (try? FileManager.default.attributesOfFileSystem(forPath: store.path))?[.systemFreeSize] as? Int64
  }
}

extension Context {
  /// The administrator's start page: how the program does. Nothing about people.
  func systemPage() throws -> Response {
    let steps = try site.store.read { try firstSteps($0, nil) }
    let upkeep = site.upkeep.withLock { $0 }?() ?? Upkeep(backup: nil, verification: nil)
    return html { h in
      h.page(page(Text("系统", "System"), .start, layout: .desk)) {
      } top: {
        notices(h)
      } main: {
        h.div("cols") {
          h.div {
            todo(h, upkeep)
            if let steps { show(h, steps, open: true) }
          }
          h.div { h.section(Text("运行", "Running")(language)) { running(h) } }
          h.div {
            h.section(Text("备份和核对", "Backup and verification")(language)) { show(h, upkeep) }
            h.section(Text("应急名册文件", "Emergency list files")(language)) { emergencyFiles(h) }
            h.div("pad chips") {
              h.linkButton(Text("账号", "Accounts")(language), "/accounts", icon: .people)
              h.linkButton(Text("设备", "Devices")(language), "/devices", .other, icon: .phone)
              h.linkButton(Text("在手机上装证书", "Certificate for a phone")(language), "/trust", .other, icon: .lock)
            }
          }
        }
      }
    }
  }

  /// What has to be done, before how everything does.
  private func todo(_ h: HTML, _ upkeep: Upkeep) {
    let free = site.freeSpace ?? .max
    let files = site.emergencyFiles.withLock { $0 }?()
    let storage: Text? =
      switch site.store.condition {
      case .writable: free < 500_000_000 ? Text("磁盘快满了，还剩 \(size(free))：请腾出空间", "The disk is nearly full, \(size(free)) left: make room") : nil
      case .full: Text("磁盘满了，什么也存不进去：请腾出空间", "The disk is full, nothing can be saved: make room")
      case .failing: Text("存储出错，什么也存不进去：看日志，换磁盘", "The storage fails, nothing can be saved: look at the log, change the disk")
      }
    let list = files?.failure.map { Text("应急名册写不进去：\($0)", "The emergency list can't be written: \($0)") }
    let folder =
      files == nil
      ? Text("没有设应急名册的文件夹：断网断电时没有名册", "No folder for the emergency list: no list without network and power") : nil
    let todo: [(words: Text?, target: String, state: State, tone: Tone)] = [
      (storage, "/help/full-disk", .critical, .bad), (list, "/help/every-day", .critical, .bad),
      (upkeep.verification?.failure.map { Text("核对发现不一致：\($0)", "The verification found a fault: \($0)") }, "/help/backup", .critical, .bad),
      (folder, "/help/every-day", .due, .due), (missing(upkeep.backup), "/help/backup", .late, .late),
    ]
    let asked = todo.filter { $0.words != nil }
    h.listHead(
      Text("现在要处理", "To do now")(language), count: asked.count, tone: asked.contains { $0.tone == .bad } ? .bad : nil)
    h.list {
      for one in asked {
        h.linkRow(
          one.words?(language) ?? "", target: one.target, state: one.state, stateWords: Text("怎么办", "What to do")(language), rail: one.tone)
      }
    }
  }

  private func running(_ h: HTML) {
    let sessions = site.sessions.sessions(now: site.store.now.milliseconds)
    h.facts {
      h.fact(Text("版本", "Version")(language), site.configuration.build)
      h.fact(Text("存储", "Storage")(language)) {
        switch site.store.condition {
        case .writable: h.mark(.passed, Text("能写", "Writable")(language))
        case .full: h.mark(.critical, Text("磁盘满了", "The disk is full")(language))
        case .failing: h.mark(.critical, Text("写不进去", "Writing fails")(language))
        }
      }
      h.fact(Text("数据文件", "Data file")(language), size(site.fileSize))
      h.fact(Text("磁盘还剩", "Free on the disk")(language), size(site.freeSpace))
      h.fact(Text("记录", "Entries")(language)) { h.number(Int(site.store.sequence)) }
      h.fact(
        Text("登录着", "Logged in")(language),
        Text(
          "\(sessions.count) 处，\(Set(sessions.map(\.account)).count) 个账号",
          "\(sessions.count) sessions of \(Set(sessions.map(\.account)).count) accounts")(language))
      h.fact(
        Text("实时页面", "Live pages")(language),
        Text("\(site.live.count) 个开着", "\(site.live.count) open")(language))
    }
  }

  /// Megabytes with one decimal, gigabytes from a thousand on.
  private func size(_ bytes: Int64?) -> String {
    guard let bytes else { return Text("读不到", "Not readable")(language) }
    let (unit, name): (Int64, String) = bytes >= 1_000_000_000 ? (1_000_000_000, "GB") : (1_000_000, "MB")
    let tenths = bytes * 10 / unit
    return "\(tenths / 10).\(tenths % 10) \(name)"
  }

  private func emergencyFiles(_ h: HTML) {
    guard let files = site.emergencyFiles.withLock({ $0 })?() else {
      h.p(
        "m",
        Text(
          "没有设文件夹。在配置里写 emergency_folder，断网断电也有名册。",
          "No folder is set. Set emergency_folder in the configuration to have the list without network and power.")(language)
      )
      return
    }
    if let failure = files.failure {
      h.note(.bad, Text("写不进去", "Writing fails")(language)) { h.p(failure) }
    }
    h.facts {
      h.fact(Text("文件夹", "Folder")(language), files.folder)
      h.fact(Text("上次写", "Last written")(language)) {
        if let at = files.writtenAt {
          let time = site.store.time
          h.text("\(time.day(of: at)) \(time.clock(at))")
        } else {
          h.mark(.unknown, Text("这次启动后还没写", "Not since the start")(language))
        }
      }
    }
  }

  /// What is wrong with the backups; nil when there is one that is new enough.
  private func missing(_ backup: Upkeep.Note?) -> Text? {
    if let backup, let failure = backup.failure { return Text("备份没有做成：\(failure)", "The backup failed: \(failure)") }
    guard let last = backup?.succeededAt else { return Text("没有备份的记录：请备份，或者看一下备份盘", "No backup is on record: make one, or look at the backup disk") }
    guard site.store.now - last > Upkeep.backupIsOldAfter else { return nil }
    return Text("上次备份是 \(age(since: last))以前", "The last backup is \(age(since: last)) old")
  }

  private func show(_ h: HTML, _ upkeep: Upkeep) {
    h.facts {
      fact(h, Text("上次备份", "Last backup"), upkeep.backup, isOldAfter: Upkeep.backupIsOldAfter)
      if let file = upkeep.backup?.file { h.fact(Text("备份到", "Written to")(language), file) }
      fact(h, Text("上次核对", "Last verification"), upkeep.verification, isOldAfter: Upkeep.verificationIsOldAfter)
      h.fact(Text("备份", "Backup")(language)) { h.el("code", text: "sanatoriumd backup --help") }
      h.fact(Text("核对记录", "Verify")(language)) { h.el("code", text: "sanatoriumd verify") }
    }
    h.p(
      "m s",
      Text(
        "两样都在这台机器上运行，程序开着也能做。备份要放在别的盘上；核对从头重算每一条记录。",
        "Both run on this machine, while the daemon runs. Keep backups on another disk; verify recomputes every entry.")(language))
  }

  /// When a command last succeeded, and what it failed of since.
  private func fact(_ h: HTML, _ words: Text, _ note: Upkeep.Note?, isOldAfter limit: Span) {
    h.fact(words(language)) {
      if let last = note?.succeededAt {
        let (time, entries) = (moment(last), note?.entries ?? 0)
        h.mark(
          site.store.now - last > limit ? .late : .passed, Text("\(time)，\(entries) 条记录", "\(time), \(entries) entries")(language))
      } else {
        h.mark(.unknown, Text("没有记录", "Not on record")(language))
      }
      if let failed = note?.failedAt { h.mark(.critical, Text("\(moment(failed)) 没成", "failed \(moment(failed))")(language)) }
    }
  }
}
