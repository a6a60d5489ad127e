"""Batches under the README's example of a regulation: chosen, opened, kept as they were opened, and changed."""

import dataclasses
import datetime
import json
import uuid

import pytest

from house import preparing, readme
from house.county import NAME, TITLE, line_of, shelve
from house.regime import REGIMES
from house.stay import Stay

FIRST = datetime.date(2026, 6, 8)
LIST = "姓名,性别,出生日期,家属同意\n巴特尔,男,1950-03-02,是\n"


@pytest.fixture(scope="module")
def written(root) -> tuple[str, str]:
    return readme.county_pack(root)


@pytest.fixture
def shelf(tmp_path, written):
    return shelve(tmp_path, written[0])


@pytest.fixture
def county(staffed, clock, shelf):
    """A house whose configuration names the folder, three weeks before the first day, and its batch's stay."""
    clock.set(datetime.datetime(2026, 5, 18, 9, tzinfo=datetime.timezone(datetime.timedelta(hours=8))))
    daemon, accounts = staffed(clock=clock)
    settings = daemon.folder / "sanatoriumd.conf"
    settings.write_text(f"packs_folder = {shelf}\n")
    daemon.arguments = ("--config", str(settings))
    daemon.start()
    return daemon, Stay(accounts, clock, dataclasses.replace(REGIMES["nm-2023"], first=FIRST))


def draft(days: int, planned: int) -> dict:
    return {
        "number": "第3批", "regulation": NAME, "organizer": "退役军人事务局", "host": "疗养中心", "venue": "疗养中心",
        "firstDay": str(FIRST), "lastDay": str(FIRST + datetime.timedelta(days=days - 1)), "planned": planned,
    }


def page(stay: Stay, path: str, who: str = "lead") -> str:
    answer = stay.who(who).get(path, headers={"Accept": "text/html", "Accept-Language": "zh-CN"})
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return answer.text


def board(stay: Stay) -> dict:
    """The batch's board, its rules by id."""
    said = stay.read(f"batches/{stay.batch}/compliance")
    return {**said, "rules": {one["rule"]: one for one in said["rules"]}}


def at(rule: dict, gate: str) -> dict:
    return next(one for one in rule["gates"] if one["gate"] == gate)


def plan(stay: Stay, days: int, planned: int) -> None:
    stay.batch = stay.tell("organizer", "batches", draft(days, planned))["subject"]


def prepare(stay: Stay) -> None:
    """Everything that the regulation beneath wants as well, and who comes along."""
    for who, key, parts in preparing.papers(stay, FIRST + datetime.timedelta(days=9)):
        if key != "size.stated":
            stay.fact(who, key, **parts)
    preparing.staff(stay)


def refused(stay: Stay) -> set[str]:
    """The rules by which the opening is refused; the gate's own list and the answer's words agree."""
    gate = stay.read(f"batches/{stay.batch}/gates/open")
    blocking = {one["rule"] for one in gate["results"] if one["blocks"]}
    answer = stay.who("lead").write(f"/api/v1/batches/{stay.batch}/open", {})
    assert answer.status_code == 409, answer.text
    assert all(rule in answer.text for rule in blocking), answer.text
    return blocking


def test_it_can_be_chosen_for_a_batch_and_only_as_long_as_it_has_no_fault(county, shelf, written):
    daemon, stay = county
    assert TITLE in page(stay, "/batches/new") and "示退役军人发〔2026〕3号" in page(stay, "/batches/new")
    # Another file counts at once.
    (shelf / "new-banner.yaml").write_text(written[0].replace(f"id: {NAME}", "id: new-banner").replace("示例旗", "新设旗"))
    assert "新设旗军休人员荣誉疗养实施办法" in page(stay, "/batches/new")
    (shelf / "new-banner.yaml").write_text(written[0].replace(f"id: {NAME}", "id: new-banner").replace("batch_cap: 40", "batch_cap: 0"))
    form = page(stay, "/batches/new")
    assert "新设旗" not in form and f"new-banner.yaml:{line_of(written[0], 'batch_cap: 40')}" in form and TITLE in form
    body = {**draft(7, 38), "regulation": "new-banner"}
    answer = stay.who("organizer").write("/api/v1/batches", body)
    assert answer.status_code == 422 and "regulation" in answer.text


def test_a_batch_is_opened_under_it_once_everything_is_recorded(county):
    daemon, stay = county
    plan(stay, 9, 41)
    rules = board(stay)["rules"]
    assert {rule: rules[rule]["standing"] for rule in ("EB01", "EB02", "NM15", "NM12", "NM10")} == {
        "EB01": "fail", "EB02": "unknown", "NM15": "fail", "NM12": "unknown", "NM10": "unknown"}
    assert [rules[rule]["article"] for rule in ("EB01", "EB02", "EB03")] == ["第五条", "第七条", "第八条"]
    assert [rules[rule]["quote"] for rule in ("EB01", "EB02", "EB03")] == [
        "每批不超过40人", "疗养前应与疗养地主管部门取得联系", "家属应当签字同意"]
    assert all(rules[rule]["regulation"] == NAME for rule in ("EB01", "EB02", "EB03"))
    assert (rules["NM12"]["force"], rules["NM12"]["regulation"]) == ("H", "nm-2023")
    assert {"EB01", "EB02", "NM15", "NM12", "NM10", "NM08"} <= refused(stay)
    prepare(stay)
    # Nine days and 41 people stay refused, whatever has been recorded.
    assert refused(stay) == {"EB01", "NM15", "NM14"}
    stay.tell("organizer", f"batches/{stay.batch}", draft(9, 40))
    assert refused(stay) == {"NM15", "NM14"}
    stay.tell("organizer", f"batches/{stay.batch}", draft(7, 41))
    assert refused(stay) == {"EB01"}
    stay.tell("organizer", f"batches/{stay.batch}", draft(8, 40))
    # 内蒙古 only asks for seven days as a rule; of its venue the banner has made a must.
    stay.fact("organizer", "venue_area", value="37")
    assert refused(stay) == {"NM14", "NM12"}
    reason = {"gate": "open", "reason": "已请示", "person": "白露"}
    hard = stay.who("organizer").write(f"/api/v1/batches/{stay.batch}/departures", {"rule": "NM12", **reason})
    assert hard.status_code in (409, 422) and "NM12" in hard.text, hard.text
    stay.tell("organizer", f"batches/{stay.batch}/departures", {"rule": "NM14", **reason})
    stay.fact("organizer", "venue_area", value="15")
    stay.tell("lead", f"batches/{stay.batch}/open")
    rules = board(stay)["rules"]
    for rule, standing in {"EB01": "pass", "EB02": "pass", "NM12": "pass", "NM14": "accepted", "NM15": "pass"}.items():
        answers = at(rules[rule], "open")["answers"]
        assert at(rules[rule], "open")["standing"] == standing and all(one.get("decidedAt") for one in answers), rule


def test_the_rules_page_says_by_which_clause_it_was_changed(county):
    daemon, stay = county
    plan(stay, 8, 40)
    text = page(stay, f"/batches/{stay.batch}/compliance/NM12")
    assert NAME in text and "第十四条" in text and "第十一条" in text and "必须" in text
    own = page(stay, f"/batches/{stay.batch}/compliance/EB02")
    assert "第七条" in own and "疗养前应与疗养地主管部门取得联系" in own and "第十四条" not in own
    whole = page(stay, f"/batches/{stay.batch}/compliance")
    assert all(f'id="{rule}"' in whole for rule in board(stay)["rules"])


def opened(county) -> tuple:
    """An open batch of eight days and forty people under the banner's rules, and one person on its list."""
    daemon, stay = county
    plan(stay, 8, 40)
    path = f"/api/v1/batches/{stay.batch}/participants"
    octets = {"Content-Type": "application/octet-stream", "Idempotency-Key": str(uuid.uuid4())}
    assert stay.who("staff").post(f"{path}/import", content=LIST.encode(), headers=octets).status_code == 201
    [person] = stay.read("participants", batch=stay.batch)["participants"]
    prepare(stay)
    stay.tell("organizer", f"batches/{stay.batch}/departures", {
        "rule": "NM14", "gate": "open", "reason": "已请示", "person": "白露"})
    stay.tell("lead", f"batches/{stay.batch}/open")
    return daemon, stay, person["id"]


def test_a_person_is_held_by_its_rule_until_the_relative_is_named(county):
    daemon, stay, person = opened(county)
    stay.move(0, 9)
    arrived = stay.tell("staff", f"participants/{person}/arrival", {"room": "301"})
    assert arrived
    [one] = at(board(stay)["rules"]["EB03"], "arrival")["answers"]
    assert (one["participant"], one["outcome"], one["blocks"]) == (person, "unknown", True)
    admit = {"admit": True, "reason": "当面核对"}
    answer = stay.who("organizer").write(f"/api/v1/participants/{person}/admission", admit)
    assert answer.status_code == 409 and "EB03" in answer.text
    stay.tell("staff", f"participants/{person}/facts", {
        "key": "consent.family", "value": "yes", "date": "2026-05-06", "person": "乌云"})
    [one] = at(board(stay)["rules"]["EB03"], "arrival")["answers"]
    assert one["outcome"] == "pass" and "乌云" in {use["value"] for use in one["facts"]}


def test_an_open_batch_keeps_what_it_was_opened_with(county, shelf, written):
    daemon, stay, person = opened(county)
    before = board(stay)
    file = shelf / f"{NAME}.yaml"

    def kept() -> None:
        now = board(stay)
        assert now["edition"] == 1 and now["rules"].keys() == before["rules"].keys()
        assert at(now["rules"]["EB01"], "open") == at(before["rules"]["EB01"], "open")
        [one] = at(now["rules"]["EB01"], "arrival")["answers"]
        assert "最多 40 人" in one["message"]["zh"]
        assert now["rules"]["NM12"]["force"] == "H"
        assert TITLE in page(stay, f"/batches/{stay.batch}")
        page(stay, f"/batches/{stay.batch}/compliance/EB01")
        page(stay, f"/batches/{stay.batch}/missing")

    kept()
    first, old = stay.batch, written[0].replace("batch_cap: 40", "batch_cap: 30").replace("edition: 1", "edition: 2")
    file.write_text(old.split("changes:")[0])
    kept()
    # Of the next batch the new edition is asked at once.
    plan(stay, 7, 38)
    now = board(stay)
    assert now["edition"] == 2 and "最多 30 人" in at(now["rules"]["EB01"], "open")["answers"][0]["message"]["zh"]
    assert now["rules"]["NM12"]["force"] == "S"
    second, stay.batch = stay.batch, first

    file.write_text(old.replace("batch_cap: 30", "batch_cap: 3000"))
    kept()
    form = page(stay, "/batches/new")
    assert f"{NAME}.yaml:{line_of(old, 'batch_cap: 30')}" in form and "batch_cap" in form and f'value="{NAME}"' not in form
    refused = stay.who("lead").get(f"/api/v1/batches/{second}/compliance")
    assert refused.status_code == 409 and f"{NAME}.yaml:{line_of(old, 'batch_cap: 30')}" in refused.text, refused.text
    answer = stay.who("lead").write(f"/api/v1/batches/{second}/open", {})
    assert answer.status_code == 409 and NAME in answer.text
    page(stay, "/")
    page(stay, "/batches")
    daemon.restart()
    stay._sessions.clear()
    kept()
    file.unlink()
    kept()
    daemon.restart()
    stay._sessions.clear()
    kept()
    stay.move(0, 9)
    stay.tell("staff", f"participants/{person}/arrival", {"room": "301"})
    daemon.stop()
    assert json.loads(daemon.command("verify", "--data", daemon.data, "--json").stdout)["intact"] is True


def test_a_planned_batch_whose_pack_was_spoilt_can_be_changed_to_another(county, shelf, written):
    daemon, stay = county
    plan(stay, 7, 38)
    file = shelf / f"{NAME}.yaml"
    file.write_text(written[0].replace("batch_cap: 40", "batch_cap: 0"))
    path, place = f"/batches/{stay.batch}", f"{NAME}.yaml:{line_of(written[0], 'batch_cap: 40')}"
    page(stay, "/")
    assert place in page(stay, f"{path}/change")
    assert place in page(stay, path) and f"{path}/change" in page(stay, path)
    stay.tell("organizer", f"batches/{stay.batch}", {**draft(7, 38), "regulation": "nm-2023"})
    assert board(stay)["regulation"] == "nm-2023"
