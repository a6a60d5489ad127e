"""A cheap phone: Chromium with a quarter of this machine's speed, one profile on a disk, the house's authority in its
store."""

import json
import sys
import time
from pathlib import Path

from playwright.sync_api import Playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "EndToEnd"))

from house import browser as chromium  # noqa: E402

SLOWDOWN = 4
NAME = "house.test"
# Drawn, with everything that its scripts do at the start done.
DRAWN = """(path) => location.pathname.match(path)
  && performance.getEntriesByType("navigation")[0]?.domContentLoadedEventEnd > 0
  && performance.getEntriesByName("first-contentful-paint").length > 0"""
ANSWERS = """(act) => {
  window.touchedAt = 0;
  act.addEventListener("click", (event) => { event.preventDefault(); window.touchedAt = performance.now(); }, { once: true });
}"""
STORY = """() => {
  const page = performance.getEntriesByType("navigation")[0];
  const whole = (one) => ({
    name: one.name.replace(location.origin, ""), start: one.startTime, connect: one.connectEnd - one.connectStart,
    asked: one.requestStart, answered: one.responseStart, end: one.responseEnd, octets: one.transferSize,
    worker: one.workerStart > 0, blocking: one.renderBlockingStatus,
  });
  return {
    page: { ...whole(page), redirect: page.redirectEnd - page.redirectStart, ready: page.domContentLoadedEventEnd },
    paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
    files: performance.getEntriesByType("resource").map(whole),
  };
}"""


class Phone:
    """One start of the browser; `home` keeps what a browser keeps between two."""

    def __init__(self, playwright: Playwright, home: Path, port: int, authority: Path):
        chromium.trust(home, authority)
        self.url = f"https://{NAME}:{port}"
        self.context = playwright.chromium.launch_persistent_context(
            home / "profile", executable_path="/usr/bin/chromium", locale="zh-CN",
            viewport={"width": 360, "height": 800}, device_scale_factor=2, has_touch=True, is_mobile=True,
            args=["--lang=zh-CN", f"--host-resolver-rules=MAP {NAME} 127.0.0.1"],
            env={"HOME": str(home), "LANG": "zh_CN.UTF-8"},
        )
        self.context.set_default_timeout(60_000)
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self._tools = self.context.new_cdp_session(self.page)
        self._tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})

    def __enter__(self) -> "Phone":
        return self

    def __exit__(self, *_) -> None:
        self.context.close()

    def begin(self, path: str) -> float:
        """Begins to open an address; the moment at which it did."""
        begun = time.monotonic()
        self.page.goto(self.url + path, wait_until="commit")
        return begun

    def tap(self, selector: str) -> float:
        """Taps without waiting for what comes of it; the moment at which it did."""
        target = self.page.locator(selector).locator("visible=true").first
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        begun = time.monotonic()
        self.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        return begun

    def drawn(self, path: str) -> None:
        """Waits until a page whose path matches is drawn and its scripts have begun."""
        self.page.wait_for_function(DRAWN, arg=path, polling="raf")

    def answers(self, selector: str) -> float:
        """Taps an act until the page takes the tap, without letting anything come of it; the moment at which it did."""
        act = self.page.locator(selector).locator("visible=true").first
        act.evaluate(ANSWERS)
        self.tap(selector)
        self.page.wait_for_function("() => window.touchedAt > 0", polling="raf")
        return time.monotonic()

    def takes_words(self, selector: str) -> float:
        """Waits until a field is in sight and takes the focus; the moment at which it did."""
        self.page.wait_for_function(
            """(selector) => {
              const field = document.querySelector(selector);
              if (!field?.checkVisibility({ checkVisibilityCSS: true })) return false;
              const box = field.getBoundingClientRect();
              if (box.top < 0 || box.bottom > innerHeight || !box.width) return false;
              field.focus();
              return document.activeElement === field && performance.getEntriesByName("first-contentful-paint").length > 0;
            }""", arg=selector, polling="raf")
        return time.monotonic()

    def story(self) -> dict:
        """What the browser measured of the page that stands open, in milliseconds from its start."""
        return json.loads(json.dumps(self.page.evaluate(STORY)))
