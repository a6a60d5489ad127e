extension ComponentsPage {
  static func wall(_ h: HTML) {
    func w(_ chinese: String, _ english: String) -> String { h.english ? english : chinese }
    h.page(
      Page(
        w("值班看板", "Duty board"), site: site(h), heading: site(h), detail: w("2027 年第 3 批", "Batch 3 of 2027"),
        layout: .wall, now: now)
    ) {
      h.span("l m", w("6月3日 周四·第 3 天", "Thu 3 June, day 3"))
      h.timeOfDay(now, offset: 480)
      h.liveMark()
    } top: {
      h.emergency(w("三级响应·疑似食物中毒", "Level III: food poisoning"), detail: w("指挥 周敏，13:38 启动", "Zhou Min, since 13:38")) {
        h.div("end") {
          h.small(w("上报卫健委还剩", "To report"))
          h.clock(.countdown, at: now + 4_308_000, now: now)
        }
        h.div("end") {
          h.small(w("已进行", "Running"))
          h.clock(.elapsed, at: now - 2_892_000, now: now)
        }
      }
    } main: {
      h.section(w("人在哪里", "Where people are"), "card") {
        h.p("row base") {
          h.b("huge", "74")
          h.span("l", w("在院", "here"))
        }
        h.list {
          for (icon, words, count) in [
            (Icon.bus, w("外出", "Outing"), 24), (.bed, w("住院", "Hospital"), 1), (.barred, w("不来", "No-show"), 1),
          ] {
            h.li {
              h.icon(icon)
              h.text(words)
              h.b("end l") { h.int(count) }
            }
          }
        }
      }
      h.section(w("午巡 15:00 前", "Noon round by 15:00"), "card") {
        h.p("row base") {
          h.span {
            h.b("xxxl", "89")
            h.span("m xl", " / 98")
          }
          h.span("row end l") {
            h.mark(.late, w("逾期 2", "Overdue 2"))
            h.mark(.due, w("要查 7", "Due 7"))
          }
        }
        h.meter(
          [Share(.done, 89, w("已查", "Done")), Share(.late, 2, w("逾期", "Overdue")), Share(.rest, 7, w("未到", "Rest"))],
          key: false)
        h.list {
          for (room, name, late) in [("306", w("林秀兰", "Lin Xiulan"), 25), ("415", w("欧阳建国", "Ouyang Jianguo"), 12)] {
            h.li {
              h.b("l nw", room)
              h.span("l", name)
              h.span("end") { h.mark(.late) { h.age(late * 60) } }
            }
          }
        }
      }
      h.section(w("没人处理的警报 3", "Unanswered alerts 3"), "card") {
        h.list {
          for (words, name, age) in [
            ("NEWS2 5", w("204 阿拉腾·乌云其其格", "204 Altan Oyunchichig"), 4),
            (w("缺 1 人", "1 missing"), w("白桦林外出 护送", "Birch wood outing"), 6),
          ] {
            h.li {
              h.mark(.critical, words)
              h.b(name)
              h.span("m s grow", w("何一鸣 没应答，1 分后转 周敏", "He Yiming has not answered; Zhou Min in 1 min"))
              h.b("end") { h.age(age * 60) }
            }
          }
        }
      }
    }
  }

  static func alarm(_ h: HTML) {
    func w(_ chinese: String, _ english: String) -> String { h.english ? english : chinese }
    h.page(Page(w("警报 412 房", "Alarm: room 412"), site: site(h), layout: .alarm, now: now)) {
      h.alarm(
        kind: w("健康警报", "Health alarm"), time: "21:05", score: Score(total: 8, band: .high), room: "412",
        way: w("4 楼东，电梯出来右手", "4th floor east, right of the lift"), name: w("孛儿只斤·巴特尔", "Borjigin Bator"),
        todo: [w("打 120", "Call 120"), w("带氧气、除颤仪", "Bring oxygen and the defibrillator")],
        facts: [
          w("血氧 91，脉搏 112", "SpO₂ 91, pulse 112"), w("新发意识混乱", "Newly confused"), w("青霉素过敏", "Penicillin allergy"),
        ],
        far: w("在手机上按“我去处理”", "Answer on your phone")
      ) {
        h.p("row base") {
          h.clock(.elapsed, at: now - 160_000, now: now, size: "xxl")
          h.span("l", w("没人应答", "No answer"))
        }
        h.p("m", w("高原、何一鸣 没应答，0:20 后转 周敏", "Gao Yuan and He Yiming have not answered; Zhou Min in 0:20"))
      } hand: {
        h.act(w("我去处理", "I am going"), "#", key: key, .main, full: true, large: true)
        h.call("120", words: w("打 120", "Call 120"), full: true)
      }
    }
  }

  static func survey(_ h: HTML) {
    func w(_ chinese: String, _ english: String) -> String { h.english ? english : chinese }
    h.page(Page(w("第 3 题 饭菜", "Question 3: food"), site: site(h), layout: .large)) {
      h.form("#", key: key) {
        h.div("row") {
          h.p("m", w("第 3 题，共 8 题", "Question 3 of 8"))
          h.p("end m", w("不记名", "Anonymous"))
        }
        h.radios(
          w("这几天的饭菜，您满意吗？", "Are you satisfied with the food?"), "food",
          [
            Choice("5", w("很满意", "Very")), Choice("4", w("满意", "Yes")), Choice("3", w("一般", "So-so")),
            Choice("2", w("不满意", "No")), Choice("1", w("很不满意", "Not at all")),
          ], value: "4", large: true, isHeading: true)
        h.div("row") {
          h.linkButton(w("上一题", "Back"), "#", .other)
          h.linkButton(w("不想答", "Skip"), "#", .other)
          h.button(w("下一题", "Next"), grow: true)
        }
      }
    }
  }

  static func report(_ h: HTML) {
    func w(_ chinese: String, _ english: String) -> String { h.english ? english : chinese }
    h.page(
      Page(
        w("完成情况报告", "Completion report"), site: site(h), heading: w("完成情况报告", "Completion report"),
        detail: w("第 3 批·第 2 版", "Batch 3, revision 2"), layout: .report)
    ) {
      h.linkButton(w("打印", "Print"), "#", .other, icon: .print)
    } main: {
      h.paper(
        w("2027 年第 3 批荣誉疗养完成情况报告", "Completion report, batch 3 of 2027"),
        running: w("2027 年第 3 批·第 2 版·7F3A-91C2", "Batch 3 of 2027, revision 2, 7F3A-91C2")
      ) {
        h.p(w("白桦湖疗养中心，2027年6月1日到 7日，共 7 天。", "White Birch Lake, 1 to 7 June 2027, 7 days."))
        h.section(w("一、人数", "1. People"), "stack") {
          h.figures {
            for (count, words) in [
              ("100", w("计划", "planned")), ("99", w("报到", "arrived")), ("98", w("正式报到", "admitted")),
              ("97", w("完成疗养", "finished")),
            ] {
              h.figure(count, words)
            }
          }
        }
        h.section(w("二、健康检查", "2. Health checks"), "stack") {
          h.table(
            w("每天检查", "Checks by day"),
            [Column(w("日期", "Day")), .number(w("应查", "Due")), .number(w("已查", "Done")), .number(w("完成率", "Rate"))],
            showsCaption: false
          ) {
            for day in 1...40 {
              h.row {
                h.th(w("6月\(day)日", "Day \(day)"))
                h.num(196 + day)
                h.num(195)
                h.td(names: "num") { h.percent(tenths: 991) }
              }
            }
          }
        }
        h.section(w("三、规定", "3. Rules"), "stack") {
          h.clause("NM11·第十条", quote: "原则上按1:10……不足10人按照10人计算", quoteLang: "zh-CN")
        }
      }
      h.el("aside", .class("card stack")) {
        h.note(.bad, w("1 项总数对不上", "1 total differs"))
        h.mark(.passed, w("签名有效", "Signature valid"))
        h.button(w("退回，请对方说明", "Send back for a reason"), full: true)
        h.button(w("带意见签收", "Accept with remarks"), .other, full: true)
      }
    }
  }
}
