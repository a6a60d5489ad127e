// What cannot be read of the page as it is drawn now, at whatever size and size of letters: a list of sentences.
() => {
  const faults = [];
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

  if (root.scrollWidth > innerWidth) faults.push(`wider than the screen: ${root.scrollWidth} > ${innerWidth}`);

  // Text that is cut off, or that sticks out of the screen without a way to scroll to it.
  for (const el of document.querySelectorAll("body *")) {
    const own = [...el.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !shown(el) || el.closest("svg, option, script, style, .vh")) continue;
    const style = getComputedStyle(el);
    if (style.overflowX !== "visible" && style.overflowX !== "auto" && el.scrollWidth > el.clientWidth + 1) faults.push(`cut off: ${name(el)}`);
    else if (style.overflowY === "hidden" && el.scrollHeight > el.clientHeight + 2) faults.push(`cut off below: ${name(el)}`);
    const scrolls = el.closest(".scroll, .roll, .tabs, .days");
    const r = rect(el);
    if (!scrolls && (r.r > innerWidth + 1 || r.l < -1)) faults.push(`out of sight: ${name(el)}`);
    for (let box = el.parentElement; box && box !== document.body; box = box.parentElement) {
      if (!["hidden", "clip"].includes(getComputedStyle(box).overflowY)) continue;
      const b = rect(box);
      if (r.b > b.b + 2 || r.r > b.r + 2) faults.push(`cut off by its box: ${name(el)}`);
      break;
    }
  }
  // What stays in sight while scrolling may cover what is under it, but not most of the screen.
  const stuck = [...document.querySelectorAll("body *")].filter((el) => ["fixed", "sticky"].includes(getComputedStyle(el).position)
    && shown(el) && rect(el).h < innerHeight && rect(el).w > innerWidth / 2 && !el.closest("table"));
  const covered = stuck.reduce((sum, el) => sum + Math.max(0, Math.min(rect(el).b, innerHeight) - Math.max(rect(el).t, 0)), 0);
  if (covered > innerHeight / 2) faults.push(`half of the screen does not scroll: ${stuck.map(name).join(" | ")}`);
  return [...new Set(faults)];
}
