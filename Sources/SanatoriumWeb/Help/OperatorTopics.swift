internal import Sanatorium

extension HelpTopic {
  /// What whoever runs the machine needs. The English is README's section "Operate it", word for word; a test compares them.
  static let operation = [
    HelpTopic(
      "install", Text("安装", "Install"), for: [.admin],
      Text(
        """
        `deploy/install` 把程序、服务单元和配置放到位；`deploy/install --uninstall` 再拿走，数据留下。`systemctl enable --now sanatoriumd` 开机自动运行。程序自带 Swift \
        运行库，不用装工具链。
        """,
        """
        `deploy/install` puts the binaries, the units and the configuration in place; `deploy/install --uninstall` takes them away \
        again and leaves the data. `systemctl enable --now sanatoriumd`. The binary carries the Swift runtime and needs no toolchain.
        """)),
    HelpTopic(
      "first-start", Text("第一次启动", "First start"), for: [.admin],
      Text(
        """
        `sanatoriumd init --data DIR` 建好数据文件夹、本院自己的证书机构和一次性口令。打开 `https://HOST:8443/first`，填口令，建第一个管理员。手机装一次本院证书就行；`/trust` \
        一步步带着做，会说装好了没有，还显示一个码给下一部手机扫（Android、iOS 和 Windows 的步骤按说明书写，没有试过；Linux 上的 Chromium 试过）。
        """,
        """
        `sanatoriumd init --data DIR` makes the data folder, the house's own certificate authority and a one-time code. Open \
        `https://HOST:8443/first`, enter the code and make the first administrator. Phones trust the authority once; `/trust` \
        leads through it, says whether it has worked, and shows a code for the next phone (the steps for Android, iOS and \
        Windows are written from their manuals and were not tried; Chromium on Linux was).
        """)),
    HelpTopic(
      "configuration", Text("配置", "Configuration"), for: [.admin],
      Text(
        """
        配置文件是 `/etc/sanatoriumd/sanatoriumd.conf`，一行一个 `key = value`；哪一项都可以不写，装好的文件里列着全部项目和意思。密码类的单独放一个文件（`organizer_secret_file`），\
        或由服务管理器给。写错了程序不启动，退出码 78，并说明哪个文件、哪一行、哪一项、为什么。
        """,
        """
        It stands in `/etc/sanatoriumd/sanatoriumd.conf`, lines of `key = value`; every key may be left out, and the file that is installed lists \
        them all with their meaning. A secret stands in a file of its own (`organizer_secret_file`) or comes as a credential of the \
        service manager. A wrong setting ends the start with exit status 78 and names file, line, key and reason.
        """)),
    HelpTopic(
      "accounts", Text("账号", "Accounts"), for: [.admin],
      Text(
        """
        角色：`escort`（随行人员，有执业资格的能记健康）、`staff`（工作人员）、`lead`（值班负责人）、`organizer`（组织单位）、`admin`（管理员，看不到健康数据）。在管理员的页面上加和停用账号；程序没开时用 \
        `sanatoriumd account add`。用户名用拉丁字母、数字、汉字和 `.` `_` `-`，免得两个名字看着一样。登录管一个班，12 小时。不能看健康数据的人看得到谁在哪里、出了哪一类事，还有过敏；意外的病情描述和医院名称，只给随行医护、\
        值班负责人、组织单位和指挥这次意外的人看。每次看健康数据都有记录：谁、看了谁、什么时候。不要第二道验证：设备都在院里，护士在床边只空着一只手；输错多了会按账号和地址慢下来，但不会把同事锁在外面。
        """,
        """
        Roles: `escort` (with a medical licence: health records), `staff`, `lead`, `organizer`, `admin` (no health data). The \
        administrator's page adds and disables them; `sanatoriumd account add` does it while the daemon is stopped. A username has \
        Latin letters, digits, Chinese characters and `.` `_` `-`, so that none can be mistaken for another. Sessions last one shift of \
        12 hours. Who may not read health data sees who is where and what kind of thing happened, and allergies; the clinical words of \
        an incident and a hospital's name are for medical escorts, the duty lead and the organizer, and for whoever commands the \
        incident. Each reading of health data is logged: who, whose, when. A second factor is not asked for: the devices are in one \
        house, and a nurse at a bedside has one hand free; lockout slows guessing per account and address without locking a colleague \
        out.
        """)),
    HelpTopic(
      "devices", Text("登记设备", "Devices"), for: [.admin, .lead],
      Text(
        """
        管理员和值班负责人在 `/devices` 登记手机和平板；大屏上看得到健康情况，只有值班负责人能登记。写上名字、选一类，就有一个带 128 位随机数的地址，显示成码给摄像头扫；只能用一次，十分钟内有效，程序一停、\
        或者发码的人不能再登记设备了，就作废。新设备先打开 `/trust`，上面的指纹要和发码那一页的一样，再装证书；然后打开那个地址，按一下按钮，从此有自己的凭证（400 天的 cookie；本院只留它的散列）；在这台设备上登录后记下的，\
        都带着设备的编号。停用会马上结束它上面的全部登录，凭证作废；程序停着时用 `sanatoriumd device list` 和 `device revoke ID`。\
        没登记的设备照样能登录：登记是给设备起名字，不是拦人。大屏不用登录，日夜显示 `/board`，别的都看不到；它看了什么记在它自己的编号下，所以只把值班室里挂着的登记成大屏。
        """,
        """
        The administrator and the duty lead enrol telephones and tablets at `/devices`; a wall screen shows people's health, \
        so the duty lead alone enrols one. A name and a kind make an address with 128 random bits, shown as a code for the \
        camera, good once and for ten minutes, and worthless when the daemon stops or when whoever made it may enrol no more. \
        The new device first opens `/trust`, whose fingerprint must be the one beside the code, and installs the \
        certificate; then it opens the address, presses the button and holds a token of its own from then on (a cookie for \
        400 days; the house keeps its hash); what is recorded in a session begun on it carries the device's id in the journal. \
        Revoking ends every session on it at once and makes the token worthless; `sanatoriumd device list` and `device revoke \
        ID` do it while the daemon is stopped. A device that isn't enrolled can be logged in on all the same: enrolment names \
        devices, it doesn't keep others out. A wall screen shows `/board` without anybody logged in, day and night, and \
        nothing else; what it reads is logged under its own id, so enrol as a wall only what hangs in the duty room.
        """)),
    HelpTopic(
      "badge-sheets", Text("印证件牌", "Badges"), for: [.staff, .lead, .organizer],
      Text(
        """
        从批次页或名单页打开 `/badges`，A4 纸每页印十张（85 × 54 毫米，按 100 % 打印），有姓名、房号和一个给摄像头或扫码枪读的码，要的话留出贴一寸照片（25 × 35 毫米）的位置；丢了的，在本人的页面上补印。码里只有本院的地址和十个随机字符：不登录什么也看不到，\
        连有没有这张牌都不知道。地址就是打开这一页时用的那个，所以要用手机上用的地址打开，别用 `localhost`。扫了就打开这个人；以前批次的牌会说明。
        """,
        """
        `/badges`, reached from the batch and from the arrivals, prints ten cards on a sheet of A4 (85 × 54 mm; print at 100 \
        %), with name, room, and a code that a camera or a scanner reads, and where it is wished a place to glue a photograph \
        of 25 × 35 mm; a person's page prints a lost one again. The code holds the house's address and ten random characters: \
        without a login it shows nothing, not even whether there is such a badge. The address is the one that the page was \
        opened by, so open it as phones do, not as `localhost`. Scanning opens the person; a badge of an earlier batch says so.
        """)),
    HelpTopic(
      "every-day", Text("每天", "Every day"), for: [.admin],
      Text(
        """
        设了 `emergency_folder`，每天早上和每次有人报到以后，应急名册（姓名、房号、在哪里、过敏、用药、病史、家属电话、包组的人）都写到那里，电脑坏了那天用；值班看板上也能打印。
        """,
        """
        With `emergency_folder` set, the emergency list (name, room, place, allergy, medicines, conditions, family telephone, escort) \
        is written there every morning and after each arrival, for the day the computer is dead; print it from the duty board as well.
        """)),
    HelpTopic(
      "wall", Text("大屏", "The wall"), for: [.lead],
      Text(
        """
        `/board` 是值班室的大屏：有变化自己更新，30 秒没有消息就盖上；最要紧的没人应答的警报会盖满屏幕、响声，直到有人应答。没人碰过的页面浏览器不让出声，大屏上会写明；没人碰的屏幕，用 `--kiosk \
        --autoplay-policy=no-user-gesture-required https://HOST:8443/board` 启动 Chromium。没有脚本时，这一页每 20 秒重新打开一次。
        """,
        """
        `/board` is the duty room's screen: it follows what happens, covers itself when it has heard nothing for 30 seconds, \
        and is covered by the gravest unanswered critical alert until a named person answers, with sound. Browsers let \
        nothing sound before somebody has touched the page, and the wall says so; a screen that nobody touches starts \
        Chromium with `--kiosk --autoplay-policy=no-user-gesture-required https://HOST:8443/board`. Without scripts the page \
        loads itself anew every 20 seconds.
        """)),
    HelpTopic(
      "certificate", Text("证书", "Certificate"), for: [.admin],
      Text(
        """
        本院的证书机构管十年；服务器证书在到期前 30 天、或机器换了名字和地址时自己更新，不用停机。用自己的证书（`tls_certificate`、`tls_key`）时，两个程序收到 SIGHUP 就重新读取。新连接马上用新证书，开着的连接接着用旧的。
        """,
        """
        The house's own authority lasts ten years; the server's certificate is renewed by itself 30 days before its end and when the \
        machine gets another name or address, while the daemon runs. Both programs load an own certificate (`tls_certificate`, \
        `tls_key`) anew on SIGHUP. New connections see the new one at once, open ones go on.
        """)),
    HelpTopic(
      "backup", Text("备份", "Backup"), for: [.admin],
      Text(
        """
        `sanatoriumd backup FILE` 程序开着也能备份，并且核对备份；`sanatoriumd restore FILE` 先核对，再在程序停着的时候换上，旧文件留着；任何时刻都有一份完整的数据文件。备份里没有密钥：恢复到别的文件夹，\
        报告就用那个文件夹的密钥签名，组织单位还不认得。`restore` 会说是哪一把；请组织单位登记它，或者先从旧文件夹把 `report-signing-key` 拷过来（它是秘密，别和备份放在一起）。`sanatoriumd verify` \
        从头核对每一条记录的链，重建每一张表再比较；加 `--file` 核对一份备份。两样上次是什么时候做的、没做成是为什么，都写在管理员的首页上；上次备份过了一天，首页会催。
        """,
        """
        `sanatoriumd backup FILE` copies while the daemon runs and verifies the copy; `sanatoriumd restore FILE` verifies it and puts \
        it in place while the daemon is stopped, keeping the old file; at every moment there is a whole data file in place. A backup \
        holds no key: restored into another folder, the house signs its reports with that folder's key, which the organizer does not \
        know yet. `restore` says which key it is; enrol it, or copy `report-signing-key` from the old folder first (it is a secret: \
        keep its copy apart from the backups). `sanatoriumd verify` checks the chain over every entry, rebuilds every table and \
        compares; `--file` checks a backup. When both last ran and what failed stands on the administrator's start page, which asks \
        for a backup once the last one is older than a day.
        """)),
    HelpTopic(
      "full-disk", Text("磁盘满了", "A full disk"), for: [.admin],
      Text(
        """
        还能看，不能存：写入回 507，页面上是红条；腾出空间以后自己恢复。没收下的可以再发一次，同一个键只记一次。
        """,
        """
        Reading goes on, writes are refused with 507 and a red banner, and go on when there is room. What was refused can be sent \
        again: the same key is recorded once.
        """)),
    HelpTopic(
      "reverse-proxy", Text("反向代理", "A reverse proxy"), for: [.admin],
      Text(
        """
        用不着：手机直接连本程序，走它自己的 TLS。真有代理，就让它用 `loopback` 的地址（明文 HTTP，只限本机），并且要把 `X-Forwarded-For` 设成客户端的地址（nginx：`proxy_set_header \
        X-Forwarded-For $proxy_add_x_forwarded_for`），`Host` 原样传，`/api/v1/events` 不缓冲。输错密码按代理最后写的那个地址来数。经过代理来的一律不算本机：`/metrics` \
        就要负责人或管理员登录；本机上的程序自己读 `https://127.0.0.1:8443/metrics`。
        """,
        """
        None is needed: phones reach the daemon directly, over its own TLS. Where there is one, it takes the addresses of `loopback` \
        (plain HTTP, this machine only), and has to set `X-Forwarded-For` to the client's address (nginx: `proxy_set_header \
        X-Forwarded-For $proxy_add_x_forwarded_for`), pass `Host` on and not buffer `/api/v1/events`. Lockout counts failures for the \
        address that the proxy names last. Nothing that comes through it counts as this machine: `/metrics` then asks for a lead or an \
        administrator, while a program on the machine itself reads it at `https://127.0.0.1:8443/metrics`.
        """)),
    HelpTopic(
      "organizer", Text("组织单位", "The organizer"), for: [.admin],
      Text(
        """
        `sanatorium-organizer init`、`serve`、`facility add NAME --public-key KEY`（本院的公钥用 `sanatoriumd report key` 显示）、`account add`。本院设好 \
        `organizer_url`、`organizer_ca`、`organizer_key` 和 `organizer_secret_file`。没有网络连着的：`sanatoriumd report export FILE --batch ID`，\
        把文件带过去，`sanatorium-organizer receive FILE`，再把回执带回来。
        """,
        """
        `sanatorium-organizer init`, `serve`, `facility add NAME --public-key KEY` (the facility's key is printed by `sanatoriumd \
        report key`), `account add`. In the facility set `organizer_url`, `organizer_ca`, `organizer_key` and `organizer_secret_file`. \
        Where there is no link: `sanatoriumd report export FILE --batch ID`, carry the file, `sanatorium-organizer receive FILE`, carry \
        the receipt back.
        """)),
    HelpTopic(
      "exit-codes", Text("退出码", "Exit codes"), for: [.admin],
      Text(
        """
        两个程序都一样：0 完成，1 失败，2 名单有必须改的错或者有规定挡住，64 命令不对，65 文件内容不对，66 文件不在，73 建不了文件，74 读写失败，75 数据正被别的程序占用，78 配置不对。
        """,
        """
        Of both programs: 0 done, 1 failed, 2 a roster has faults that must be corrected or a rule stops a gate, 64 wrong command, 65 a file's content is \
        wrong, 66 a file is missing, 73 a file can't be made, 74 reading or writing failed, 75 another process holds the data, 78 the \
        configuration is wrong.
        """)),
  ]
}
