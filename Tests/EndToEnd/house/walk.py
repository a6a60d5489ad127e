"""Walking through a site: every link of every page is followed, one page of each kind is looked at."""

import re
from collections import Counter, deque
from urllib.parse import parse_qsl, urldefrag, urlsplit

from .look import Lens

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class Patterns:
    """The page routes that a program lists in its description, and which of them have been looked at."""

    def __init__(self, listed: list[str]):
        self.listed = listed
        self.seen: set[str] = set()
        # A literal segment wins over a parameter.
        ordered = sorted(listed, key=lambda one: [part.startswith(":") for part in one.split("/")])
        self._expressions = [(one, re.compile("/".join("[^/]+" if part.startswith(":") else re.escape(part)
                                                       for part in one.split("/")))) for one in ordered]

    def of(self, path: str) -> str | None:
        return next((pattern for pattern, expression in self._expressions if expression.fullmatch(path)), None)


class Walk:
    """One account's way through a site."""

    def __init__(self, lens: Lens, url: str, patterns: Patterns, variants: dict[str, int], files: set[str]):
        self.lens = lens
        self.url = url
        self.patterns = patterns
        self.variants = variants
        self.files = files
        self.forms: dict[str, str] = {}
        self._kinds: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._queue: deque[str] = deque()

    def kind(self, target: str) -> str:
        """A target without what names one thing: pages of one kind look alike."""
        parts = urlsplit(target)
        pattern = self.patterns.of(parts.path) or parts.path
        return pattern + "".join(f"?{name}" for name, _ in sorted(parse_qsl(parts.query)) if name not in ("back", "saved"))

    def run(self, *starts: str, axe, english) -> None:
        """Follows every link from these on. `axe` and `english` say which pages are judged by axe and seen in English."""
        self._queue.extend(starts)
        while self._queue:
            target = self._queue.popleft()
            kind, path = self.kind(target), urlsplit(target).path
            pattern = self.patterns.of(path)
            if target in self._kinds or self._counts[kind] >= self.variants.get(kind, 1):
                continue
            self._kinds.add(target)
            self._counts[kind] += 1
            if pattern in self.files or (path.startswith("/api/") and pattern is None):
                self._fetch(target, pattern)
                continue
            if path.startswith("/components"):
                # Invented pages with invented addresses: looked at on their own.
                continue
            if pattern is None:
                self.lens.complain(kind, "a link to no page of this site")
                continue
            if self.lens.open(self.url + target) is None:
                continue
            landed = self.patterns.of(urlsplit(self.lens.page.url).path)
            self.patterns.seen |= {pattern, landed}
            if landed != pattern:
                # A redirect's target is looked at under its own name.
                self._queue.append(urldefrag(self.lens.page.url).url.removeprefix(self.url))
                continue
            number = self._counts[kind]
            name = re.sub(r"\W+", "-", kind).strip("-") + (f"-{number}" if number > 1 else "")
            self.lens.look(kind, name, axe=axe(pattern))
            self._collect(target)
            if number == 1 and english(kind) and self.lens.open(f"{self.url}{target}{'&' if '?' in target else '?'}lang=en"):
                self.lens.look(kind, name, axe=axe(f"en {pattern}"), lang="en")

    def _fetch(self, target: str, pattern: str | None) -> None:
        status = self.lens.page.evaluate("async (target) => (await fetch(target)).status", target)
        if status != 200:
            self.lens.complain(target, f"status {status}")
        if pattern:
            self.patterns.seen.add(pattern)

    def _collect(self, here: str) -> None:
        found = self.lens.page.evaluate("""() => ({
          links: [...document.querySelectorAll("a[href]")].map((a) => a.href),
          forms: [...document.querySelectorAll("form[method=post]")].map((form) => form.action),
        })""")
        for link in found["links"]:
            target = link.split("#")[0].removeprefix(self.url)
            if target.startswith("/"):
                self._queue.append(target)
            elif not link.startswith(("tel:", "https:", "blob:")):
                self.lens.complain(here, f"a link out of the site: {link}")
        for action in found["forms"]:
            kind = UUID.sub(":id", action.removeprefix(self.url))
            self.forms.setdefault(re.sub(r"(?<=/)\d+(?=/)", ":n", kind), here)
