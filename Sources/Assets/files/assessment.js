// Scores the readings while they are typed. The rules stay on the server: the form is sent there as it is, the answer
// is shown in the dock and beside each reading. Nothing is recorded by it.
const form = document.querySelector("form[data-assess]");
const tile = document.getElementById("a-score");
const english = document.documentElement.lang.startsWith("en");
let timer;
let running;

const hidden = (words) => Object.assign(document.createElement("span"), { className: "vh", textContent: words });
const small = (words) => Object.assign(document.createElement("small"), { textContent: words });

function show(answer) {
  tile.className = `n ${answer.tile}`;
  tile.replaceChildren(hidden("NEWS2 "), String(answer.total ?? "–"), small(answer.word));
  document.getElementById("a-act").textContent = answer.act;
  document.getElementById("a-why").textContent = answer.why;
  for (const [name, points] of Object.entries(answer.points)) {
    const place = document.getElementById(`p-${name}`);
    if (!place) continue;
    const none = points === null;
    place.className = `p ${none ? "none" : `p${points}`}`;
    const words = none ? (english ? "No points " : "没有得分 ") : english ? "Points " : "得分 ";
    place.replaceChildren(hidden(words), none ? "–" : String(points));
  }
}

async function assess() {
  running?.abort();
  running = new AbortController();
  try {
    const answer = await fetch(form.dataset.assess, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(new FormData(form)),
      signal: running.signal,
    });
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.json());
  } catch (error) {
    if (error.name === "AbortError") return;
    tile.className = "n none";
    tile.replaceChildren(hidden("NEWS2 "), "–", small(english ? "no score" : "未算"));
    document.getElementById("a-act").textContent = english ? "No connection" : "没连上";
    document.getElementById("a-why").textContent = english ? "The score comes with saving" : "保存以后再算总分";
  }
}

if (form && tile) {
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(assess, 200);
  });
}
