// A link to a page that the device holds opens in this one: a slow phone is spared a new document, and where there is no
// worker (the certificate is not trusted) it is the way on without network. The page then asks for itself anew, like every
// kept one.
let here = address();
// What the finger is on is read before it is lifted.
let ready = [];
house.wrote = here.includes("saved=") ? lapsed() : -Infinity;

// A kept page in the language and with the scripts of this one; nothing where just now something was entered, except a
// form, which is as empty as before.
async function held(target) {
  if (house.account() !== house.author) return;
  const answer = await caches.match(target, { cacheName: `pages ${house.author}` });
  if (!answer) return;
  const page = parsed(await answer.text());
  const isFresh = house.away || lapsed() - house.wrote > 15000 || page.querySelector("[data-leave]");
  if (page.querySelector("script").src !== one("script").src || page.documentElement.lang !== root.lang || !isFresh || page.querySelector("[data-sound]")) return;
  return [page, answer.headers.get("Kept-At")];
}

// No new document can come: there is neither network nor a worker.
const isStuck = () => house.away && !navigator.serviceWorker?.controller;
house.leaves = () => confirm(say("填的还没有保存，离开这一页？", "Leave without saving?"));
// What is typed is kept as a draft, unless the device keeps nothing.
const mayLeave = () => house.storing !== false || !one("form[data-dirty]") || house.leaves();

// `y` is how far down a page was that is gone back to.
house.visit = async (target, y) => {
  const isReady = ready[0] === target && lapsed() - ready[2] < 2000;
  const found = await (isReady ? ready[1] : held(target).catch(() => {}));
  ready = [];
  const isBack = y !== undefined;
  if (isBack && target !== location.href) return;
  if (!found) {
    if (!isStuck()) return isBack ? location.reload() : location.assign(target);
    if (isBack) history.pushState({}, "", here);
    house.saySaved();
    return house.toast("off", say("没有连上，这一页不在这台设备上", "No connection, and that page is not on this device"));
  }
  if (!isBack) {
    history.replaceState({ y: scrollY }, "");
    history.pushState({}, "", target);
  }
  here = address();
  house.begun = lapsed();
  house.become(...found);
  scrollTo(0, y ?? 0);
  // As after any link, reading goes on at the page's beginning.
  byId("title")?.focus({ preventScroll: true });
  await house.restore();
};

const linked = (event) => event.target.closest?.("a[href]");

on("pointerdown", (event) => {
  const target = linked(event)?.href;
  if (target && data.direct) ready = [target, held(target).catch(() => {}), lapsed()];
});

on("click", (event) => {
  const link = linked(event);
  const isOther = event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || isOther || !data.direct || link.origin !== location.origin || link.target || link.hash || link.hasAttribute("download")) return;
  if (one("form[data-dirty]") && !isStuck()) return;
  event.preventDefault();
  if (mayLeave()) house.visit(link.href);
});

addEventListener("popstate", (event) => {
  if (address() === here) return;
  if (mayLeave()) house.visit(location.href, event.state?.y ?? 0);
  else history.pushState({}, "", here);
});
