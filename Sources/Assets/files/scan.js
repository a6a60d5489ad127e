// A badge scanner types like a keyboard, only faster, and ends with Enter. What it types while no field is in use goes
// to the page's scan field and is sent from there.
let caught = "";
let last = 0;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const pause = event.timeStamp - last;
  last = event.timeStamp;
  if (event.key === "Enter") {
    const code = caught;
    caught = "";
    if (code.length < 4 || pause > 100) return;
    event.preventDefault();
    const field = document.querySelector("[data-scan]");
    if (!field) return;
    field.value = code;
    field.form.requestSubmit();
  } else if (event.key.length === 1) {
    caught = pause > 60 ? event.key : caught + event.key;
  }
});
