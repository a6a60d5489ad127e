"""One batch played over HTTPS: the sessions of those who act in it, and the test's own counts beside."""

import datetime
import time
from concurrent.futures import ThreadPoolExecutor

from .accounts import Accounts
from .alarm import Alarm
from .clock import Clock
from .readings import calm, level
from .regime import Regime
from .tally import CHINA, Moment, Tally


def until(ask, seconds: float = 30):
    """What the daemon does by itself at its next second."""
    deadline = time.monotonic() + seconds
    while not (found := ask()):
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.05)
    return found


class Stay:
    def __init__(self, accounts: Accounts, clock: Clock, regime: Regime):
        self.accounts = accounts
        self.clock = clock
        self.regime = regime
        self.first = regime.first
        self.batch = ""
        # The rows of the list, and the people whom the daemon made of them, in the same order.
        self.listed: list[dict] = []
        self.people: list[dict] = []
        self.escorts: dict[str, str] = {}
        self.tally = Tally(regime.first)
        # The incident of the illness, while it is open: its path, what the report must say of it, its alert.
        self.ill: tuple[str, dict, Alarm] | None = None
        self._sessions: dict[str, tuple[float, object]] = {}

    @property
    def now(self) -> datetime.datetime:
        return self.clock.now().astimezone(CHINA)

    def at(self, day: int, hour: int, minute: int = 0) -> datetime.datetime:
        return datetime.datetime.combine(
            self.first + datetime.timedelta(days=day), datetime.time(hour, minute), tzinfo=CHINA)

    def milliseconds(self, *moment: int) -> int:
        return int(self.at(*moment).timestamp() * 1000)

    def move(self, day: int, hour: int, minute: int = 0) -> None:
        self.clock.set(self.at(day, hour, minute))
        self.tally.advance(self.now)

    def wait(self, **span: float) -> None:
        self.clock.advance(**span)
        self.tally.advance(self.now)

    def who(self, name: str):
        """A client of this account; a session lasts one shift of twelve hours, then another is opened."""
        opened, client = self._sessions.get(name, (float("-inf"), None))
        if abs(self.clock.now().timestamp() - opened) > 11 * 3600:
            client = self.accounts.client(name)
            self._sessions[name] = (self.clock.now().timestamp(), client)
        return client

    def read(self, path: str, **query) -> dict:
        return self.who("lead").read(f"/api/v1/{path}", **query)

    def tell(self, name: str, path: str, body: dict | None = None, status: int = 201) -> dict:
        """One event, which must be taken."""
        answer = self.who(name).write(f"/api/v1/{path}", body or {})
        assert answer.status_code == status, f"{path} {body}: {answer.status_code} {answer.text}"
        return answer.json()

    def timed(self, name: str, path: str, body: dict | None = None) -> tuple[dict, Moment]:
        """One event, and between which moments it happened."""
        before = self.now
        said = self.tell(name, path, body)
        return said, Moment(before, self.now)

    def fact(self, name: str, key: str, **parts: str) -> None:
        self.tell(name, f"batches/{self.batch}/facts", {"key": key, **parts})

    def each(self, people: list[dict], act) -> None:
        """The same for many people, several of whom are served at once as by several nurses."""
        for name in ("lead", "staff", "nurse"):
            self.who(name)
        with ThreadPoolExecutor(4) as nurses:
            list(nurses.map(act, people))

    def check(self, person: dict, readings: dict | None = None, **more) -> dict:
        """A check whose level the chart, written down a second time, must share."""
        readings = readings or calm()
        said = self.tell("nurse", "check-ins", {"participant": person["id"], "readings": readings, **more})
        assert said["news2"]["level"] == level(readings)
        self.tally.checked(person["id"], level(readings), self.now)
        return said

    def not_done(self, person: dict, reason: str) -> None:
        self.tell("nurse", "check-ins/not-done", {"participant": person["id"], "reason": reason})
        self.tally.not_done(person["id"], reason)

    def depart(self, people: list[dict], reason: str) -> None:
        def depart(person: dict) -> None:
            self.tell("staff", f"participants/{person['id']}/departure", {"reason": reason})
            self.tally.departed(person["id"], reason, self.now)

        self.each(people, depart)

    def alerts(self, state: str = "open") -> list[dict]:
        return self.read("alerts", batch=self.batch, state=state)["alerts"]

    def raised(
        self, code: str, severity: str, opened: datetime.datetime | None = None, since: str = "assigned"
    ) -> Alarm:
        """What must have been raised by now, and only that: the one open alert of its code, at its tier."""
        alarm = Alarm(code, severity, opened or self.now, since)
        self.tally.alarms.append(alarm)
        return alarm

    def heard(self, alarm: Alarm) -> dict:
        """The alert as it stands open now; it has climbed as far as its ladder says."""
        def standing() -> list[dict]:
            return [one for one in self.alerts() if one["code"] == alarm.code and one["tier"] == alarm.tier(self.now)]

        [alert] = until(standing)
        assert alert["severity"] == alarm.severity, alert
        return alert

    def answer(self, alarm: Alarm, name: str = "lead") -> dict:
        alert = self.heard(alarm)
        alarm.answered = self.now
        self.tell(name, f"alerts/{alert['id']}/acknowledge")
        return alert
