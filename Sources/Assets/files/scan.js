// Reading badges. A scanner types like a keyboard, only faster, and ends with Enter: what it types goes to the page's
// scan field, or opens the person. Where the browser reads codes itself, a button does it with the camera.
const badge = (text) => /^[2-9A-HJKMNP-Z]{10}$/.exec(text.trim().split(/[?#]/)[0].split("/").pop().replace(/[ -]/g, "").toUpperCase())?.[0];
// Whether somebody has typed into a form; a scanner does, too.
const typing = () => one("main form[data-typed]");
const go = (code, typed) => (!typed || house.leaves()) && house.visit(`/b/${code}`);
let before;
let caught = "";
let last = 0;

// Capturing, so that no form takes the scanner's Enter for the wish to send it.
on("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const field = event.target.closest?.("input, textarea, select");
  const pause = event.timeStamp - last;
  if (event.key === "Enter") {
    const text = caught;
    const code = badge(text);
    caught = "";
    // A quick typist's password may look like a code.
    if (pause > 100 || (field && (field.type === "password" || !code || (text !== code && !text.includes("/b/"))))) return;
    const target = one("[data-scan]");
    if (text.length < 4 || !(code || target)) return;
    event.preventDefault();
    event.stopPropagation();
    if (field?.value?.endsWith(text)) field.value = field.value.slice(0, -text.length);
    if (!target || (code && house.away && target.type === "search")) return go(code, before);
    target.value = code ?? text;
    target.form.requestSubmit();
  } else if (event.key.length === 1) {
    if (pause > 60) {
      caught = "";
      before = typing();
    }
    caught += event.key;
    last = event.timeStamp;
  }
}, true);

async function look(button) {
  const { aim, shut, none, end } = button.dataset;
  const video = element("video", { muted: true, playsInline: true, width: 280 });
  const words = element("p", { ariaLive: "polite" }, aim);
  const stop = element("button", { className: "btn alt", onclick: () => dialog.close() }, end);
  let stream;
  const release = () => stream?.getTracks().forEach((track) => track.stop());
  const dialog = element("dialog", { ariaLabel: button.ariaLabel, onclose: () => { release(); dialog.remove(); } }, video, words, stop);
  body.append(dialog);
  dialog.showModal();
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    video.srcObject = stream;
    await video.play();
  } catch { words.textContent = shut; }
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  while (dialog.open) {
    for (const found of await detector.detect(video).catch(() => [])) {
      const code = badge(found.rawValue);
      if (!code) words.textContent = none;
      else if (dialog.open) {
        dialog.close();
        go(code, typing());
      }
    }
    await new Promise((done) => setTimeout(done, 200));
  }
  release();
}

window.BarcodeDetector?.getSupportedFormats().then((formats) => {
  if (!navigator.mediaDevices || !formats.includes("qr_code")) return;
  const show = () => one("[data-camera]")?.removeAttribute("hidden");
  show();
  on("page-replaced", show);
  on("click", (event) => {
    const button = event.target.closest?.("[data-camera]");
    if (button) look(button);
  });
});

// Does this device know the house's certificate? Where it doesn't, the browser refuses a worker.
const check = one("[data-known]");
if (check) {
  const tell = (tone, words) => {
    check.className = `banner ${tone}`;
    check.textContent = words;
    check.hidden = false;
  };
  navigator.serviceWorker?.register("/worker.js").then(
    () => tell("ok", check.dataset.known),
    (fault) => { if (fault.name === "SecurityError") tell("late", check.dataset.unknown); });
}
