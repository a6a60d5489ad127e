// Typed words outlive the page: a phone that sleeps in a pocket forgets it, and so does a reload.
const page = (form) => `${house.author} ${action(form)}`;
const forget = (key) => house.keep("drafts", (store) => store.delete(key)).catch(() => {});
let timer;

on("input", (event) => {
  const form = event.target.form;
  if (!form || !("leave" in form.dataset) || !house.author) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (!("dirty" in form.dataset)) return;
    const draft = { page: page(form), fields: String(new URLSearchParams(new FormData(form))), at: +form.dataset.at || Date.now() };
    house.keep("drafts", (store) => store.put(draft)).catch(() => { house.storing = false; house.changed(); });
  }, 400);
});

on("submit", (event) => {
  clearTimeout(timer);
  if (house.author && "leave" in event.target.dataset) forget(page(event.target));
});

function fill(form, fields, at) {
  let filled;
  for (const control of form.elements) {
    if (!control.name || control.type === "hidden" || control.type === "file") continue;
    const values = fields.getAll(control.name);
    if (values.length) filled = control;
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else if (values.length) control.value = values[0];
  }
  form.dataset.dirty = "";
  if (at) form.dataset.at = at;
  input(filled);
}

house.toast = (name, words, ...more) => {
  const shown = element("div", { className: "toast" }, icon(name), element("span", { className: "grow" }, words), ...more);
  shown.setAttribute("role", "status");
  byId("top").append(shown);
};

// Older readings are no readings.
const isOld = (draft) => !(draft.at > Date.now() - 1800000);

// Nobody's stay after they have left.
house.clearDrafts = (leaving) => house.keep("drafts", (store) => {
  const drafts = store.getAll();
  drafts.onsuccess = () => {
    for (const draft of drafts.result) if (isOld(draft) || (leaving && draft.page.startsWith(leaving))) store.delete(draft.page);
  };
  return drafts;
});

house.saySaved = () => {
  const kept = sessionStorage.getItem("kept");
  sessionStorage.removeItem("kept");
  const [author, ...title] = kept?.split(" ") ?? [];
  if (author && author === house.author) house.toast("wait", title.join(" ") + say("：存在本机，连上后自动发；急事先打电话", ": kept on this device, sent once connected; telephone if urgent"));
};

// What was typed before, put back: an entry that was refused and is to be corrected, or a form that was left.
house.restore = async () => {
  house.saySaved();
  const mend = sessionStorage.getItem("mend");
  sessionStorage.removeItem("mend");
  const entry = mend && (await house.entries()).find((each) => each.id === mend);
  for (const form of every("form[method=post]")) {
    if (entry && action(form) === entry.path) {
      fill(form, new URLSearchParams(entry.fields));
      form.dataset.mends = entry.id;
    }
    if (entry || !("leave" in form.dataset) || "dirty" in form.dataset || !house.author) continue;
    const draft = await house.keep("drafts", (store) => store.get(page(form)), "readonly");
    if (!draft || isOld(draft)) continue;
    fill(form, new URLSearchParams(draft.fields), draft.at);
    const clear = element("button", { type: "button", className: "link" }, say("清空", "Clear"));
    clear.onclick = () => {
      form.reset();
      delete form.dataset.dirty;
      forget(draft.page);
      clear.parentNode.remove();
    };
    house.toast("undo", say(`接着 ${house.clock(draft.at)} 没填完的`, `Typed at ${house.clock(draft.at)}`), clear);
  }
};
