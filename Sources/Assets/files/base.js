// What every part of the pages' script may use. The parts that follow are a block of their own each; what they have for
// one another hangs on `house`.
const body = document.body;
const root = document.documentElement;
const english = root.lang.startsWith("en");
const say = (chinese, other) => (english ? other : chinese);
const house = {};
const on = (name, act, early) => document.addEventListener(name, act, early);
const byId = (name) => document.getElementById(name);
const one = (selector) => document.querySelector(selector);
const every = (selector) => document.querySelectorAll(selector);
const data = body.dataset;
const address = () => location.pathname + location.search;
// Milliseconds since the document began: for lengths of time that no clock's setting changes.
const lapsed = () => performance.now();
const emit = (name) => document.dispatchEvent(new Event(name));
const parsed = (text) => new DOMParser().parseFromString(text, "text/html");
const action = (form) => form.getAttribute("action");
const input = (field) => field?.dispatchEvent(new Event("input", { bubbles: true }));
// A form whose act somebody is waiting for (a plan, an alarm): it happens now or not at all.
const isUrgent = (path) => data.direct?.split(" ").includes(`!${path.split("/")[1]}`);

// `AbortSignal.timeout` is too new for old phones.
function within(milliseconds) {
  const control = new AbortController();
  setTimeout(() => control.abort(), milliseconds);
  return control.signal;
}

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function icon(name) {
  const frame = document.createElement("template");
  frame.innerHTML = `<svg class="i" aria-hidden="true"><use href="#i-${name}"/></svg>`;
  return frame.content.firstChild;
}
