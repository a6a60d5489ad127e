// A link to a page that the device holds opens in this one: a slow phone is spared a new document, and where there is no
// worker (the certificate is not trusted) it is the way on without network. The page then asks for itself anew, like every
// kept one.
let here = address();
// What the finger is on is read before it is lifted.
let ready = [];
house.wrote = here.includes("saved=") ? performance.now() : -Infinity;

// A kept page in the language and with the scripts of this one; nothing where just now something was entered, except a
// form, which is as empty as before.
async function held(target) {
  if (house.account() !== house.author) return;
  const answer = await caches.match(target, { cacheName: `pages ${house.author}` });
  if (!answer) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const isFresh = performance.now() - house.wrote > 15_000 || page.querySelector("[data-leave]");
  if (page.querySelector("script").src !== one("script").src || page.documentElement.lang !== document.documentElement.lang || !isFresh || page.querySelector("[data-sound]")) return;
  return [page, answer.headers.get("Kept-At")];
}

// `y` is how far down a page was that is gone back to.
house.visit = async (target, y) => {
  const found = await (ready[0] === target ? ready[1] : held(target).catch(() => {}));
  ready = [];
  if (!found) {
    if (y !== undefined) return location.reload();
    if (!house.away || navigator.serviceWorker?.controller) return location.assign(target);
    return house.toast("off", say("没有连上，这一页不在这台设备上", "No connection, and that page is not on this device"));
  }
  if (y === undefined) {
    history.replaceState({ y: scrollY }, "");
    history.pushState({}, "", target);
  }
  here = address();
  house.become(...found);
  scrollTo(0, y ?? 0);
  // As after any link, reading goes on at the page's beginning.
  byId("title")?.focus({ preventScroll: true });
  await house.restore();
};

const linked = (event) => event.target.closest?.("a[href]");

on("pointerdown", (event) => {
  const target = linked(event)?.href;
  if (target && data.direct) ready = [target, held(target).catch(() => {})];
});

on("click", (event) => {
  const link = linked(event);
  const isOther = event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || isOther || !data.direct || link.origin !== location.origin || link.target || link.hash || link.hasAttribute("download")) return;
  if (one("form[data-dirty]")) return;
  event.preventDefault();
  house.visit(link.href);
});

addEventListener("popstate", (event) => {
  if (address() !== here) house.visit(location.href, event.state?.y ?? 0);
});
