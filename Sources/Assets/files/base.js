// What every part of the pages' script may use. The parts that follow are a block of their own each; what they have for
// one another hangs on `house`.
const body = document.body;
const english = document.documentElement.lang.startsWith("en");
const say = (chinese, other) => (english ? other : chinese);
const house = {};

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
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawn.setAttribute("class", "i");
  drawn.setAttribute("aria-hidden", "true");
  drawn.append(document.createElementNS("http://www.w3.org/2000/svg", "use"));
  drawn.firstChild.setAttribute("href", `#i-${name}`);
  return drawn;
}
