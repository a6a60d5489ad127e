"""The figures of the report as the test expects them, complete."""

import datetime
from collections import Counter
from fractions import Fraction

from . import roster
from .regime import Regime
from .tally import CHINA, IN_CARE, Person, Tally

DAYS = 7
OUTCOMES = ("pass", "fail", "unknown")
ACTIVATION = ("started", "levelChanges", "terminated", "reviewed", "stepsDone", "stepsOverdue")


def of(tally: Tally, regime: Regime, listed: list[dict], satisfaction: dict, closed: datetime.datetime) -> dict:
    """Everything; `listed` are the rows of the list in the order of the people."""
    came = [row for row, one in zip(listed, tally.persons.values()) if one.place != "not arrived"]
    people = _people(list(tally.persons.values()), len(listed))
    return {
        "people": people,
        "groups": roster.groups(came, regime.first),
        "stay": {
            "firstDay": str(regime.first), "lastDay": str(regime.first + datetime.timedelta(days=DAYS - 1)), "days": DAYS,
            **{move: tally.moves[move] for move in ("hospitalTransfers", "hospitalReturns", "leaves")},
        },
        "rounds": _rounds(tally),
        "assessments": {"checkIns": tally.levels.total(), "amended": 0, "levels": dict(tally.levels)},
        "staffing": _staffing(tally, closed),
        "alerts": {
            "raised": len(tally.alarms), "bySeverity": dict(Counter(one.severity for one in tally.alarms)),
            "byCode": dict(Counter(one.code for one in tally.alarms)),
            "escalations": sum(one.climbs(closed) for one in tally.alarms),
            "acknowledged": sum(one.answered is not None for one in tally.alarms),
            "resolved": sum(one.resolved is not None for one in tally.alarms),
        },
        "incidents": {
            "total": len(tally.incidents), "open": sum("closedAt" not in one for one in tally.incidents),
            **{name: dict(Counter(one[key] for one in tally.incidents))
               for name, key in (("byKind", "kind"), ("byHarm", "harm"), ("byGrade", "grade"))},
            "list": tally.incidents,
        },
        "activations": _activations(tally),
        "activities": {
            "byKind": {kind: dict(one) for kind, one in tally.activities.items()},
            "outings": {kind: dict(one) for kind, one in tally.outings.items()},
            "headcounts": len(tally.headcounts), "headcountsShort": tally.headcounts.count(False),
        },
        "compliance": _compliance(tally, regime),
        "indicators": _indicators(people, regime, satisfaction),
        "care": _care(list(tally.persons.values()), people),
    }


def _people(persons: list[Person], planned: int) -> dict:
    admissions = Counter(one.admission for one in persons)
    departures = Counter(one.departed for one in persons)
    return {
        "planned": planned, "listed": len(persons),
        "arrived": sum(one.place != "not arrived" for one in persons),
        "held": sum(one.was_held for one in persons), "undecided": admissions["held"],
        **{name: admissions[code] for name, code in (
            ("admitted", "admitted"), ("refused", "refused"), ("withdrawn", "withdrawn"), ("noShow", "no-show"))},
        "leftEarly": departures["early"] + departures["medical"], "leftForMedicalReasons": departures["medical"],
        "transferred": sum(one.was_in_hospital for one in persons),
        "completed": sum((one.admission, one.departed) == ("admitted", "completed") for one in persons),
        "presentAtClose": sum(one.place in IN_CARE | {"leave"} for one in persons),
        "inHospitalAtClose": sum(one.place == "hospital" for one in persons),
    }


def _care(persons: list[Person], people: dict) -> dict:
    """Who left ill, or came and was sent back for their health, is owed a visit; the kit is kept by hand here."""
    sent_back = sum((one.admission, one.place != "not arrived") == ("refused", True) for one in persons)
    return {
        "homeVisitsOwed": people["leftForMedicalReasons"] + sent_back, "homeVisitsMade": 0, "kitUsed": 0,
        "kitRestocked": 0, "kitDiscarded": 0, "kitSigned": 0, "kitShort": 0,
    }


def _rounds(tally: Tally) -> dict:
    days: dict[str, Counter] = {}
    codes: dict[str, Counter] = {}
    total: Counter = Counter()
    reasons: Counter = Counter()
    for one in tally.rounds:
        counted = one.tally()
        for sum_ in (days.setdefault(str(one.day), Counter()), codes.setdefault(one.code, Counter()), total):
            sum_.update(counted)
        reasons.update(state for state in one.due.values() if state not in ("open", "done", "late", "suspended"))
    return {
        "total": dict(total), "days": {day: dict(one) for day, one in days.items()},
        "rounds": {code: dict(one) for code, one in codes.items()}, "opened": len(tally.rounds),
        "overdue": sum(one.was_overdue for one in tally.rounds), "notDoneReasons": dict(reasons),
        "between": tally.between,
    }


def _staffing(tally: Tally, closed: datetime.datetime) -> dict:
    sent = {id: one for id, one in tally.escorts.items() if one["side"] == "sent"}
    days, here = {}, _Here(sent)
    for offset in range((closed.date() - tally.first).days + 1):
        day = tally.first + datetime.timedelta(days=offset)
        here.begin()
        for change in (change for at, change in tally.changes if at.date() == day):
            here.take(change)
        if here.most:
            days[str(day)] = here.told()
    return {
        "sent": dict(Counter(one["kind"] for one in sent.values())),
        "host": dict(Counter(one["kind"] for one in tally.escorts.values() if one["side"] == "host")),
        "licensed": sum("licence" in one for one in sent.values()), "days": days,
        "worstDayWithoutMedical": _worst(days, "worstWithoutMedical", "general"),
        "worstDayWithMedical": _worst(days, "worstWithMedical", "general", "medical"),
    }


class _Here:
    """Who is here, from one movement to the next: participants as a number, escorts by name."""

    def __init__(self, sent: dict[str, dict]):
        self.sent, self.participants, self.escorts = sent, 0, set(sent)

    def begin(self) -> None:
        self.most, self.seen, self.moments = self.participants, set(self.escorts), []
        self._note()

    def take(self, change: int | tuple[str, bool]) -> None:
        if isinstance(change, int):
            self.participants += change
        elif change[0] in self.sent:
            (self.escorts.add if change[1] else self.escorts.discard)(change[0])
        self.seen |= self.escorts
        self.most = max(self.most, self.participants)
        self._note()

    def _note(self) -> None:
        if self.participants:
            self.moments.append({"participants": self.participants, **self._kinds(self.escorts)})

    def _kinds(self, escorts: set[str]) -> dict[str, int]:
        kinds = Counter(self.sent[one]["kind"] for one in escorts)
        return {"general": kinds["general"], "medical": kinds["medical"]}

    def told(self) -> dict:
        return {
            "participants": self.most, **self._kinds(self.seen),
            "worstWithoutMedical": max(self.moments, key=lambda one: _load(one, "general")),
            "worstWithMedical": max(self.moments, key=lambda one: _load(one, "general", "medical")),
        }


def _load(moment: dict, *kinds: str) -> Fraction:
    return Fraction(moment["participants"], sum(moment[kind] for kind in kinds))


def _worst(days: dict[str, dict], moment: str, *kinds: str) -> str:
    """The first of the days with the most participants for each escort at its worst moment."""
    return max(sorted(days), key=lambda day: _load(days[day][moment], *kinds))


def _activations(tally: Tally) -> dict:
    tallies = {origin: dict.fromkeys(ACTIVATION, 0) for origin in ("automatic", "manual", "drill")}
    for one in tally.activations:
        counts = tallies[one["origin"]]
        counts["started"] += 1
        counts["levelChanges"] += one.get("levelChanges", 0)
        counts["terminated"] += "terminatedAt" in one
        counts["reviewed"] += "reviewedAt" in one
        counts["stepsDone"] += one["stepsDone"]
        counts["stepsOverdue"] += one["stepsOverdue"]
    listed = [{key: value for key, value in one.items() if key != "levelChanges"} for one in tally.activations]
    return {**tallies, "proposed": tally.proposed, "declined": tally.declined, "list": listed}


def _compliance(tally: Tally, regime: Regime) -> dict:
    def count(outcomes: list[str]) -> dict:
        return {name: outcomes.count(name) for name in OUTCOMES}

    came = [one.outcomes for one in tally.persons.values() if one.place != "not arrived"]

    def usual(rule: str) -> str:
        return "unknown" if rule in regime.silent else "pass"

    gates = {"arrival": {rule: count([one.get(rule, usual(rule)) for one in came]) for rule in regime.rules["arrival"]}}
    for gate in ("open", "daily", "close", "report"):
        gates[gate] = {rule: count([usual(rule)]) for rule in regime.rules[gate]}
    if regime.departs:
        gates["open"][regime.departs] = count(["fail"])
    if regime.longest:
        gates["daily"][regime.longest] = count(["fail"])
    breaches = {
        rule: {name: one[name] for name in ("opened", "closed", "explained")} for rule, one in tally.breaches.items()}
    return {"gates": gates, "refusals": {}, "departures": dict(tally.departures), "nonconformities": breaches}


def _indicators(people: dict, regime: Regime, satisfaction: dict) -> dict:
    """满意率 and the mean on 100/75/50/25/0 with their counts, 任务完成率 as completed stays of those planned."""
    grades, valid = satisfaction["grades"], satisfaction["valid"]
    points = sum(count * each for count, each in zip(grades, (100, 75, 50, 25, 0)))
    indicators = {
        "completion": {"part": people["completed"], "whole": people["planned"]},
        "satisfaction": {
            **satisfaction, "responseRate": {"part": satisfaction["returned"], "whole": satisfaction["distributed"]},
            "satisfied": {"part": grades[0] + grades[1], "whole": valid}, "mean": {"part": points, "whole": valid},
        },
    }
    if regime.soundness:
        indicators["planSoundness"] = {"part": regime.soundness["score"], "whole": 100}
    return indicators
