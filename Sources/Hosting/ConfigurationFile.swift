/// The values of a table of settings, each from the environment, else the file, else its default; secrets from files of
/// their own.
public struct Configuration: Sendable {
  private let values: [String: any Sendable]

  /// - Parameter setting: one of the table this was read with; another is a mistake of the program.
  public subscript<Value>(_ setting: Setting<Value>) -> Value {
    guard let value = values[setting.key] as? Value else {
      preconditionFailure("the setting \(setting.key) is not in the table")
    }
    return value
  }

  /// Reads and checks everything.
  ///
  /// - Parameters:
  ///   - file: `key = value` lines, blank lines and lines that begin with `#`; nil for none.
  ///   - environment: of the process. `PREFIX_KEY` goes before the file; `CREDENTIALS_DIRECTORY` holds secrets.
  ///   - prefix: in capitals, without the underscore.
  /// - Throws: `.configuration` with every fault, a line each: file and line (or variable), key, reason.
  public init(
    _ settings: [any AnySetting], file: String?, environment: [String: String], prefix: String
  ) throws(HostFault) {
    var faults: [Wording] = []
    var given = Self.credentials(settings, environment)
    if let file {
      let text: [UInt8]
      do { text = try AtomicFile.read(file) } catch {
        throw HostFault(.configuration, error.wording.chinese, error.wording.english)
      }
      let read = ConfigurationFile(text, name: file, settings)
      faults += read.faults
      given.merge(read.values) { _, new in new }
    }
    for (variable, text) in environment.sorted(by: { $0.key < $1.key }) where variable.hasPrefix(prefix + "_") {
      let key = variable.dropFirst(prefix.count + 1).lowercased()
      guard settings.contains(where: { $0.key == key && !$0.isSecret || $0.key + "_file" == key && $0.isSecret }) else {
        faults.append(
          Wording("环境变量 \(variable)：没有这个选项", "environment variable \(variable): no such setting"))
        continue
      }
      given[key] = Given(place: Wording("环境变量 \(variable)", "environment variable \(variable)"), text: text)
    }
    var values: [String: any Sendable] = [:]
    for setting in settings {
      do {
        values[setting.key] = try Self.value(of: setting, given)
      } catch {
        faults.append(error.reason)
      }
    }
    guard faults.isEmpty else {
      throw HostFault(
        .configuration, faults.map(\.chinese).joined(separator: "\n"), faults.map(\.english).joined(separator: "\n"))
    }
    self.values = values
  }

  /// A file with every setting, its purpose and its default commented out: where an operator begins.
  public static func template(_ settings: [any AnySetting]) -> String {
    settings.map { setting in
      let written = setting.isSecret ? "\(setting.key)_file = " : "\(setting.key) = \(setting.fallbackText)"
      return "# \(setting.purpose.chinese)\n# \(setting.purpose.english)\n#\(written.trimmingSpaces())\n"
    }.joined(separator: "\n")
  }

  /// The service manager's credentials: files named as the settings are.
  private static func credentials(_ settings: [any AnySetting], _ environment: [String: String]) -> [String: Given] {
    guard let folder = environment["CREDENTIALS_DIRECTORY"] else { return [:] }
    var found: [String: Given] = [:]
    for setting in settings where setting.takesCredential && AtomicFile.exists(folder + "/" + setting.key) {
      found[setting.isSecret ? setting.key + "_file" : setting.key] = Given(
        place: Wording("凭据 \(setting.key)", "credential \(setting.key)"), text: folder + "/" + setting.key)
    }
    return found
  }

  private static func value(
    of setting: any AnySetting, _ given: [String: Given]
  ) throws(SettingFault) -> any Sendable {
    guard let found = given[setting.isSecret ? setting.key + "_file" : setting.key] else { return setting.anyFallback }
    var text = found.text
    do {
      if setting.isSecret { text = try SecretFile.read(text) }
      return try setting.anyValue(of: text)
    } catch let fault as SettingFault {
      throw fault.at(found.place, setting.key)
    } catch let fault as HostFault {
      throw SettingFault(fault.wording.chinese, fault.wording.english).at(found.place, setting.key)
    } catch {
      throw SettingFault("\(error)", "\(error)").at(found.place, setting.key)
    }
  }
}

extension SettingFault {
  func at(_ place: Wording, _ key: String) -> SettingFault {
    SettingFault("\(place.chinese)：\(key)：\(reason.chinese)", "\(place.english): \(key): \(reason.english)")
  }
}

/// A value and where it was written.
struct Given {
  let place: Wording
  let text: String
}

/// The lines of one file, told apart but not yet checked by type.
struct ConfigurationFile {
  private(set) var values: [String: Given] = [:]
  private(set) var faults: [Wording] = []

  init(_ bytes: [UInt8], name: String, _ settings: [any AnySetting]) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      faults = [Wording("\(name)：不是 UTF-8 文字", "\(name): not UTF-8 text")]
      return
    }
    let known = Set(settings.map { $0.isSecret ? $0.key + "_file" : $0.key })
    let secrets = Set(settings.filter(\.isSecret).map(\.key))
    for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let line = raw.trimmingSpaces()
      if line.isEmpty || line.hasPrefix("#") { continue }
      let place = Wording("\(name) 第 \(index + 1) 行", "\(name):\(index + 1)")
      func refuse(_ chinese: String, _ english: String) {
        faults.append(Wording("\(place.chinese)：\(chinese)", "\(place.english): \(english)"))
      }
      guard let equals = line.firstIndex(of: "=") else {
        refuse("应当写成“选项 = 值”", "'key = value' is needed")
        continue
      }
      let key = line[..<equals].trimmingSpaces()
      let value = line[line.index(after: equals)...].trimmingSpaces()
      if secrets.contains(key) {
        refuse(
          "\(key)：密钥不能写在这里，请写到单独的文件，用 \(key)_file 指过去",
          "\(key): a secret can't stand here; put it in a file of its own and name that in \(key)_file")
      } else if !known.contains(key) {
        refuse("\(Log.escaped(key))：没有这个选项", "\(Log.escaped(key)): no such setting")
      } else if values[key] != nil {
        refuse("\(key)：写了两次", "\(key): given twice")
      } else if Log.escaped(value) != value {
        refuse("\(key)：值里有看不见的字符", "\(key): the value holds invisible characters")
      } else {
        values[key] = Given(place: place, text: value)
      }
    }
  }
}
