"""A whole batch over HTTPS on a clock that the test moves: the report's figures are what the test counted."""

import datetime
import json

import pytest

from house import days, figures, preparing, roster
from house.regime import REGIMES
from house.stay import Stay, until
from house.tally import CHINA

SATISFACTION = {"returned": 38, "valid": 37, "grades": [20, 10, 4, 2, 1]}

EXPLANATION = "换班时走早了"


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


def close(stay: Stay, satisfaction: dict) -> datetime.datetime:
    """Every breach is explained and the forms are counted; when it was closed."""
    path = f"batches/{stay.batch}"
    breaches = stay.read(f"{path}/nonconformities")["nonconformities"]
    refused = stay.who("lead").write(f"/api/v1/{path}/close", {"satisfaction": satisfaction})
    assert refused.status_code == 422 and "open-nonconformity" in refused.text, refused.text
    body = {"satisfaction": satisfaction, "explanations": {one["id"]: EXPLANATION for one in breaches}}
    if stay.regime.soundness:
        body["soundness"] = stay.regime.soundness
    stay.tell("lead", f"{path}/close", body)
    for alarm in stay.tally.alarms:
        # Nobody can be seen in a round of a batch that is over.
        if alarm.code == "round-overdue" and alarm.resolved is None:
            alarm.resolved = stay.now
    for one in breaches:
        stay.tally.breaches[one["rule"]].update(explained=1)
    return stay.now


def delivered(stay: Stay, organizer) -> dict:
    """The organizer is away for a day; the report as it was signed, once the receipt is there."""
    path = f"batches/{stay.batch}/reports"
    if stay.regime.awaited:
        key, rule = stay.regime.awaited
        refused = stay.who("lead").write(f"/api/v1/{path}", {})
        assert refused.status_code == 409 and rule in refused.text, refused.text
        stay.fact("organizer", key, value="合格")
    stay.tell("lead", path)

    def report() -> dict:
        return stay.read("reports", batch=stay.batch)["reports"][0]

    until(lambda: report()["attempts"] >= 1)
    stay.clock.advance(days=1)
    until(lambda: report()["attempts"] >= 2)
    assert report()["delivery"] == "waiting"
    organizer.start()
    stay.clock.advance(hours=12)
    until(lambda: report()["delivery"] != "waiting")
    assert report()["delivery"] == "accepted" and report()["receipt"]["receipt"]["verdict"] == "accepted", report()
    return stay.read(f"reports/{report()['id']}/file")["report"]


def rows(report: dict, stay: Stay) -> None:
    """What the report says beside its figures: departures, breaches and responsible persons, rule by rule."""
    regime = stay.regime
    assert (report["regulation"]["id"], report["revision"]) == (next(id for id in REGIMES if REGIMES[id] is regime), 1)
    departed = [(regime.departs, "open")] if regime.departs else []
    assert [(one["rule"], one["gate"]) for one in report["departures"]] == [*departed, (regime.cycle, "arrival")]
    assert {(one["by"], one["reason"]) for one in report["departures"]} == {("白露", "已请示")}
    breaches = [(one["rule"], one["cause"], one["explanation"], one["by"]) for one in report["nonconformities"]]
    overrun = [(regime.longest, "medical", EXPLANATION, "周敏")] if regime.longest else []
    assert breaches == [(regime.ratio, "staffing", EXPLANATION, "周敏"), *overrun]
    assert report["nonconformities"][0]["startedAt"] < report["nonconformities"][0]["endedAt"]
    four = ("registration", "board_safety", "medical", "emergency")
    assert {one["duty"]: one["person"] for one in report["responsibilities"]} == {
        **{f"duty.{one}": "陈立" for one in four}, **{f"accountability.{one}": "白露" for one in four},
        "duty.coordination": "白露", "service_group.organizer": "白露", "service_group.host": "周敏",
    }
    tallies = {gate: {} for gate in report["figures"]["compliance"]["gates"]}
    for row in report["compliance"]:
        assert row["quote"] and row["article"], row
        tallies[row["gate"]][row["rule"]] = row["tally"]
    assert tallies == report["figures"]["compliance"]["gates"]


def told(tree):
    """Without members that say nothing."""
    if isinstance(tree, dict):
        return {name: told(value) for name, value in tree.items() if value is not None}
    return [told(one) for one in tree] if isinstance(tree, list) else tree


@pytest.mark.parametrize("regulation", REGIMES)
def test_a_whole_batch(regulation, pair, clock, root):
    regime = REGIMES[regulation]
    moment = datetime.datetime.combine(regime.first, datetime.time(9), CHINA) - datetime.timedelta(days=1)
    facility, accounts, organizer = pair(moment)
    stay = Stay(accounts, clock, regime)
    file = root / "Tests" / "DocumentsTests" / "Fixtures" / regime.roster
    stay.listed = roster.rows(file)
    facility.start()
    preparing.plan(stay, regulation, file.read_bytes())
    stay.move(0, 10)
    preparing.staff(stay)
    preparing.open_batch(stay)
    stay.move(0, 11)
    preparing.arrive(stay)
    days.activity(stay, "lecture", 30)
    days.first_evening(stay)
    days.first_day(stay)
    days.second_day(stay, facility)
    days.activity(stay, "culture_sports", 21)
    days.third_day(stay)
    days.activity(stay, "lecture", 12)
    days.last_days(stay)
    satisfaction = {"distributed": len(stay.people), **SATISFACTION}
    closed = close(stay, satisfaction)
    report = delivered(stay, organizer)
    expected = figures.of(stay.tally, regime, stay.listed, satisfaction, closed)
    counted = told(report["figures"])
    for part in expected:
        assert counted[part] == expected[part], part
    assert counted == expected
    rows(report, stay)
    facility.stop()
    organizer.stop()
    verified = json.loads(facility.command("verify", "--data", facility.data, "--json").stdout)
    assert verified["intact"] is True and verified["faults"] == []
