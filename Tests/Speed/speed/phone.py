"""A cheap phone: Chromium with a quarter of this machine's speed, one profile on a disk, the house's authority in its
store."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as Gone
from playwright.sync_api import Page, Playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "EndToEnd"))

from house import browser as chromium  # noqa: E402

SLOWDOWN = 4
NAME = "house.test"
# Runs in every page before anything else and asks nothing of it: the tools that a test drives a page with would be read
# and compiled by this slow phone first, and be part of what is waited for. `probe` waits, frame by frame, for a thing;
# whatever stands under a tap that is only tried does not get it.
WATCH = """(() => {
  const seen = (selector) => [...document.querySelectorAll(selector)].find((each) => each.checkVisibility({ checkVisibilityCSS: true }));
  const moment = () => performance.timeOrigin + performance.now();
  const isDrawn = () => performance.getEntriesByName("first-contentful-paint").length > 0;
  const middle = (one) => {
    one.scrollIntoView({ block: "center", behavior: "instant" });
    const box = one.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  const until = (ask) => new Promise((done) => {
    const look = () => {
      const found = ask();
      found ? done(found) : requestAnimationFrame(look);
    };
    look();
  });
  window.probe = {
    place: (selector) => middle(seen(selector)),
    // Where to tap an act of a page that is drawn and whose scripts have begun; `moment` is when the page took the tap.
    act: (selector, isLoggedIn) => until(() => {
      if (isLoggedIn === (document.querySelector("[name=password]") !== null)) return;
      if (!(performance.getEntriesByType("navigation")[0]?.domContentLoadedEventEnd > 0) || !isDrawn()) return;
      const shown = seen(selector);
      if (!shown) return;
      probe.touched = new Promise((done) => {
        const take = (event) => {
          event.preventDefault();
          event.stopImmediatePropagation();
          document.removeEventListener("click", take, true);
          done(moment());
        };
        document.addEventListener("click", take, true);
      });
      return middle(shown);
    }),
    // When a field was in sight and had taken the focus.
    words: (selector) => until(() => {
      const field = document.querySelector(selector);
      if (!isDrawn() || !field?.checkVisibility({ checkVisibilityCSS: true })) return;
      const box = field.getBoundingClientRect();
      if (box.top < 0 || box.bottom > innerHeight || !box.width) return;
      field.focus();
      return document.activeElement === field && moment();
    }),
  };
})()"""
COPIED = """(async () => {
  const answer = await caches.match("/", { cacheName: "whose" });
  return answer !== undefined && (await answer.json()).sequence >= 0;
})()"""
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
        self._take(self.context.pages[0] if self.context.pages else self.context.new_page())

    def _take(self, page: Page) -> None:
        self.page = page
        self._tools = self.context.new_cdp_session(self.page)
        self._tools.send("Page.enable")
        self._tools.send("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
        self._tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})

    def __enter__(self) -> "Phone":
        return self

    def __exit__(self, *_) -> None:
        self.context.close()

    def open_again(self) -> None:
        """The page is closed, and a new one opened in the browser that runs."""
        old, new = self.page, self.context.new_page()
        old.close()
        self._take(new)

    def await_copy(self) -> None:
        """Until the pages of the day are on the phone."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self._value(COPIED):
                return
            time.sleep(0.5)
        raise AssertionError("the day's pages are not on the phone")

    def begin(self, path: str) -> float:
        """Begins to open an address; the moment at which it did. All moments are seconds of the wall clock."""
        begun = time.time()
        self._tools.send("Page.navigate", {"url": self.url + path})
        return begun

    def tap(self, selector: str) -> float:
        """Taps without waiting for what comes of it; the moment at which it did."""
        x, y = self._ask("place", selector)
        begun = time.time()
        self._touch(x, y)
        return begun

    def answers(self, selector: str, is_logged_in: bool = True) -> float:
        """Waits until the page, the login or one behind it, is drawn, and taps an act without letting anything come of
        it; the moment at which the page took the tap."""
        x, y = self._ask("act", selector, is_logged_in)
        self._touch(x, y)
        return self._value("probe.touched") / 1000

    def takes_words(self, selector: str) -> float:
        """Waits until a field is in sight and takes the focus; the moment at which it did."""
        return self._ask("words", selector) / 1000

    def _ask(self, name: str, *given: object) -> Any:
        return self._value(f"probe.{name}({', '.join(json.dumps(each) for each in given)})")

    def _value(self, expression: str) -> Any:
        """Of the page that is there by then: the one that was asked may go while it is asked."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                said = self._tools.send("Runtime.evaluate", {
                    "expression": expression, "awaitPromise": True, "returnByValue": True, "timeout": 20_000})
            except Gone:
                continue
            if "value" in said["result"]:
                return said["result"]["value"]
            time.sleep(0.01)
        raise AssertionError(f"{expression} came to nothing")

    def _touch(self, x: float, y: float) -> None:
        for kind, points in (("touchStart", [{"x": x, "y": y}]), ("touchEnd", [])):
            self._tools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def story(self) -> dict:
        """What the browser measured of the page that stands open, in milliseconds from its start."""
        return self._value(f"({STORY})()")
