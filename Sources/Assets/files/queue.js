// Forms are first kept on the device and then sent, so that nothing typed is lost with the connection: an entry is
// waiting until the server has it on its disk, is sent again by itself, and what is refused stays with its reason and
// stops no other. Each belongs to its author; nobody else's session sends it or sees it.
let opening;

function database() {
  return (opening ??= new Promise((done, fail) => {
    const request = indexedDB.open("sanatorium", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("entries", { keyPath: "id" });
      request.result.createObjectStore("drafts", { keyPath: "page" });
    };
    request.onsuccess = () => {
      // A later version of the pages may want to change it.
      request.result.onversionchange = () => request.result.close();
      done(request.result);
    };
    request.onerror = request.onblocked = () => fail(request.error ?? new Error("blocked"));
  }).catch((error) => { opening = undefined; throw error; }));
}

// One transaction on one store. What is written is on the device's disk when the promise is kept.
house.keep = async (name, work, mode = "readwrite") => {
  const opened = await database();
  return new Promise((done, fail) => {
    const transaction = opened.transaction(name, mode, { durability: "strict" });
    const request = work(transaction.objectStore(name));
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = () => fail(transaction.error);
  });
};

house.account = () => /(?:^|; )__Host-account=([^;]+)/.exec(document.cookie)?.[1];
const all = async () => (await house.keep("entries", (store) => store.getAll(), "readonly")).sort((a, b) => a.occurredAt - b.occurredAt);
house.entries = async () => {
  const author = house.account() ?? house.author;
  return (await all()).filter((entry) => entry.author === author);
};
house.others = async () => (await all()).filter((entry) => entry.author !== house.account());
house.changed = () => emit("queue-changed");

// The author of a page is who was logged in when it came; the session may end while it is filled in.
house.author = house.account();
const direct = data.direct?.split(" ");
const keyed = "[name=idempotency-key]";

function isKept(form) {
  const path = action(form);
  return direct && house.author && house.storing !== false && form.getAttribute("method") === "post" && !form.hasAttribute("enctype")
    && !direct.includes(path.split("/")[1]) && form.querySelector(keyed);
}

// A page comes from a cache more than once: each use of its forms is an entry of its own.
house.renew = () => {
  for (const key of every(keyed)) key.value = crypto.randomUUID?.() ?? key.value;
};
on("page-replaced", house.renew);

const post = (entry, accept, patience) => fetch(entry.path, {
  method: "POST",
  headers: {
    "Accept": accept, "Content-Type": "application/x-www-form-urlencoded", "Sent-By": "queue",
    "For-Account": entry.author, "Occurred-At": entry.occurredAt, "Sent-At": Date.now(), "Clock-Ahead": entry.ahead ?? "",
  },
  body: `${entry.fields}&idempotency-key=${entry.id}`,
  signal: within(patience),
});

// What became of one sending: `location` where it is recorded, `page` or `reason` where it is refused, or why it waits.
async function send(entry, looking) {
  let answer;
  try {
    answer = await post(entry, looking ? "text/html" : "application/json", looking ? 8000 : 30000);
    house.reached?.(true);
    const { status, ok } = answer;
    if (ok) house.wrote = lapsed();
    if (status === 401) return { waits: "login" };
    if (status === 500) return { waits: "broken" };
    if (status > 500 || status === 429) return { waits: status === 507 ? "full" : "busy" };
    const isPage = answer.headers.get("Content-Type")?.startsWith("text/html");
    if (isPage) return ok && !looking ? { location: entry.page } : { page: await answer.text() };
    const told = await answer.json();
    if (ok) return { location: told.location };
    return { reason: told.faults?.map((fault) => fault.message).join(" ") || told.detail || told.title };
  } catch {
    if (answer) return { waits: "broken" };
    house.reached?.(false);
    return { waits: "network" };
  }
}

const drop = (entry) => house.keep("entries", (store) => store.delete(entry.id));

// Only what is still there: another tab may have settled it meanwhile.
const refuse = (entry, reason) => house.keep("entries", (store) => {
  const held = store.get(entry.id);
  held.onsuccess = () => { if (held.result) store.put({ ...held.result, state: "refused", reason }); };
  return held;
});

// Recorded, or refused with the reason.
const settle = (entry, { location, page, reason }) => {
  if (location) return drop(entry);
  const refusal = page && parsed(page);
  return refuse(entry, reason ?? refusal?.querySelector("#faults li, .banner.bad, main p")?.textContent ?? "");
};

// The form's entry, kept on the device. One that is corrected keeps its time, unless somebody is waiting for it now.
async function hold(form, submitter) {
  const path = action(form);
  const fields = new URLSearchParams(new FormData(form));
  if (submitter?.name) fields.append(submitter.name, submitter.value);
  let id = fields.get("idempotency-key");
  fields.delete("idempotency-key");
  const entries = await all();
  const old = entries.find((each) => each.id === form.dataset.mends);
  if (entries.some((each) => each.id === id && each.fields !== String(fields))) id = crypto.randomUUID();
  const past = !isUrgent(path) && old;
  const heading = one("#bar h1")?.firstChild?.textContent ?? document.title;
  const entry = {
    id, author: house.author, name: localStorage.getItem(`name ${house.author}`) ?? "", path, fields: String(fields),
    occurredAt: past?.occurredAt ?? Date.now(), ahead: past ? past.ahead : house.ahead?.(), title: `${heading}·${submitter?.textContent.trim() ?? ""}`,
    page: address(), state: "waiting",
  };
  await house.keep("entries", (store) => {
    if (old) store.delete(old.id);
    return store.put(entry);
  });
  return entry;
}

// What this page sends in front of the person is not sent behind them as well.
let current;

async function submit(form, entry) {
  current = entry.id;
  delete form.dataset.dirty;
  const outcome = await send(entry, true);
  current = undefined;
  form.ariaBusy = null;
  if (outcome.waits && outcome.waits !== "login" && isUrgent(entry.path)) {
    await drop(entry);
    house.toast("crit", say("没有回音，可能没有人接到：马上打电话", "No answer, perhaps nobody was told: telephone now"));
  } else if (!form.isConnected) {
    // The person has gone on to another page meanwhile, which stays what it is.
    if (outcome.waits) house.waits = outcome.waits;
    else await settle(entry, outcome);
  } else if (outcome.waits) {
    house.waits = outcome.waits;
    // It is kept: what stands there now is the next one's form.
    form.reset();
    delete form.dataset.typed;
    form.dataset.held = entry.id;
    house.renew();
    const back = one("#bar.back > a")?.href;
    sessionStorage.setItem("kept", `${entry.author} ${entry.title}`);
    if (outcome.waits !== "login" && back) return house.visit(back);
    house.saySaved();
  } else if (outcome.location) {
    await drop(entry);
    return location.assign(outcome.location);
  } else if (outcome.page) {
    const page = parsed(outcome.page);
    const again = [...page.forms].find((each) => action(each) === entry.path);
    // One that was refused before stays until its correction is taken.
    if (again && !form.dataset.mends) await drop(entry);
    else {
      await settle(entry, outcome);
      if (again) again.dataset.mends = entry.id;
    }
    house.show(page);
    input(again?.querySelector("input:not([type=hidden]), select, textarea"));
    byId("faults")?.focus();
  } else await settle(entry, outcome);
  house.changed();
}

on("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (house.storing === false && form.querySelector(keyed) && (house.away || !navigator.onLine)) {
    event.preventDefault();
    return house.toast("crit", say("没有连上，这台设备也存不住：别离开这一页", "No connection, and nothing is kept here: stay on this page"));
  }
  if (!isKept(form)) return;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  let entry;
  try {
    // What waits already is not entered again by a second tap.
    const { held, typed } = form.dataset;
    if (typed === undefined && (await all()).some((each) => each.id === held && each.state === "waiting")) {
      form.ariaBusy = null;
      return;
    }
    entry = await hold(form, event.submitter);
  } catch {
    // The device keeps nothing: send it as the browser does.
    house.storing = false;
    form.ariaBusy = null;
    return form.requestSubmit(event.submitter);
  }
  // Somebody else has logged in beside: it waits for its author.
  if (house.account() && house.account() !== house.author) return location.reload();
  await submit(form, entry);
});

// Sends what waits, one after the other; of several open pages one does it. What the server fails at stops no other.
let pause = 2000;
let next = 0;

house.sendAll = (now) => {
  if (!now && lapsed() < next) return;
  return navigator.locks.request("queue", { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    let waits;
    for (const entry of await house.entries()) {
      if (entry.state !== "waiting" || entry.id === current) continue;
      const outcome = entry.author === house.account() ? await send(entry, false) : { waits: "login" };
      if (outcome.waits) {
        waits = outcome.waits;
        if (waits === "broken") continue;
        break;
      }
      await settle(entry, outcome);
      house.changed();
    }
    house.waits = waits;
    pause = waits ? Math.min(pause * 1.6, 30000) : 2000;
    next = lapsed() + pause * (0.8 + Math.random() * 0.4);
    house.changed();
  });
};
