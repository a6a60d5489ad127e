// Keeps a page up to date. The stream says that something changed; an event's id is the journal's sequence. The page
// itself is fetched again whole and its parts are replaced, so there is one rendering, the server's. In quiet times the
// page is asked for every ten seconds (a 304 costs nothing), which proves that what is shown is still so and tells the
// server's time; a stream alone can be dead without knowing. Nothing moves under a finger or beside a caret.
//
// A page that the device had kept (`data-kept`, when) is asked for at once, live or not, until the server has answered.
const parts = ["bar", "tabs", "top", "main", "dock", "icons"];
let shown = Number(body.dataset.seq);
let known = shown;
let heard = performance.now();
let touched = -Infinity;
let fetching = false;
let asked = -Infinity;
let wait = 1000;
let stream;

function busy() {
  if (performance.now() - touched < 1500) return true;
  const active = document.activeElement;
  if (active?.matches("input:not([type=search]), select, textarea")) return true;
  if (active?.matches("input[type=search]") && active.value !== active.defaultValue) return true;
  return document.querySelector("form[data-dirty], form[aria-busy=true], dialog[open]") !== null;
}

house.show = (page) => {
  const open = [...document.querySelectorAll("details[open][id]")].map((each) => each.id);
  const focused = document.activeElement?.id;
  const y = scrollY;
  for (const id of parts) {
    const old = document.getElementById(id);
    const fresh = page.getElementById(id);
    if (old && fresh) old.replaceWith(document.adoptNode(fresh));
    else if (old && !fresh) old.remove();
    else if (fresh && id !== "dock") body.prepend(document.adoptNode(fresh));
    else if (fresh) document.getElementById("main").after(document.adoptNode(fresh));
  }
  document.title = page.title;
  const { className, lang } = page.documentElement;
  Object.assign(document.documentElement, { className, lang });
  shown = Number(page.body.dataset.seq);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  scrollTo(0, y);
  document.dispatchEvent(new CustomEvent("page-replaced"));
};

// Logged out elsewhere, or for too long. Typed words stay on the page; a page without any goes to the login.
function ended(answer) {
  if (document.querySelector("form[data-dirty]")) {
    house.waits = "login";
    return house.changed();
  }
  house.drop?.().then(() => location.assign(answer.redirected ? answer.url : `/login?next=${encodeURIComponent(location.pathname)}`));
}

async function refresh() {
  const kept = "kept" in body.dataset && performance.now() - asked > (house.away ? 5000 : 1000);
  const quiet = body.dataset.live && performance.now() - heard > 10_000;
  if (fetching || document.hidden || (!kept && !quiet && (!(known > shown) || busy()))) return;
  if (house.account() && house.account() !== house.author) return location.reload();
  fetching = true;
  asked = performance.now();
  const { href } = location;
  try {
    const answer = await fetch(href, { headers: { Accept: "text/html" }, cache: "no-cache" });
    house.reached?.(true);
    if (answer.redirected && new URL(answer.url).pathname !== "/login") return location.replace(answer.url);
    if (answer.redirected || answer.status === 401) return ended(answer);
    if ([403, 404].includes(answer.status)) return location.reload();
    if (answer.ok) {
      const text = await answer.text();
      const sequence = Number(/ data-seq="(\d+)"/.exec(text)?.[1]);
      heard = performance.now();
      known = Math.max(known, sequence || 0);
      time(Date.parse(answer.headers.get("Date")));
      if (!busy()) {
        if ("kept" in body.dataset || sequence > shown) house.show(new DOMParser().parseFromString(text, "text/html"));
        delete body.dataset.kept;
      }
      house.changed();
    } else asked += 10_000;
  } catch {
    // No connection: the next beat or the next second tries again, and the age goes on growing.
    house.reached?.(false);
  } finally {
    fetching = false;
  }
}

// The server's clock, where this device's is off by more than a response may take.
function time(milliseconds) {
  if (!(Math.abs(milliseconds - Date.now()) > 2000)) return;
  document.dispatchEvent(new CustomEvent("server-time", { detail: milliseconds }));
}

function hear(event) {
  const sequence = Number(event.lastEventId);
  if (sequence > known) known = sequence;
  heard = performance.now();
  wait = 1000;
}

function connect() {
  stream?.close();
  stream = new EventSource(`${body.dataset.live}?since=${known}`);
  stream.addEventListener("open", () => { heard = performance.now(); });
  for (const name of ["message", "hello"]) {
    stream.addEventListener(name, (event) => { hear(event); setTimeout(refresh, 250); });
  }
  stream.addEventListener("error", () => {
    // The browser tries again by itself, unless the server refused: then we do, more and more slowly.
    if (stream.readyState !== EventSource.CLOSED) return;
    setTimeout(connect, wait * (0.5 + Math.random()));
    wait = Math.min(wait * 2, 30_000);
  });
}

const age = (seconds) => (seconds < 60 ? `${seconds}\u00a0${say("秒", "s")}` : house.age(seconds));

function tick() {
  refresh();
  if (!body.dataset.live) return;
  const kept = Number(body.dataset.kept);
  const seconds = Math.floor(kept ? (Date.now() - kept) / 1000 : (performance.now() - heard) / 1000);
  const mark = document.getElementById("live");
  const isLive = !kept && seconds < 30;
  if (mark) {
    mark.className = `mark ${isLive ? "ok" : "wait"}`;
    mark.lastChild.textContent = isLive ? say(`实时 ${age(seconds)}前`, `Live, ${age(seconds)} ago`) : say(`${age(seconds)}前的`, `${age(seconds)} old`);
  }
  house.since = isLive ? undefined : Date.now() - seconds * 1000;
  const stale = document.getElementById("stale");
  // A wall is covered; where people work the strip at the foot says it.
  const old = seconds >= 30 && (!body.dataset.worker || /\b(wall|alarm)\b/.test(document.documentElement.className));
  if (stale.hidden === old) stale.hidden = !old;
  if (old) stale.querySelector("[data-stale-age]").textContent = age(seconds);
}

for (const name of ["pointerdown", "touchmove", "wheel"]) {
  addEventListener(name, () => { touched = performance.now(); }, { passive: true });
}
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  if (stream?.readyState === EventSource.CLOSED) connect();
  tick();
});
if (body.dataset.live) connect();
if (body.dataset.live || body.dataset.kept) {
  tick();
  setInterval(tick, 1000);
}
