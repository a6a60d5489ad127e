// Words that don't belong on the page, which is for people and in one language: a list of sentences. What a person has
// typed in, names, and what is quoted from a paper may be in another; the catalogue tells the program's own words.
(catalogue) => {
  const faults = [];
  const root = document.documentElement;
  const shown = (el) => el.checkVisibility({ checkVisibilityCSS: true }) && !el.closest("[hidden], #stale");
  const chinese = root.lang.startsWith("zh");
  const own = new Set(catalogue);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const el = walker.currentNode.parentElement;
    if (!shown(el) || el.closest("code, pre, svg, .code, script, style")) continue;
    const words = walker.currentNode.data.trim();
    const code = /(?<![\w./-])[a-z]{2,}[a-z0-9]*([_.-][a-z0-9]{2,})+(?![\w/])/.exec(words);
    if (code && chinese) faults.push(`a program's word: ${code[0]}`);
    if (/\b(undefined|null|nil|NaN|Optional\()/.test(words)) faults.push(`no value: ${words.slice(0, 60)}`);
    const lang = el.closest("[lang]").lang;
    if (own.has(words) && lang === root.lang) faults.push(`in the other language: ${words.slice(0, 60)}`);
  }
  for (const el of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      const words = el.getAttribute(name);
      if (words && own.has(words)) faults.push(`in the other language, ${name}: ${words.slice(0, 60)}`);
    }
  }
  if (own.has(document.title.split("·")[0])) faults.push(`in the other language, title: ${document.title}`);
  return [...new Set(faults)];
}
