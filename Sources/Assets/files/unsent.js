// The page of what is on this device and not sent: why, what can be done, and all of it as a file that the house takes.
house.list = (entries) => {
  const place = document.getElementById("unsent");
  if (!place) return;
  const words = entries.map((entry) => entry.id + entry.state).join();
  if (place.dataset.words === words) return;
  place.dataset.words = words;
  place.hidden = !entries.length;
  document.getElementById("none-unsent").hidden = entries.length > 0;
  const act = (entry, what, text, kind) => {
    const button = element("button", { type: "button", className: `btn ${kind}`, textContent: text });
    Object.assign(button.dataset, { unsent: what, entry: entry.id });
    return button;
  };
  place.querySelector("ul").replaceChildren(...entries.map((entry) => {
    const row = element("li", { className: "sheet stack" }, element("b", { textContent: entry.title }));
    const time = house.clock(entry.occurredAt);
    if (entry.state === "waiting") row.append(element("span", { className: "mark wait" }, icon("wait"), `${time} ${say("待同步", "waiting")}`));
    else {
      row.append(
        element("span", { className: "mark bad" }, icon("x"), `${time} ${say("没收下：", "Refused: ")}${entry.reason}`),
        element("span", { className: "row" }, act(entry, "mend", say("改了再发", "Correct and send"), "alt"), act(entry, "discard", say("不要这一条", "Discard this entry"), "alt danger")));
    }
    return row;
  }));
};

// A question before a consequence; the safe way is the main button and the one that Escape takes.
house.ask = (question, more, safe, other) => new Promise((done) => {
  const dialog = element("dialog", { className: "ask stack bad" }, element("h2", { className: "l", textContent: question }), element("p", { textContent: more }));
  for (const [words, kind, value] of [[safe, "", ""], [other, "alt danger", "go"]]) {
    dialog.append(element("button", { type: "button", className: `btn full ${kind}`, textContent: words, onclick: () => dialog.close(value) }));
  }
  dialog.onclose = () => { dialog.remove(); done(dialog.returnValue === "go"); };
  dialog.ariaLabel = question;
  body.append(dialog);
  dialog.showModal();
});

function save(entries) {
  const file = {
    format: "sanatorium-unsent-1", account: house.author,
    entries: entries.map(({ id, path, fields, occurredAt, title }) => ({ id, path, fields, occurredAt, title })),
  };
  const href = URL.createObjectURL(new Blob([JSON.stringify(file)], { type: "application/json" }));
  element("a", { href, download: `unsent-${Date.now()}.json` }).click();
}

document.addEventListener("click", async (event) => {
  const { unsent, entry: id } = event.target.closest?.("[data-unsent]")?.dataset ?? {};
  if (!unsent) return;
  const entries = await house.entries();
  if (unsent === "send") return house.sendAll(true);
  if (unsent === "file") return save(entries);
  const entry = entries.find((each) => each.id === id);
  if (unsent === "mend") {
    sessionStorage.setItem("mend", id);
    return location.assign(entry.page);
  }
  const goes = await house.ask(
    say(`不要“${entry.title}”？`, `Discard “${entry.title}”?`), say("只存在这台设备上，丢了就没有了。", "It is on this device alone."),
    say("留着", "Keep it"), say("丢掉这一条", "Discard it"));
  if (goes) await house.keep("entries", (store) => store.delete(id));
  house.changed();
});
