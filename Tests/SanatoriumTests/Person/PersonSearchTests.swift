import Sanatorium
import Testing

@Suite("Finding a person by what was typed")
struct PersonSearchTests {
  private func match(
    _ text: String, _ name: String, room: String = "", badge: String = "7KQM2WXY34", number: Int = 99
  ) -> PersonSearch.Match? {
    PersonSearch(text).match(name: name, room: room, badge: badge, number: number)
  }

  @Test("a name is found by itself and by its parts, the whole before the beginning before a part")
  func names() {
    #expect(match("张三", "张三") == .whole)
    #expect(match("张", "张三丰") == .beginning)
    #expect(match("三", "张三") == .part)
    #expect(match(" 张 三 ", "张三") == .whole)
    #expect(match("李", "张三") == nil)
    #expect(match("张三丰", "张三") == nil)
  }

  @Test("initials in either case, also full-width and mixed with characters", arguments: ["zs", "ZS", "Zs", "ｚｓ", "张s", "z三"])
  func initials(typed: String) {
    #expect(match(typed, "张三") == .whole)
    #expect(match(typed, "李四") == nil)
  }

  @Test(
    "each reading that a name is heard with",
    arguments: [
      ("单田芳", "stf"), ("单于", "cy"), ("曾国", "zg"), ("解放", "xf"), ("解放", "jf"), ("仇英", "qy"), ("查良镛", "zly"),
      ("区文", "ow"), ("乐嘉", "yj"), ("朴树", "ps"), ("盖叫天", "gjt"), ("缪斯", "ms"), ("覃辉", "qh"), ("覃辉", "th"),
      ("翟志", "zz"), ("尉迟恭", "ycg"), ("万俟卨", "mqx"), ("长孙无忌", "zswj"), ("欧阳建国", "oyjg"), ("吕布", "lb"),
    ])
  func readings(name: String, typed: String) {
    #expect(match(typed, name) == .whole, "\(name) \(typed)")
  }

  @Test("long names with separators, by any run of their initials")
  func mongolian() {
    for name in ["孛儿只斤·巴特尔", "孛儿只斤•巴特尔", "孛儿只斤 巴特尔"] {
      #expect(match("bezjbte", name) == .whole)
      #expect(match("bezj", name) == .beginning)
      #expect(match("bte", name) == .part)
      #expect(match("孛儿只斤巴特尔", name) == .whole)
    }
    #expect(match("nswlj", "那顺乌力吉") == .whole)
    #expect(match("nsw lj", "那顺乌力吉") == .whole)
  }

  @Test("names in Latin letters by their letters and by their words' initials")
  func latin() {
    #expect(match("bat", "Batbayar Enkh") == .beginning)
    #expect(match("ENKH", "Batbayar Enkh") == .part)
    #expect(match("be", "Batbayar Enkh") == .whole)
    #expect(match("xy", "Batbayar Enkh") == nil)
  }

  @Test("a single letter is a beginning, never the middle of a name")
  func single() {
    #expect(match("z", "张三") == .beginning)
    #expect(match("s", "张三") == nil)
  }

  @Test("rooms with and without their hyphen, badges in either case, numbers")
  func codes() {
    #expect(match("302", "张三", room: "302") == .whole)
    #expect(match("302", "张三", room: "3-02") == .whole)
    #expect(match("3-02", "张三", room: "302") == .whole)
    #expect(match("30", "张三", room: "302") == nil)
    #expect(match("a12", "张三", room: "A12") == .whole)
    #expect(match("7kqm2wxy34", "张三") == .whole)
    #expect(match("7KQM2 WXY34", "张三") == .whole)
    #expect(match("https://192.168.1.5:8443/b/7KQM2WXY34", "张三") == .whole)
    #expect(match("12", "张三", number: 12) == .whole)
    #expect(match("-12", "张三", number: 12) == .whole)
    #expect(match("112", "张三", number: 12) == nil)
  }

  @Test("a rare character answers to every letter; blanks find nobody")
  func odd() {
    #expect(match("l\u{78}", "刘䶮") == .whole)
    #expect(match("lz", "刘\u{2B300}") == .whole)
    #expect(match("", "张三") == nil)
    #expect(match(" · ", "张三") == nil)
    #expect(match("zs🙂", "张三") == .whole)
  }
}
