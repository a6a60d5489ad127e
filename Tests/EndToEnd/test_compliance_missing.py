"""What is still missing of a batch, told weeks ahead by who has to bring it."""

import datetime
import functools

import pytest

from house import board, preparing
from house.compliance import Watched, arrive, bring_papers, open_batch, prepare, record, shown, watch

# What 内蒙古's rules want of the batch itself before it is opened, by whom; what stops it, and what is only recorded.
OF_THE_BATCH = {
    "ORG": (
        {"agreement.host", "medical_escorts", "escorts", "venue_area"},
        {"resource_kind", "organizer_level", "annual_plan",
         *(f"accountability.{one}" for one in ("registration", "board_safety", "medical", "emergency"))},
    ),
    "HOST": ({"plan.emergency", "plan.health", "plan.disaster"}, set()),
    "MED": ({"kit"}, set()),
}
# What the list does not tell of each person.
OF_PEOPLE = {
    "REG": ({"cycle.previous", *board.CONSENTS, *board.INSURANCES}, set()),
    "MED": ({"outdoor_ok", "declaration"}, {"care_flags"}),
    "SND": (set(), {"handover.arrival"}),
}


def wanted(gate: str, table: dict, people: int) -> dict[tuple, int]:
    return {(gate, by, stops, fact): people for by, (binding, rest) in table.items()
            for stops, facts in ((True, binding), (False, rest)) for fact in facts}


def missing(stay: Watched, who: str = "lead") -> dict[tuple, int]:
    told = stay.who(who).read(f"/api/v1/batches/{stay.batch}/missing")
    assert told["firstDay"] == str(stay.first)
    found = {(one["gate"], one["by"], one["stops"], one["fact"]): one["people"] for one in told["missing"]}
    assert len(found) == len(told["missing"]), "each thing once"
    return found


@pytest.fixture
def house(staffed, clock, root):
    """Makes a batch with its unit's list and nothing else, three weeks before its first day."""
    return functools.partial(watch, staffed, clock, root)


def test_what_is_missing_is_told_weeks_ahead_by_who_has_to_bring_it(house):
    stay = house("nm-2023")
    expected = wanted("open", OF_THE_BATCH, 0) | wanted("arrival", OF_PEOPLE, 48)
    assert missing(stay) == expected
    page = shown(stay, "missing")
    assert "离报到还有 21 天" in page and page.index("与承办单位的疗养协议") < page.index("突发事件应急预案")

    # One paper after another.
    stay.fact("organizer", "consents.collected", date=str(stay.first - datetime.timedelta(days=10)), person="白露")
    expected = {one: count for one, count in expected.items() if one[3] not in board.CONSENTS}
    assert missing(stay) == expected
    for number in range(10):
        record(stay, number, "outdoor_ok", {"value": "yes"})
    expected["arrival", "MED", True, "outdoor_ok"] = 38
    assert missing(stay) == expected
    record(stay, 47, "screening.infectious", {"value": "positive"})
    expected["arrival", "MED", True, "screening.infectious"] = 1
    assert missing(stay) == expected

    # An accepted reason is as good as the thing.
    preparing.depart_from(stay, "NM11", "open")
    del expected["open", "ORG", True, "escorts"]
    assert missing(stay) == expected

    prepare(stay)
    people = {"cycle.previous": 48, "outdoor_ok": 38, "declaration": 48, "care_flags": 48, "handover.arrival": 48,
              "screening.infectious": 1}
    assert missing(stay) == {one: people[one[3]] for one in expected if one[3] in people}

    # Of those who have been admitted nothing is missing any more.
    open_batch(stay)
    stay.move(0, 8)
    bring_papers(stay)
    stay.move(0, 9)
    arrive(stay)
    lacking = {
        ("arrival", "REG", True, "consent.family"): 1, ("arrival", "REG", True, "cycle.previous"): 1,
        ("arrival", "REG", True, "insurance.accident"): 1, ("arrival", "MED", True, "declaration"): 1,
        # One of those who are held, one who is still awaited.
        ("arrival", "MED", True, "screening.infectious"): 2,
        ("arrival", "MED", False, "care_flags"): 8, ("arrival", "SND", False, "handover.arrival"): 8,
    }
    assert missing(stay) == lacking
