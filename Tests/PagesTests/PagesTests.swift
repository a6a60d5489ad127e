import Foundation
import Testing

@testable import Pages

@Test("every page of components is drawn, and written to a folder for the eye where one is named")
func componentsAreDrawn() throws {
  for name in ComponentsPage.names {
    for (lang, english) in [("zh-CN", false), ("en", true)] {
      let bytes = try #require(ComponentsPage.render(name, lang: lang, english: english))
      #expect(!bytes.isEmpty)
      guard let folder = ProcessInfo.processInfo.environment["COMPONENTS_FOLDER"] else { continue }
      try Data(bytes).write(to: URL(fileURLWithPath: folder).appendingPathComponent("\(name).\(english ? "en" : "zh").html"))
    }
  }
  if let folder = ProcessInfo.processInfo.environment["COMPONENTS_FOLDER"] {
    let assets = URL(fileURLWithPath: folder).appendingPathComponent("assets")
    try FileManager.default.createDirectory(at: assets, withIntermediateDirectories: true)
    for file in AssetFile.all {
      try Data(file.bytes).write(to: assets.appendingPathComponent(String(file.address.dropFirst("/assets/".count))))
    }
  }
}
