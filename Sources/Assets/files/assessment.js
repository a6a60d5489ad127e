// Scores the readings while they are typed. The rules stay on the server: the readings go to the assessment's address as
// they stand, and its answer is shown in the dock and beside each reading. Nothing is recorded by it. Where the server
// can't be reached, or is slow, NEWS2 alone is read off the chart that came with the page.
const levels = ["none", "low", "low-medium", "medium", "high"];
const short = say(["常规", "低", "低中", "中", "高"], ["none", "low", "low-med", "medium", "high"]);
let form;
let chart;
let timer;
let running;

const hidden = (words) => element("span", { className: "vh" }, words);

const typed = (value) => (/^\d+(\.\d+)?$/.test(value) ? Number(value) : value === "true" || (value === "false" ? false : value));

function collect(without = []) {
  const fields = new FormData(form);
  const readings = {};
  for (const name of Object.keys(chart.names)) {
    const value = fields.get(name)?.trim();
    if (value && !without.includes(name)) readings[name] = typed(value);
  }
  return { readings, symptoms: fields.getAll("symptoms") };
}

async function ask(without) {
  const answer = await fetch(`${form.dataset.assess}?lang=${say("zh", "en")}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(collect(without)),
    signal: running.signal,
  });
  if (answer.ok) return answer.json();
  if (answer.status !== 422 || without) throw new Error(answer.status);
  // A value out of range has no points; the rest still has.
  return ask((await answer.json()).faults.map((fault) => fault.field.replace("readings.", "")));
}

// NEWS2 by the chart alone, in the form of the server's answer.
function alone() {
  const { advice, words, names, ...steps } = chart;
  const { readings } = collect();
  const parameters = {};
  const missing = [];
  for (const name of Object.keys(steps).filter((name) => !name.endsWith("+"))) {
    const value = readings[name];
    const own = (readings.supplementalOxygen === true && steps[`${name}+`]) || steps[name];
    const points = Array.isArray(own) ? [...own].reverse().find(([from]) => value >= from)?.[1] : own[value];
    if (points == null) missing.push(name);
    else parameters[name] = points;
  }
  const all = Object.values(parameters);
  const total = all.reduce((sum, points) => sum + points, 0);
  const band = total >= 7 ? 4 : total >= 5 ? 3 : all.includes(3) ? 2 : total ? 1 : 0;
  const complete = !missing.length;
  return {
    news2: { complete, total, missing, parameters, level: levels[band] },
    action: say("没有网，只按 NEWS2：", "No network, NEWS2 alone: ") + (complete || band > 1 ? advice[band + 1] ?? words[band] : say("还算不出总分", "no total yet")),
  };
}

function points(reading, value) {
  const place = byId(`p-${reading}`);
  if (!place) return;
  place.className = `p ${value === null ? "none" : `p${value}`}`;
  place.replaceChildren(hidden(value === null ? say("没有得分 ", "No points ") : say("得分 ", "Points ")), String(value ?? "–"));
}

function show(total, face, word, act, why) {
  const tile = byId("a-score");
  tile.className = `n ${face}`;
  tile.replaceChildren(hidden("NEWS2 "), String(total ?? "–"), element("small", {}, word));
  byId("a-act").textContent = act;
  byId("a-why").textContent = why;
}

function shown({ news2, action }) {
  const scored = Object.entries(news2.parameters).sort((one, other) => other[1] - one[1]);
  for (const [reading, value] of scored) points(reading, value);
  for (const reading of news2.missing) points(reading, null);
  if (!news2.complete) {
    const missing = [...new Set(news2.missing.map((reading) => chart.names[reading]))].join(say("、", ", "));
    const why = action?.includes(chart.names[news2.missing[0]]) ? "" : say("缺 ", "Missing: ") + missing;
    return show(null, "none", say("不全", "no score"), action || say("还算不出总分", "No total yet"), why);
  }
  const face = news2.total && levels.indexOf(news2.level);
  const why = scored.filter(([, value]) => value > 0).map(([reading, value]) => `${chart.names[reading]} ${value}`);
  show(news2.total, `n${face}`, short[face], action, why.join("·") || say("各项 0 分", "0 points each"));
}

async function assess() {
  running?.abort();
  const mine = running = new AbortController();
  const own = form;
  // Of these readings, on this person's form.
  const tell = (told) => { if (mine === running && own.isConnected) shown(told ?? alone()); };
  // What was true of the last readings does not stand while the house is slow to answer for these.
  const late = setTimeout(tell, 2500);
  try { tell(await ask()); } catch (error) {
    if (error.name !== "AbortError") tell();
  }
  clearTimeout(late);
}

on("input", (event) => {
  if (!event.target.form?.dataset.assess || !byId("a-score")) return;
  form = event.target.form;
  chart = JSON.parse(form.dataset.chart);
  clearTimeout(timer);
  timer = setTimeout(assess, 200);
});
