"""The duty room's wall: an alarm covers it by itself and with sound, goes when a named person answers, and a wall that
hears nothing says so."""

import pytest
from playwright.sync_api import expect

from house.browser import DUTY_ROOM
from house.daemon import Demo

GRAVE = {
    "respirationRate": 26, "oxygenSaturation": 90, "supplementalOxygen": True, "systolic": 88, "diastolic": 52,
    "pulse": 132, "consciousness": "V", "temperature": 39.4,
}
# How many tones have begun.
COUNT_TONES = """(() => {
  window.tones = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) { window.tones += 1; return start.apply(this, when); };
})()"""


@pytest.fixture
def house_tonight(programs, tmp_path):
    running = Demo(programs / "sanatoriumd", tmp_path / "demo")
    yield running
    running.stop()


def open_wall(demo, browse):
    page = browse(demo.ca, viewport=DUTY_ROOM).new_page()
    page.add_init_script(COUNT_TONES)
    lead = demo.account("lead")
    page.goto(f"{demo.url}/login")
    page.fill("[name=username]", lead["username"])
    page.fill("[name=password]", lead["password"])
    page.click("main button")
    page.wait_for_url(lambda address: "/login" not in address)
    page.goto(f"{demo.url}/board")
    return page


def record(demo, person: dict) -> None:
    answer = demo.client("medic").write(
        "/api/v1/check-ins", {"participant": person["id"], "readings": GRAVE, "symptoms": []})
    assert answer.status_code == 201, answer.text
    assert answer.json()["news2"]["total"] >= 7


def present(demo) -> list[dict]:
    people = demo.client("medic").read("/api/v1/participants")["participants"]
    return [one for one in people if one["place"] == "present"]


def answer_all(demo) -> None:
    """A named person answers whatever waits."""
    lead = demo.client("lead")
    for alert in lead.read("/api/v1/alerts")["alerts"]:
        if alert["severity"] == "critical":
            assert lead.write(f"/api/v1/alerts/{alert['id']}/acknowledge", {}).is_success


def test_alarm_on_the_wall(house_tonight, browse):
    demo = house_tonight
    answer_all(demo)
    wall = open_wall(demo, browse)
    expect(wall.locator("#alarm")).to_have_count(0)

    # A browser lets nothing sound before it was touched: the wall says so.
    silent = wall.locator("#bar [data-sound]")
    expect(silent).to_contain_text("声音没开")
    wall.mouse.click(4, 600)
    expect(silent).to_contain_text("声音开着")
    assert "ok" in silent.get_attribute("class")

    first, second = present(demo)[:2]
    record(demo, first)
    expect(wall.locator("#alarm h1")).to_have_text(first["name"], timeout=15_000)
    box = wall.locator("#alarm").bounding_box()
    assert (box["width"], box["height"]) == (DUTY_ROOM["width"], DUTY_ROOM["height"])
    expect(wall.locator("#alarm")).to_contain_text("120")
    expect(wall.locator("#alarm [data-sound]")).to_contain_text("声音开着")
    wall.wait_for_function("() => window.tones >= 4", timeout=15_000)
    assert wall.evaluate("document.querySelector('#alarm').scrollHeight <= innerHeight"), "something lies below the edge"

    record(demo, second)
    expect(wall.locator("#alarm")).to_contain_text("1 / ", timeout=15_000)
    answer_all(demo)
    expect(wall.locator("#alarm")).to_have_count(0, timeout=15_000)


def test_wall_without_scripts(demo, browse):
    context = browse(demo.ca, viewport=DUTY_ROOM)
    page = context.new_page()
    html = page.goto(f"{demo.url}/components/wall").text()
    assert '<noscript><meta http-equiv="refresh"' in html
    lead = demo.client("lead").get("/board", headers={"Accept": "text/html"}).text
    assert '<noscript><meta http-equiv="refresh"' in lead


def test_wall_grows_stale(house_tonight, browse):
    demo = house_tonight
    answer_all(demo)
    wall = open_wall(demo, browse)
    expect(wall.locator("#stale")).to_be_hidden()
    demo.stop()
    expect(wall.locator("#stale")).to_be_visible(timeout=45_000)
    box = wall.locator("#stale").bounding_box()
    assert (box["width"], box["height"]) == (DUTY_ROOM["width"], DUTY_ROOM["height"])
    assert int(wall.locator("[data-stale-age]").inner_text().split()[0]) >= 30
