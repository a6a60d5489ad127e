internal import Documents
internal import MicroHTTP
internal import Pages
internal import Sanatorium

extension Context {
  /// Leads through the installation in the order of doing, says whether it has worked, and goes on from there.
  func trustPage() -> Response {
    let enrolled = request.query.first("enrolled").flatMap(DeviceKind.init(rawValue:))
    return html { h in
      h.page(page(Text("装证书", "Certificate"), viewer == nil ? nil : .more)) {
      } top: {
        notices(h)
        state(h, enrolled)
      } main: {
        if let pem = site.configuration.authorityPEM {
          if enrolled != nil {
            h.div("sheet stack") { goOn(h, enrolled) }
            h.fold(say("装证书的步骤", "How to install the certificate")) { install(h, pem) }
          } else {
            h.div("trusted sheet stack") {
              goOn(h, nil)
              h.fold(say("证书和指纹", "The certificate and its fingerprint")) { files(h, pem) }
            }
            h.div("untrusted") { install(h, pem) }
          }
        } else {
          h.empty(
            say("不用装证书", "Nothing to install"), say("本院用的是公开认可的证书。", "The house uses a certificate that devices know."), icon: .lock)
        }
        nextDevice(h)
      }
    }
  }

  /// One line for how things stand. A script says whether the device knows the certificate: it alone can try.
  private func state(_ h: HTML, _ enrolled: DeviceKind?) {
    guard enrolled != nil else {
      return h.el(
        "p", .flag("hidden"), .of("role", "status"),
        .data("data-known", say("这台设备认得本院的证书，不用再装", "This device knows the house's certificate; nothing is to be installed")),
        .data("data-unknown", say("这台设备还不认得本院的证书，照下面的步骤装", "This device doesn't know the house's certificate yet: follow the steps below"))
      ) {}
    }
    h.el(
      "p", .class("banner due"), .of("role", "status"),
      .data("data-known", say("这台设备登记好了，也认得本院的证书，可以用了", "This device is enrolled and knows the house's certificate: it is ready")),
      .data(
        "data-unknown",
        say("这台设备登记好了，还不认得本院的证书：打开下面的“装证书的步骤”照着装", "This device is enrolled, but doesn't know the house's certificate yet: open the steps below")),
      text: say("这台设备登记好了。证书还没装的，先装上", "This device is enrolled. Install the certificate unless it is there"))
  }

  /// Where somebody goes whose device is ready.
  private func goOn(_ h: HTML, _ enrolled: DeviceKind?) {
    if enrolled == .wall {
      h.linkButton(say("去值班看板", "To the duty board"), "/board", large: true, full: true)
    } else if viewer == nil {
      h.linkButton(say("去登录", "Go on to the login"), "/login", large: true, full: true)
    } else {
      h.linkButton(say("回首页", "To the start page"), "/", large: true, full: true)
    }
  }

  private func install(_ h: HTML, _ pem: String) {
    download(h, pem)
    steps(h)
    check(h)
  }

  private func download(_ h: HTML, _ pem: String) {
    h.section(say("第 1 步：下载", "Step 1: download")) {
      h.p(
        say(
          "装一次，以后就不再提示“不安全”，没有网络时也能打开当天的人，而且认得出冒充的网页。",
          "Installed once, the device stops warning, opens the day's people without network too, and recognizes a page that only pretends to be this one."))
      h.linkButton(say("下载证书 ca.crt", "Download ca.crt"), "/trust/ca.crt", icon: .download, full: true)
      h.p(
        "m s",
        say(
          "装之前对一下指纹，要和发登记码的人屏幕上的一样（SHA-256）：",
          "Compare the fingerprint with the one on the screen of whoever made the code (SHA-256):"))
      fingerprint(h, pem)
      h.a("/trust/ca.pem", "link", text: say("给电脑程序用的文本格式 ca.pem", "As text for other programs: ca.pem"))
    }
  }

  /// For whoever has it already: to compare, and for other programs on the same machine.
  private func files(_ h: HTML, _ pem: String) {
    fingerprint(h, pem)
    h.p { h.a("/trust/ca.crt", "link", text: say("下载证书 ca.crt", "Download ca.crt")) }
    h.p { h.a("/trust/ca.pem", "link", text: say("给电脑程序用的文本格式 ca.pem", "As text for other programs: ca.pem")) }
  }

  private func steps(_ h: HTML) {
    h.section(say("第 2 步：安装", "Step 2: install")) {
      h.p("m s", say("步骤照厂家说明写的，没有在每种设备上试过，名称可能略有不同。", "Written from the makers' instructions, not tried on every device; names may differ a little."))
      fold(
        h, Text("安卓", "Android"), open: true,
        [
          Text(
            "打开 设置，搜“证书”；没有搜索就找 安全 → 更多安全设置 → 加密与凭据。",
            "Open Settings and search for “certificate”; or Security → More security settings → Encryption and credentials."),
          Text("安装证书 → CA 证书，看到提醒按“仍然安装”。", "Install a certificate → CA certificate; at the warning choose “Install anyway”."),
          Text("在“下载”里选 ca.crt。手机没有锁屏密码的，会先要求设一个。", "Choose ca.crt among the downloads. A phone without a screen lock asks for one first."),
          Text("关掉浏览器再打开这一页，看第 3 步。", "Close the browser, open this page again and see step 3."),
        ])
      fold(
        h, Text("苹果手机、平板", "iPhone, iPad"),
        [
          Text("一定用 Safari 打开这一页下载，按“允许”。", "Open this page in Safari, download and choose Allow."),
          Text("设置 → 最上面“已下载描述文件” → 安装，输锁屏密码。", "Settings → Profile Downloaded at the top → Install, with the passcode."),
          Text(
            "设置 → 通用 → 关于本机 → 证书信任设置，把本院这一个打开。少了这一步不算装好。",
            "Settings → General → About → Certificate Trust Settings: switch on this house's. Without it nothing is installed."),
          Text("回到 Safari 重新打开这一页，看第 3 步。", "Back in Safari, open this page again and see step 3."),
        ])
      fold(
        h, Text("Windows 电脑", "Windows"),
        [
          Text("打开下载的 ca.crt，按“安装证书”。", "Open the downloaded ca.crt and choose Install Certificate."),
          Text("选“本地计算机”；没有管理员权限就选“当前用户”。", "Choose Local Machine, or Current User without administrator's rights."),
          Text("选“将所有的证书都放入下列存储” → 受信任的根证书颁发机构。", "Choose “Place all certificates in the following store” → Trusted Root Certification Authorities."),
          Text("关掉所有浏览器窗口，再打开这一页，看第 3 步。", "Close all browser windows, open this page again and see step 3."),
        ])
    }
  }

  private func fold(_ h: HTML, _ name: Text, open: Bool = false, _ steps: [Text]) {
    h.fold(name(language), open: open) {
      h.ol("dots") { for step in steps { h.li { h.text(step(language)) } } }
    }
  }

  private func check(_ h: HTML) {
    h.section(say("第 3 步：看装好没有", "Step 3: see whether it worked")) {
      h.p(
        say(
          "看地址栏：有锁、没有“不安全”，就是装好了。这一页最上面也会写认不认得。",
          "Look at the address bar: a lock and no “Not secure” mean that it worked. The top of this page says so, too."))
      h.linkButton(say("装好了，再看一次", "Installed: look again"), request.target, .other, icon: .lock, full: true)
    }
  }

  /// The address of this page for the next telephone.
  private func nextDevice(_ h: HTML) {
    guard let origin = try? origin(), !origin.isThisMachine, let code = try? QRCode("\(origin.text)/trust") else { return }
    h.section(say("下一台设备", "The next device")) {
      h.p(say("用它的相机对准这个码，就到这一页：", "Its camera pointed at this code opens this page:"))
      h.cameraCode(code, say("这一页的二维码", "Code of this page's address"))
      h.el("code", .class("blk"), text: "\(origin.text)/trust")
    }
  }
}
