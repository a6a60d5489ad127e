// The strip at the foot says how things stand: no connection and how old the picture is, what waits on this device, what
// was refused. Nothing moves when it comes; it lies over the page's end.
const strip = element("div", { id: "net", className: "banner wait", hidden: true });
// Said by a place that is always there, as what appears with its words is often not read out.
const said = element("p", { className: "vh" });
said.setAttribute("role", "status");
body.append(said, strip);

house.clock = (moment) => {
  const then = new Date(moment);
  const day = Date.now() - moment < 72000000 ? "" : `${then.getMonth() + 1}/${then.getDate()} `;
  return day + then.toTimeString().slice(0, 5);
};

// What stands first: words, more words, and where to go.
function state(kept) {
  if (house.storing === false) {
    return [
      say("这台设备存不住记录：隐私模式，或者空间满了", "This device keeps nothing: private mode, or no room"),
      say("没有网的时候不要在这里记", "Enter nothing here without network"),
    ];
  }
  if (house.waits === "login") {
    return [
      say("登录已经过期，填的都在本机", "The session is over; what you typed is on this device"),
      say("登录后自动发", "It is sent after you log in"), `/login?next=${encodeURIComponent((house.waiting && one("#bar.back > a")?.pathname) || location.pathname)}`, say("登录", "Log in"),
    ];
  }
  if (house.waits === "full") return [say("本院的磁盘满了，先存在本机", "The house's disk is full; entries stay on this device"), ""];
  // A kept page has a moment to hear from the house before it says that it is old.
  if (!house.away && (!kept || Date.now() - kept < 30000 || lapsed() - (house.begun ?? 0) < 3000)) return;
  const picture = kept ? say(`这一页停在 ${house.clock(kept)}`, `This page is as of ${house.clock(kept)}`) : "";
  return house.away ? [isUrgent(address()) ? say("没有连上，急事打电话", "No connection: telephone") : say("没有连上，可以照常记", "No connection; go on as usual"), picture] : [picture, ""];
}

house.tell = async () => {
  let entries = [];
  try { entries = await house.entries(); } catch { house.storing = false; }
  const waiting = house.waiting = entries.filter((entry) => entry.state === "waiting").length;
  const refused = entries.length - waiting;
  const parts = [];
  const [words, more, target, link] = state(+data.kept || house.since) ?? [];
  if (words) parts.push(icon("off"), element("span", {}, element("b", {}, words), element("small", {}, more)));
  if (target) parts.push(element("a", { href: target, className: "link" }, link));
  const count = (kind, name, words) => parts.push(element("a", { href: "/unsent", className: `mark ${kind}` }, icon(name), words));
  if (waiting) count("wait", "wait", say(`待同步 ${waiting}`, `${waiting} waiting`));
  if (refused) count("bad", "x", say(`没收下 ${refused}`, `${refused} refused`));
  const all = parts.map((each) => each.textContent).join("|");
  if (strip.dataset.words !== all) {
    strip.dataset.words = all;
    strip.replaceChildren(...parts);
    strip.hidden = !all;
    said.textContent = all.replaceAll("|", " ");
  }
  const under = ["dock", "tabs"].map((id) => byId(id)).find((each) => each?.offsetHeight && getComputedStyle(each).position === "sticky");
  strip.style.bottom = `${under?.getBoundingClientRect().height ?? 0}px`;
  mark(entries);
  house.list?.(entries);
};

// Whoever has an entry that waits is marked in lists, so that nobody is checked twice.
function mark(entries) {
  for (const old of every("[data-waits]")) old.remove();
  for (const entry of entries) {
    const path = entry.path.split("/").slice(0, 3).join("/");
    if (entry.state !== "waiting") continue;
    for (const link of every(`main a.who[href="${path}"], main a.who[href^="${path}/"]`)) {
      if (link.querySelector("[data-waits]")) continue;
      const waits = element("span", { className: "mark wait" }, icon("wait"), say("待同步", "waiting"));
      waits.dataset.waits = "";
      (link.querySelector(".nm") ?? link).append(waits);
    }
  }
}

on("queue-changed", house.tell);
on("page-replaced", house.tell);
