"""The first minutes of a nurse's day on that phone, and how long each step was waited for."""

import time
from pathlib import Path

from playwright.sync_api import Playwright

from .line import Line
from .phone import Phone

# What is measured, and within how many seconds it has to be there; None is measured and told alone: how long a browser
# takes to start is not the house's doing.
TARGETS: dict[str, float | None] = {
    "login page, first visit": 3.0,
    "start page after the login": 3.0,
    "start page, browser started again": None,
    "start page, opened again": 1.0,
    "check-in screen": 0.3,
}
ROUNDS = "/rounds"
FIRST_PERSON = "main a[href*='/check-in']"
FIRST_FIELD = "main form [inputmode=numeric], main form [inputmode=decimal]"


class Step:
    """One wait: its length in seconds, what went over the line for it, and what the browser says of the page."""

    def __init__(self, name: str, seconds: float, before: tuple[int, int, int], line: Line, story: dict):
        self.name = name
        self.seconds = seconds
        self.connections, self.sent, self.received = (b - a for a, b in zip(before, line.count(), strict=True))
        self.story = story


def live(playwright: Playwright, home: Path, line: Line, authority: Path, account: dict) -> list[Step]:
    """One run on a fresh profile."""
    steps: list[Step] = []

    def note(name: str, begun: float, ended: float, before: tuple[int, int, int], phone: Phone) -> None:
        steps.append(Step(name, ended - begun, before, line, phone.story()))

    cold, after_login, started, warm, check_in = TARGETS
    with Phone(playwright, home, line.port, authority) as phone:
        before = line.count()
        begun = phone.begin("/")
        note(cold, begun, phone.takes_words("[name=username]"), before, phone)
        phone.page.fill("[name=username]", account["username"])
        phone.page.fill("[name=password]", account["password"])
        line.await_quiet()
        before = line.count()
        begun = phone.tap("main button")
        note(after_login, begun, phone.answers("main a[href]"), before, phone)
        # A person looks at the page; meanwhile the pages of the day come.
        phone.await_copy()
    with Phone(playwright, home, line.port, authority) as phone:
        before = line.count()
        begun = phone.begin("/")
        note(started, begun, phone.answers("main a[href]"), before, phone)
        time.sleep(3)
        line.await_quiet()
        phone.open_again()
        before = line.count()
        begun = phone.begin("/")
        note(warm, begun, phone.answers("main a[href]"), before, phone)
        time.sleep(3)
        line.await_quiet()
        if ROUNDS not in phone.page.url:
            phone.begin(ROUNDS)
            phone.answers(FIRST_PERSON)
            line.await_quiet()
        before = line.count()
        begun = phone.tap(FIRST_PERSON)
        note(check_in, begun, phone.takes_words(FIRST_FIELD), before, phone)
    return steps
