// swift-tools-version: 6.1
import PackageDescription

/// Strict concurrency comes with the language mode; internal imports keep a dependency out of our public signatures.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let x509: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func executable(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A thin C target: a shim for what Swift's importer cannot express, linked with one C library.
func shim(_ name: String, links library: String) -> Target {
  .target(name: name, linkerSettings: [.linkedLibrary(library)])
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

let package = Package(
  name: "sanatoriumd",
  products: [
    .executable(name: "sanatoriumd", targets: ["sanatoriumd"]),
    .executable(name: "sanatorium-organizer", targets: ["sanatorium-organizer"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-certificates", exact: "1.21.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    // C libraries behind shims
    shim("CMicrohttpd", links: "microhttpd"),
    shim("CCurl", links: "curl-gnutls"),
    shim("CArgon2", links: "argon2"),
    shim("CZip", links: "zip"),
    shim("CExpat", links: "expat"),
    shim("CZlib", links: "z"),
    shim("CQrencode", links: "qrencode"),
    shim("CSQLite", links: "sqlite3"),
    // the allocator and its settings
    shim("CMalloc", links: "jemalloc"),
    // styles, scripts, icons, packs, compiled into the binary by #embed
    .target(name: "Assets", cSettings: [.unsafeFlags(["-std=c23"])]),
    // HTTP and pages, which know no sanatorium
    library("MicroHTTP", ["CMicrohttpd", "CZlib"]),
    library("Pages", ["MicroHTTP", "Assets", "CArgon2", crypto]),
    // what both executables need of the machine: certificates, configuration, systemd, the data folder's lock
    library("Hosting", ["CMalloc", x509, crypto]),
    // the domain
    library("Sanatorium"),
    library("Packs", ["Sanatorium", "Assets", yams]),
    library("Evidence", ["Sanatorium", crypto]),
    library("Documents", ["Sanatorium", "CZip", "CExpat", "CQrencode"]),
    // the facility
    library("SanatoriumStore", ["Sanatorium", "Evidence", "CSQLite", grdb, sqlite]),
    library("SanatoriumWeb", ["Pages", "MicroHTTP", "SanatoriumStore", "Documents", "Packs", "Evidence", "Sanatorium"]),
    library("SanatoriumJobs", ["SanatoriumStore", "Documents", "Evidence", "Sanatorium", "CCurl"]),
    executable(
      "sanatoriumd",
      [
        "SanatoriumWeb", "SanatoriumJobs", "SanatoriumStore", "Documents", "Packs", "Evidence", "Sanatorium", "Pages",
        "MicroHTTP", "Hosting", "Assets", arguments,
      ]),
    // the organizer
    library("OrganizerStore", ["Sanatorium", "Evidence", grdb, sqlite]),
    library("OrganizerWeb", ["Pages", "MicroHTTP", "OrganizerStore", "Documents", "Evidence", "Sanatorium"]),
    executable(
      "sanatorium-organizer",
      ["OrganizerWeb", "OrganizerStore", "Evidence", "Sanatorium", "Pages", "MicroHTTP", "Hosting", arguments]),
    // tests
    tests("ArchitectureTests", []),
    tests("MicroHTTPTests", ["MicroHTTP"]),
    tests("SanatoriumTests", ["Sanatorium", "Packs"]),
    tests("EvidenceTests", ["Evidence", "Sanatorium"]),
    tests("DocumentsTests", ["Documents", "Packs", "Sanatorium"], resources: [.copy("Fixtures")]),
    tests("SanatoriumStoreTests", ["SanatoriumStore", "Sanatorium", "Evidence", "Packs", grdb]),
    tests(
      "SanatoriumJobsTests",
      ["SanatoriumJobs", "SanatoriumStore", "Packs", "MicroHTTP", "Hosting", "Evidence", "Sanatorium"]),
    tests("PagesTests", ["Pages", "MicroHTTP"]),
    tests(
      "SanatoriumWebTests",
      ["SanatoriumWeb", "SanatoriumStore", "Packs", "Pages", "MicroHTTP", "Documents", "Evidence", "Sanatorium"]),
    // what tests of several targets share: a facility whose reports the organizer takes
    .target(
      name: "FacilityReports", dependencies: ["Evidence", "Sanatorium"], path: "Tests/FacilityReports",
      swiftSettings: strict),
    tests("OrganizerStoreTests", ["FacilityReports", "OrganizerStore", "Evidence", "Sanatorium", grdb]),
    tests("OrganizerWebTests", ["FacilityReports", "OrganizerWeb", "OrganizerStore", "Pages", "MicroHTTP", "Evidence", "Sanatorium"]),
    tests("HostingTests", ["Hosting"]),
  ]
)
