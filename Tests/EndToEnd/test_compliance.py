"""合规看板 of whole batches under each regulation, against what the test reads out of the units' lists by itself."""

import datetime
import functools

import pytest

from house import board, preparing, roster
from house.compliance import (
    ABSENT_AT_FIRST,
    ILL,
    LONG_UNCHECKED,
    REFUSED_CONSENT,
    REPEATED,
    UNDECLARED,
    UNINSURED,
    arrive,
    bring_papers,
    compare,
    first_answers,
    held,
    of_people,
    open_batch,
    prepare,
    prepared_answers,
    read_board,
    shown,
    watch,
)
from house.regime import REGIMES

LAPSED = datetime.date(2026, 11, 16)


@pytest.fixture
def house(staffed, clock, root):
    """Makes a batch with its unit's list and nothing else, three weeks before its first day."""
    return functools.partial(watch, staffed, clock, root)


@pytest.mark.parametrize("regulation", REGIMES)
def test_the_board_from_the_plan_to_the_arrivals(regulation, house):
    stay = house(regulation)
    departs = stay.regime.departs
    compare(stay, first_answers(stay), {}, papers=False)

    prepare(stay)
    lacking = {departs: "fail"} if departs else {}
    compare(stay, prepared_answers(stay, **lacking), board.DAILY_PLANNED[regulation], papers=True)

    open_batch(stay)
    accepted = {departs: "accepted"} if departs else {}
    told = compare(stay, prepared_answers(stay, **accepted), board.DAILY_OPEN[regulation], papers=True)
    openings = {one["rule"]: at for one in told["rules"] for at in one["gates"] if at["gate"] == "open"}
    moments = {answer.get("decidedAt") for at in openings.values() for answer in at["answers"]}
    assert len(moments) == 1 and None not in moments

    # What was decided stays as it was decided, whatever is written down later.
    agreement = next(rule for rule in openings if "YZ-3" in str(openings[rule]["answers"][0]["facts"]))
    stay.fact("organizer", "agreement.host", number="YZ-4", date=str(stay.first), person="白露")
    stay.fact("organizer", "venue_area", value="81")
    later = {one["rule"]: at for one in read_board(stay)["rules"] for at in one["gates"] if at["gate"] == "open"}
    assert later == openings and "YZ-4" not in str(later[agreement])

    stay.move(0, 8)
    bring_papers(stay)
    stay.move(0, 9)
    arrive(stay)
    expected = {REFUSED_CONSENT, ILL, REPEATED, UNINSURED}
    if regulation != "wh-2023":
        expected.add(UNDECLARED)
    assert held(stay) == expected
    daily = board.DAILY_OPEN[regulation] | board.DAILY_PEOPLE[regulation] | {"CN04": "unknown"}
    if regulation == "nm-2023":
        daily["NM03"] = "fail"
    told = compare(stay, prepared_answers(stay, **accepted), daily, papers=True)
    decided = {one["participant"] for rule in told["rules"] for at in rule["gates"] if at["gate"] == "arrival"
               for one in at["answers"] if one.get("decidedAt")}
    admitted = set(range(len(stay.people) - ABSENT_AT_FIRST)) - expected
    assert decided == {stay.people[number]["id"] for number in admitted}


def test_a_list_with_faults_shows_them_on_the_board_before_anybody_travels(house):
    stay = house("jn-2026-draft", datetime.date(2026, 9, 21), "roster-jining-24-with-faults.csv")
    assert len(stay.people) == 18
    told = read_board(stay)
    counts = board.seen(told, "arrival")
    assert counts == board.of_people(of_people(stay, False), stay.departed)
    assert counts["JN05"] == {"fail": 1, "pass": 17} and counts["JN07"] == {"fail": 1, "unknown": 1, "pass": 16}
    assert counts["JN08"] == {"unknown": 1, "pass": 17} and counts["JN06"] == {"fail": 1, "unknown": 17}


def rule(told: dict, id: str) -> dict:
    return next(one for one in told["rules"] if one["rule"] == id)


def opening(told: dict, id: str) -> dict:
    [one] = next(at for at in rule(told, id)["gates"] if at["gate"] == "open")["answers"]
    return one


def test_weihais_rules_on_their_last_days_pass_with_a_warning(house):
    stay = house("wh-2023", datetime.date(2025, 12, 30))
    compare(stay, first_answers(stay), {}, papers=False)
    before = opening(read_board(stay), "WH19")
    assert before["outcome"] == "pass" and "2025-12-31" in before["warning"]["zh"]
    prepare(stay)
    open_batch(stay)
    after = opening(read_board(stay), "WH19")
    assert (after["outcome"], after.get("warning")) == ("pass", before["warning"]) and after.get("decidedAt")


def test_weihais_rules_that_have_lapsed_need_a_notice_that_extends_them(house):
    stay = house("wh-2023", LAPSED)
    # Over 80, and checked too long ago, as the list has it by then.
    told = compare(stay, first_answers(stay, WH19="fail"), {}, papers=False)
    over = sum(roster.age(board.day(row["出生日期"]), LAPSED) > 80 for row in stay.listed)
    assert over > 0 and board.seen(told, "arrival")["WH08"]["fail"] == over
    assert board.seen(told, "arrival")["CN03"] == {"fail": 100}
    prepare(stay)

    def blocked() -> bool:
        answer = stay.who("lead").write(f"/api/v1/batches/{stay.batch}/open", {})
        assert answer.status_code == 409 and "WH19" in answer.text, answer.text
        one = opening(read_board(stay), "WH19")
        return one["blocks"] and one["outcome"] == "fail" and rule(read_board(stay), "WH19")["standing"] == "fail"

    assert blocked()
    # No reason lets it pass, nor does another regulation, nor an extension that ends too early.
    departure = {"rule": "WH19", "gate": "open", "reason": "已请示", "person": "白露"}
    assert stay.who("organizer").write(f"/api/v1/batches/{stay.batch}/departures", departure).status_code in (409, 422)
    for kind, until in (("replacement", "2027-12-31"), ("extension", "2026-11-15")):
        stay.fact("organizer", "regime.successor", value=kind, number="威退役军人发〔2026〕1号", until=until)
        assert blocked()
    stay.fact("organizer", "regime.successor", value="extension", number="威退役军人发〔2026〕2号", until="2026-12-31")
    told = compare(stay, prepared_answers(stay), {}, papers=True)
    one = opening(told, "WH19")
    assert one["outcome"] == "pass" and one.get("warning") and not one["blocks"]
    assert "威退役军人发〔2026〕2号" in {use["value"] for use in one["facts"]}
    open_batch(stay)
    assert opening(read_board(stay), "WH19").get("decidedAt")


def test_jinings_draft_is_no_rule_until_its_number_and_date_are_recorded(house):
    stay = house("jn-2026-draft")
    for who, key, parts in preparing.papers(stay, stay.first + datetime.timedelta(days=preparing.NIGHTS)):
        if key != "regime.issued":
            stay.fact(who, key, **parts)
    preparing.staff(stay)
    preparing.depart_from(stay, "JN02", "open")
    compare(stay, prepared_answers(stay, JN02="accepted", JN19="unknown"), {}, papers=True)
    refused = stay.who("lead").write(f"/api/v1/batches/{stay.batch}/open", {})
    assert refused.status_code == 409 and "JN19" in refused.text
    # In force only after the batch begins: no rule for it either.
    number, second = "济退役军人发〔2026〕9号", stay.first + datetime.timedelta(days=1)
    stay.fact("organizer", "regime.issued", number=number, date=str(second))
    compare(stay, prepared_answers(stay, JN02="accepted", JN19="fail"), {}, papers=True)
    stay.fact("organizer", "regime.issued", number=number, date=str(stay.first))
    told = compare(stay, prepared_answers(stay, JN02="accepted"), {}, papers=True)
    assert number in {use["value"] for use in opening(told, "JN19")["facts"]}
    stay.tell("lead", f"batches/{stay.batch}/open")


def test_who_may_not_read_health_sees_none_of_it_on_the_board(house):
    stay = house("nm-2023")
    prepare(stay)
    open_batch(stay)
    stay.move(0, 8)
    bring_papers(stay)
    secret = "心衰住院后没来得及体检"
    stay.tell("organizer", f"batches/{stay.batch}/departures", {
        "rule": "CN03", "gate": "arrival", "reason": secret, "person": "白露",
        "participant": stay.people[LONG_UNCHECKED]["id"]})
    stay.departed[LONG_UNCHECKED].add("CN03")
    stay.move(0, 9)
    stay.each(stay.people[:10], lambda person: stay.tell("staff", f"participants/{person['id']}/arrival", {"room": "301"}))
    health = {"self_care", "outdoor_ok", "screening.infectious", "checkup", "declaration", "care_flags"}
    rules = {"NM02", "NM03", "NM17", "CN03", "CN04"}
    for who, may in (("staff", False), ("escort", False), ("lead", True), ("nurse", True)):
        told = read_board(stay, who)
        # How many are how is everybody's to know.
        assert board.seen(told, "arrival") == board.of_people(of_people(stay, True), stay.departed)
        answers = {one["rule"]: [answer for at in one["gates"] if at["gate"] == "arrival" for answer in at["answers"]]
                   for one in told["rules"]}
        for rule_, own in answers.items():
            used = {use["key"] for answer in own for use in answer["facts"]}
            assert used & health == (used if may and rule_ in rules else set()), (who, rule_)
            assert all(answer.get("warning") is None or rule_ not in rules or may for answer in own)
        assert (secret in str(told)) is may
        matters = stay.who(who).read(f"/api/v1/batches/{stay.batch}/missing")["missing"]
        for one in matters:
            assert ("participants" in one) is (may or one["fact"] not in health), (who, one["fact"])
        for path in ("compliance", "compliance/CN03", "compliance/NM03", "compliance/NM02", "missing"):
            page = shown(stay, path, who)
            if not may:
                for word in ("阳性", "阴性", "已如实报告", secret, "超过 12 个月"):
                    assert word not in page, (who, path, word)
        assert ("阳性" in shown(stay, "compliance/NM03", who)) is may
        assert (secret in shown(stay, "compliance/CN03", who)) is may
