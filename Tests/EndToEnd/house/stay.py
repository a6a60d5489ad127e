"""One batch played over HTTPS, with what the test itself counts on the way."""

import datetime
from collections import Counter

from .accounts import Accounts
from .clock import Clock
from .readings import level

CHINA = datetime.timezone(datetime.timedelta(hours=8))


class Stay:
    """The batch, the sessions of those who act in it, and the counts to compare the report with."""

    def __init__(self, accounts: Accounts, clock: Clock, first: datetime.date):
        self.accounts = accounts
        self.clock = clock
        self.first = first
        self.batch = ""
        self.people: list[dict] = []
        self.levels: Counter[str] = Counter()
        self.done = self.late = self.not_done = 0
        self._sessions: dict[str, tuple[float, object]] = {}

    def at(self, day: int, hour: int, minute: int = 0) -> datetime.datetime:
        return datetime.datetime.combine(
            self.first + datetime.timedelta(days=day), datetime.time(hour, minute), tzinfo=CHINA)

    def move(self, day: int, hour: int, minute: int = 0) -> None:
        self.clock.set(self.at(day, hour, minute))

    def who(self, name: str):
        """A client of this account; a session that the clock has left behind is opened anew."""
        opened, client = self._sessions.get(name, (float("-inf"), None))
        if abs(self.clock.now().timestamp() - opened) > 4 * 3600:
            client = self.accounts.client(name)
            self._sessions[name] = (self.clock.now().timestamp(), client)
        return client

    def tell(self, name: str, path: str, body: dict, status: int = 201) -> dict:
        """One event, which must be taken."""
        answer = self.who(name).write(f"/api/v1/{path}", body)
        assert answer.status_code == status, f"{path} {body}: {answer.status_code} {answer.text}"
        return answer.json()

    def fact(self, name: str, key: str, **parts: str) -> None:
        self.tell(name, f"batches/{self.batch}/facts", {"key": key, **parts})

    def check(self, name: str, person: dict, readings: dict, in_round: bool = True, **more) -> dict:
        """A check whose level the chart, written down a second time, must share."""
        said = self.tell(name, "check-ins", {"participant": person["id"], "readings": readings, **more})
        self.levels[level(readings)] += 1
        self.done += in_round
        return said
