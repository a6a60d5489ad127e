// Scores the readings while they are typed. The rules stay on the server: the readings go to the assessment's address as
// they stand, and its answer is shown in the dock and beside each reading. Nothing is recorded by it.
//
// Fields are named as the API names readings, with or without "readings." before it; symptoms are "symptoms".
const form = document.querySelector("form[data-assess]");
const tile = document.getElementById("a-score");
const english = document.documentElement.lang.startsWith("en");
const say = (chinese, other) => (english ? other : chinese);
const faces = {
  "low": ["n1", say("低", "low")],
  "low-medium": ["n2", say("低中", "low-med")],
  "medium": ["n3", say("中", "medium")],
  "high": ["n4", say("高", "high")],
};
// What the server knows as no reading: remarks, times. It says so once.
const foreign = new Set();
let timer;
let running;

const bare = (name) => name.replace(/^readings\./, "");
const hidden = (words) => Object.assign(document.createElement("span"), { className: "vh", textContent: words });
const small = (words) => Object.assign(document.createElement("small"), { textContent: words });

function control(reading) {
  const found = form.elements[reading] ?? form.elements[`readings.${reading}`];
  return found instanceof RadioNodeList ? found[0] : found;
}

function label(reading) {
  const input = control(reading);
  const group = input?.closest("fieldset");
  const words = group
    ? (group.querySelector("legend b") ?? group.querySelector("legend"))
    : input && form.querySelector(`label[for="${CSS.escape(input.id)}"] b`);
  return words?.textContent ?? reading;
}

function typed(value) {
  if (value === "true" || value === "false") return value === "true";
  return /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}

function collect(without) {
  const readings = {};
  for (const [name, value] of new FormData(form)) {
    const reading = bare(name);
    if (typeof value !== "string" || !value.trim() || name.startsWith("symptoms") || name.includes("-")) continue;
    if (!foreign.has(reading) && !without.has(reading)) readings[reading] = typed(value.trim());
  }
  return { readings, symptoms: new FormData(form).getAll("symptoms") };
}

async function ask(without = new Set()) {
  const answer = await fetch(`${form.dataset.assess}?lang=${english ? "en" : "zh"}`, {
    method: "POST",
    headers: { "Accept": "application/json", "Content-Type": "application/json" },
    body: JSON.stringify(collect(without)),
    signal: running.signal,
  });
  if (answer.ok) return answer.json();
  if (answer.status !== 422 || without.size) throw new Error(String(answer.status));
  // A value out of range has no points; the rest still has.
  for (const fault of (await answer.json()).faults ?? []) {
    const reading = bare(fault.field);
    if (fault.code === "unknown-field") foreign.add(reading);
    without.add(reading);
  }
  return ask(without);
}

function points(reading, value) {
  const place = document.getElementById(`p-${control(reading)?.name}`);
  if (!place) return;
  place.className = `p ${value === null ? "none" : `p${value}`}`;
  const words = value === null ? say("没有得分 ", "No points ") : say("得分 ", "Points ");
  place.replaceChildren(hidden(words), value === null ? "–" : String(value));
}

function show(total, face, act, why) {
  tile.className = `n ${face[0]}`;
  tile.replaceChildren(hidden("NEWS2 "), total === null ? "–" : String(total), small(face[1]));
  document.getElementById("a-act").textContent = act;
  document.getElementById("a-why").textContent = why;
}

function shown({ news2, action }) {
  const scored = Object.entries(news2.parameters).sort((one, other) => other[1] - one[1]);
  for (const [reading, value] of scored) points(reading, value);
  for (const reading of news2.missing) points(reading, null);
  if (!news2.complete) {
    const missing = [...new Set(news2.missing.map(label))].join(say("、", ", "));
    return show(null, ["none", say("不全", "no score")], action || say("还算不出总分", "No total yet"), say("缺 ", "Missing: ") + missing);
  }
  const face = news2.total === 0 ? ["n0", say("常规", "none")] : faces[news2.level];
  const why = scored.filter(([, value]) => value > 0).map(([reading, value]) => `${label(reading)} ${value}`);
  show(news2.total, face, action, why.join("·") || say("各项 0 分", "0 points each"));
}

async function assess() {
  running?.abort();
  running = new AbortController();
  try {
    shown(await ask());
  } catch (error) {
    if (error.name === "AbortError") return;
    show(null, ["none", say("未算", "no score")], say("没连上", "No connection"), say("保存以后再算总分", "The score comes with saving"));
  }
}

if (form && tile) {
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(assess, 200);
  });
}
