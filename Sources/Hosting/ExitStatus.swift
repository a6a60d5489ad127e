/// What the process returns. The numbers above 63 are those of BSD's sysexits, which systemd knows by name too.
public enum ExitStatus: Int32, Sendable, CaseIterable {
  case ok = 0
  /// Anything without a number of its own.
  case failure = 1
  /// A roster was read and at least one of its faults is an error or breaks a hard rule; a rule stops a gate.
  case stopped = 2
  /// EX_USAGE: unknown command or option.
  case usage = 64
  /// EX_DATAERR: a file was read but is not what it should be (a broken chain, a damaged backup).
  case data = 65
  /// EX_NOINPUT: a file or folder that should be there is not, or can't be read.
  case noInput = 66
  /// EX_CANTCREAT: a file or folder can't be made.
  case cannotCreate = 73
  /// EX_IOERR: reading or writing failed.
  case inputOutput = 74
  /// EX_TEMPFAIL: try again later; another process holds the data folder.
  case temporary = 75
  /// EX_CONFIG: the configuration is wrong. systemd does not restart on it, a restart can't mend it.
  case configuration = 78

  public var meaning: Wording {
    switch self {
    case .ok: Wording("成功", "done")
    case .failure: Wording("失败", "failed")
    case .stopped: Wording("名单里有必须改正的错误，或者有规定挡住", "a roster has faults that must be corrected, or a rule stops a gate")
    case .usage: Wording("命令写错了", "wrong command or option")
    case .data: Wording("文件内容不对", "a file's content is wrong")
    case .noInput: Wording("找不到文件，或者读不了", "a file is missing or can't be read")
    case .cannotCreate: Wording("建不了文件", "a file can't be made")
    case .inputOutput: Wording("读写出错", "reading or writing failed")
    case .temporary: Wording("数据正被别的程序使用，请稍后再试", "another process holds the data; try again later")
    case .configuration: Wording("配置不对", "the configuration is wrong")
    }
  }
}
