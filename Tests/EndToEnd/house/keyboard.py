"""A person who has only a keyboard, and who must see at every moment where it writes."""

from playwright.sync_api import Page

# What has the focus: which element, whether it can be seen that it has, and whether it is in sight.
STOP = """async () => {
  const el = document.activeElement;
  if (!el || el === document.body) return null;
  // The way past the navigation slides in and out.
  await Promise.allSettled(document.getAnimations().map((each) => each.finished));
  // A radio button or a box may show its focus on its label.
  const boxes = [el, el.nextElementSibling, el.closest("label"), el.labels?.[0]].filter(Boolean);
  const marked = boxes.filter((box) => {
    const style = getComputedStyle(box);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  });
  const seen = (marked[0] ?? el).getBoundingClientRect();
  const points = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8]].map(([x, y]) => [seen.left + seen.width * x, seen.top + seen.height * y]);
  const bare = points.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && boxes.some((box) => box.contains(top) || top.contains(box) && !["HTML", "BODY", "MAIN"].includes(top.tagName));
  });
  const fixed = (box) => box && (["fixed", "sticky"].includes(getComputedStyle(box).position) || fixed(box.parentElement));
  return {
    words: `<${el.localName} ${el.name ?? ""}> ${(el.innerText || el.getAttribute("aria-label") || el.value || "").trim().slice(0, 30)}`,
    marked: marked.length > 0, inSight: bare && seen.bottom > 0 && seen.top < innerHeight, inMain: el.closest("main") !== null && !fixed(el),
    top: seen.top + scrollY, bottom: seen.bottom + scrollY, left: seen.left, height: seen.height,
  };
}"""
AT = """([selector, words]) => {
  const el = document.activeElement;
  return el !== null && el.matches(selector) && (el.innerText + (el.labels?.[0]?.innerText ?? "")).includes(words);
}"""
# How many times Tab a person would press before they give up.
PATIENCE = 150


class Keyboard:
    """Tab, Shift and Tab, Enter, Space, arrows and letters on one page; complains of what a person would."""

    def __init__(self, page: Page):
        self.page = page
        self.stops: list[str] = []

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def step(self, back: bool = False) -> dict | None:
        """One stop on; what stands there, None past the end of the page."""
        self.press("Shift+Tab" if back else "Tab")
        stop = self.page.evaluate(STOP)
        if stop is not None:
            self.stops.append(stop["words"])
            assert stop["marked"], f"{self.page.url}: nothing shows that {stop['words']} has the focus"
            assert stop["inSight"], f"{self.page.url}: {stop['words']} has the focus and is not in sight"
        return stop

    def to(self, selector: str, words: str = "", back: bool = False) -> "Keyboard":
        """Steps on until something that matches has the focus."""
        self.stops = []
        for _ in range(PATIENCE):
            if self.page.evaluate(AT, [selector, words]):
                return self
            self.step(back)
        raise AssertionError(f"{self.page.url}: the keyboard does not reach {selector} {words}; it came by {self.stops}")

    def write(self, words: str) -> "Keyboard":
        # Not so fast that it would be a scanner.
        self.page.keyboard.type(words, delay=70)
        return self

    def choose(self, selector: str, value: str) -> "Keyboard":
        """In a group of radio buttons or a list, by arrows."""
        self.to(selector)
        if self.page.evaluate("() => document.activeElement.type") == "radio":
            # Of a group without a choice the first is taken by Space, then arrows move on.
            self.press("Space")
        for _ in range(40):
            if self.page.evaluate("() => document.activeElement.value") == value:
                return self
            self.press("ArrowDown")
        raise AssertionError(f"{self.page.url}: arrows do not reach {value} of {selector}")

    def tick(self, selector: str) -> "Keyboard":
        self.to(selector)
        self.press("Space")
        assert self.page.evaluate("() => document.activeElement.checked"), f"{selector} is not ticked"
        return self

    def go(self, selector: str, words: str = "", key: str = "Enter") -> None:
        """To a link or a button, and on by it; returns once another page stands there."""
        self.to(selector, words)
        with self.page.expect_navigation():
            self.press(key)

    def walk(self) -> list[dict]:
        """All stops of the page from its beginning to its end; a page that holds the focus fails."""
        self.page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
        stops: list[dict] = []
        # A field for a moment has a stop for each of its parts and one for its calendar.
        many = self.page.evaluate("""() => document.querySelectorAll(
          "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]").length
          + 7 * document.querySelectorAll("[type=date], [type=time], [type=datetime-local]").length""")
        for _ in range(many + 2):
            stop = self.step()
            # Out of the page; a browser without a window goes on at its beginning, at times without a halt.
            if stop is None or (stops and stop["words"] == stops[0]["words"]):
                return stops
            stops.append(stop)
        raise AssertionError(f"{self.page.url}: the keyboard does not come out of the page: {self.stops[-many - 2:]}")
