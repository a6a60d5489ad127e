// Work without network: the worker's registration, the pages that are kept for it, leaving, and the beat of it all.
let copied = 0;

house.reached = (isReached) => {
  if (!house.away === isReached) return;
  house.away = !isReached;
  house.changed();
  if (isReached) house.sendAll(true);
};

// The pages of an account go when it logs out, and when its session is over.
house.drop = async () => {
  for (const name of await caches.keys()) if (name.startsWith("pages ") || name === "whose") await caches.delete(name);
};
house.forget = () => { copied = 0; };

// Fetches the pages that the account needs without network, where something changed since the last time.
async function copy() {
  const account = house.account();
  if (!account || document.hidden || house.away || Date.now() - copied < 300_000) return;
  copied = Date.now();
  await navigator.locks.request("copy", { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    const before = await (await caches.open("whose")).match("/").then((answer) => answer?.json());
    const isSame = before?.account === account;
    if (before && !isSame) await house.drop();
    const since = isSame && Date.now() - before.at < 1_800_000 ? before.sequence : -1;
    const answer = await fetch(`/api/v1/offline?since=${since}`, { headers: { "For-Account": account } });
    if (answer.status !== 200) return;
    const { sequence, rest, name, pages } = await answer.json();
    localStorage.setItem(`name ${account}`, name);
    await (await caches.open("whose")).put("/", new Response(JSON.stringify({ account, sequence, until: Date.now() + rest, at: Date.now() })));
    const cache = await caches.open(`pages ${account}`);
    const headers = { "Kept-At": Date.now() };
    const held = new Set(pages.map((page) => page.address));
    for (const request of await cache.keys()) if (!held.has(new URL(request.url).pathname)) await cache.delete(request);
    for (const { address, document: text } of pages) await cache.put(address, new Response(text, { headers }));
  });
}

// Leaving with something unsent is asked about; without network it is done on the device first.
const leave = () => fetch("/logout", { method: "POST", redirect: "manual", signal: AbortSignal.timeout(8000) });
document.addEventListener("submit", async (event) => {
  if (event.target.getAttribute("action") !== "/logout") return;
  event.preventDefault();
  const count = (await house.entries().catch(() => [])).length;
  event.target.ariaBusy = null;
  if (count && !await house.ask(
    say(`还有 ${count} 条没发出`, `${count} not sent yet`),
    say("退出后它们留在这台设备上，别人看不到；您在这台设备上再登录，就自动发。", "They stay on this device, where nobody else sees them, and are sent when you log in here again."),
    say("先不退出", "Stay logged in"), say("退出，以后再发", "Log out, send later"))) return;
  await house.drop();
  try { await leave(); } catch {
    localStorage.setItem("leave", "1");
    document.cookie = "__Host-account=; Path=/; Secure; Max-Age=0; SameSite=Strict";
  }
  location.assign("/login");
}, true);

// Without a worker (the certificate is not trusted) the page itself shows what the device has kept.
house.open = async (href) => {
  const { pathname } = new URL(href);
  const page = await caches.match(pathname, { cacheName: `pages ${house.account()}`, ignoreSearch: true });
  if (!page) return;
  body.dataset.kept = page.headers.get("Kept-At");
  history.pushState(null, "", href);
  house.show(new DOMParser().parseFromString(await page.text(), "text/html"));
  scrollTo(0, 0);
  return true;
};

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[href]");
  if (!house.away || !link || event.defaultPrevented || event.ctrlKey || navigator.serviceWorker?.controller || link.origin !== location.origin) return;
  if (link.hash && link.pathname === location.pathname) return;
  event.preventDefault();
  if (!await house.open(link.href)) house.toast("off", say("这一页没有存在这台设备上", "This page is not on this device"));
});

// Nobody is logged in: no page stays, and whoever has left something is named, so that it isn't forgotten.
async function nobody() {
  await house.drop();
  const count = {};
  for (const { name } of await house.others()) count[name] = (count[name] ?? 0) + 1;
  const words = Object.entries(count).map(([name, number]) => `${name || say("同事", "A colleague")} ${number}`).join("、");
  if (words && location.pathname === "/login") house.toast("wait", say(`这台设备上还有没发出的：${words}。本人登录后自动发。`, `Not sent on this device: ${words}. Sent when they log in.`));
}

async function begin() {
  if (!body.dataset.worker) return house.account() || nobody();
  if (localStorage.getItem("leave")) {
    await leave();
    localStorage.removeItem("leave");
    return location.assign("/login");
  }
  navigator.serviceWorker?.register(body.dataset.worker).catch(() => {});
  // A kept form is used more than once: each use is an entry of its own.
  if (body.dataset.kept) for (const key of document.querySelectorAll("[name=idempotency-key]")) key.value = crypto.randomUUID();
  try {
    await house.keep("drafts", (store) => store.put({ page: "try" }));
    house.storing = true;
    await house.restore();
  } catch { house.storing = false; }
  navigator.storage?.persist?.();
  setInterval(() => { house.sendAll(); house.tell(); }, 1000);
  setTimeout(copy, 2000);
  setInterval(copy, 20_000);
  house.tell();
  house.sendAll(true);
}

begin();
