// Answers for the house where the network doesn't. Pages are put into a cache of their account by the pages themselves;
// this only looks there. A page that is kept is shown at once and asks for itself anew (`data-kept` tells it when it was
// kept), except just after something was entered on this device, when the server is given some seconds to say how it is.
let wrote = 0;

addEventListener("install", (event) => {
  event.waitUntil(caches.open("files").then((cache) => cache.addAll(files)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open("files");
    for (const request of await cache.keys()) {
      if (!files.includes(new URL(request.url).pathname)) await cache.delete(request);
    }
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

async function marked(answer) {
  if (answer.status !== 200) return answer;
  const text = await answer.text();
  return new Response(text.replace("<body", `<body data-kept="${answer.headers.get("Kept-At")}"`), { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

async function keep(url, answer) {
  const pages = await own();
  if (!pages || answer.status !== 200 || answer.redirected || !answer.headers.get("Cache-Control")?.startsWith("private")) return;
  await pages.put(plain(url), new Response(await answer.text(), { headers: { "Kept-At": Date.now() } }));
}

function away(isForm) {
  const words = isForm
    ? ["没有连上，没有保存", "这一步要连上本院才能做。按返回，填的还在。", "No connection, nothing saved", "This needs the house's server. Go back: what you typed is still there."]
    : ["没有连上", "这一页没有存在这台设备上。", "No connection", "This page is not on this device."];
  return new Response(
    `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`
    + `<title>${words[0]}</title><link rel="stylesheet" href="${files.find((file) => file.endsWith(".css"))}">`
    + `<main id="main"><div class="sheet stack"><h1>${words[0]}</h1><p>${words[1]}</p><p lang="en" class="m">${words[2]}. ${words[3]}</p>`
    + `<a class="btn" href="">再试一次 · Try again</a><a class="btn alt" href="/">回到开头 · Start page</a></div></main></html>`,
    { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

async function page(event) {
  const { request } = event;
  const pages = await own();
  const kept = pages && await pages.match(plain(request.url));
  const asks = Date.now() - wrote < 15_000 || request.url.includes("saved=") || request.cache === "no-cache" || request.cache === "reload";
  if (kept && !asks) return marked(kept);
  const late = new Promise((_, fail) => setTimeout(fail, kept ? 4000 : 60_000));
  try {
    const answer = await Promise.race([fetch(request), late]);
    event.waitUntil(keep(request.url, answer.clone()));
    return answer;
  } catch {
    // Without network a list as it stands is better than none of its filters.
    const near = kept ?? await pages?.match(request.url, { ignoreSearch: true });
    return near ? marked(near) : away(false);
  }
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST") {
    wrote = Date.now();
    if (request.mode !== "navigate") return;
    event.respondWith(fetch(request).catch(() => away(true)));
    // Other pages for somebody else, and in another language.
    if (/^\/(logout|me\/language)$/.test(url.pathname)) event.waitUntil(drop());
  } else if (files.includes(url.pathname)) {
    event.respondWith(caches.match(request, { cacheName: "files" }).then((answer) => answer ?? fetch(request)));
  } else if (request.mode === "navigate" && !/^\/(api|login|enrol|trust|first)\b/.test(url.pathname)) {
    event.respondWith(page(event));
  }
});
