"""Every page at a phone's width and on the wall, in both languages, looked at by the rules that a program can check.

With PICTURES=1 a picture of each stays in .screenshots for eyes. A page that is added later is in the program's own list of pages, and the
walk fails until it has been there."""

import datetime

import pytest

from house import validator
from house.daemon import Demo
from house.forms import send_wrong
from house.look import Lens
from house.stage import Stage
from house.stay import CHINA
from house.tour import FILES, ROLES, Tour
from house.walk import Patterns

ROSTER = "名单,,,\n序号,姓名,性别,出生日期,身份证号\n1,新来人,男,1958-03-04,\n2,写错人,女,1958-13-40,123\n,,,\n"


@pytest.fixture
def house_in_use(programs, tmp_path, clock):
    """A demo at a quarter past eight in the evening of yesterday, so that no picture depends on when it is taken."""
    yesterday = datetime.datetime.now(CHINA) - datetime.timedelta(days=1)
    clock.set(yesterday.replace(hour=20, minute=15, second=0))
    running = Demo(programs / "sanatoriumd", tmp_path / "demo", clock)
    yield running
    running.stop()


def look_at_first_start(tour: Tour, daemon, patterns: Patterns) -> None:
    """Before there is an administrator."""
    fresh = daemon()
    fresh.init()
    fresh.start()
    lens = tour.lens(fresh.ca, "first", scripts=False)
    walk = tour.walk(lens, fresh.url, patterns, "/first")
    send_wrong(lens, fresh.url, patterns, walk.forms, set(), tour.once)


def import_roster(lens: Lens, url: str, batch: str, roster) -> None:
    """The pages that only a file leads to."""
    for name, content in [("wrong", b"PK\x03\x04 no list"), ("good", roster)]:
        lens.open(f"{url}/batches/{batch}/import")
        lens.page.set_input_files("[name=file]", {"name": "名单.csv", "mimeType": "text/csv", "buffer": content})
        with lens.page.expect_navigation():
            lens.page.click("main form button")
        lens.look("POST /batches/:batch/import/check", f"import-{name}")
    with lens.page.expect_navigation():
        lens.page.click("main form button")
    lens.look("POST /batches/:batch/import", "import-done")


# Hundreds of pages in a real browser.
@pytest.mark.timeout(1500)
def test_every_page(house_in_use, clock, daemon, tour):
    demo = house_in_use
    with demo.client() as client:
        patterns = Patterns(client.read("/openapi.json")["x-pages"])
    stage = Stage(demo, clock)
    made = stage.furnish()
    nobody = tour.lens(demo.ca, "nobody")
    invitation, coming = invite_devices(demo)
    tour.walk(nobody, demo.url, patterns, "/login", "/trust", "/trust?enrolled=wall", coming)
    nobody.open(f"{demo.url}/nowhere", 404)
    nobody.look("404", "not-found")
    # In both languages at once: it is kept for everybody.
    nobody.open(f"{demo.url}/away")
    nobody.look("/away", "away")
    patterns.seen.add("/away")

    staff = tour.lens(demo.ca, "staff")
    tour.sign_in(staff, demo.url, demo.account("staff"))
    import_roster(staff, demo.url, stage.batch, ROSTER.encode("gb18030"))
    [new] = [one["id"] for one in stage.people(place="not-arrived", admission="expected")]
    starts = {
        "lead": ["/board", "/activations", f"/alerts/{made['alert']}", f"/participants/{new}", f"/participants/{new}/facts",
                 f"/participants/{made['away']}", f"/outings/{made['outing']}", f"/outings/{made['planned']}",
                 f"/batches/{made['plannedBatch']}", invitation,
                 f"/participants/{stage.people(place='present', admission='admitted')[0]['id']}/room"],
        "medic": [f"/participants/{made['ill']}/check-in/result"],
        "organizer": [f"/batches/{made['plannedBatch']}"],
    }
    forms: dict[str, dict[str, str]] = {}
    for role in ROLES:
        lens = staff if role == "staff" else tour.lens(demo.ca, role)
        if role != "staff":
            tour.sign_in(lens, demo.url, demo.account(role))
        forms[role] = tour.walk(lens, demo.url, patterns, "/", *starts.get(role, [])).forms
        lens.open(f"{demo.url}/nowhere", 404)
        lens.look("404", "not-found")
        if role != "admin":
            lens.open(f"{demo.url}/accounts", 403)
            lens.look("403", "forbidden")
        lens.close()
    for role in ROLES:
        # Without scripts: the forms are drawn, sent and refused all the same.
        lens = tour.lens(demo.ca, f"{role}-plain", scripts=False)
        tour.sign_in(lens, demo.url, demo.account(role))
        send_wrong(lens, demo.url, patterns, forms[role], tour.sent, tour.once)
        lens.close()

    end_of_stay(tour, demo, stage, clock, patterns, made)
    look_at_organizer(tour, demo)
    look_at_first_start(tour, daemon, patterns)
    tour.faults += validator.faults(tour.pictures / "html")
    tour.faults += [f"never seen: {one}" for one in sorted(set(patterns.listed) - patterns.seen - FILES)]
    assert not tour.faults, f"{len(tour.faults)} faults\n" + "\n".join(tour.faults)


def invite_devices(demo: Demo) -> tuple[str, str]:
    """A device that is enrolled; the page of another one's invitation, and the page that it opens."""
    lead = demo.client("lead")
    first, second = (
        lead.write("/api/v1/devices/invitations", {"name": name, "kind": "tablet"}).json() for name in ("护士站平板", "二楼平板"))
    with demo.client() as tablet:
        assert tablet.post(first["address"]).status_code == 303
    return f"/devices/invitations/{second['id']}", second["address"].removeprefix(demo.url)


def end_of_stay(tour: Tour, demo: Demo, stage: Stage, clock, patterns: Patterns, made: dict[str, str]) -> None:
    """The pages of a batch that is over: closed, and reported."""
    clock.advance(days=3, hours=-10)
    stage.end(made)
    lens = tour.lens(demo.ca, "lead-closed")
    tour.sign_in(lens, demo.url, demo.account("lead"))
    tour.walk(lens, demo.url, patterns, f"/batches/{stage.batch}")
    report = stage.report()
    lens = tour.lens(demo.ca, "lead-reported")
    tour.sign_in(lens, demo.url, demo.account("lead"))
    tour.walk(lens, demo.url, patterns, "/batches", f"/reports/{report}")


def look_at_organizer(tour: Tour, demo: Demo) -> None:
    url = demo.organizer["url"]
    patterns = Patterns(demo.organizer_client().read("/openapi.json")["x-pages"])
    lens = tour.lens(demo.organizer["ca"], "department")
    tour.walk(lens, url, patterns, "/login")
    tour.sign_in(lens, url, demo.organizer["accounts"][0])
    forms = tour.walk(lens, url, patterns, "/").forms
    lens.open(f"{url}/nowhere", 404)
    lens.look("404", "not-found")
    plain = tour.lens(demo.organizer["ca"], "department-plain", scripts=False)
    tour.sign_in(plain, url, demo.organizer["accounts"][0])
    send_wrong(plain, url, patterns, forms, tour.sent, tour.once)
    tour.faults += [f"never seen at the organizer's: {one}" for one in sorted(set(patterns.listed) - patterns.seen - FILES)]
