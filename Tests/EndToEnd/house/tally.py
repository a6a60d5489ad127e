"""What the test counts itself of a batch, from its own acts alone."""

import datetime
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from .alarm import Alarm

CHINA = datetime.timezone(datetime.timedelta(hours=8))
# The rounds of the health pack: from when a check counts, when it is due, and from when it is late.
ROUNDS = {
    "morning": (datetime.time(7), datetime.time(8), datetime.time(9, 30)),
    "evening": (datetime.time(19), datetime.time(20), datetime.time(21)),
}
IN_CARE = {"present", "outing"}


class Moment:
    """An instant that lies between two that the test has seen; equal to any millisecond between them."""

    def __init__(self, earliest: datetime.datetime, latest: datetime.datetime):
        self.earliest = earliest
        self.latest = latest

    def __eq__(self, other) -> bool:
        return int(self.earliest.timestamp() * 1000) <= other <= self.latest.timestamp() * 1000 + 1

    def __add__(self, span: datetime.timedelta) -> "Moment":
        return Moment(self.earliest + span, self.latest + span)

    def __repr__(self) -> str:
        return f"{self.earliest:%m-%d %H:%M:%S}..{self.latest:%H:%M:%S}"


@dataclass
class Round:
    code: str
    day: datetime.date
    time: datetime.datetime
    limit: datetime.datetime
    # open, done, late, not done (its reason) or suspended, of everyone who has been due.
    due: dict[str, str] = field(default_factory=dict)
    # Seen without every reading.
    partial: set[str] = field(default_factory=set)
    is_over: bool = False
    was_overdue: bool = False

    def tally(self) -> Counter:
        states = Counter(self.due.values())
        missed, done, late = states["open"], states["done"] + states["late"], states["late"]
        not_done = len(self.due) - missed - done - states["suspended"]
        return Counter(
            due=missed + done + not_done, done=done, late=late, incomplete=len(self.partial), notDone=not_done,
            missed=missed)


@dataclass
class Person:
    admission: str = "expected"
    place: str = "not arrived"
    was_held: bool = False
    was_in_hospital: bool = False
    departed: str = ""
    # By rule, at the last time that the arrival gate was asked.
    outcomes: dict[str, str] = field(default_factory=dict)


class Tally:
    def __init__(self, first: datetime.date):
        self.first = first
        self.opened: datetime.datetime | None = None
        self.now: datetime.datetime | None = None
        self.persons: dict[str, Person] = {}
        self.rounds: list[Round] = []
        self.levels: Counter[str] = Counter()
        self.between = 0
        self.alarms: list[Alarm] = []
        self.moves: Counter[str] = Counter()
        # One participant more or less in care, or an escort who is here from then on or not.
        self.changes: list[tuple[datetime.datetime, int | tuple[str, bool]]] = []
        self.escorts: dict[str, dict] = {}
        self.incidents: list[dict] = []
        self.activations: list[dict] = []
        self.proposed = self.declined = 0
        self.activities: dict[str, Counter] = defaultdict(Counter)
        self.outings: dict[str, Counter] = defaultdict(Counter)
        self.headcounts: list[bool] = []
        self.breaches: dict[str, Counter] = defaultdict(Counter)
        self.departures: Counter[str] = Counter()
        self._lock = threading.RLock()

    def advance(self, now: datetime.datetime) -> None:
        """Rounds open for everyone in care, and their limits pass."""
        if self.opened is None:
            return
        moments = []
        for days in range((now.date() - self.first).days + 1):
            day = self.first + datetime.timedelta(days=days)
            for code, times in ROUNDS.items():
                opening, *times = (datetime.datetime.combine(day, one, CHINA) for one in times)
                moments += [(opening, code, day, times, "opens"), (times[1], code, day, times, "limit")]
        for at, code, day, times, what in sorted(moments):
            if not self.now < at <= now:
                continue
            if what == "opens":
                due = {id: "open" for id, one in self.persons.items() if one.place in IN_CARE}
                self.rounds.append(Round(code, day, *times, due))
            elif self.rounds and (self.rounds[-1].code, self.rounds[-1].day) == (code, day):
                self.rounds[-1].is_over = True
                self.rounds[-1].was_overdue = "open" in self.rounds[-1].due.values()
        self.now = now

    def _place(self, id: str, place: str, at: datetime.datetime) -> None:
        with self._lock:
            person = self.persons[id]
            was, person.place = person.place in IN_CARE, place
            current = self.rounds[-1] if self.rounds and not self.rounds[-1].is_over else None
            if was == (place in IN_CARE):
                return
            self.changes.append((at, -1 if was else 1))
            if current is None:
                return
            if was and current.due.get(id) == "open":
                # Who goes after the round's time without having been seen was missed; a hospital sees them now.
                if place == "hospital" or at <= current.time:
                    current.due[id] = "suspended"
            elif not was and current.due.get(id, "suspended") == "suspended":
                current.due[id] = "open"

    def arrived(self, id: str, admission: str, outcomes: dict[str, str], at: datetime.datetime) -> None:
        person = self.persons[id]
        person.admission = admission
        person.was_held = admission == "held"
        person.outcomes = outcomes
        self._place(id, "present", at)

    def departed(self, id: str, reason: str, at: datetime.datetime) -> None:
        self.persons[id].departed = reason
        self._place(id, "departed", at)

    def moved(self, id: str, move: str, at: datetime.datetime) -> None:
        """`leaves`, `hospitalTransfers`, `hospitalReturns` as the report counts them; `back` from leave."""
        self.moves[move] += 1
        self._place(id, {"leaves": "leave", "hospitalTransfers": "hospital"}.get(move, "present"), at)
        if move == "hospitalTransfers":
            self.persons[id].was_in_hospital = True

    def escort(self, id: str, is_here: bool, at: datetime.datetime) -> None:
        with self._lock:
            self.changes.append((at, (id, is_here)))

    def checked(self, id: str, level: str | None, at: datetime.datetime) -> None:
        with self._lock:
            self.levels[level or "incomplete"] += 1
            current = self.rounds[-1] if self.rounds else None
            if current is not None and id in current.partial:
                current.partial -= {id} if level else set()
            elif current is None or current.due.get(id) in (None, "done", "late", "suspended"):
                self.between += 1
            else:
                current.due[id] = "late" if at >= current.limit else "done"
                current.partial |= set() if level else {id}

    def not_done(self, id: str, reason: str) -> None:
        self.rounds[-1].due[id] = reason
