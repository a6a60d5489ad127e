extension ComponentsPage {
  static func fields(_ h: HTML, _ w: Words) {
    let typed = FormValues([("temperature", "386"), ("name", "<b>巴特尔</b>"), ("symptom", "cough"), ("agree", "1")])
    let faults = [
      FieldFault("temperature", "out-of-range", w("可填 30.0 到 43.0。要填的是 38.6 吗？", "30.0 to 43.0. Is it 38.6?")),
      FieldFault("reason", "missing", w("选一个原因", "Choose a reason")),
    ]
    h.section(w("填写", "Forms"), "card stack", id: "q") {
      h.query("#") {
        h.searchField(w("姓名、拼音首字母、房号", "Name, initials, room"), hint: w("也可以扫证件牌", "Or scan a badge"), scans: true)
      }
      h.form("#", Form(typed, faults: faults), key: key) {
        h.field(w("姓名", "Name"), "name", value: "")
        h.field(w("体温", "Temperature"), "temperature", .decimal, unit: "℃")
        h.radios(
          w("没查成的原因", "Why it was not done"), "reason",
          [
            Choice("refused", w("本人拒绝", "Refused"), detail: w("30 分钟后再提醒", "Reminds again in 30 minutes")),
            Choice("asleep", w("睡着了", "Asleep")),
          ])
        h.chips(
          w("症状", "Symptoms"), "symptom",
          [
            Choice("none", w("没有症状", "None"), isAlone: true), Choice("cough", w("咳嗽", "Cough")),
            Choice("dizzy", w("头晕", "Dizzy")),
          ], optional: true)
        h.checkbox(w("家属同意告知病情", "The family may be told"), "agree")
        h.select(
          w("房间", "Room"), "room", [Choice("412", "412"), Choice("415", "415")], none: w("还没选", "Not chosen yet"))
        h.field(w("日期", "Date"), "day", .date, value: "2027-06-03", optional: true)
        h.field(w("密码", "Password"), "password", .newPassword, hint: w("至少 8 个字", "At least 8 characters"))
        h.file(w("名单", "Roster"), "roster", accept: ".csv,.xlsx")
        h.area(w("备注", "Remarks"), "remarks", optional: true)
        h.button(w("保存", "Save"), full: true)
      }
    }
  }

  static func facts(_ h: HTML, _ w: Words) {
    h.section(w("条款、时间线、数字", "Clauses, timeline, figures"), "card stack", id: "rules") {
      h.clause(
        "NM11·第十条", quote: "原则上按1:10……不足10人按照10人计算", quoteLang: "zh-CN", more: w("周敏 接受", "accepted by Zhou Min"))
      h.timeline {
        h.event(.done, w("停止供餐", "Stop serving"), w("13:41 李桂芳，用时 3 分", "13:41 Li Guifang, 3 min"))
        h.event(.late, w("封存留样", "Seal the samples"), icon: .due, isNow: true) {
          h.span("m s", w("陈立，还剩 ", "Chen Li, left "))
          h.clock(.countdown, at: now + 708_000, now: now)
        }
        h.event(.notDone, w("通知家属", "Tell the families"), icon: .due) { h.span("m s", w("15:38 前", "by 15:38")) }
      }
      h.figures {
        h.figure("98", w("正式报到", "admitted"))
        h.figure("4.7", w("满意度", "satisfaction"), of: " / 5")
        h.figure("1", w("不通过", "failed"), tone: .bad)
      }
      h.facts([
        (w("房间", "Room"), "412"), (w("血型", "Blood"), "A"), (w("联系人", "Contact"), w("其木格 女儿", "Qimuge, daughter")),
      ])
      h.progress(2, of: 4, w("步骤", "Step"))
      h.bullets([w("冷藏柜第 2 格", "Shelf 2"), w("贴封条", "Seal it")])
    }
  }

  static func tables(_ h: HTML, _ w: Words) {
    h.section(w("表格和图", "Tables and charts"), "card stack") {
      h.table(
        w("每天检查", "Checks by day"),
        [Column(w("日期", "Day")), .number(w("应查", "Due")), .number(w("已查", "Done")), Column(w("结果", "Result"))]
      ) {
        h.row {
          h.th(w("6月2日", "2 June"))
          h.num(1198)
          h.num(1196)
          h.td { h.mark(.notDone, w("2 次没查成", "2 not done")) }
        }
        h.row(.bad) {
          h.th(w("6月3日", "3 June"), detail: w("有外出", "an outing"))
          h.num(294)
          h.num(nil)
          h.td { h.mark(.failed) }
        }
      }
      h.table(
        w("房间表", "Rooms"), [Column(w("房", "Room")), Column(w("姓名", "Name")), Column(w("备注", "Remark"))], names: "posted",
        footer: w("白桦湖疗养中心·2027 年第 2 批·房间表", "White Birch Lake, batch 2/2027, rooms")
      ) {
        h.row {
          h.th("412")
          h.td { h.b(w("孛儿只斤·巴特尔额尔德尼", "Borjigin Bator-Erdeni")) }
          h.td(names: "pen") {}
        }
      }
      let checks: [(String, String, Int?)] = [
        ("晚", "1日", 160), ("早", "2日", 170), ("晚", "2日", 160), ("早", "3日", 160), ("午", "3日", nil), ("晚", "3日", 220),
      ]
      h.trends(
        w("体征", "Readings"),
        [
          Trend(
            w("呼吸", "Breaths"), unit: w("次/分", "/min"),
            points: checks.map {
              .init($0.0, day: $0.1, tenths: $0.2, isScored: ($0.2 ?? 0) > 200, note: w("没测", "none"))
            },
            bands: [
              .init(upTo: 80, points: 3), .init(upTo: 110, points: 1), .init(upTo: 200, points: 0),
              .init(upTo: 240, points: 2), .init(upTo: 990, points: 3),
            ], lastPoints: 2)
        ])
    }
  }

  static func checkIn(_ h: HTML) {
    func w(_ chinese: String, _ english: String) -> String { h.english ? english : chinese }
    let typed = FormValues([
      ("readings.respirationRate", "22"), ("readings.supplementalOxygen", "false"), ("readings.oxygenSaturation", "93"),
      ("readings.systolic", "78"), ("readings.diastolic", "118"), ("readings.pulse", "96"),
      ("readings.temperature", "386"),
    ])
    let faults = [
      FieldFault(
        "readings.pressure", "order", w("收缩压 78 比舒张压 118 低，是不是填反了？", "Systolic 78 is below diastolic 118. Swapped?")),
      FieldFault(
        "readings.temperature", "range", w("体温可填 30.0 到 43.0。要填的是 38.6 吗？", "Temperature 30.0 to 43.0. Is it 38.6?")),
      FieldFault("readings.consciousness", "missing", w("没选意识", "Consciousness not chosen")),
    ]
    let page = Page(
      w("检查 孛儿只斤·巴特尔", "Check: Borjigin Bator"), site: site(h), heading: w("孛儿只斤·巴特尔", "Borjigin Bator"),
      detail: w("412 房·79 岁·晚巡", "Room 412, 79, evening"), back: (w("回到晚巡", "Evening round"), "#"), tabs: tabs(h),
      keepsBar: true)
    h.page(page) {
      h.tag(w("逾期", "Overdue"), .late, icon: .late)
    } top: {
      h.banner(.bad, .critical, w("青霉素过敏（皮疹）", "Penicillin allergy (rash)"))
    } dock: {
      h.assessment(
        .incomplete, act: w("还算不出总分", "No total yet"),
        why: w("缺 体温、血压、意识", "Missing: temperature, pressure, consciousness"),
        last: w("上次 1", "Last 1"))
      h.button(w("保存检查", "Save the check"), form: "check", large: true, full: true)
    } main: {
      h.form(
        "#", Form(typed, faults: faults), key: key, "", id: "check", guardsLeaving: true,
        assesses: "/api/v1/assessments"
      ) {
        h.div("list") {
          h.measure(
            w("呼吸", "Breaths"), "readings.respirationRate", unit: w("次/分", "/min"), last: w("上次 16", "Last 16"),
            start: "16",
            points: 2)
          h.measure(
            w("血氧", "SpO₂"), "readings.oxygenSaturation", unit: "%", last: w("上次 96·量表 1", "Last 96, scale 1"),
            start: "96", points: 2)
          h.segments(
            w("吸氧", "Oxygen"), "readings.supplementalOxygen",
            [Choice("false", w("空气", "Air")), Choice("true", w("吸氧", "Oxygen"))],
            hint: w("上次 空气", "Last: air"), points: 0)
          h.measurePair(
            w("血压", "Pressure"), "readings.pressure", unit: "mmHg", last: w("上次 126/74", "Last 126/74"),
            (w("收缩压", "Systolic"), "readings.systolic", nil), (w("舒张压", "Diastolic"), "readings.diastolic", nil),
            points: .some(nil))
          h.measure(
            w("脉搏", "Pulse"), "readings.pulse", unit: w("次/分", "/min"), last: w("上次 72", "Last 72"), start: "72",
            points: 1)
          h.measure(
            w("体温", "Temperature"), "readings.temperature", unit: "℃", last: w("上次 36.7·腋下", "Last 36.7, armpit"),
            start: "36.7",
            stepping: .tenth, points: .some(nil))
          h.segments(
            w("意识", "Consciousness"), "readings.consciousness",
            [
              Choice("A", "A", detail: w("清醒", "Alert")), Choice("C", "C", detail: w("新混乱", "Confused")),
              Choice("V", "V", detail: w("应声音", "Voice")), Choice("P", "P", detail: w("应疼痛", "Pain")),
              Choice("U", "U", detail: w("无反应", "None")),
            ], hint: w("上次 A 清醒", "Last: A"))
          h.measure(
            w("血糖", "Glucose"), "readings.glucose", unit: "mmol/L", last: w("上次 7.2", "Last 7.2"), stepping: nil,
            optional: true,
            placeholder: w("未测", "none"))
        }
      }
    }
  }

  static func confirm(_ h: HTML) {
    func w(_ chinese: String, _ english: String) -> String { h.english ? english : chinese }
    h.page(
      Page(
        w("确认血氧", "Confirm SpO₂"), site: site(h), heading: w("孛儿只斤·巴特尔", "Borjigin Bator"),
        detail: w("412 房·79 岁", "Room 412, 79"), back: (w("回到检查", "Back"), "#"), keepsBar: true)
    ) {
      h.sheet(w("血氧 83 %，很低，但有可能", "SpO₂ 83 %: very low, but possible"), safe: (w("再测一次", "Measure again"), "#")) {
        h.div("row") {
          h.p {
            h.span("m s blk", w("这次", "Now"))
            h.b("xxl", "83 %")
          }
          h.p {
            h.span("m s blk", w("今早 07:20", "07:20"))
            h.span("xxl m", "96 %")
          }
          h.mark(.critical, w("低 13", "13 lower"))
        }
        h.p(
          w(
            "先看手指是否冰凉、夹子是否夹正，换一只手再测。人不对劲就别等，直接打 120。",
            "Cold fingers? Is the clip straight? Try the other hand. If they look unwell, call 120 at once."))
      } acts: {
        h.act(
          w("确认 83 %，保存并报警", "Confirm 83 %, save and alert"), "#", key: key, .warning, icon: .critical, full: true,
          large: true)
        h.p("s m", w("保存后立刻通知 何一鸣、周敏。", "He Yiming and Zhou Min are told at once."))
        h.call("120", words: w("拨打 120", "Call 120"), full: true)
      }
    }
  }
}
