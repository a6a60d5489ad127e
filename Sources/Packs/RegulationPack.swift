public import Sanatorium

/// Reads regulation packs.
public enum RegulationPack {
  /// A pack's file name and its bytes.
  public typealias Source = (file: String, bytes: [UInt8])

  /// Reads one regulation with everything that it extends. `resolving` gives the file of an id that is extended, nil
  /// when there is none; `known` are the ids there are, for whoever wrote a wrong one. Throws `PackFaults` with every fault of the file at hand: its line, field and reason.
  public static func load(
    _ bytes: [UInt8], file: String, known: [String] = [], resolving: (String) -> Source?
  ) throws(PackFaults) -> Regulation {
    try loadTold(bytes, file: file, known: known, resolving: resolving).regulation
  }

  /// As `load`, with what it sets otherwise than what it extends.
  static func loadTold(
    _ bytes: [UInt8], file: String, known: [String], resolving: (String) -> Source?
  ) throws(PackFaults) -> (regulation: Regulation, changes: [PackChange]) {
    do {
      let pack = try read(bytes, file: file, chain: [], known, resolving)
      return (pack.regulation, pack.changes)
    } catch let faults as PackFaults {
      throw faults
    } catch {
      throw PackFaults([
        PackFault(file: file, line: 0, field: "", reason: Text("读不了这个文件：\(error)", "the file can't be read: \(error)"))
      ])
    }
  }

  /// How deep packs may extend one another, and how many one may stand on: each is read for its own.
  private static let deepest = 8
  private static let mostBases = 8

  /// A regulation as it was read, with who set which parameter, and what it changed.
  private struct ReadPack {
    let regulation: Regulation
    let parameters: OwnedParameters
    let changes: [PackChange]
  }

  private static func read(
    _ bytes: [UInt8], file: String, chain: [String], _ known: [String], _ resolving: (String) -> Source?
  ) throws -> ReadPack {
    let reader = PackReader(file: file)
    let root = try reader.root(bytes)
    let id = identifier(root)
    let bases = try bases(of: root, id: id, chain: chain + [id], known, resolving)

    // Everything beneath, nearest first; a base that two bases share counts once.
    var inherited: [Rule] = []
    var beneath: [String] = []
    var owned = OwnedParameters()
    var quarrels: [String] = []
    for base in bases.map(\.regulation) {
      for rule in base.rules {
        guard let known = inherited.first(where: { $0.id == rule.id }) else {
          inherited.append(rule)
          continue
        }
        if known != rule {
          root.fault(
            "extends", Text("\(rule.id) 在几个上级规定里写法不同", "\(rule.id) differs between the regulations it extends"))
        }
      }
      for one in [base.id] + base.bases where !beneath.contains(one) { beneath.append(one) }
    }
    for base in bases { quarrels += owned.merge(base.parameters) }

    let sheet = owned.sheet
    let fields = root.optionalFields("parameters")
    let parameters = fields.map { RegulationParametersReader(fields: $0, base: sheet).read() } ?? sheet
    for quarrel in quarrels where fields?.has(quarrel) != true {
      root.fault(
        "extends",
        Text(
          "几个上级规定的 \(quarrel) 不一样，请在 parameters 里写明用哪个",
          "the regulations it extends set \(quarrel) differently; say in `parameters` which counts"))
    }
    let rules = RuleReader(regulation: id, parameters: parameters, given: Set(fields?.names ?? []))
    var own: [Rule] = []
    for fields in root.list("rules") {
      let rule = rules.rule(fields)
      if own.contains(where: { $0.id == rule.id }) || inherited.contains(where: { $0.id == rule.id }) {
        fields.fault("id", Text("编号 \(rule.id) 已经用过", "the id \(rule.id) is already in use"))
      }
      own.append(rule)
    }
    // Where a base could not be read, what is said of it can't be judged: its own fault is told, and none that follow.
    let isWhole = bases.count == root.strings("extends").count
    var changer = RuleChanger(
      root: root, regulation: id, reader: rules, bases: bases.map(\.regulation), isWhole: isWhole)
    inherited = changer.change(inherited)
    var changes: [PackChange] = []
    if let fields {
      for field in ParameterField.all where !field.isSame(sheet, parameters) {
        if field.isSet(sheet), let owner = owned.owners[field.key] { changer.demandPermission(field.key, in: fields, of: owner) }
        owned.owners[field.key] = id
      }
      changes = ParameterField.all.flatMap { field in
        field.changes(to: parameters, from: bases.map(\.parameters), by: changer.permissions)
      }
      refuseEmptied(inherited, parameters, fields)
    }
    owned.sheet = parameters
    if own.isEmpty, inherited.isEmpty { root.fault("rules", Text("一条规定也没有", "it holds no rules")) }

    let validity = Validity(from: root.optionalDay("valid_from"), until: root.optionalDay("valid_until"))
    if let from = validity.from, let until = validity.until, until < from {
      root.fault("valid_until", Text("有效期止于施行之前", "it lapses before it is in force"))
    }
    let status = root.choice("status", RegulationStatus.self, or: .draft)
    let document = status == .draft ? root.optionalString("document") : root.string("document")
    if status == .draft, root.has("document"), !root.isFaulty("status") {
      root.fault(
        "document",
        Text(
          "征求意见稿（draft）还没有文号；已经印发的，status 写 in_force 或 trial",
          "a draft has no document number; one that was issued has the status in_force or trial"))
    }
    let allows = root.optionalFields("allows").map {
      RefiningClause(article: $0.string("article"), quote: $0.string("quote"))
    }
    let regulation = Regulation(
      id: id, edition: root.integer("edition", in: 1...100_000), title: root.text("title"), issuer: root.text("issuer"),
      documentNumber: document, status: status, issued: root.optionalDay("issued"), validity: validity, allows: allows,
      bases: beneath, parameters: parameters, rules: own + inherited)
    try reader.finish()
    return ReadPack(regulation: regulation, parameters: owned, changes: changes + changer.changes)
  }

  /// An inherited rule whose parameter was taken away would never say anything.
  private static func refuseEmptied(_ inherited: [Rule], _ parameters: RegulationParameters, _ fields: PackFields) {
    for rule in inherited {
      for check in rule.checks {
        guard let path = RuleReader.missingParameter(check.kind, parameters) else { continue }
        let key = path.split(separator: ".").first.map(String.init) ?? path
        // One that could not be read is told already.
        guard fields.has(key), !fields.isFaulty(key) else { continue }
        fields.fault(
          key,
          Text("\(rule.id) 要用 \(path)，不能清空；不要这一条请在 changes 里改它", "\(rule.id) needs \(path); change the rule instead"))
      }
    }
  }

  /// The id, which is the file's name without its ending, so that a pack is found by its id.
  private static func identifier(_ root: PackFields) -> String {
    let id = root.string("id")
    let allowed = id.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    if !id.isEmpty, !allowed || id.utf8.count > 40 {
      root.fault("id", Text("只能用小写字母、数字和 -，最多 40 个", "lower-case letters, digits and - only, 40 at most"))
    }
    return id
  }

  private static func bases(
    of root: PackFields, id: String, chain: [String], _ known: [String], _ resolving: (String) -> Source?
  ) throws -> [ReadPack] {
    var bases: [ReadPack] = []
    let named = root.items("extends")
    if named.count > mostBases {
      root.fault("extends", Text("最多依据 \(mostBases) 个规定", "at most \(mostBases) packs can be extended"))
      return []
    }
    for (base, line) in named {
      if chain.contains(base) {
        let circle = (chain + [base]).joined(separator: " → ")
        root.fault("extends", line: line, Text("引用成了一个圈：\(circle)", "it extends itself: \(circle)"))
        continue
      }
      guard chain.count < deepest else {
        root.fault("extends", line: line, Text("引用超过 \(deepest) 层", "more than \(deepest) packs deep"))
        continue
      }
      guard let source = resolving(base) else {
        let others = known.filter { !chain.contains($0) }.joined(separator: ", ")
        root.fault(
          "extends", line: line,
          Text("找不到规定“\(base)”；有 \(others)", "there is no regulation “\(base)”; there are \(others)"))
        continue
      }
      bases.append(try read(source.bytes, file: source.file, chain: chain, known, resolving))
    }
    return bases
  }
}
