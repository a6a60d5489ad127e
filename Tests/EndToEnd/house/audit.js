// What is wrong with the page as it is drawn now, besides what can't be read (loss.js) and what axe looks for: a list of
// sentences.
() => {
  const faults = [];
  const phone = innerWidth < 600;
  const root = document.documentElement;
  const name = (el) => {
    const words = (el.innerText || el.getAttribute("aria-label") || el.name || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `<${el.localName}${el.className && typeof el.className === "string" ? "." + el.className.split(" ").join(".") : ""}> ${words}`;
  };
  const shown = (el) => el.checkVisibility({ checkVisibilityCSS: true }) && !el.closest("[hidden], .skip, #stale");
  const rect = (el) => {
    const r = el.getBoundingClientRect();
    return { l: r.left, t: r.top, r: r.right, b: r.bottom, w: r.width, h: r.height };
  };

  const headings = [...document.querySelectorAll("h1")].filter(shown);
  if (headings.length !== 1) faults.push(`${headings.length} h1`);
  const repeated = [...document.querySelectorAll("[id]")].map((el) => el.id).filter((id, at, all) => all.indexOf(id) !== at);
  if (repeated.length) faults.push(`ids twice: ${repeated}`);

  for (const el of document.querySelectorAll("input, select")) {
    if (shown(el) && el.type !== "hidden" && el.scrollWidth > el.clientWidth + 1) faults.push(`value does not fit: ${name(el)} ${el.name}=${el.value}`);
  }

  // What a finger meets: every target is large enough and stands apart.
  const targets = new Map();
  for (const el of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    const area = el.matches("input") && el.closest("label") ? el.closest("label") : el;
    if (shown(area) && !area.closest("svg")) targets.set(area, rect(area));
  }
  // A link among the words of a sentence is as high as its line.
  const inSentence = (el) => {
    if (el.localName !== "a" || !getComputedStyle(el).display.startsWith("inline") || getComputedStyle(el).display !== "inline") return false;
    const around = el.closest("p, li, td, th, dd, dt, caption, small, span, div");
    return around.textContent.trim().length > el.textContent.trim().length;
  };
  for (const [el, r] of targets) {
    if (phone && !inSentence(el) && (r.h < 47.5 || r.w < 47.5)) faults.push(`too small for a finger, ${Math.round(r.w)} × ${Math.round(r.h)}: ${name(el)}`);
    const field = el.matches("input, select, textarea") ? el : null;
    if (field && !field.labels?.length && !field.getAttribute("aria-label") && !field.getAttribute("aria-labelledby")) faults.push(`no label: ${name(el)} ${field.name}`);
  }
  const floats = (el) => {
    for (let box = el; box && box !== document.body; box = box.parentElement) {
      if (["fixed", "sticky"].includes(getComputedStyle(box).position)) return true;
    }
    return false;
  };
  const still = [...targets].filter(([el]) => !floats(el)).sort((a, b) => a[1].t - b[1].t);
  still.forEach(([el, a], index) => {
    for (const [other, b] of still.slice(index + 1)) {
      if (b.t > a.b) break;
      const over = Math.min(Math.min(a.r, b.r) - Math.max(a.l, b.l), Math.min(a.b, b.b) - Math.max(a.t, b.t));
      if (over > 4 && !el.contains(other) && !other.contains(el)) faults.push(`one over another: ${name(el)} | ${name(other)}`);
    }
  });

  return [...new Set(faults)];
}
