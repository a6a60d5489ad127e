"""A batch whose 合规看板 is watched: what has been recorded of it, as the test has it, and what the board must say."""

import dataclasses
import datetime
import uuid
from collections import Counter
from pathlib import Path

from . import board, preparing, roster
from .clock import Clock
from .regime import REGIMES
from .stay import CHINA, Stay

# By index in the list; of the last ones nobody has come yet.
ABSENT_AT_FIRST = 3
REFUSED_CONSENT, ILL, UNDECLARED, LONG_UNCHECKED, REPEATED, UNINSURED = 1, 2, 3, 4, 5, 6


class Watched(Stay):
    """A stay with what has been recorded of each person, as the test has it."""

    def __init__(self, regulation: str, *given):
        super().__init__(*given)
        self.regulation = regulation
        self.told: list[dict[str, dict]] = []
        # The rules from which somebody has departed for a person.
        self.departed: list[set[str]] = []


def watch(
    staffed, clock: Clock, root: Path, regulation: str, first: datetime.date | None = None, list_: str | None = None
) -> Watched:
    """A batch with its unit's list and nothing else, three weeks before its first day."""
    regime = REGIMES[regulation]
    regime = dataclasses.replace(regime, first=first or regime.first, roster=list_ or regime.roster)
    clock.set(datetime.datetime.combine(regime.first, datetime.time(9), CHINA) - datetime.timedelta(days=21))
    daemon, accounts = staffed(clock=clock)
    daemon.start()
    stay = Watched(regulation, accounts, clock, regime)
    file = root / "Tests" / "DocumentsTests" / "Fixtures" / regime.roster
    stay.listed = roster.rows(file)
    planned = len(stay.listed)
    stay.batch = stay.tell("organizer", "batches", {
        "number": "第3批", "regulation": regulation, "organizer": "退役军人事务局", "host": "疗养中心",
        "venue": "疗养中心", "firstDay": str(stay.first), "planned": planned,
        "lastDay": str(stay.first + datetime.timedelta(days=preparing.NIGHTS))})["subject"]
    octets = {"Content-Type": "application/octet-stream", "Idempotency-Key": str(uuid.uuid4())}
    taken = stay.who("staff").post(
        f"/api/v1/batches/{stay.batch}/participants/import", content=file.read_bytes(), headers=octets)
    assert taken.status_code == 201, taken.text
    stay.people = stay.read("participants", batch=stay.batch)["participants"]
    if len(stay.people) < planned:
        # Of a list with faults some lines stay behind.
        lines = {one["姓名"]: one for one in stay.listed}
        stay.listed = [lines[one["name"]] for one in stay.people]
    stay.told = [board.facts(row) for row in stay.listed]
    stay.departed = [set() for _ in stay.listed]
    return stay


def read_board(stay: Watched, who: str = "lead") -> dict:
    return stay.who(who).read(f"/api/v1/batches/{stay.batch}/compliance")


def prepare(stay: Watched) -> None:
    for who, key, parts in preparing.papers(stay, stay.first + datetime.timedelta(days=preparing.NIGHTS)):
        stay.fact(who, key, **parts)
    preparing.staff(stay)


def open_batch(stay: Watched) -> None:
    if stay.regime.departs:
        preparing.depart_from(stay, stay.regime.departs, "open")
    stay.tell("lead", f"batches/{stay.batch}/open")


def record(stay: Watched, number: int, key: str, parts: dict) -> None:
    """Told to the daemon and noted for what is expected."""
    stay.tell("lead", f"participants/{stay.people[number]['id']}/facts", {"key": key, **parts})
    stay.told[number][key] = parts


def bring_papers(stay: Watched) -> None:
    """What people bring beside the list: most of them everything, some something else."""
    signed = {"date": str(stay.first - datetime.timedelta(days=9)), "person": "乌云"}

    def bring(person: dict) -> None:
        number = stay.people.index(person)
        for key, parts in stay.regime.papers.items():
            if (number, key) != (UNDECLARED, "declaration"):
                record(stay, number, key, parts)
        if number != REPEATED:
            record(stay, number, "cycle.previous", {"value": "none"})

    stay.each(stay.people, bring)
    record(stay, REFUSED_CONSENT, "consent.family", {"value": "no", **signed})
    record(stay, ILL, "screening.infectious", {"value": "positive"})
    record(stay, LONG_UNCHECKED, "checkup", {"date": str(stay.first - datetime.timedelta(days=800))})
    record(stay, UNINSURED, "insurance.accident", {"value": "no"})


def arrive(stay: Watched) -> None:
    coming = stay.people[:-ABSENT_AT_FIRST]
    preparing.depart_from(stay, "CN03", "arrival", stay.people[LONG_UNCHECKED]["id"])
    stay.departed[LONG_UNCHECKED].add("CN03")

    def come(person: dict) -> None:
        number = coming.index(person)
        stay.tell("staff", f"participants/{person['id']}/arrival", {"room": f"{2 + number // 20}{number % 20 + 1:02}"})

    stay.each(coming, come)


def held(stay: Watched) -> set[int]:
    people = stay.read("participants", batch=stay.batch)["participants"]
    return {number for number, one in enumerate(people) if one["admission"] == "held"}


def of_people(stay: Watched, papers: bool) -> list[dict[str, str]]:
    return [board.Asked(told, row, stay.first, papers).rules(stay.regulation)
            for told, row in zip(stay.told, stay.listed)]


def compare(stay: Watched, opening: dict[str, str], daily: dict[str, str], papers: bool) -> dict:
    """The whole board, every rule of it."""
    told, regime = read_board(stay), stay.regime
    arrival = board.of_people(of_people(stay, papers), stay.departed)
    assert board.seen(told, "arrival") == arrival
    assert {rule: Counter({one: 1}) for rule, one in opening.items()} == board.seen(told, "open")
    at = {
        "open": opening, "arrival": {rule: board.gravest(counts) for rule, counts in arrival.items()},
        "daily": {rule: daily.get(rule, "later") for rule in regime.rules["daily"]},
        **{gate: dict.fromkeys(regime.rules[gate], "later") for gate in ("close", "report")},
    }
    for gate, expected in at.items():
        assert set(expected) == set(regime.rules[gate]), gate
        assert board.standings(told, gate) == expected, gate
    whole = {rule: board.gravest(at[gate][rule] for gate in at if rule in at[gate])
             for rule in {rule for gate in at for rule in at[gate]}}
    assert {one["rule"]: one["standing"] for one in told["rules"]} == whole
    assert told["counts"] == {one: list(whole.values()).count(one) for one in board.STANDINGS}
    assert all(one["article"] and one["quote"] and one["force"] in "HSI" for one in told["rules"])
    return told


def first_answers(stay: Watched, **more: str) -> dict[str, str]:
    return {rule: "unknown" for rule in stay.regime.rules["open"]} | board.AT_FIRST[stay.regulation] | more


def prepared_answers(stay: Watched, **more: str) -> dict[str, str]:
    return {rule: "pass" for rule in stay.regime.rules["open"]} | more


def shown(stay: Watched, path: str, who: str = "lead") -> str:
    answer = stay.who(who).get(f"/batches/{stay.batch}/{path}", headers={"Accept": "text/html", "Accept-Language": "zh-CN"})
    assert answer.status_code == 200, answer.text
    return answer.text
