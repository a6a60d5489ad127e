"""From the plan to the arrival of the last one."""

import datetime
import uuid

from . import roster
from .readings import calm
from .stay import Stay
from .tally import Person

NIGHTS = 6
MEDICAL = {"医护0": ("medical-lead", 7), "医护1": ("escort", 7), "医护2": ("escort", 19), "医护3": ("medical-lead", 19)}
HOST = {"周敏": ("duty-lead", 7), "沈航": ("duty-lead", 19)}
# Of the general escorts two are the organizer's lead by day and by night.
LEADS = {"领队0": ("organizer-lead", 7), "领队1": ("organizer-lead", 19)}

# By index in the list.
FORGOTTEN, BARRED, NEVER, REPEATED, LATE_COMER = 1, 35, 36, 40, 33
REFUSED, WITHDRAWN, NO_SHOW = -3, -2, -1


def plan(stay: Stay, regulation: str, content: bytes) -> None:
    """The batch, its list as the unit sent it, and what the regulations want to be on paper."""
    regime, last = stay.regime, stay.first + datetime.timedelta(days=NIGHTS)
    stay.batch = stay.tell("organizer", "batches", {
        "number": "第3批", "regulation": regulation, "organizer": "退役军人事务局", "host": "疗养中心", "venue": "疗养中心",
        "firstDay": str(stay.first), "lastDay": str(last), "planned": len(stay.listed),
    })["subject"]
    octets = {"Content-Type": "application/octet-stream"}
    path = f"/api/v1/batches/{stay.batch}/participants"
    checked = stay.who("staff").post(f"{path}/check", content=content, headers=octets)
    assert checked.status_code == 200, checked.text
    taken = stay.who("staff").post(
        f"{path}/import", content=content, headers={**octets, "Idempotency-Key": str(uuid.uuid4())})
    assert taken.status_code == 201, taken.text
    stay.people = stay.read("participants", batch=stay.batch)["participants"]
    assert [one["name"] for one in stay.people] == [row["姓名"] for row in stay.listed]
    stay.tally.persons = {one["id"]: Person() for one in stay.people}
    for who, key, parts in papers(stay, last):
        stay.fact(who, key, **parts)


def papers(stay: Stay, last: datetime.date) -> list[tuple[str, str, dict]]:
    signed = str(stay.first - datetime.timedelta(days=10))
    four = ("registration", "board_safety", "medical", "emergency")
    return [
        ("organizer", "organizer_level", {"value": "city"}), ("organizer", "batch_number", {"number": "3"}),
        ("organizer", "annual_plan", {"number": "8号", "date": signed}), ("organizer", "venue", {"value": "疗养中心"}),
        ("organizer", "venue_area", {"value": stay.regime.area}), ("organizer", "resource_kind", {"value": "own"}),
        ("organizer", "agreement.host", {"number": "YZ-3", "date": signed, "person": "白露"}),
        ("organizer", "host_qualification", {"number": "ZZ-1"}),
        ("organizer", "insurance.period", {"number": "G-1", "date": str(stay.first), "until": str(last)}),
        ("organizer", "consents.collected", {"date": signed, "person": "白露"}),
        ("organizer", "size.stated", {"number": str(len(stay.listed))}),
        ("organizer", "regime.issued", {"number": "1号", "date": signed}),
        ("organizer", "service_group.organizer", {"person": "白露", "value": "统筹"}),
        ("organizer", "duty.coordination", {"person": "白露"}),
        ("lead", "service_group.host", {"person": "周敏", "value": "接待"}),
        *(("lead", f"plan.{one}", {"number": "1", "date": signed, "person": "周敏", "paper": "值班室"})
          for one in ("emergency", "safety", "health", "disaster")),
        ("lead", "kit", {"value": "complete", "date": signed, "person": "何一鸣"}),
        ("lead", "venue_bureau_contact", {"number": "14000000100", "person": "值班室"}),
        *(("lead", f"duty.{one}", {"person": "陈立"}) for one in four),
        *(("organizer", f"accountability.{one}", {"person": "白露"}) for one in four),
    ]


def staff(stay: Stay) -> None:
    """Four medical escorts, those of the ratio, two of the host; every tier but the facility's head, day and night."""
    accounts = {one["username"]: one["id"] for one in stay.who("admin").read("/api/v1/accounts")["accounts"]}
    general = {f"领队{n}": ("reception", 7) for n in range(stay.regime.general)} | LEADS
    cast = [(name, "medical", "sent", *rest) for name, rest in MEDICAL.items()]
    cast += [(name, "general", "sent", *rest) for name, rest in general.items()]
    cast += [(name, "general", "host", *rest) for name, rest in HOST.items()]
    shifts = []
    for number, (name, kind, side, duty, hour) in enumerate(cast):
        body = {"batch": stay.batch, "name": name, "kind": kind, "side": side, "telephone": f"140000001{number:02}"}
        if kind == "medical":
            body |= {"licence": f"L-{number}", "licenceUntil": str(stay.first + datetime.timedelta(days=300))}
        escort = stay.tell("lead", "escorts", body | ({"account": accounts["nurse"]} if name == "医护1" else {}))["subject"]
        stay.escorts[name] = escort
        stay.tally.escorts[escort] = body
        # The last of the general escorts goes home for two days in the middle.
        days = [0, 1, 4, 5, 6] if name == f"领队{stay.regime.general - 1}" else range(NIGHTS + 1)
        for day in days:
            starts = stay.at(day, hour)
            ends = starts + datetime.timedelta(hours=12)
            shifts.append({
                "escort": escort, "duty": duty, "startsAt": int(starts.timestamp() * 1000),
                "endsAt": int(ends.timestamp() * 1000),
            })
    stay.tell("lead", "shifts", {"batch": stay.batch, "shifts": shifts})


def depart_from(stay: Stay, rule: str, gate: str, participant: str | None = None) -> None:
    """A soft rule is knowingly not followed."""
    stay.tell("organizer", f"batches/{stay.batch}/departures", {
        "rule": rule, "gate": gate, "reason": "已请示", "person": "白露",
        **({"participant": participant} if participant else {})})
    stay.tally.departures[rule] += 1


def open_batch(stay: Stay) -> None:
    """The gate says what stops it; where that is a soft rule, somebody answers for it."""
    path = f"batches/{stay.batch}"
    gate = stay.read(f"{path}/gates/open")
    assert {one["rule"] for one in gate["results"] if one["blocks"]} == {stay.regime.departs} - {None}
    if stay.regime.departs:
        refused = stay.who("lead").write(f"/api/v1/{path}/open", {})
        assert refused.status_code == 409 and stay.regime.departs in refused.text, refused.text
        depart_from(stay, stay.regime.departs, "open")
    stay.tell("lead", f"{path}/open")
    stay.tally.opened = stay.tally.now = stay.now
    stay.tell("lead", "assignments", {
        "batch": stay.batch, "escort": stay.escorts["医护1"], "participants": [one["id"] for one in stay.people[:25]]})


def arrive(stay: Stay) -> None:
    """Three never come, three are held: one brings what is missing, one is sent back, of one nothing is decided."""
    regime, coming = stay.regime, stay.people[:REFUSED]
    lacks = {FORGOTTEN: (regime.forgotten, "unknown"), NEVER: (regime.never, "unknown"),
             BARRED: ((regime.barred[0], regime.barred[2]), "fail")}

    def record(person: dict, key: str, parts: dict) -> None:
        stay.tell("lead", f"participants/{person['id']}/facts", {"key": key, **parts})

    def come(person: dict) -> None:
        number = coming.index(person)
        (lacking, rule), outcome = lacks.get(number, ((None, None), "pass"))
        for key, parts in regime.papers.items():
            if key != lacking:
                record(person, key, parts)
            elif number == BARRED:
                record(person, key, {"value": regime.barred[1]})
        outcomes = {rule: outcome} if rule else {}
        if number == REPEATED:
            record(person, "cycle.previous", {"value": "yes", "date": str(stay.first - datetime.timedelta(days=500))})
            depart_from(stay, regime.cycle, "arrival", person["id"])
            outcomes[regime.cycle] = "unknown"
        else:
            record(person, "cycle.previous", {"value": "none"})
        if number == 0:
            record(person, "care_flags", {"value": "advanced_age"})
            outcomes["CN04"] = "pass"
        if number != LATE_COMER:
            stay.tell("staff", f"participants/{person['id']}/arrival", {"room": f"{2 + number // 20}{number % 20 + 1:02}"})
            stay.tally.arrived(person["id"], "held" if rule else "admitted", outcomes, stay.now)
            stay.check(person, calm(pulse=60 + number % 30))

    stay.each(coming, come)
    held = {one["id"] for one in stay.read("participants", batch=stay.batch)["participants"] if one["admission"] == "held"}
    assert held == {coming[number]["id"] for number in lacks}
    decide(stay, coming)
    for number, outcome in ((REFUSED, "refused"), (WITHDRAWN, "withdrawn"), (NO_SHOW, "no-show")):
        id = stay.people[number]["id"]
        stay.tell("staff", f"participants/{id}/turn-away", {"outcome": outcome, "reason": "本人来电"})
        stay.tally.persons[id].admission = outcome


def decide(stay: Stay, coming: list[dict]) -> None:
    """A hard rule has no override: only the paper lets the person in."""
    id, (key, rule) = coming[FORGOTTEN]["id"], stay.regime.forgotten
    path, admit = f"participants/{id}/admission", {"admit": True, "reason": "当面补签"}
    refused = stay.who("organizer").write(f"/api/v1/{path}", admit)
    assert refused.status_code == 409 and rule in refused.text, refused.text
    stay.tell("lead", f"participants/{id}/facts", {"key": key, **stay.regime.papers[key]})
    stay.tell("organizer", path, admit)
    stay.tally.persons[id].admission = "admitted"
    stay.tally.persons[id].outcomes.pop(rule)
    id = coming[BARRED]["id"]
    stay.tell("organizer", f"participants/{id}/admission", {"admit": False, "reason": "不适宜疗养"})
    stay.tally.persons[id].admission = "refused"
