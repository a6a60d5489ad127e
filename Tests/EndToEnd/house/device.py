"""A phone or tablet: a browser that keeps on its disk what a browser keeps, is switched off and on, and loses its network."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright
from playwright.sync_api import TimeoutError as Late

from . import browser as chromium
from .daemon import Daemon

COPIED = """async (isTrusting) => {
  if (isTrusting && !navigator.serviceWorker?.controller) return false;
  const answer = await caches.match("/", { cacheName: "whose" });
  return answer !== undefined && (await answer.json()).sequence >= 0;
}"""

SENT = """() => new Promise((done) => {
  indexedDB.open("sanatorium").onsuccess = ({ target: { result } }) => {
    result.transaction("entries").objectStore("entries").count().onsuccess = (counted) => { result.close(); done(counted.target.result === 0); };
  };
})"""

SAYS = """(words) => {
  const strip = document.getElementById("net");
  const told = strip && !strip.hidden ? strip.innerText : "";
  return words ? told.includes(words) : !/待同步|没收下/.test(told);
}"""


class Device:
    def __init__(self, playwright: Playwright, home: Path, daemon: Daemon, trusting: bool = True, init: str = ""):
        self.daemon = daemon
        self._playwright = playwright
        self._home = home
        self._trusting = trusting
        self._init = init
        self._is_away = False
        self._context: BrowserContext | None = None
        self.page: Page
        home.mkdir(parents=True, exist_ok=True)
        if trusting:
            chromium.trust(home, daemon.ca)
        self.switch_on()

    def switch_on(self) -> "Device":
        self._context = self._playwright.chromium.launch_persistent_context(
            self._home / "profile", executable_path="/usr/bin/chromium", locale="zh-CN", timezone_id="Asia/Shanghai", viewport=chromium.PHONE,
            args=["--lang=zh-CN"], env={"HOME": str(self._home), "LANG": "zh_CN.UTF-8"},
            ignore_https_errors=not self._trusting, accept_downloads=True,
        )
        if self._init:
            self._context.add_init_script(self._init)
        self._context.set_offline(self._is_away)
        self.page = self._context.pages[0]
        return self

    def switch_off(self) -> None:
        if self._context:
            self._context.close()
        self._context = None

    def restart(self) -> "Device":
        self.switch_off()
        return self.switch_on()

    def lose_network(self) -> None:
        self._is_away = True
        self._context.set_offline(True)

    def find_network(self) -> None:
        self._is_away = False
        self._context.set_offline(False)

    def another_tab(self) -> Page:
        return self._context.new_page()

    def open(self, path: str) -> "Device":
        self.page.goto(self.daemon.url + path)
        return self

    def log_in(self, account: dict) -> "Device":
        if "/login" not in self.page.url:
            self.open("/login")
        self.page.fill("[name=username]", account["username"])
        self.page.fill("[name=password]", account["password"])
        self.page.click("main button")
        self.page.wait_for_url(lambda address: "/login" not in address)
        return self

    def await_copy(self) -> "Device":
        """Until all of the day's pages are on the device."""
        return self.until(COPIED, self._trusting, what="the day's pages are not on the device")

    def await_sent(self) -> "Device":
        """Until nothing that was entered is left on the device."""
        return self.until(SENT, what="something is left on the device")

    def until(self, script: str, argument: object = None, what: str = "") -> "Device":
        """Until a script says so that may take its time, which a wait of the browser's tools does not know."""
        for _ in range(200):
            if self.page.evaluate(script, argument):
                return self
            self.page.wait_for_timeout(200)
        raise AssertionError(what or script)

    def strip(self) -> str:
        """What the foot of the page says of the network and of what is not sent."""
        strip = self.page.locator("#net")
        return strip.inner_text() if strip.count() and strip.is_visible() else ""

    def says(self, words: str, seconds: float = 45) -> None:
        """Waits until the foot of the page says this; '' for nothing at all."""
        try:
            self.page.wait_for_function(SAYS, arg=words, timeout=seconds * 1000, polling=100)
        except Late:
            raise AssertionError(f"{self.page.url}: the foot says {self.strip()!r}, not {words!r}") from None
