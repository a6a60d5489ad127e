internal import Sanatorium

private let house: Set<Role> = [.escort, .staff, .lead, .organizer]

extension HelpTopic {
  /// What the people who work with the batch ask.
  static let people = [
    HelpTopic(
      "check", Text("怎么检查", "How to check somebody"), for: [.escort, .lead],
      Text(
        "首页列着现在要查的人，红的是逾期的，排在最前面。点名字就是检查表。也可以扫证件牌，或在“找人”里打姓名、首字母（张三打 zs）、房号。",
        "The start page lists who is due; red is overdue and stands first. Tap a name for the form. Or scan the badge, or type the name, its initials (zs for 张三) or the room into the search."
      ),
      Text(
        "量到什么填什么。没量的空着，空着就是“没测”，不会当成正常。七项齐了才有分数；少一项也能存，之后会提醒补测。",
        "Fill in what you measured. What is left blank counts as not measured, never as normal. There is a score only with all seven; a part can be saved and you are reminded of the rest."
      ),
      Text(
        "数字不可能（比如体温 386），不收，旁边写着可以填多少。数字很危险但有可能：照样存，一存就报警叫人。边填边显示分数和要做的事，看着不对就先重新量一次再存。",
        "An impossible figure (a temperature of 386) is refused and the allowed range shown. A dangerous but possible one is recorded at once and raises the alarm. While you type, the form shows the score and what follows from it: if it looks wrong, measure again before saving."
      ),
      Text(
        "人不在、睡着了、不愿意查，点“没查成”写原因，就不算漏查，过一会再提醒。",
        "Not there, asleep, unwilling: choose “not done” and give the reason. It is no missed check, and you are reminded later."),
      Text(
        "分数不是诊断。人看着不对劲，不管分数多少都先叫医生，要紧时打 120。",
        "A score is no diagnosis. If somebody looks unwell, call the doctor whatever the score, and 120 when it is serious.")),
    HelpTopic(
      "saved", Text("“已保存”“待同步”是什么意思", "What “saved” and “waiting” mean"), for: house,
      Text("绿色“已保存 14:26”：已经写进值班室电脑的硬盘，断电也不会丢。", "Green “Saved 14:26”: it is on the disk of the duty room's computer and survives a power cut."),
      Text(
        "虚线“待同步”：只存在您手里这台设备上，连上以后自动发，不用再填一遍。没变绿以前别清除浏览器数据，也别换设备。",
        "Dashed “waiting”: it is on your device alone and is sent by itself once there is a connection; don't type it again. Until it is green, don't clear the browser's data and don't change devices."
      ),
      Text(
        "红色：没收下。旁边写着为什么、怎么改。改好再存一次，别的记录不受影响。",
        "Red: it was refused. The reason and the repair stand beside it. Correct it and save again; other records are not affected.")),
    HelpTopic(
      "offline", Text("没有网络怎么办", "Without a network"), for: house,
      Text(
        "照常查、照常记。页面上写着这是几点的样子；记的时间是您按下去的时间，不是后来发出去的时间。",
        "Go on as usual. The page says how old it is; what you record keeps the time when you pressed, not when it was sent."),
      Text("回到有 Wi-Fi 的地方，打开页面等一会，待同步的数字变成 0 就都发完了。", "Back in the Wi-Fi, open the page and wait until nothing is waiting any more."),
      Text(
        "急事不等网络：直接打电话，要紧时打 120。值班室电脑坏了，用打印的应急名册和纸质巡查表，之后再补录。",
        "What is urgent doesn't wait for a network: telephone, 120 when it is serious. If the duty room's computer is dead, use the printed emergency list and paper, and record it afterwards."
      )),
    HelpTopic(
      "badge", Text("证件牌", "Badges"), for: house,
      Text(
        "每个人一张牌，牌上的码只在院里有用，不含姓名和身份证号。用手机扫，或用扫码枪，任何一页都行，扫到就打开这个人。",
        "Everybody has a badge; its code is good in this house alone and holds neither name nor identity number. Scan it with the phone or a scanner, on any page, and the person opens."
      ),
      Text(
        "牌丢了，用姓名、首字母或房号找人；返程时收回，登记返程那一页有一格。", "If it is lost, find the person by name, initials or room. Take it back at departure; the form has a box for it.")
    ),
    HelpTopic(
      "incident", Text("出了意外", "An incident"), for: house,
      Text(
        "先救人、先喊人，要紧时先打 120，再来记。点红色的“报意外”：哪一类、伤得怎样、在哪里、谁，四格就能存。",
        "Help first, call out, 120 first when it is serious; then record. Tap the red “Incident”: what kind, how bad, where, who; four fields are enough."),
      Text(
        "报完会自动叫该来的人，谁没应答、下一个叫谁都看得见。达到预案条件的，会问要不要启动；没人回答，有的预案到时间自己启动。",
        "The right people are called by themselves; you see who hasn't answered and who is next. Where a plan fits you are asked whether to start it; some start by themselves when nobody answers."
      ),
      Text(
        "轮到您做的那一步，写在首页和预案页最上面。做完点“做完了”，时间自动记。", "The step that is yours stands on top of the start page and the plan. Press “Done” and the time is recorded."),
      Text("经过只能往下加，不能改掉：写错了再加一条更正。", "The course of events is only added to: correct a mistake with another line.")),
    HelpTopic(
      "alerts", Text("警报", "Alerts"), for: house,
      Text(
        "警报一定要有人应答。点开，点“我去处理”，大家就知道是您在管；没人应答会一级一级往上叫。",
        "Every alert needs somebody's answer. Open it and take it; everybody sees that it is yours. Unanswered ones climb from tier to tier."),
      Text(
        "事情处理完再解除，写一句怎么处理的。值班表上没有人，警报就没人接：先把班排好。",
        "Resolve it when it is done, with a word on what was done. With nobody on the rota nobody is called: plan the shifts first.")),
    HelpTopic(
      "arrival", Text("报到、暂留、返程", "Arrival, held, departure"), for: [.staff, .lead],
      Text("首页列着还没到的人。点名字，填房号，点“正式报到”。", "The start page lists who is awaited. Tap the name, give the room, press “Admit”."),
      Text(
        "差材料的，页面写着差什么、哪一条规定、向谁要。这时只能“先住下，暂留待核”：照常吃住、照常检查，材料补齐后由组织单位决定。不会因为差材料就不让人吃饭看病。",
        "Where something is missing, the page says what, by which clause and from whom. Then they stay, held: housed, fed and checked as everybody, until the organizer decides. Nobody goes without a meal or a doctor for want of a paper."
      ),
      Text(
        "按错了“报到”：当天就能办返程，写明按错了；记录不会抹掉，只会多一条。", "Arrival recorded for the wrong person: record a departure and say so; nothing is erased, one line is added."),
      Text(
        "请假要写几点回来，到时间没回来会报警。住院、返程都在这个人的页面上点。",
        "Leave needs a time of return; who isn't back by then raises an alert. Hospital and departure stand on the person's page.")),
    HelpTopic(
      "outing", Text("外出和点名", "Outings and headcounts"), for: [.escort, .staff, .lead],
      Text(
        "出发前点名：谁上车、谁不去，点“点名出发”。回来再点一次。数不对会写明缺谁，找到再存。",
        "Count before leaving: who is on board, who stays. Count again on return. If the numbers differ you see who is missing."),
      Text("晚回来就在外出那一页改时间，不然到时间会报警。途中也能点名。", "If you are late, change the time on the outing's page, or it raises an alert. You can count on the way as well.")),
    HelpTopic(
      "board", Text("值班看板", "The duty board"), for: [.lead, .organizer],
      Text(
        "大屏放值班看板，自己更新，不用点。上面写“陈旧”就是断了，别再信屏上的数。",
        "The board is for the wall; it updates by itself. When it says “out of date” the connection is cut: trust it no more."),
      Text("手机上看首页：先是没人应答的警报，再是逾期、没回来的、缺的人。", "On a phone use the start page: unanswered alerts first, then what is overdue, who isn't back, who is missing.")),
    HelpTopic(
      "batch", Text("一批从头到尾", "A batch from beginning to end"), for: [.lead, .organizer],
      Text(
        "计划 → 导入名单 → 加服务人员、排班、包组 → 逐条核对规定 → 开班。页面上亮着的就是下一步。",
        "Plan → import the list → add escorts, plan shifts, assign people → go through the rules → open. The step that is lit is the next."),
      Text(
        "规定分三种：硬的不过不能开班；软的可以写明原因、由谁放行；提示的只写进报告。每一条都附原文。",
        "Rules are of three kinds: hard ones stop the gate; soft ones can be departed from with a reason and a name; informational ones are reported. Each shows its clause."
      ),
      Text(
        "结束以后，这一批不能再改，只能加晚到的记录。报告签了名，组织单位自己能核对，签收以后发回执。",
        "Once closed a batch is changed no more; late records can still be added. The report is signed; the organizer can check it by itself and answers with a receipt."
      )),
    HelpTopic(
      "rota", Text("值班表、替班、交接班", "Rota, stand-ins, hand-over"), for: [.escort, .staff, .lead],
      Text(
        "值班表按岗位排一周。带斜纹的格子缺人，或者那个人那时有别的事；“会出的问题”写着几点出、哪一条规定、谁有空。现在补上，就不会发生。",
        "The rota shows a week by duty. A hatched cell has nobody, or somebody who is elsewhere then; the list of problems says when, by which clause and who is free. Fixed now, it never happens."
      ),
      Text(
        "有人来不了：点他的班，找人替，写为什么。整班替，或者从几点起替。警报会叫替班的人。",
        "Somebody can't come: open the shift, find a stand-in, say why; for all of it or from a time on. Alerts call the stand-in."),
      Text(
        "交班前写交接班记录：各处有多少人由院里自己数，您写重点人员、没办完的事。交班的签字，接班的看过再签，两个人不能是同一个。晚了一小时会提醒值班负责人。",
        "Write the hand-over note before the change: the house counts who is where, you write whom to watch and what is unfinished. Who goes signs, who comes reads and signs; never the same person. After an hour the duty lead is told."
      ),
      Text(
        "常用的排法存成模板，下一批一步排好。两个人同时改班表，后存的会先看到别人改了什么，不会盖掉。",
        "Keep the usual rota as a template for the next batch. When two change the rota at once, the second is shown what the first did; nothing is overwritten."
      )),
    HelpTopic(
      "coverage", Text("随队人员够不够", "Whether the escorts suffice"), for: [.escort, .staff, .lead, .organizer],
      Text(
        "“人员配备”随每一次走动重算：全部、留在院里的、每一队外出的，各要几名随队人员，有几名。谁算数按本地的规定，承办方人员不算。",
        "Coverage is counted anew at every movement: all, those in the house, each outing; how many escorts are needed and there. Who counts depends on the regulation; the host's employees never do."
      ),
      Text(
        "外出还没走，就写着走了以后两边够不够。缺人就换人，或者少去几个。每天最紧的时候和不够的时段都留着，写进报告。",
        "Before an outing leaves, its page says whether both sides will have enough. Send others, or fewer. The worst moment of each day and every breach are kept and reported."
      )),
    HelpTopic(
      "rules", Text("合规看板、材料、服务小组", "Compliance, papers, service groups"), for: [.staff, .lead, .organizer],
      Text(
        "合规看板一条规定一行：原文、结果、依据、谁放行过。已经过去的关口照当时的结果，没到的按现在的情况。可以按关口、按结果筛，可以打印。",
        "The compliance board has a line for each rule: its words, its result, the facts, who let it pass. Gates behind us stand as they were decided, those ahead as things are now. Filter by gate or result; print it."
      ),
      Text(
        "“还缺什么，谁来办”按该谁办分开，报到前几天就看得见。材料的扫描件（PDF 或照片）附在那一项上。",
        "What is missing is sorted by who has to bring it, days before the arrivals. Scans (PDF or pictures) are attached to their item."),
      Text(
        "服务小组两边各填一次：谁是组长、谁管登记、食宿、医疗、应急。责任表从这里打印，规定问的负责人也从这里取。",
        "Each side fills in its service group once: its head, and who does registration, board, medical care, emergencies. The responsibility table is printed from it, and the rules look there."
      ),
      Text(
        "药箱按清单管：用了、补了、过期了都记一笔，点过签字；不够或快过期，规定那里就不通过。因病没来或提前走的，欠一次走访，走访过了记下来。",
        "The kit is a list: record what was used, restocked, thrown away, and sign when you have gone through it; what is short or expires fails the rule. Whom health kept away or sent home is owed a visit; record it when it was made."
      )),
  ]
}
