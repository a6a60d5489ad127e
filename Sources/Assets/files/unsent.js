// The page of what is on this device and not sent: why, what can be done, and all of it as a file that the house takes.
house.list = (entries) => {
  const place = byId("unsent");
  if (!place) return;
  const words = entries.map((entry) => entry.id + entry.state).join();
  if (place.dataset.words === words) return;
  place.dataset.words = words;
  place.hidden = !entries.length;
  byId("none-unsent").hidden = entries.length > 0;
  place.querySelector("ul").replaceChildren(...entries.map((entry) => {
    const row = byId(`unsent-${entry.state}`).content.cloneNode(true);
    const { title, reason, occurredAt } = entry;
    for (const [part, words] of [["b", title], [".at", house.clock(occurredAt)], [".why", reason]]) {
      if (row.querySelector(part)) row.querySelector(part).textContent = words;
    }
    for (const button of row.querySelectorAll("button")) button.dataset.entry = entry.id;
    return row;
  }));
};

// A question of the page before a consequence; the safe way is the main button and the one that Escape takes.
house.ask = (words) => new Promise((done) => {
  const dialog = one("main dialog");
  dialog.querySelector("b").textContent = words;
  dialog.returnValue = "";
  dialog.onclose = () => done(dialog.returnValue === "go");
  dialog.showModal();
});

function save(entries) {
  const file = {
    format: "sanatorium-unsent-1", account: house.author,
    entries: entries.map(({ id, path, fields, occurredAt, ahead, title }) => ({ id, path, fields, occurredAt, ahead, title })),
  };
  const href = URL.createObjectURL(new Blob([JSON.stringify(file)]));
  element("a", { href, download: `unsent-${Date.now()}.json` }).click();
}

on("click", async (event) => {
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
  if (await house.ask(entry.title)) await house.keep("entries", (store) => store.delete(id));
  house.changed();
});
