// Work without network: the worker's registration, the pages kept for it, what is typed and not sent, and the strip at
// the foot that says how things stand.
const keptAt = Number(body.dataset.kept);
let away = false;
let copied = 0;
const clock = (moment) => new Date(moment).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
const day = (moment) => (Date.now() - moment < 72_000_000 ? "" : `${new Date(moment).getMonth() + 1}/${new Date(moment).getDate()} `);

house.reached = (isReached) => {
  if (away === isReached) {
    away = !isReached;
    house.changed();
    if (isReached) house.sendAll(true);
  }
};

// The pages of an account go when it logs out, and when its session is over.
house.drop = async () => {
  for (const name of await caches.keys()) if (name.startsWith("pages ") || name === "whose") await caches.delete(name);
};
house.forget = () => { copied = 0; };

// Fetches the pages that the account needs without network, where something changed since the last time.
async function copy() {
  const account = house.account();
  if (!account || document.hidden || away || Date.now() - copied < 300_000) return;
  copied = Date.now();
  await navigator.locks.request("copy", { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    const before = await (await caches.open("whose")).match("/").then((answer) => answer?.json());
    if (before && before.account !== account) await house.drop();
    const since = before?.account === account && Date.now() - before.at < 1_800_000 ? before.sequence : -1;
    const answer = await fetch(`/api/v1/offline?since=${since}`, { headers: { "For-Account": account } });
    if (answer.status !== 200) return;
    const { sequence, until, name, start, pages } = await answer.json();
    localStorage.setItem(`name ${account}`, name);
    await (await caches.open("whose")).put("/", new Response(JSON.stringify({ account, sequence, until, at: Date.now() })));
    const cache = await caches.open(`pages ${account}`);
    const headers = { "Kept-At": Date.now() };
    const held = new Set(pages.map((page) => page.address));
    for (const request of await cache.keys()) if (!held.has(new URL(request.url).pathname)) await cache.delete(request);
    for (const { address, document: text } of pages) await cache.put(address, new Response(text, { headers }));
    await cache.put("/", Response.redirect(start));
  });
}

// The strip at the foot.
const strip = element("div", { id: "net", className: "banner wait", hidden: true });
strip.setAttribute("role", "status");
body.append(strip);

async function tell() {
  let entries = [];
  try { entries = await house.entries(); } catch { house.storing = false; }
  const waiting = entries.filter((entry) => entry.state === "waiting").length;
  const refused = entries.length - waiting;
  const kept = Number(body.dataset.kept) || house.since;
  const lines = [];
  if (house.storing === false) {
    lines.push([say("这台设备存不住记录：隐私模式，或者空间满了", "This device keeps nothing: private mode, or no room"), say("没有网的时候不要在这里记", "Don't enter anything here without network")]);
  }
  if (house.waits === "login") {
    lines.push([say("登录已经过期，填的都在本机", "The session is over; what you typed is on this device"), say("登录后自动发", "It is sent after you log in"), `/login?next=${encodeURIComponent(location.pathname)}`, say("登录", "Log in")]);
  } else if (house.waits === "full") {
    lines.push([say("本院的磁盘满了，先存在本机", "The house's disk is full; entries stay on this device")]);
  } else if (away || (kept && Date.now() - kept > 30_000)) {
    const picture = kept ? say(`这一页停在 ${day(kept)}${clock(kept)}`, `This page is as of ${day(kept)}${clock(kept)}`) : "";
    lines.push([say("没有连上，可以照常记", "No connection; go on as usual"), picture]);
  }
  const content = lines.slice(0, 1).map(([words, more, target, link]) => [
    element("span", {}, element("b", { textContent: words }), element("small", { textContent: more ?? "" })),
    ...(target ? [element("a", { href: target, className: "link", textContent: link })] : []),
  ]).flat();
  const counts = [];
  if (waiting) counts.push(element("a", { href: "/unsent", className: "mark wait" }, icon("wait"), say(`待同步 ${waiting}`, `${waiting} waiting`)));
  if (refused) counts.push(element("a", { href: "/unsent", className: "mark bad" }, icon("x"), say(`没收下 ${refused}`, `${refused} refused`)));
  for (const result of house.results ?? []) {
    counts.push(element("a", { href: result.location, className: "mark bad" }, icon("crit"), say(`${result.title}：看要做什么`, `${result.title}: see what to do`)));
  }
  const words = content.concat(counts).map((each) => each.textContent).join("|");
  if (strip.dataset.words !== words) {
    strip.dataset.words = words;
    strip.replaceChildren(...(content.length ? [icon("off")] : []), ...content, ...counts);
    strip.hidden = !words;
  }
  const under = ["dock", "tabs"].map((id) => document.getElementById(id)).find((each) => each && getComputedStyle(each).position === "sticky" && each.offsetHeight);
  strip.style.bottom = `${under?.offsetHeight ?? 0}px`;
  mark(entries);
  list(entries);
}

// Whoever has an entry that waits is marked in lists, so that nobody is checked twice.
function mark(entries) {
  for (const old of document.querySelectorAll("[data-waits]")) old.remove();
  for (const path of new Set(entries.filter((entry) => entry.state === "waiting").map((entry) => entry.path.split("/").slice(0, 3).join("/")))) {
    for (const link of document.querySelectorAll(`main a.who[href="${CSS.escape(path)}"], main a.who[href^="${CSS.escape(path)}/"]`)) {
      const waits = element("span", { className: "mark wait" }, icon("wait"), say("待同步", "waiting"));
      waits.dataset.waits = "";
      (link.querySelector(".nm") ?? link).append(waits);
    }
  }
}

// The page of what is not sent.
function list(entries) {
  const place = document.getElementById("unsent");
  if (!place) return;
  place.hidden = !entries.length;
  document.getElementById("none-unsent").hidden = entries.length > 0;
  const words = entries.map((entry) => entry.id + entry.state).join();
  if (place.dataset.words === words) return;
  place.dataset.words = words;
  place.querySelector("ul").replaceChildren(...entries.map((entry) => {
    const refused = entry.state === "refused";
    const act = (what, text, kind) => {
      const button = element("button", { type: "button", className: `btn ${kind}`, textContent: text });
      button.dataset.unsent = what;
      button.dataset.entry = entry.id;
      return button;
    };
    return element("li", { className: `it stack ${refused ? "bad" : "wait"}` },
      element("b", { textContent: entry.title }),
      element("span", { className: refused ? "mark bad" : "mark wait" }, icon(refused ? "x" : "wait"),
        `${day(entry.occurredAt)}${clock(entry.occurredAt)} ${refused ? say("没收下：", "Refused: ") + entry.reason : say("待同步", "waiting")}`),
      ...(refused ? [element("span", { className: "row" }, act("mend", say("改了再发", "Correct and send"), "alt"), act("discard", say("不要这一条", "Discard this entry"), "alt danger"))] : []));
  }));
}

const download = (words, file) => {
  const link = element("a", { href: URL.createObjectURL(new Blob([words], { type: "application/json" })), download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

// A question before a consequence; the safe way is the main button and the one that Escape takes.
house.ask = (question, more, safe, other) => new Promise((done) => {
  const dialog = element("dialog", { className: "ask stack" }, element("h2", { className: "l", textContent: question }), element("p", { textContent: more }));
  for (const [words, kind, value] of [[safe, "", ""], [other, "alt danger", "go"]]) {
    dialog.append(element("button", { type: "button", className: `btn full ${kind}`, textContent: words, onclick: () => dialog.close(value) }));
  }
  dialog.onclose = () => { dialog.remove(); done(dialog.returnValue === "go"); };
  body.append(dialog);
  dialog.showModal();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-unsent]");
  if (!button) return;
  const entries = await house.entries();
  const entry = entries.find((each) => each.id === button.dataset.entry);
  switch (button.dataset.unsent) {
  case "send": return house.sendAll(true);
  case "file":
    return download(JSON.stringify({
      format: "sanatorium-unsent-1", account: house.account() ?? house.author,
      entries: entries.map(({ id, path, fields, occurredAt, title }) => ({ id, path, fields, occurredAt, title })),
    }), `unsent-${new Date().toISOString().slice(0, 16).replace(/\D/g, "")}.json`);
  case "mend":
    sessionStorage.setItem("mend", entry.id);
    return location.assign(entry.page);
  case "discard": {
    const title = say(`不要“${entry.title}”？`, `Discard “${entry.title}”?`);
    if (!await house.ask(title, say("只存在这台设备上，丢了就没有了。", "It is on this device alone and will be gone."), say("留着", "Keep it"), say("丢掉这一条", "Discard it"))) return;
    await house.keep("entries", (store) => store.delete(entry.id));
    return house.changed();
  }
  }
});

// Typed words outlive the page: a phone that sleeps in a pocket forgets it.
const draftOf = (form) => `${house.author} ${new URL(form.action, location).pathname}`;
let timer;
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form || !("leave" in form.dataset) || !house.author) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (!("dirty" in form.dataset)) return;
    house.keep("drafts", (store) => store.put({ page: draftOf(form), fields: String(new URLSearchParams(new FormData(form))), at: Date.now() })).catch(() => { house.storing = false; tell(); });
  }, 400);
});
document.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (house.author && "leave" in event.target.dataset) house.keep("drafts", (store) => store.delete(draftOf(event.target))).catch(() => {});
});

function fill(form, fields) {
  for (const control of form.elements) {
    if (!control.name || control.type === "hidden" || control.type === "file") continue;
    const values = fields.getAll(control.name);
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else if (values.length) control.value = values[0];
  }
  form.dataset.dirty = "";
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function toast(...content) {
  const shown = element("div", { className: "toast" }, ...content);
  shown.setAttribute("role", "status");
  document.getElementById("top").append(shown);
}

async function restore() {
  const kept = sessionStorage.getItem("kept");
  if (kept) {
    sessionStorage.removeItem("kept");
    toast(icon("wait"), element("span", { className: "grow", textContent: say(`${kept}：存在本机，连上后自动发`, `${kept}: kept on this device, sent once connected`) }));
  }
  const mend = sessionStorage.getItem("mend");
  sessionStorage.removeItem("mend");
  const entry = mend && (await house.entries()).find((each) => each.id === mend);
  for (const form of document.querySelectorAll("form[method=post]")) {
    if (entry && new URL(form.action, location).pathname === entry.path) {
      fill(form, new URLSearchParams(entry.fields));
      form.addEventListener("submit", () => house.keep("entries", (store) => store.delete(entry.id)), { once: true });
    }
    if (entry || !("leave" in form.dataset) || "dirty" in form.dataset || !house.author) continue;
    const draft = await house.keep("drafts", (store) => store.get(draftOf(form)), "readonly");
    // Older readings are no readings.
    if (!draft || Date.now() - draft.at > 1_800_000) continue;
    fill(form, new URLSearchParams(draft.fields));
    const clear = element("button", { type: "button", className: "link", textContent: say("清空", "Clear") });
    clear.onclick = () => { form.reset(); delete form.dataset.dirty; house.keep("drafts", (store) => store.delete(draft.page)); clear.parentNode.remove(); };
    toast(icon("undo"), element("span", { className: "grow", textContent: say(`接着 ${clock(draft.at)} 没填完的`, `Going on with what you typed at ${clock(draft.at)}`) }), clear);
  }
}

// Logging out with something unsent is asked about; without network it is done on the device first.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (new URL(form.action, location).pathname !== "/logout" || form.dataset.sure) return;
  event.preventDefault();
  form.ariaBusy = null;
  const count = (await house.entries().catch(() => [])).length;
  if (count && !await house.ask(
    say(`还有 ${count} 条没发出`, `${count} entries are not sent`),
    say("退出后它们留在这台设备上，别人看不到；您在这台设备上再登录，就自动发。", "They stay on this device, where nobody else sees them, and are sent when you log in here again."),
    say("先不退出", "Stay logged in"), say("退出，以后再发", "Log out and send later"))) return;
  await house.drop();
  try {
    await fetch("/logout", { method: "POST", redirect: "manual", signal: AbortSignal.timeout(8000) });
  } catch {
    localStorage.setItem("leave", "1");
    document.cookie = "__Host-account=; Path=/; Secure; Max-Age=0; SameSite=Strict";
  }
  location.assign("/login");
});

// Without a worker (the certificate is not trusted) links lead to what this page's device has kept.
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[href]");
  if (!away || !link || event.defaultPrevented || event.ctrlKey || event.metaKey || navigator.serviceWorker?.controller || link.origin !== location.origin) return;
  if (link.hash && link.pathname === location.pathname) return;
  event.preventDefault();
  const page = await caches.match(link.pathname, { cacheName: `pages ${house.account()}`, ignoreSearch: true });
  if (!page) return toast(icon("off"), element("span", { textContent: say("这一页没有存在这台设备上", "This page is not on this device") }));
  body.dataset.kept = page.headers.get("Kept-At");
  history.pushState(null, "", link.href);
  house.show(new DOMParser().parseFromString(await page.text(), "text/html"));
  scrollTo(0, 0);
});

async function begin() {
  if (!body.dataset.worker) {
    if (house.account()) return;
    await house.drop();
    const names = Object.entries(Object.groupBy(await house.others(), (entry) => entry.name || say("同事", "a colleague")));
    if (names.length && location.pathname === "/login") {
      toast(icon("wait"), element("span", { textContent: say("这台设备上还有没发出的：", "Not sent on this device: ") + names.map(([name, list]) => `${name} ${list.length}`).join("、") + say("。本人登录后自动发。", ". Sent when they log in.") }));
    }
    return;
  }
  if (localStorage.getItem("leave")) {
    await fetch("/logout", { method: "POST", redirect: "manual" });
    localStorage.removeItem("leave");
    return location.assign("/login");
  }
  navigator.serviceWorker?.register(body.dataset.worker).catch(() => { house.untrusted = true; });
  // A kept form is used more than once: each use is an entry of its own.
  if (keptAt) for (const key of document.querySelectorAll("[name=idempotency-key]")) key.value = crypto.randomUUID();
  try {
    await house.keep("drafts", (store) => store.put({ page: "try", at: Date.now() }));
    house.storing = true;
    await restore();
  } catch {
    house.storing = false;
  }
  navigator.storage?.persist?.();
  await tell();
  setInterval(() => { house.sendAll(); tell(); }, 1000);
  setTimeout(copy, 2000);
  setInterval(copy, 20_000);
  house.sendAll(true);
}

document.addEventListener("queue-changed", tell);
document.addEventListener("page-replaced", tell);
begin().catch((error) => { house.storing = false; if (body.dataset.worker) tell(); throw error; });
