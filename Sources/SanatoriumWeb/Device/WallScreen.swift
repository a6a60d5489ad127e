internal import MicroHTTP
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  /// The duty room's screen shows the board though nobody is logged in on it: an enrolled wall screen may read the board
  /// and hear that it changed, and nothing else. It has no session, so none ends at night; revoking the device ends it.
  func wall(_ request: Request) -> Viewer? {
    guard request.method == .get, request.target == "/" || request.pathBegins(with: "board") || request.pathEnds(with: "events")
    else { return nil }
    let path = request.path
    guard path.isEmpty || path == ["board"] || path == ["api", "v1", "events"],
      let device = devices.device(of: request), device.kind == .wall
    else { return nil }
    see(device)
    return Viewer(
      carried: SessionAccount(account: device.watcher, device: device.id), session: [], until: store.now + .hours(24), isWall: true)
  }
}

extension Context {
  var isWall: Bool { viewer?.isWall == true }
}
