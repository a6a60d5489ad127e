// Work without network: the worker's registration, the pages that are kept for it, leaving, and the beat of it all.
const direct = body.dataset.direct;

house.reached = (isReached) => {
  if (!house.away === isReached) return;
  house.away = !isReached;
  house.changed();
  if (isReached) house.sendAll(true);
};

// The pages of an account go when it logs out, and when its session is over.
house.drop = async () => {
  try {
    for (const name of await caches.keys()) if (name.startsWith("pages ") || name === "whose") await caches.delete(name);
  } catch { house.storing = false; }
};
const whose = async () => (await (await caches.open("whose")).match("/"))?.json();

// Fetches the pages that the account needs without network, where something changed since the last time. A copy that was
// cut off is none.
async function copy() {
  const account = house.account();
  if (!account || document.hidden || house.away) return;
  await navigator.locks.request("copy", { ifAvailable: true }, async (lock) => {
    const before = await whose();
    const isSame = before?.account === account;
    if (!lock || (isSame && Date.now() - before.at < (before.sequence < 0 ? 60_000 : 300_000))) return;
    if (before && !isSame) await house.drop();
    const mark = async (sequence, rest) => (await caches.open("whose")).put("/", new Response(JSON.stringify({
      account, sequence, at: Date.now(), until: rest === undefined ? before.until : Date.now() + rest,
    })));
    const answer = await fetch(`/api/v1/offline?since=${isSame ? before.sequence : -1}`, { headers: { "For-Account": account } });
    if (answer.status === 204) return mark(before.sequence);
    if (answer.status !== 200) return;
    const { sequence, rest, name, pages } = await answer.json();
    if (house.account() !== account) return;
    localStorage.setItem(`name ${account}`, name);
    await mark(-1, rest);
    const cache = await caches.open(`pages ${account}`);
    const headers = { "Kept-At": Date.now() };
    const held = new Set(pages.map((page) => page.address));
    for (const request of await cache.keys()) if (!held.has(new URL(request.url).pathname)) await cache.delete(request);
    for (const { address, document: text } of pages) await cache.put(address, new Response(text, { headers }));
    if (house.account() !== account) return house.drop();
    await mark(sequence, rest);
  });
}

// Leaving with something unsent is asked about. Without network the device leaves first; its mark ends the session as soon
// as the house hears of it.
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
  await house.clearDrafts(Infinity).catch(() => {});
  sessionStorage.clear();
  try { await fetch("/logout", { method: "POST", redirect: "manual", signal: within(8000) }); } catch {
    const rest = "Path=/; Secure; SameSite=Strict; Max-Age=";
    document.cookie = `__Host-leave=1; ${rest}43200`;
    document.cookie = `__Host-account=; ${rest}0`;
  }
  location.assign("/login");
}, true);

// Without a worker (the certificate is not trusted) the open page is all there is, and what it keeps goes on from it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!house.away || !direct || !link || navigator.serviceWorker?.controller || link.hash) return;
  event.preventDefault();
  house.toast("off", say("没有连上，先留在这一页，可以接着记", "No connection: stay on this page and go on"));
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
  try {
    const kept = await whose();
    if (kept && (kept.account !== house.account() || !direct)) await house.drop();
  } catch { house.storing = false; }
  if (!direct) return house.account() || nobody();
  navigator.serviceWorker?.register(body.dataset.worker).catch(() => {});
  house.renew();
  house.tell();
  try {
    await house.keep("drafts", (store) => store.put({ page: "try" }));
    await house.clearDrafts();
    house.storing = true;
    await house.restore();
  } catch { house.storing = false; }
  navigator.storage?.persist?.();
  setInterval(() => { house.sendAll(); house.tell(); }, 1000);
  setTimeout(copy, 2000);
  setInterval(copy, 20_000);
  house.sendAll(true);
}

begin();
