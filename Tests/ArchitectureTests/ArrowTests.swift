import Testing

/// The map of the package: what each target may import of ours and from outside. What stands here is the design; a new
/// arrow is a decision, made here first.
private let map: [String: (ours: Set<String>, outside: Set<String>)] = [
  "MicroHTTP": (["CMicrohttpd", "CZlib"], []),
  "Pages": (["MicroHTTP", "Assets", "CArgon2"], ["Crypto"]),
  "Hosting": (["CMalloc"], ["Crypto", "X509", "SwiftASN1", "Foundation"]),
  "Sanatorium": ([], []),
  "Packs": (["Sanatorium", "Assets"], ["Yams", "Foundation"]),
  "Evidence": (["Sanatorium"], ["Crypto", "Foundation"]),
  "Documents": (["Sanatorium", "CZip", "CExpat", "CQrencode"], ["Foundation"]),
  "SanatoriumStore": (["Sanatorium", "Evidence", "CSQLite"], ["GRDB", "GRDBSQLite", "Foundation"]),
  "SanatoriumWeb": (
    ["Pages", "MicroHTTP", "SanatoriumStore", "Documents", "Packs", "Evidence", "Sanatorium"], ["Foundation"]
  ),
  "SanatoriumJobs": (["SanatoriumStore", "Documents", "Evidence", "Sanatorium", "CCurl"], ["Foundation", "Crypto"]),
  "sanatoriumd": (
    [
      "SanatoriumWeb", "SanatoriumJobs", "SanatoriumStore", "Documents", "Packs", "Evidence", "Sanatorium", "Pages",
      "MicroHTTP", "Hosting", "Assets",
    ], ["ArgumentParser", "Foundation"]
  ),
  "OrganizerStore": (["Sanatorium", "Evidence"], ["GRDB", "GRDBSQLite", "Foundation"]),
  "OrganizerWeb": (["Pages", "MicroHTTP", "OrganizerStore", "Documents", "Evidence", "Sanatorium"], ["Foundation"]),
  "sanatorium-organizer": (
    ["OrganizerWeb", "OrganizerStore", "Documents", "Evidence", "Sanatorium", "Pages", "MicroHTTP", "Hosting"],
    ["ArgumentParser", "Foundation"]
  ),
]

/// What comes with the language and the C library.
private let system: Set<String> = ["Swift", "Glibc", "Synchronization", "Dispatch", "_Concurrency", "RegexBuilder"]

/// Files of the domain that may use Foundation, each with its reason.
private let foundationInTheDomain: [String: String] = [:]

private let shims: Set<String> = ["CMicrohttpd", "CCurl", "CArgon2", "CZip", "CExpat", "CZlib", "CQrencode", "CSQLite", "CMalloc", "Assets"]

struct ArrowTests {
  @Test("Each target imports only what the map allows", arguments: map.keys.sorted())
  func arrows(target: String) throws {
    let allowed = try #require(map[target])
    for file in try Repository.files(under: "Sources/\(target)", ["swift"]) {
      var foreign = try Repository.imports(of: file).subtracting(allowed.ours).subtracting(allowed.outside)
      foreign.subtract(system)
      if foundationInTheDomain[file] != nil { foreign.remove("Foundation") }
      #expect(foreign.isEmpty, "\(file) imports \(foreign.sorted().joined(separator: ", "))")
    }
  }

  @Test("The map names every target that there is")
  func complete() throws {
    #expect(Set(try Repository.entries(of: "Sources")) == Set(map.keys).union(shims))
  }

  @Test("A C library is imported by one target alone")
  func oneOwner() throws {
    var owners: [String: Set<String>] = [:]
    for target in map.keys {
      for file in try Repository.files(under: "Sources/\(target)", ["swift"]) {
        for module in try Repository.imports(of: file) where shims.contains(module) && module != "Assets" {
          owners[module, default: []].insert(target)
        }
      }
    }
    for (module, targets) in owners {
      #expect(targets.count == 1, "\(module) is imported by \(targets.sorted().joined(separator: ", "))")
    }
  }

  @Test("No arrow leads back: the map has no circle")
  func noCircle() {
    var settled = shims
    var waiting = map.mapValues(\.ours)
    while let next = waiting.first(where: { $0.value.isSubset(of: settled) }) {
      settled.insert(next.key)
      waiting[next.key] = nil
    }
    #expect(waiting.isEmpty)
  }

  @Test("Package.swift declares no arrow that the map doesn't have")
  func manifest() throws {
    let text = try Repository.lines(of: "Package.swift").joined(separator: "\n")
    for declaration in text.matches(of: /(?:library|executable)\(\s*"([\w-]+)",\s*\[([^\]]*)\]/) {
      let allowed = try #require(map[String(declaration.output.1)], "\(declaration.output.1) is not in the map")
      let named = Set(declaration.output.2.matches(of: /"(\w+)"/).map { String($0.output.1) })
      #expect(named.isSubset(of: allowed.ours), "\(declaration.output.1): \(named.subtracting(allowed.ours).sorted())")
    }
  }
}
