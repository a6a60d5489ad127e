// Help with typing: steppers, Enter to the next reading, one sending only, a question before typed words are lost.
// Every form works without it.
byId("faults")?.focus();
for (const form of every("form[data-leave]")) if (form.querySelector("#faults")) form.dataset.dirty = "";

// Steppers count in tenths, so that 36.7 and 0.1 make 36.8.
on("click", (event) => {
  const button = event.target.closest?.("[data-step]");
  if (!button) return;
  const field = byId(button.dataset.for);
  const from = parseFloat(field.value || button.dataset.start);
  if (isNaN(from)) return field.focus();
  const step = +button.dataset.step;
  // The first press in an empty field takes the last value over: one press for "as before".
  const tenths = Math.round(from * 10) + (field.value ? step : 0);
  field.value = step % 10 ? (tenths / 10).toFixed(1) : String(Math.round(tenths / 10));
  input(field);
});

on("keydown", (event) => {
  const field = event.target;
  if (event.key !== "Enter" || event.isComposing || field.enterKeyHint !== "next") return;
  const fields = [...field.form.querySelectorAll("input:not([type=hidden]), select, textarea")];
  const next = fields.slice(fields.indexOf(field) + 1).find((each) => each.offsetParent);
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.select?.();
});

// "No symptoms" excludes the others, and they exclude it.
on("change", (event) => {
  const box = event.target;
  if (box.type !== "checkbox" || !box.checked) return;
  const alone = "alone" in box.dataset;
  for (const other of box.form?.elements[box.name] ?? []) {
    if (other !== box && other.type === "checkbox" && (alone || "alone" in other.dataset)) other.checked = false;
  }
});

on("input", (event) => {
  const form = event.target.form;
  if (form?.method === "post") form.dataset.typed = "";
  if (form && "leave" in form.dataset) form.dataset.dirty = "";
});

on("click", (event) => {
  if (event.target.closest?.("[aria-disabled=true]")) event.preventDefault();
});

// Forms that the queue doesn't keep are sent by the browser, once.
on("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !("guard" in form.dataset)) return;
  if (form.ariaBusy === "true") return event.preventDefault();
  form.ariaBusy = "true";
  delete form.dataset.dirty;
  // A lost connection must not lock the form for good; the key makes a second sending harmless.
  setTimeout(() => { form.ariaBusy = null; }, 15000);
});

addEventListener("pageshow", (event) => {
  if (event.persisted && house.account() !== house.author) return location.reload();
  if (event.persisted) for (const form of every("[aria-busy]")) form.ariaBusy = null;
});

addEventListener("beforeunload", (event) => {
  if (one("form[data-dirty]")) event.returnValue = true;
});
