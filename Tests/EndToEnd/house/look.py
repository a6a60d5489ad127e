"""Looking at a page: what the browser complains of, what axe finds, what the audits find, and pictures."""

import os
import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Response
from playwright.sync_api import Error as Gone
from playwright.sync_api import TimeoutError as Late

PHONE = {"width": 360, "height": 800}
TABLET = {"width": 820, "height": 1180}
DESK = {"width": 1920, "height": 1080}
# 1280 × 1024 at 200 %, and the narrowest that WCAG 1.4.10 asks for.
ZOOMED = {"width": 640, "height": 512}
NARROW = {"width": 320, "height": 640}
HERE = Path(__file__).parent
AUDIT, LOSS, WORDS = ((HERE / name).read_text() for name in ("audit.js", "loss.js", "words.js"))
WATCH_POLICY = """
  window.refusedByPolicy = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    window.refusedByPolicy.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
"""
STILL = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".tabs, .dock, .bar, .head { position: static !important }");
  document.adoptedStyleSheets = [sheet];
}"""
# Over a thousand pictures of whole pages take minutes and show nothing to a machine.
PICTURED = os.environ.get("PICTURES") == "1"
AXE = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # The size of targets is the audit's: axe takes what slides under a bar while scrolling for covered.
    "rules": {"target-size": {"enabled": False}},
}
# Nothing but colours may depend on the scheme, which the CSS test sees to; these are the rules that look at colours.
COLOURS = {
    "resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}


class Lens:
    """One browser profile whose pages are looked at; faults collect as 'where: what', sources as they were sent."""

    def __init__(
        self, context: BrowserContext, role: str, folder: Path, exceptions: list[tuple[str, str, str]],
        foreign: dict[str, list[str]], scripts: bool = True,
    ):
        self.role = role
        self.folder = folder
        self.exceptions = exceptions
        self.foreign = foreign
        self.faults: list[str] = []
        self.known: set[tuple] = set()
        context.add_init_script(WATCH_POLICY)
        self.page: Page = context.new_page()
        self._tools = context.new_cdp_session(self.page)
        self._runs_scripts = scripts
        self._let_scripts_run(scripts)
        self._said: list[str] = []
        self._answer: Response | None = None
        self.page.on("console", lambda said: self._said.append(f"{said.text}") if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self._said.append(f"{error}"))
        self.page.on("response", self._answered)

    def close(self) -> None:
        """Nothing more is looked at; its live page stops asking."""
        self.page.context.close()

    def complain(self, where: str, what: str) -> None:
        if not any(re.search(page, where) and re.search(fault, what) for page, fault, _ in self.exceptions):
            self.faults.append(f"{self.role} {where}: {what}")

    def open(self, address: str, expected: int = 200) -> Response | None:
        """Goes to a page and expects its status."""
        self._let_scripts_run(self._runs_scripts)
        self._said.clear()
        answer = self.page.goto(address)
        if answer is None or answer.status != expected:
            self.complain(address, f"status {answer.status if answer else 'none'} instead of {expected}")
        return answer

    def look(self, where: str, name: str, axe: bool = True, lang: str = "zh") -> None:
        """Everything about the page that stands open, at every size; `where` is its route for the report."""
        page = self.page
        for said in self._said:
            # The browser says of each refusal that it was one; the status has been asked for already.
            if "the server responded with a status of 4" not in said:
                self.complain(where, f"console: {said}")
        for refused in page.evaluate("() => window.refusedByPolicy ?? []"):
            self.complain(where, f"policy: {refused}")
        # What was drawn without scripts stays so; the tools' own scripts need them allowed.
        self._let_scripts_run(True)
        if self.is_known(where, lang):
            return
        self._keep_source(f"{name}-{lang}")
        told = page.get_attribute("html", "lang") or ""
        if told != {"zh": "zh-CN", "en": "en"}[lang]:
            self.complain(where, f"lang is {told}")
        for fault in page.evaluate(WORDS, self.foreign[lang]):
            self.complain(where, f"{lang}: {fault}")
        # English is the second language: it is seen where there is little room.
        for size, words in [(DESK, "wall"), (TABLET, "tablet"), (PHONE, "phone")][0 if lang == "zh" else 2 :]:
            page.set_viewport_size(size)
            for fault in page.evaluate(AUDIT) + page.evaluate(LOSS):
                self.complain(where, f"{words} {lang}: {fault}")
            # A refused form is the page that has been seen at every size, with its faults.
            if size == PHONE or not where.startswith("POST"):
                self.shoot(f"{name}-{words}-{lang}")
        self._look_closely(where, lang)
        if axe:
            self._judge(where, f"light {lang}", AXE)
            page.emulate_media(color_scheme="dark")
            self._judge(where, f"dark {lang}", COLOURS)
            if lang == "zh":
                self.shoot(f"{name}-dark-{lang}")
            page.emulate_media(color_scheme="light")

    def _look_closely(self, where: str, lang: str) -> None:
        """With the page enlarged, and with the letters doubled in the browser's settings, nothing is lost."""
        for size, letters, words in [(ZOOMED, 16, "at 200 %"), (NARROW, 16, "320 px"), (PHONE, 32, "letters doubled")]:
            self.page.set_viewport_size(size)
            self._write_letters(letters)
            for fault in self.page.evaluate(LOSS):
                self.complain(where, f"{words} {lang}: {fault}")
        self._write_letters(16)
        self.page.set_viewport_size(PHONE)

    def _write_letters(self, pixels: int) -> None:
        self._tools.send("Page.setFontSizes", {"fontSizes": {"standard": pixels, "fixed": pixels * 13 // 16}})

    def _let_scripts_run(self, may: bool) -> None:
        self._tools.send("Emulation.setScriptExecutionDisabled", {"value": not may})

    def _answered(self, answer: Response) -> None:
        if answer.frame == self.page.main_frame and answer.request.is_navigation_request():
            self._answer = answer

    def _keep_source(self, name: str) -> None:
        """The page as the program sent it, for the validator."""
        try:
            source = self._answer.text()
        except Gone:
            return  # the browser has let go of it
        folder = self.folder / "html"
        folder.mkdir(exist_ok=True)
        (folder / f"{self.role}-{name}.html").write_text(source)

    def is_known(self, where: str, lang: str) -> bool:
        """Whether another account has seen this very page: the same but for names, numbers and the navigation."""
        drawn = self.page.evaluate("""() => document.documentElement.className + [...document.body.children]
          .filter((part) => !["tabs", "icons"].includes(part.id)).map((part) => part.outerHTML).join("")""")
        shape = hash(re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "", drawn))
        known = (where, lang, shape) in self.known
        self.known.add((where, lang, shape))
        return known

    def shoot(self, name: str) -> None:
        """A picture of the whole page, when pictures are wanted."""
        if not PICTURED:
            return
        # What stays in sight while scrolling would hide what is under it on a picture of the whole page.
        self.page.evaluate(STILL)
        file = self.folder / f"{self.role}-{name}.png"
        try:
            self.page.screenshot(path=file, full_page=True, scale="css", animations="allow", timeout=10_000)
        except Late:
            # A browser without a screen now and then draws no frame for a page until it is brought to the front.
            self.page.bring_to_front()
            self.page.screenshot(path=file, full_page=True, scale="css", animations="allow")
        self.page.evaluate("() => { document.adoptedStyleSheets = []; }")

    def _judge(self, where: str, scheme: str, options: dict) -> None:
        for found in Axe().run(self.page, options=options).response["violations"]:
            nodes = "; ".join(node["html"][:120] for node in found["nodes"][:3])
            self.complain(where, f"axe {scheme}: {found['impact']} {found['id']} {nodes}")
