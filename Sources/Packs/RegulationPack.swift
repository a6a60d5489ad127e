public import Sanatorium

/// Reads regulation packs.
public enum RegulationPack {
  /// A pack's file name and its bytes.
  public typealias Source = (file: String, bytes: [UInt8])

  /// Reads one regulation with everything that it extends. `resolving` gives the file of an id that is extended, nil
  /// when there is none. Throws `PackFaults` with every fault of the file at hand: its line, field and reason.
  public static func load(
    _ bytes: [UInt8], file: String, resolving: (String) -> Source?
  ) throws(PackFaults) -> Regulation {
    do { return try read(bytes, file: file, chain: [], resolving) } catch let faults as PackFaults {
      throw faults
    } catch {
      throw PackFaults([
        PackFault(file: file, line: 0, field: "", reason: Text("读不了这个文件：\(error)", "the file can't be read: \(error)"))
      ])
    }
  }

  /// How deep packs may extend one another.
  private static let deepest = 8

  private static func read(
    _ bytes: [UInt8], file: String, chain: [String], _ resolving: (String) -> Source?
  ) throws -> Regulation {
    let reader = PackReader(file: file)
    let root = try reader.root(bytes)
    let id = identifier(root)
    let bases = try bases(of: root, id: id, chain: chain + [id], resolving)

    // Everything beneath, nearest first; a base that two bases share counts once.
    var inherited: [Rule] = []
    var beneath: [String] = []
    var sheet = RegulationParameters()
    for base in bases {
      for rule in base.rules where !inherited.contains(where: { $0.id == rule.id }) { inherited.append(rule) }
      for one in [base.id] + base.bases where !beneath.contains(one) { beneath.append(one) }
    }
    if let first = bases.first { sheet = first.parameters }

    var parameters = sheet
    var changedParameters: [String] = []
    if let fields = root.optionalFields("parameters") {
      var sheetReader = RegulationParametersReader(fields: fields, base: sheet)
      parameters = sheetReader.read()
      changedParameters = sheetReader.changed
    }
    let rules = RuleReader(regulation: id, parameters: parameters)
    var own: [Rule] = []
    for fields in root.list("rules") {
      let rule = rules.rule(fields)
      if own.contains(where: { $0.id == rule.id }) || inherited.contains(where: { $0.id == rule.id }) {
        fields.fault("id", Text("编号 \(rule.id) 已经用过", "the id \(rule.id) is already in use"))
      }
      own.append(rule)
    }
    let changer = RuleChanger(root: root, regulation: id, reader: rules, changedParameters: changedParameters)
    inherited = changer.change(inherited)
    if own.isEmpty, inherited.isEmpty { root.fault("rules", Text("一条规定也没有", "it holds no rules")) }

    let validity = Validity(from: root.optionalDay("valid_from"), until: root.optionalDay("valid_until"))
    if let from = validity.from, let until = validity.until, until < from {
      root.fault("valid_until", Text("有效期止于施行之前", "it lapses before it is in force"))
    }
    let status = root.choice("status", RegulationStatus.self, or: .draft)
    let document = status == .draft ? root.optionalString("document") : root.string("document")
    let regulation = Regulation(
      id: id, edition: root.integer("edition", in: 1...100_000), title: root.text("title"), issuer: root.text("issuer"),
      documentNumber: document, status: status, validity: validity, bases: beneath, parameters: parameters,
      rules: own + inherited)
    try reader.finish()
    return regulation
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
    of root: PackFields, id: String, chain: [String], _ resolving: (String) -> Source?
  ) throws -> [Regulation] {
    var bases: [Regulation] = []
    for base in root.strings("extends") {
      if chain.contains(base) {
        let circle = (chain + [base]).joined(separator: " → ")
        root.fault("extends", Text("引用成了一个圈：\(circle)", "it extends itself: \(circle)"))
        continue
      }
      guard chain.count < deepest else {
        root.fault("extends", Text("引用超过 \(deepest) 层", "more than \(deepest) packs deep"))
        continue
      }
      guard let source = resolving(base) else {
        root.fault("extends", Text("找不到规定“\(base)”", "there is no regulation “\(base)”"))
        continue
      }
      bases.append(try read(source.bytes, file: source.file, chain: chain, resolving))
    }
    return bases
  }
}
