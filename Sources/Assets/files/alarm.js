// The wall's sound: two tones, again and again, while an unanswered alarm covers the board. The wall says when a browser
// wants to be touched first.
let audio;

function tell() {
  const on = audio?.state === "running";
  for (const mark of every("[data-sound]")) {
    mark.classList.toggle("ok", on);
    mark.classList.toggle("late", !on);
    const words = on ? mark.dataset.sound : mark.dataset.silent;
    if (mark.lastElementChild.textContent !== words) mark.lastElementChild.textContent = words;
  }
  return on;
}

function tone(frequency, start) {
  const source = audio.createOscillator();
  const level = audio.createGain();
  source.frequency.value = frequency;
  level.gain.setValueAtTime(0.0001, start);
  level.gain.exponentialRampToValueAtTime(0.5, start + 0.02);
  level.gain.exponentialRampToValueAtTime(0.0001, start + 0.34);
  source.connect(level).connect(audio.destination);
  source.start(start);
  source.stop(start + 0.35);
}

function sound() {
  if (!tell() || !byId("alarm")) return;
  tone(960, audio.currentTime);
  tone(720, audio.currentTime + 0.4);
}

if (one("[data-sound]")) {
  audio = new AudioContext();
  audio.addEventListener("statechange", sound);
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => audio.resume());
  on("page-replaced", sound);
  setInterval(sound, 1500);
  tell();
}
