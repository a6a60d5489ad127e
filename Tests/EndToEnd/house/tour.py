"""Looking at a whole site."""

from pathlib import Path

from .look import PHONE, Lens
from .walk import Patterns, Walk

# Pages of which one is not enough, since they look different for each person or gate: so many of each.
VARIANTS = {
    "/participants/:participant": 3, "/batches/:batch": 2, "/batches/:batch/gates/:gate": 4, "/outings/:outing": 3,
    "/incidents/:incident": 2, "/activations/:activation": 4, "/batches/:batch/facts/:key": 2,
    "/participants/:participant/facts/:key": 2, "/batches/:batch/compliance": 2, "/batches/:batch/compliance/:rule": 3,
    "/batches/:batch/missing": 2, "/batches/:batch/service-groups": 2, "/batches/:batch/kit": 2,
    "/batches/:batch/home-visits": 2,
}
# What is fetched, not looked at: files.
FILES = {"/emergency-list/file", "/emergency-list/text", "/trust/ca.pem", "/trust/ca.crt", "/favicon.ico",
         "/batches/:batch/facts/:key/scans/:scan", "/participants/:participant/facts/:key/scans/:scan"}
# Sent empty these do what they are for.
NOT_SENT = {"/logout", "/me/language", "/accounts/:id/disabled", "/devices/:id/revocation"}
# page, fault (regular expressions), why it may be so.
EXCEPTIONS: list[tuple[str, str, str]] = [
    ("/trust", r"a program's word: ca\.(pem|crt)", "the name of the file as the phone shows it"),
    ("/away", "in the other language", "one page for everybody, in both languages"),
    ("^/(me|accounts)$", "in the other language: (escort|组织单位|医护1)", "the names of accounts"),
    ("^/me$", "in the other language: 中文", "a language, by its own name"),
    ("/service-groups", "in the other language: (值班负责人|前台)", "where somebody works, as it was typed"),
    ("^/(system)?$", "a program's word: emergency_folder", "the key that an administrator writes into the configuration"),
    ("/board", "cut off below: <b.whole.clip", "the wall has so many lines; the whole sentence is on the page of alerts"),
]
ROLES = ["lead", "medic", "escort", "staff", "organizer", "admin"]


class Tour:
    """The whole site, account after account; what was judged once by axe is not judged again for the next account."""

    def __init__(self, browse, pictures: Path, foreign: dict[str, list[str]]):
        self.browse = browse
        self.foreign = foreign
        self.pictures = pictures
        self.faults: list[str] = []
        self.sent: set[str] = set(NOT_SENT)
        self._known: set[tuple] = set()
        self._judged: set[str] = set()

    def once(self, what: str) -> bool:
        fresh = what not in self._judged
        self._judged.add(what)
        return fresh

    def lens(self, ca: Path, role: str, scripts: bool = True, **options) -> Lens:
        # What the program sends is looked at, not what a worker has kept of it.
        profile = self.browse(ca, viewport=PHONE, service_workers="block", **options)
        lens = Lens(profile, role, self.pictures, EXCEPTIONS, self.foreign, scripts)
        lens.faults, lens.known = self.faults, self._known
        return lens

    @staticmethod
    def sign_in(lens: Lens, url: str, account: dict) -> None:
        lens.open(f"{url}/login")
        lens.page.fill("[name=username]", account["username"])
        lens.page.fill("[name=password]", account["password"])
        lens.page.click("main button")
        lens.page.wait_for_url(lambda address: "/login" not in address)

    def walk(self, lens: Lens, url: str, patterns: Patterns, *starts: str) -> Walk:
        walk = Walk(lens, url, patterns, VARIANTS, FILES)
        walk.run(*starts, axe=lambda pattern: self.once(f"{url}{pattern}"), english=lambda kind: self.once(f"en {url}{kind}"))
        return walk
