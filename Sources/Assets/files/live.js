// Keeps a page up to date. The stream says that something changed; an event's id is the journal's sequence. The page
// itself is fetched again whole and its parts are replaced, so there is one rendering, the server's. In quiet times the
// page is asked for every ten seconds (a 304 costs nothing), which proves that what is shown is still so and tells the
// server's time; a stream alone can be dead without knowing. Nothing moves under a finger or beside a caret.
//
// A page that the device had kept (`data-kept`, when) is asked for at once, live or not, until the server has answered.
const parts = ["bar", "tabs", "top", "main", "dock", "icons", "stale"];
let shown = +data.seq;
let known = shown;
let heard = Date.now();
let touched = -Infinity;
let fetching = false;
let asked = -Infinity;
let wait = 1000;
let stream;

function busy() {
  if (lapsed() - touched < 1500) return true;
  const active = document.activeElement;
  if (active?.matches("input:not([type=search]), select, textarea")) return true;
  if (active?.matches("input[type=search]") && active.value !== active.defaultValue) return true;
  return one("form[data-dirty], form[data-typed], form[aria-busy=true], dialog[open]") !== null;
}

house.show = (page) => {
  const open = [...every("details[open][id]")].map((each) => each.id);
  const { id: focused, tagName, href } = document.activeElement ?? {};
  const y = scrollY;
  for (const id of parts) {
    const old = byId(id);
    const fresh = page.getElementById(id);
    if (old && fresh) old.replaceWith(document.adoptNode(fresh));
    else if (old && !fresh) old.remove();
    else if (fresh && id !== "dock") body.prepend(document.adoptNode(fresh));
    else if (fresh) byId("main").after(document.adoptNode(fresh));
  }
  document.title = page.title;
  const { className, lang } = page.documentElement;
  Object.assign(root, { className, lang });
  shown = +page.body.dataset.seq;
  for (const id of open) byId(id)?.setAttribute("open", "");
  const again = focused ? byId(focused) : href && [...document.links].find((link) => link.href === href);
  if (again?.tagName === tagName) again.focus({ preventScroll: true });
  scrollTo(0, y);
  emit("page-replaced");
};

// Another page takes this one's place: what is listened to and asked for is its own from now on.
house.become = (page, kept) => {
  for (const name of Object.keys(data)) delete data[name];
  Object.assign(data, page.body.dataset, { kept });
  house.show(page);
  known = shown;
  heard = Date.now();
  house.since = undefined;
  asked = touched = -Infinity;
  connect();
  tick();
};

// Logged out elsewhere, or for too long. Typed words stay on the page; a page without any goes to the login.
function ended(answer) {
  if (one("form[data-dirty]")) {
    house.waits = "login";
    return house.changed();
  }
  house.drop?.().then(() => location.assign(answer.redirected ? answer.url : `/login?next=${encodeURIComponent(location.pathname)}`));
}

// A wall sounds its alarm when another window covers it, too.
const sleeps = () => document.hidden && !one("[data-sound]");

async function refresh() {
  const kept = "kept" in data && lapsed() - asked > (house.away ? 5000 : 1000);
  const quiet = data.live && Date.now() - heard > 10000;
  if (fetching || sleeps() || (!kept && !quiet && (!(known > shown) || busy()))) return;
  if (house.account() && house.account() !== house.author) return location.reload();
  fetching = true;
  asked = lapsed();
  const { href } = location;
  try {
    const answer = await fetch(href, { headers: { Accept: "text/html" }, cache: "no-cache", signal: within(30000) });
    house.reached?.(true);
    if (href !== location.href) return;
    if (answer.redirected && new URL(answer.url).pathname !== "/login") return location.replace(answer.url);
    if (answer.redirected || answer.status === 401) return ended(answer);
    if ([403, 404].includes(answer.status)) return location.reload();
    if (answer.ok) {
      const text = await answer.text();
      if (href !== location.href) return;
      const sequence = Number(/ data-seq="(\d+)"/.exec(text)?.[1]);
      heard = Date.now();
      known = Math.max(known, sequence || 0);
      house.time(Date.parse(answer.headers.get("Date")));
      if (busy()) asked += 30000;
      else {
        // The house runs another version: its pages need its own style and script.
        if (!text.includes(new URL(import.meta.url).pathname)) return location.reload();
        if ("kept" in data || sequence > shown) house.show(parsed(text));
        delete data.kept;
      }
      house.changed();
    } else asked += 10000;
  } catch {
    // No connection: the next beat or the next second tries again, and the age goes on growing.
    house.reached?.(false);
  } finally {
    fetching = false;
  }
}

function hear(event) {
  const sequence = +event.lastEventId;
  if (sequence > known) known = sequence;
  heard = Date.now();
  wait = 1000;
}

function connect() {
  stream?.close();
  if (!data.live || sleeps()) return;
  stream = new EventSource(`${data.live}?since=${known}`);
  stream.addEventListener("open", () => { heard = Date.now(); });
  for (const name of ["message", "hello"]) {
    stream.addEventListener(name, (event) => { hear(event); setTimeout(refresh, 250); });
  }
  stream.addEventListener("error", () => {
    // The browser tries again by itself, unless the server refused: then we do, more and more slowly.
    if (stream.readyState !== EventSource.CLOSED) return;
    setTimeout(connect, wait * (0.5 + Math.random()));
    wait = Math.min(wait * 2, 30000);
  });
}

const age = (seconds) => (seconds < 60 ? `${seconds}\u00a0${say("秒", "s")}` : house.age(seconds));

function tick() {
  // The device's clock was set back: how long ago that was isn't known, and so what is shown is old.
  if (heard > Date.now()) heard = Date.now() - 30000;
  refresh();
  if (!data.live) return;
  const kept = +data.kept;
  const seconds = Math.max(0, Math.floor((Date.now() - (kept || heard)) / 1000));
  const mark = byId("live");
  const isLive = !kept && seconds < 30 && !(known > shown);
  if (mark) {
    mark.className = `mark ${isLive ? "ok" : "wait"}`;
    mark.lastChild.textContent = isLive ? say(`实时 ${age(seconds)}前`, `Live, ${age(seconds)} ago`) : say(`${age(seconds)}前的`, `${age(seconds)} old`);
  }
  house.since = isLive ? undefined : Date.now() - seconds * 1000;
  const stale = byId("stale");
  // A wall is covered; where people work the strip at the foot says it.
  const old = seconds >= 30 && (!data.worker || /\b(wall|alarm)\b/.test(root.className));
  if (stale.hidden === old) stale.hidden = !old;
  if (old) stale.querySelector("[data-stale-age]").textContent = age(seconds);
}

for (const name of ["pointerdown", "touchmove", "wheel", "keydown"]) {
  addEventListener(name, () => { touched = lapsed(); }, { passive: true });
}
// A browser has six connections to the house: what nobody looks at keeps none.
on("visibilitychange", () => {
  if (sleeps()) return stream?.close();
  if (stream?.readyState !== EventSource.OPEN) connect();
  tick();
});
connect();
tick();
setInterval(tick, 1000);
