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
    request.onsuccess = () => done(request.result);
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
house.changed = () => document.dispatchEvent(new Event("queue-changed"));

// The author of a page is who was logged in when it came; the session may end while it is filled in.
house.author = house.account();
const direct = (body.dataset.direct ?? "").split(" ");

function isKept(form) {
  const path = form.getAttribute("action");
  return house.author && house.storing !== false && form.getAttribute("method") === "post" && !form.hasAttribute("enctype")
    && !direct.includes(path.split("/")[1]) && form.querySelector("[name=idempotency-key]");
}

function post(entry, accept, patience) {
  return fetch(entry.path, {
    method: "POST",
    headers: {
      "Accept": accept, "Content-Type": "application/x-www-form-urlencoded", "Sent-By": "queue",
      "For-Account": entry.author, "Occurred-At": entry.occurredAt, "Sent-At": Date.now(),
    },
    body: `${entry.fields}&idempotency-key=${entry.id}`,
    signal: AbortSignal.timeout(patience),
  });
}

// What became of one sending: `location` where it is recorded, `page` or `reason` where it is refused, neither where it
// has to wait.
async function send(entry, looking) {
  let answer;
  try {
    answer = await post(entry, looking ? "text/html" : "application/json", looking ? 8000 : 30_000);
    house.reached?.(true);
    const isPage = answer.headers.get("Content-Type")?.startsWith("text/html");
    if (answer.ok && !isPage) return { location: (await answer.json()).location };
    if (answer.status === 401) return { waits: "login" };
    if (answer.status >= 500 || answer.status === 429) return { waits: answer.status === 507 ? "full" : "busy" };
    if (isPage) return answer.ok && !looking ? { location: entry.page } : { page: await answer.text() };
    const problem = await answer.json();
    return { reason: problem.faults?.map((fault) => fault.message).join(" ") || problem.detail || problem.title };
  } catch {
    if (!answer) house.reached?.(false);
    return { waits: "network" };
  }
}

const name = () => localStorage.getItem(`name ${house.author}`) ?? "";

async function submit(form, submitter) {
  const fields = new URLSearchParams(new FormData(form, submitter));
  const id = fields.get("idempotency-key");
  fields.delete("idempotency-key");
  const heading = document.querySelector("#bar h1")?.firstChild?.textContent ?? document.title;
  const entry = {
    id, author: house.author, name: name(), path: form.getAttribute("action"), fields: String(fields),
    occurredAt: Date.now(), title: `${heading}·${submitter?.textContent.trim() ?? ""}`,
    page: location.pathname + location.search, state: "waiting",
  };
  await house.keep("entries", (store) => store.put(entry));
  delete form.dataset.dirty;
  const outcome = await send(entry, true);
  if (outcome.waits) {
    house.waits = outcome.waits;
    sessionStorage.setItem("kept", entry.title);
    const back = document.querySelector("#bar.back > a")?.href;
    if (outcome.waits !== "login" && back) {
      if (navigator.serviceWorker?.controller) return location.assign(back);
      await house.open(back);
    }
    form.ariaBusy = null;
    house.saySaved();
    return house.changed();
  }
  await house.keep("entries", (store) => store.delete(id));
  house.forget?.();
  if (outcome.location) return location.assign(outcome.location);
  house.show(new DOMParser().parseFromString(outcome.page, "text/html"));
  form.dataset.dirty = "";
  document.getElementById("faults")?.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !isKept(form)) return;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  submit(form, event.submitter).catch(() => {
    // The device keeps nothing: send it as the browser does.
    house.storing = false;
    form.ariaBusy = null;
    form.requestSubmit(event.submitter);
  });
});

// Sends what waits, one after the other; of several open pages one does it.
let pause = 2000;
let next = 0;

house.sendAll = (now) => {
  if (!house.account() || (!now && performance.now() < next)) return;
  return navigator.locks.request("queue", { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    house.waits = undefined;
    // What this page sends in front of the person is not sent behind them as well.
    const mine = document.querySelector("form[aria-busy=true] [name=idempotency-key]")?.value;
    for (const entry of await house.entries()) {
      if (entry.author !== house.account() || entry.state !== "waiting" || entry.id === mine) continue;
      const outcome = await send(entry, false);
      if (outcome.waits) {
        house.waits = outcome.waits;
        break;
      }
      if (outcome.location) {
        await house.keep("entries", (store) => store.delete(entry.id));
        if (/\/result\b/.test(outcome.location)) house.results = [...(house.results ?? []), { title: entry.title, location: outcome.location }];
      } else {
        await house.keep("entries", (store) => store.put({ ...entry, state: "refused", reason: outcome.reason ?? "" }));
      }
      house.changed();
    }
    pause = house.waits ? Math.min(pause * 1.6, 30_000) : 2000;
    next = performance.now() + pause * (0.8 + Math.random() * 0.4);
    house.changed();
  });
};
