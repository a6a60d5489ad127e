"""A house that is full and a house in which nobody is: a hundred people with the longest names, and pages that have
nothing to show. The pictures stay in .screenshots for eyes."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest

from house import preparing, roster
from house.regime import REGIMES
from house.readings import calm
from house.stay import CHINA, Stay
from house.tour import Tour
from house.walk import Patterns

REGULATION = "wh-2023"
LONGEST = "孛儿只斤·额尔德尼巴特尔苏和那木斯来"
ROLES = ["lead", "nurse", "escort", "staff", "organizer", "admin"]
LISTS = {
    "lead": [
        "/", "/board", "/arrivals", "/rounds", "/alerts", "/outings/new", "/assignments", "/activities", "/badges", "/sheets",
        "/sheets/arrivals", "/sheets/rooms", "/sheets/rounds", "/emergency-list", "/search?q=孛", "/batches/:batch",
        "/batches/:batch/gates/daily",
    ],
    "nurse": ["/", "/rounds", "/search?q=zh"],
    "staff": ["/", "/arrivals", "/incidents"],
    "organizer": ["/", "/batches/:batch"],
}


@pytest.mark.timeout(900)
def test_a_full_house(staffed, clock, root, tour: Tour):
    regime = REGIMES[REGULATION]
    clock.set(datetime.datetime.combine(regime.first, datetime.time(9), CHINA) - datetime.timedelta(days=1))
    facility, accounts = staffed(clock=clock)
    stay = Stay(accounts, clock, regime)
    file = root / "Tests" / "DocumentsTests" / "Fixtures" / regime.roster
    stay.listed = roster.rows(file)
    content = file.read_bytes()
    for row in (stay.listed[1], stay.listed[60]):
        content = content.replace(f",{row['姓名']},{row['性别']},{row['出生日期']}".encode("gb18030"),
                                  f",{LONGEST},{row['性别']},{row['出生日期']}".encode("gb18030"), 1)
        row["姓名"] = LONGEST
    facility.start()
    preparing.plan(stay, REGULATION, content)
    stay.move(0, 10)
    preparing.staff(stay)
    preparing.open_batch(stay)
    stay.move(0, 11)
    preparing.arrive(stay)
    stay.move(0, 20, 15)
    present = [one for one in stay.read("participants", batch=stay.batch)["participants"] if one["place"] == "present"]
    assert len(present) > 90
    nurse = stay.who("nurse")
    with ThreadPoolExecutor(4) as nurses:
        # Two thirds have been seen, some of them are unwell.
        for answer in nurses.map(lambda number: nurse.write("/api/v1/check-ins", {
            "participant": present[number]["id"],
            "readings": calm(temperature=38.6, pulse=112) if number % 20 == 1 else calm(pulse=60 + number % 30),
        }), range(0, len(present) * 2 // 3)):
            assert answer.status_code == 201, answer.text
    for role, pages in LISTS.items():
        # The house lives in the past, the browser does not: for it the certificate is not yet valid.
        lens = tour.lens(facility.ca, role, ignore_https_errors=True)
        tour.sign_in(lens, facility.url, accounts.account(role))
        for page in pages:
            path = page.replace(":batch", stay.batch)
            lens.open(facility.url + path)
            lens.look(page, page.strip("/").replace("/", "-").replace(":", "").split("?")[0] or "start", axe=tour.once(page))
        lens.close()
    assert not tour.faults, f"{len(tour.faults)} faults\n" + "\n".join(tour.faults)


@pytest.mark.timeout(900)
def test_an_empty_house(staffed, tour: Tour):
    """Every page that a role is led to before anybody is there: without a batch, and with one that has no list yet."""
    facility, accounts = staffed()
    facility.start()
    with facility.client() as client:
        patterns = Patterns(client.read("/openapi.json")["x-pages"])
    visit(tour, facility, accounts, patterns, "without")
    first = datetime.date.today()
    planned = accounts.client("organizer").write("/api/v1/batches", {
        "number": "第1批", "regulation": REGULATION, "organizer": "退役军人事务局", "host": "疗养中心", "venue": "疗养中心",
        "firstDay": str(first), "lastDay": str(first + datetime.timedelta(days=6)), "planned": 40})
    assert planned.status_code == 201, planned.text
    visit(tour, facility, accounts, patterns, "unlisted")
    assert not tour.faults, f"{len(tour.faults)} faults\n" + "\n".join(tour.faults)


def visit(tour: Tour, facility, accounts, patterns: Patterns, state: str) -> None:
    for role in ROLES:
        lens = tour.lens(facility.ca, f"{state}-{role}")
        tour.sign_in(lens, facility.url, accounts.account(role))
        tour.walk(lens, facility.url, patterns, "/")
        lens.close()
