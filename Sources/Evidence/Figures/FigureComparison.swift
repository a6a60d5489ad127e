public import Sanatorium

/// One number of a report beside the same number counted again.
public struct FigureLine: Hashable, Sendable {
  /// The member's way through the JSON, `rounds.days.2026-06-08.done`.
  public let path: String
  public let label: Text
  /// Nil when the report does not have it.
  public let declared: String?
  /// Nil when the count does not have it.
  public let recomputed: String?

  public var agrees: Bool { declared == recomputed }

  public var fault: Fault {
    Fault(
      "report.figures.\(path)", "figure-differs",
      Text(
        "“\(label.chinese)”申报 \(declared ?? "无")，按证据重算是 \(recomputed ?? "无")。",
        "“\(label.english)” is declared as \(declared ?? "none"), counted from the evidence it is \(recomputed ?? "none")."
      ))
  }
}

extension CompletionFigures {
  /// Every number beside its recount, in the order of the paths.
  public func compared(to recomputed: CompletionFigures) -> [FigureLine] {
    let left = JSON(encoding: self).leaves
    let right = JSON(encoding: recomputed).leaves
    return Set(left.keys).union(right.keys).sorted().map { path in
      FigureLine(
        path: path, label: FigureNames.label(path), declared: left[path], recomputed: right[path])
    }
  }
}

extension JSON {
  /// Every value that is no list and no object, by its path; list places are counted from 1.
  var leaves: [String: String] {
    var result: [String: String] = [:]
    collect("", &result)
    return result
  }

  private func collect(_ path: String, _ result: inout [String: String]) {
    func under(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
    switch self {
    case .object(let members): for member in members { member.value.collect(under(member.name), &result) }
    case .array(let elements):
      for (index, element) in elements.enumerated() { element.collect(under("\(index + 1)"), &result) }
    case .null: break
    case .string(let text): result[path] = text
    default: result[path] = String(decoding: JSONWriter.wire(self), as: UTF8.self)
    }
  }

  /// The first path at which `self` has something that `other` lacks or has otherwise; nil when there is none.
  func firstMember(notIn other: JSON, path: String = "") -> String? {
    switch (self, other) {
    case (.object(let members), .object):
      for member in members {
        let under = path.isEmpty ? member.name : "\(path).\(member.name)"
        guard let match = other[member.name] else { return under }
        if let found = member.value.firstMember(notIn: match, path: under) { return found }
      }
      return nil
    case (.array(let left), .array(let right)):
      guard left.count == right.count else { return path }
      for (index, pair) in zip(left, right).enumerated() {
        if let found = pair.0.firstMember(notIn: pair.1, path: "\(path)[\(index)]") { return found }
      }
      return nil
    default: return self == other ? nil : path
    }
  }
}
