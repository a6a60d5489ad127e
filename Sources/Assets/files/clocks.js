// Running clocks. The server writes each clock's moment and its first face; this takes it on from there, by the server's
// time where it is known. Without this script a clock shows what it was when the page was drawn.
const drawn = "kept" in data ? 0 : Number(data.now ?? 0);
// A page may have been drawn some minutes ago, so its time corrects only a clock that is plainly wrong; what the server says later corrects any.
let ahead = drawn && Math.abs(drawn - Date.now()) > 300000 ? drawn - Date.now() : 0;

const two = (number) => String(number).padStart(2, "0");

function face(seconds) {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

house.age = (seconds) => {
  const minutes = Math.floor(Math.max(0, seconds) / 60);
  const [day, hour, minute] = english ? ["d", "h", "min"] : ["天", "小时", "分"];
  if (minutes < 60) return `${minutes}\u00a0${minute}`;
  if (minutes >= 1440) return `${Math.floor(minutes / 1440)}\u00a0${day}`;
  const rest = minutes % 60 ? ` ${minutes % 60}\u00a0${minute}` : "";
  return `${Math.floor(minutes / 60)}\u00a0${hour}${rest}`;
};

function tick() {
  const now = Date.now() + ahead;
  for (const clock of every("[data-clock]")) {
    const seconds = Math.floor((now - clock.dataset.at) / 1000);
    let words;
    if (clock.dataset.clock === "age") words = house.age(seconds);
    else if (clock.dataset.clock === "up") words = face(Math.max(0, seconds));
    else words = seconds > 0 ? say("超 ", "over ") + face(seconds) : face(-seconds);
    if (clock.textContent !== words) clock.textContent = words;
  }
  const wall = one("[data-time]");
  if (wall) {
    // The facility's clock: its distance from UTC is part of the page, as the screen's own zone may be another.
    const local = new Date(now + wall.dataset.time * 60000);
    const words = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`;
    if (wall.textContent !== words) wall.textContent = words;
  }
}

// By the house's clock it is now this; what a response takes is no error of this one. It is remembered: a clock may be
// wrong, and be set right, without network.
house.time = (now) => {
  ahead = Math.abs(now - Date.now()) > 2000 ? now - Date.now() : 0;
  localStorage.setItem("clock", `${now} ${ahead}`);
};
// How far the device's clock is behind the house's, by the last answer; nothing where it says a time before that answer.
house.ahead = () => {
  const [at, ahead] = (localStorage.getItem("clock") ?? "").split(" ").map(Number);
  return Date.now() + ahead > at - 5000 ? ahead : undefined;
};
on("page-replaced", tick);
tick();
setInterval(tick, 1000);
