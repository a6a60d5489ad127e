public import MicroHTTP

extension ComponentsPage {
  /// Adds `/components` and `/components/<name>`; `?lang=en` shows them in English. They hold nothing but invented people
  /// and need no login.
  public static func add(to router: inout Router) {
    for name in names {
      add(to: &router, name == names[0] ? "/components" : "/components/\(name)", name)
    }
  }

  private static func add(to router: inout Router, _ pattern: String, _ name: String) {
    router.add(.get, pattern) { request, _ in
      let english = request.query.first("lang") == "en"
      guard let bytes = render(name, lang: english ? "en" : "zh-CN", english: english) else {
        preconditionFailure("no page of components \(name)")
      }
      return .response(.html(bytes))
    }
  }
}
