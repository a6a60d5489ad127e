// Answers for the house where the network doesn't. Pages are put into a cache of their account by the pages themselves;
// this only looks there. A page that is kept is shown at once and asks for itself anew (`data-kept` tells it when it was
// kept), except just after something was entered on this device, when the server is given some seconds to say how it is.
let wrote = 0;

addEventListener("install", (event) => {
  event.waitUntil(caches.open("files").then((cache) => cache.addAll(files)).then(() => skipWaiting()));
});

// Pages of another build lack their scripts and styles: they go with those.
addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open("files");
    let isOld = false;
    for (const request of await cache.keys()) {
      if (!files.includes(new URL(request.url).pathname)) isOld = await cache.delete(request);
    }
    if (isOld) await drop();
    await clients.claim();
  })());
});

async function drop() {
  for (const name of await caches.keys()) if (name.startsWith("pages ") || name === "whose") await caches.delete(name);
}

// The pages of who is logged in, while that session may last.
async function own() {
  const answer = await (await caches.open("whose")).match("/");
  if (!answer) return;
  const { account, until } = await answer.json();
  return until > Date.now() ? caches.open(`pages ${account}`) : drop();
}

// What a page is kept under: the mark of a save says nothing about what it shows.
function plain(address) {
  const url = new URL(address);
  url.searchParams.delete("saved");
  return url.href;
}

const apart = () => caches.match("/away", { cacheName: "files" });

// With the policy that a page of the house comes with.
async function marked(answer) {
  const text = await answer.text();
  const { headers } = await apart();
  return new Response(text.replace("<body", `<body data-kept="${answer.headers.get("Kept-At")}"`), { headers });
}

async function keep(url, answer) {
  const pages = await own();
  const has = (name, value) => answer.headers.get(name)?.startsWith(value);
  if (!pages || answer.status !== 200 || answer.redirected || !has("Cache-Control", "private, no-cache") || !has("Content-Type", "text/html")) return;
  await pages.put(plain(url), new Response(await answer.text(), { headers: { "Kept-At": Date.now() } }));
}

async function page(event) {
  const request = event.request;
  const pages = await own();
  const kept = !/\/(login|enrol|trust|first)\b/.test(request.url) && await pages?.match(plain(request.url));
  const asks = Date.now() - wrote < 15_000 || request.url.includes("saved=") || /no-cache|reload/.test(request.cache);
  if (kept && !asks) return marked(kept);
  const late = new Promise((_, fail) => setTimeout(fail, kept ? 4000 : 60_000));
  try {
    const answer = await Promise.race([fetch(request), late]);
    event.waitUntil(keep(request.url, answer.clone()));
    return answer;
  } catch {
    return kept ? marked(kept) : apart();
  }
}

addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST") {
    wrote = Date.now();
    if (request.mode !== "navigate") return;
    // Other pages for somebody else, and in another language.
    const other = /^\/(login|logout|first|me\/language)$/.test(url.pathname);
    event.respondWith(fetch(request).then(async (answer) => {
      if (other) await drop();
      return answer;
    }).catch(apart));
  } else if (files.includes(url.pathname)) {
    event.respondWith(caches.match(request, { cacheName: "files" }).then((answer) => answer ?? fetch(request)));
  } else if (request.mode === "navigate" && !url.pathname.startsWith("/api/")) {
    event.respondWith(page(event));
  }
});
