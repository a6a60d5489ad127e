"""A whole batch over HTTPS on a clock that the test moves: the report's figures are what the test counted."""

import datetime
import json
import time
import uuid

import pytest

from house.readings import calm, total
from house.stay import CHINA, Stay

NIGHTS = 6
ROSTERS = {
    "nm-2023": ("roster-neimenggu-48.csv", datetime.date(2026, 6, 8), "15", 48),
}
ILL = {
    "respirationRate": 26, "oxygenSaturation": 90, "supplementalOxygen": False, "systolic": 98, "diastolic": 60,
    "pulse": 118, "consciousness": "A", "temperature": 37.1,
}


@pytest.fixture
def pair(staffed, daemon, clock, monkeypatch):
    """Makes a facility and an organizer that know each other, neither of them running, at a moment of the past."""

    def make(moment: datetime.datetime):
        clock.set(moment)
        organizer = daemon("sanatorium-organizer", clock=clock)
        said = organizer.init("--json")
        facility, accounts = staffed(clock=clock)
        # Its signing key is made at the first start.
        facility.start().stop()
        key = facility.command("report", "key", "--data", facility.data).stdout.split("\t")[0]
        secret = organizer.folder / "secret"
        organizer.command(
            "facility", "add", "疗养中心", "--public-key", key, "--secret-file", secret, "--data", organizer.data)
        monkeypatch.setenv("SANATORIUMD_FACILITY", "疗养中心")
        monkeypatch.setenv("SANATORIUMD_ORGANIZER_URL", f"{organizer.url}/api/v1/reports")
        monkeypatch.setenv("SANATORIUMD_ORGANIZER_CA", str(organizer.ca))
        monkeypatch.setenv("SANATORIUMD_ORGANIZER_KEY", json.loads(said)["publicKey"])
        monkeypatch.setenv("SANATORIUMD_ORGANIZER_SECRET_FILE", str(secret))
        return facility, accounts, organizer

    return make


def until(ask, seconds: float = 30):
    """What the daemon does by itself at its next second."""
    deadline = time.monotonic() + seconds
    while not (found := ask()):
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.1)
    return found


def plan(stay: Stay, regulation: str, roster: bytes, area: str, planned: int) -> None:
    last = stay.first + datetime.timedelta(days=NIGHTS)
    stay.batch = stay.tell("organizer", "batches", {
        "number": "第3批", "regulation": regulation, "organizer": "退役军人事务局", "host": "疗养中心", "venue": "疗养中心",
        "firstDay": str(stay.first), "lastDay": str(last), "planned": planned,
    })["subject"]
    checked = stay.who("staff").post(
        f"/api/v1/batches/{stay.batch}/participants/check", content=roster,
        headers={"Content-Type": "application/octet-stream"})
    assert checked.status_code == 200, checked.text
    taken = stay.who("staff").post(
        f"/api/v1/batches/{stay.batch}/participants/import", content=roster,
        headers={"Content-Type": "application/octet-stream", "Idempotency-Key": str(uuid.uuid4())})
    assert taken.status_code == 201, taken.text
    stay.people = stay.who("lead").read("/api/v1/participants", batch=stay.batch)["participants"]
    signed = str(stay.first - datetime.timedelta(days=10))
    for who, key, parts in [
        ("organizer", "organizer_level", {"value": "city"}), ("organizer", "batch_number", {"number": "3"}),
        ("organizer", "annual_plan", {"number": "8号", "date": signed}), ("organizer", "venue", {"value": "疗养中心"}),
        ("organizer", "venue_area", {"value": area}), ("organizer", "resource_kind", {"value": "own"}),
        ("organizer", "agreement.host", {"number": "YZ-3", "date": signed, "person": "白露"}),
        ("organizer", "insurance.period", {"number": "G-1", "date": str(stay.first), "until": str(last)}),
        ("organizer", "consents.collected", {"date": signed, "person": "白露"}),
        *(("lead", f"plan.{one}", {"number": "1", "date": signed, "person": "周敏", "paper": "值班室"})
          for one in ("emergency", "safety", "health", "disaster")),
        ("lead", "kit", {"value": "complete", "date": signed, "person": "何一鸣"}),
        ("lead", "venue_bureau_contact", {"number": "14000000100", "person": "值班室"}),
        *(("lead", f"duty.{one}", {"person": "陈立"}) for one in ("registration", "board_safety", "medical", "emergency")),
        *(("organizer", f"accountability.{one}", {"person": "白露"})
          for one in ("registration", "board_safety", "medical", "emergency")),
    ]:
        stay.fact(who, key, **parts)


def staff(stay: Stay) -> None:
    """Two medical and enough other escorts for one to ten, on shift each day."""
    accounts = {one["username"]: one["id"] for one in stay.who("admin").read("/api/v1/accounts")["accounts"]}
    until_day = str(stay.first + datetime.timedelta(days=300))
    cast = [(f"医护{n}", "medical", "sent", duty, begin) for n, (duty, begin) in
            enumerate([("medical-lead", 7), ("escort", 7), ("escort", 19)])]
    cast += [(f"领队{n}", "general", "sent", "escort", 7) for n in range(len(stay.people) // 10 + 1)]
    cast += [("周敏", "general", "host", "duty-lead", 8), ("沈航", "general", "host", "duty-lead", 20)]
    shifts = []
    for number, (name, kind, side, duty, begin) in enumerate(cast):
        body = {"batch": stay.batch, "name": name, "kind": kind, "side": side, "telephone": f"140000001{number:02}"}
        if kind == "medical":
            body |= {"licence": f"L-{number}", "licenceUntil": until_day}
        if number == 0:
            body["account"] = accounts["nurse"]
        escort = stay.tell("lead", "escorts", body)["subject"]
        for day in range(NIGHTS + 1):
            starts = int(stay.at(day, begin).timestamp() * 1000)
            shifts.append({"escort": escort, "duty": duty, "startsAt": starts, "endsAt": starts + 12 * 3_600_000})
    stay.tell("lead", "shifts", {"batch": stay.batch, "shifts": shifts})


def arrive(stay: Stay) -> list[dict]:
    """All but the last arrive; the second comes without a truthful declaration, is held, and is let in."""
    *coming, absent = stay.people
    signed = str(stay.first - datetime.timedelta(days=1))
    for number, person in enumerate(coming):
        for key, parts in [
            ("outdoor_ok", {"value": "yes"}), ("cycle.previous", {"value": "none"}),
            ("declaration", {"value": "truthful", "date": signed}),
        ]:
            if (number, key) != (1, "declaration"):
                stay.tell("lead", f"participants/{person['id']}/facts", {"key": key, **parts})
        stay.tell("staff", f"participants/{person['id']}/arrival", {"room": f"{2 + number // 20}{number % 20 + 1:02}"})
        stay.check("nurse", person, calm(pulse=60 + number % 30), in_round=False)
    held = [one["id"] for one in stay.who("lead").read("/api/v1/participants", batch=stay.batch)["participants"]
            if one["admission"] == "held"]
    assert held == [coming[1]["id"]]
    stay.tell("lead", f"participants/{held[0]}/facts", {"key": "declaration", "value": "truthful", "date": signed})
    stay.tell("organizer", f"participants/{held[0]}/admission", {"admit": True, "reason": "当面补签承诺"})
    stay.tell("staff", f"participants/{absent['id']}/turn-away", {"outcome": "no-show", "reason": "本人来电"})
    return coming


def alerts(stay: Stay, state: str = "open") -> list[dict]:
    return stay.who("lead").read("/api/v1/alerts", batch=stay.batch, state=state)["alerts"]


def begin_round(stay: Stay, day: int, hour: int, code: str) -> None:
    """Jumps into a round; the daemon opens it at its next second, and what is recorded before belongs to the last."""
    stay.move(day, hour, 10)
    date = str(stay.first + datetime.timedelta(days=day))

    def is_open() -> bool:
        rounds = stay.who("lead").read("/api/v1/rounds", batch=stay.batch, day=date)["rounds"]
        return code in [one["code"] for one in rounds]

    until(is_open)


def first_evening(stay: Stay, coming: list[dict]) -> None:
    """One is forgotten: the alert climbs from tier to tier until somebody takes it."""
    begin_round(stay, 0, 19, "evening")
    for person in coming[:-1]:
        stay.check("nurse", person, calm())
    stay.move(0, 21, 1)
    [alert] = until(lambda: [one for one in alerts(stay) if one["participant"] in (None, coming[-1]["id"])])
    before = alert["tier"]
    stay.clock.advance(minutes=35)
    until(lambda: [one for one in alerts(stay) if one["id"] == alert["id"] and one["tier"] != before])
    stay.tell("lead", f"alerts/{alert['id']}/acknowledge", {})
    assert alert["id"] in [one["id"] for one in alerts(stay, "acknowledged")]


def outing(stay: Stay, going: list[dict]) -> None:
    stay.move(1, 9, 0)
    escorts = stay.who("lead").read("/api/v1/escorts", batch=stay.batch)["escorts"]
    planned = stay.tell("lead", "outings", {
        "batch": stay.batch, "activity": "red_education", "destination": "纪念馆", "vehicle": "A-0001",
        "leavesAt": int(stay.at(1, 10).timestamp() * 1000), "returnsAt": int(stay.at(1, 11, 30).timestamp() * 1000),
        "participants": [one["id"] for one in going],
        "escorts": [one["id"] for one in escorts if one["name"] in ("医护1", "领队0")],
    })["subject"]
    stay.move(1, 10)
    stay.tell("staff", f"outings/{planned}/leaving", {"counted": len(going), "missing": []})
    stay.move(1, 11, 20)
    stay.tell("staff", f"outings/{planned}/return", {"counted": len(going), "missing": []})


def incident(stay: Stay, person: dict) -> None:
    stay.move(1, 12)
    reported = stay.tell("staff", "incidents", {
        "batch": stay.batch, "kind": "fall", "harm": "none", "grade": "IV", "place": "二楼走廊",
        "participants": [person["id"]], "text": "地面有水，滑了一下。"})["subject"]
    stay.tell("staff", f"incidents/{reported}/notes", {"kind": "measure", "text": "擦干地面，放警示牌。"})
    stay.tell("lead", f"incidents/{reported}/close", {"conclusion": "午休时拖地。"})


def illness(stay: Stay, person: dict) -> int:
    """NEWS2 of 7 and more starts the plan by itself; the number of its steps, all of them done."""
    stay.move(1, 14)
    assert total(ILL) >= 7
    stay.check("nurse", person, ILL, in_round=False, symptoms=["breathless"])
    [activation] = stay.who("lead").read("/api/v1/activations", batch=stay.batch)["activations"]
    assert (activation["plan"], activation["state"], activation["startedBy"]) == ("acute-illness", "active", "")
    path = f"activations/{activation['id']}"
    steps = stay.who("lead").read(f"/api/v1/{path}")["steps"]
    for step in steps:
        stay.tell("lead", f"{path}/steps/{step['number']}/done", {})
    stay.tell("lead", f"participants/{person['id']}/hospital", {"hospital": "人民医院", "reason": "气短"})
    confirmed = ["handed-over", "people-safe", "counted", "no-new-danger", "reported", "guests-told"]
    stay.tell("lead", f"{path}/terminate", {"confirmed": confirmed, "text": "已交给 120。"})
    stay.tell("lead", f"{path}/review", {"text": "十分钟交给 120。"})
    stay.move(1, 17)
    stay.tell("lead", f"participants/{person['id']}/hospital/return", {})
    return len(steps)


def leave(stay: Stay, coming: list[dict]) -> None:
    for person in coming:
        stay.tell("staff", f"participants/{person['id']}/departure", {"reason": "completed"})
    for alert in alerts(stay):
        stay.tell("lead", f"alerts/{alert['id']}/acknowledge", {})


def close(stay: Stay) -> None:
    stay.fact("lead", "satisfaction.offered", value="yes", number="40")
    body = {
        "satisfaction": {"distributed": 40, "returned": 38, "valid": 37, "grades": [20, 10, 4, 2, 1]},
        "soundness": {"score": 90, "basis": "座谈会"},
    }
    answer = stay.who("lead").write(f"/api/v1/batches/{stay.batch}/close", body)
    assert answer.status_code == 201, answer.text


def delivered(stay: Stay, organizer) -> dict:
    """The organizer is away for a day; the report as it was signed, once the receipt is there."""
    stay.tell("lead", f"batches/{stay.batch}/reports", {})

    def report() -> dict:
        return stay.who("lead").read("/api/v1/reports", batch=stay.batch)["reports"][0]

    until(lambda: report()["attempts"] >= 1)
    stay.clock.advance(days=1)
    until(lambda: report()["attempts"] >= 2)
    assert report()["delivery"] == "waiting"
    organizer.start()
    stay.clock.advance(hours=12)
    until(lambda: report()["delivery"] != "waiting")
    assert report()["delivery"] == "accepted", report()
    return stay.who("lead").read(f"/api/v1/reports/{report()['id']}/file")["report"]["figures"]


@pytest.mark.parametrize("regulation", ROSTERS)
def test_a_whole_batch(regulation, pair, clock, root):
    name, first, area, planned = ROSTERS[regulation]
    moment = datetime.datetime.combine(first, datetime.time(9), CHINA) - datetime.timedelta(days=1)
    facility, accounts, organizer = pair(moment)
    stay = Stay(accounts, clock, first)
    facility.start()
    plan(stay, regulation, (root / "Tests" / "DocumentsTests" / "Fixtures" / name).read_bytes(), area, planned)
    stay.move(0, 10)
    staff(stay)
    gate = stay.who("lead").read(f"/api/v1/batches/{stay.batch}/gates/open")
    assert gate["passes"], [one for one in gate["results"] if one["blocks"]]
    stay.tell("lead", f"batches/{stay.batch}/open", {})
    stay.move(0, 11)
    coming = arrive(stay)
    first_evening(stay, coming)
    begin_round(stay, 1, 7, "morning")
    stay.tell("nurse", "check-ins/not-done", {"participant": coming[0]["id"], "reason": "asleep"})
    for person in coming[1:]:
        stay.check("nurse", person, calm(temperature=38.2) if person is coming[2] else calm())
    outing(stay, coming[3:15])
    incident(stay, coming[5])
    steps = illness(stay, coming[20])
    for day, hour, code in [(1, 19, "evening"), (2, 7, "morning")]:
        begin_round(stay, day, hour, code)
        for person in coming:
            stay.check("nurse", person, calm(pulse=95) if person is coming[4] else calm())
    stay.move(2, 10)
    leave(stay, coming)
    close(stay)
    figures = delivered(stay, organizer)

    people = figures["people"]
    count = len(coming)
    assert {key: people[key] for key in (
        "listed", "arrived", "held", "undecided", "admitted", "noShow", "transferred", "completed", "presentAtClose",
    )} == {
        "listed": count + 1, "arrived": count, "held": 1, "undecided": 0, "admitted": count, "noShow": 1,
        "transferred": 1, "completed": count, "presentAtClose": 0,
    }
    assert figures["rounds"]["total"] == {
        "due": 4 * count, "done": stay.done, "late": 0, "notDone": 1, "missed": 1}
    assert figures["assessments"]["levels"] == dict(stay.levels)
    assert figures["incidents"]["total"] == 1 and figures["incidents"]["open"] == 0
    automatic = figures["activations"]["automatic"]
    assert {key: automatic[key] for key in ("started", "terminated", "reviewed", "stepsDone")} == {
        "started": 1, "terminated": 1, "reviewed": 1, "stepsDone": steps}
    assert figures["indicators"]["satisfaction"] == {
        "distributed": 40, "returned": 38, "valid": 37, "grades": [20, 10, 4, 2, 1],
        "responseRate": {"part": 38, "whole": 40}, "satisfied": {"part": 20 + 10, "whole": 37},
        "mean": {"part": 20 * 100 + 10 * 75 + 4 * 50 + 2 * 25, "whole": 37},
    }
    assert sum(figures["groups"]["sexes"].values()) == sum(figures["groups"]["ageBands"].values()) == count
    facility.stop()
    organizer.stop()
    verified = json.loads(facility.command("verify", "--data", facility.data, "--json").stdout)
    assert verified["intact"] is True and verified["faults"] == []
