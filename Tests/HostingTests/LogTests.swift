import Testing

@testable import Hosting

struct LogTests {
  @Test("Under systemd a line begins with its priority, elsewhere with its level")
  func priorities() {
    #expect(Log.line(.info, "listening", ["port": 8443], prioritized: true) == "<6>listening port=8443\n")
    #expect(Log.line(.error, "no room", [:], prioritized: false) == "error: no room\n")
  }

  @Test("One event stays one line, whatever a value holds")
  func escapes() {
    let nasty = "a\nb\u{1b}[31m\u{202e}c \"q\""
    let line = Log.line(.warning, "refused", ["path": nasty, "empty": ""], prioritized: true)
    #expect(line == "<4>refused path=\"a\\u{a}b\\u{1b}[31m\\u{202e}c \\\"q\\\"\" empty=\"\"\n")
    #expect(Log.escaped("张三 é 😀") == "张三 é 😀")
  }

  @Test("Exit statuses keep the numbers that scripts and units rely on")
  func statuses() {
    #expect(ExitStatus.allCases.map(\.rawValue) == [0, 1, 2, 64, 65, 66, 73, 74, 75, 78])
  }
}
