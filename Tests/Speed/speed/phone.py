"""A cheap phone: Chromium with a quarter of this machine's speed, one profile on a disk, the house's authority in its
store."""

import sys
import time
from pathlib import Path

from playwright.sync_api import Playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "EndToEnd"))

from house import browser as chromium  # noqa: E402

SLOWDOWN = 4
NAME = "house.test"
# Where to tap an act of a page that is drawn and whose scripts have begun; null before. The document takes the tap for
# whatever is under the finger then, as a page may exchange its parts at any time, and nothing comes of it.
READY = """([selector, isLoggedIn]) => {
  if (isLoggedIn === (document.querySelector("[name=password]") !== null)) return null;
  if (!(performance.getEntriesByType("navigation")[0]?.domContentLoadedEventEnd > 0)) return null;
  if (!performance.getEntriesByName("first-contentful-paint").length) return null;
  const shown = [...document.querySelectorAll(selector)].find((each) => each.checkVisibility({ checkVisibilityCSS: true }));
  if (!shown) return null;
  shown.scrollIntoView({ block: "center", behavior: "instant" });
  window.touchedAt = 0;
  const take = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    window.touchedAt = performance.timeOrigin + performance.now();
    document.removeEventListener("click", take, true);
  };
  document.addEventListener("click", take, true);
  const box = shown.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""
PLACE = """(selector) => {
  const shown = [...document.querySelectorAll(selector)].find((each) => each.checkVisibility({ checkVisibilityCSS: true }));
  shown.scrollIntoView({ block: "center", behavior: "instant" });
  const box = shown.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""
# When a field was in sight and had taken the focus.
WRITABLE = """(selector) => {
  const field = document.querySelector(selector);
  if (!field?.checkVisibility({ checkVisibilityCSS: true })) return 0;
  const box = field.getBoundingClientRect();
  if (box.top < 0 || box.bottom > innerHeight || !box.width) return 0;
  if (!performance.getEntriesByName("first-contentful-paint").length) return 0;
  field.focus();
  return document.activeElement === field ? performance.timeOrigin + performance.now() : 0;
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
        self.context.set_default_timeout(20_000)
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self._tools = self.context.new_cdp_session(self.page)
        self._tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})

    def __enter__(self) -> "Phone":
        return self

    def __exit__(self, *_) -> None:
        self.context.close()

    def begin(self, path: str) -> float:
        """Begins to open an address; the moment at which it did. All moments are seconds of the wall clock."""
        begun = time.time()
        self.page.goto(self.url + path, wait_until="commit")
        return begun

    def tap(self, selector: str) -> float:
        """Taps without waiting for what comes of it; the moment at which it did."""
        x, y = self.page.evaluate(PLACE, selector)
        begun = time.time()
        self.page.touchscreen.tap(x, y)
        return begun

    def answers(self, selector: str, is_logged_in: bool = True) -> float:
        """Waits until the page, the login or one behind it, is drawn, and taps an act without letting anything come of
        it; the moment at which the page took the tap."""
        x, y = self.page.wait_for_function(READY, arg=[selector, is_logged_in], polling="raf").json_value()
        self.page.touchscreen.tap(x, y)
        return self.page.wait_for_function("() => window.touchedAt", polling="raf").json_value() / 1000

    def takes_words(self, selector: str) -> float:
        """Waits until a field is in sight and takes the focus; the moment at which it did."""
        return self.page.wait_for_function(WRITABLE, arg=selector, polling="raf").json_value() / 1000

    def story(self) -> dict:
        """What the browser measured of the page that stands open, in milliseconds from its start."""
        return self.page.evaluate(STORY)
