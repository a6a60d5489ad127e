// Work without network: the worker's registration, the pages that are kept for it, leaving, and the beat of it all.
const direct = data.direct;

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
    // How many alarms wait: another one is no matter of minutes.
    const count = one("#tabs .count")?.textContent;
    if (!lock || (isSame && before.count === count && Date.now() - before.at < (before.sequence < 0 ? 60000 : 300000))) return;
    if (before && !isSame) await house.drop();
    const mark = async (sequence, rest) => (await caches.open("whose")).put("/", new Response(JSON.stringify({
      account, sequence, count, at: Date.now(), until: rest === undefined ? before.until : Date.now() + rest,
    })));
    const at = Date.now();
    const since = isSame ? before.sequence : -1;
    const answer = await fetch(`/api/v1/offline?since=${since}`, { headers: { "For-Account": account }, signal: within(60000) });
    if (answer.status === 204) return mark(before.sequence);
    if (answer.status !== 200) return;
    const { sequence, rest, name, pages } = await answer.json();
    if (house.account() !== account) return;
    localStorage.setItem(`name ${account}`, name);
    await mark(-1, rest);
    const cache = await caches.open(`pages ${account}`);
    const headers = { "Kept-At": at };
    const held = new Set(pages.map((page) => page.address));
    // Of a copy that lacks what could not be drawn the older page stays.
    for (const request of await cache.keys()) if (sequence >= 0 && !held.has(new URL(request.url).pathname)) await cache.delete(request);
    // Where there is no more room the first ones, the most needed, are there.
    try {
      await Promise.all(pages.map(async ({ address, document: text }) => {
        const own = await cache.match(address);
        if (!(own?.headers.get("Kept-At") > at)) await cache.put(address, new Response(text, { headers }));
      }));
    } catch { house.storing = false; }
    if (house.account() !== account) return house.drop();
    await mark(sequence, rest);
  });
}

// Leaving with something unsent is asked about. Without network the device leaves first; its mark ends the session as soon
// as the house hears of it.
on("submit", async (event) => {
  if (action(event.target) !== "/logout") return;
  event.preventDefault();
  const count = (await house.entries().catch(() => [])).length;
  event.target.ariaBusy = null;
  if (count && !await house.ask(count)) return;
  await house.drop();
  await house.clearDrafts(house.author).catch(() => {});
  sessionStorage.clear();
  let next = "/login";
  // An answer that can't be read is the redirect to the login; any other is none to a logout.
  try { if ((await fetch("/logout", { method: "POST", redirect: "manual", signal: within(8000) })).status) throw 0; } catch {
    const rest = "Path=/; Secure; SameSite=Strict; Max-Age=";
    document.cookie = `__Host-leave=1; ${rest}43200`;
    document.cookie = `__Host-account=; ${rest}0`;
    next = "/login#left";
  }
  location.assign(next);
}, true);

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
    if (kept && kept.account !== house.account()) await house.drop();
  } catch { house.storing = false; }
  if (!direct) return house.account() || nobody();
  navigator.serviceWorker?.register(data.worker).catch(() => {});
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
  setInterval(copy, 20000);
  house.sendAll(true);
}

begin();
