"""The main task of every role with a phone in the hand, at a tablet, and at a large screen; from the start page in as
many taps as somebody standing and tired has patience for."""

import pytest

from house.browser import DUTY_ROOM, PHONE
from house.hand import Hand

TABLET = {"width": 820, "height": 1180}
# What frequent work may take from the start page to where one writes or is done.
FREQUENT = 3
CALM = {"respirationRate": "16", "oxygenSaturation": "97", "systolic": "128", "diastolic": "78", "pulse": "72", "temperature": "36.6"}


@pytest.fixture(params=[PHONE, TABLET, DUTY_ROOM], ids=["phone", "tablet", "wall"])
def hand(request, evening, browse):
    """Logs a role in at one of the sizes and leaves it on its start page."""
    size = request.param

    def enter(role: str) -> Hand:
        touching = {"has_touch": True, "is_mobile": True} if size is PHONE else {}
        return Hand(evening.enter(browse(evening.demo.ca, viewport=size, **touching), role))

    return enter


def test_a_nurse_checks_somebody(evening, hand):
    nurse, person = hand("medic"), evening.person()
    form = f"main a[href*='/participants/{person}/check-in']"
    if not nurse.sees(form):
        nurse.follow("a[href='/rounds']") if nurse.sees("nav a[href='/rounds']:not([aria-current])") else None
    if not nurse.sees(form):
        nurse.tap("main details:not([open]) > summary")
    nurse.follow(form)
    assert nurse.taps <= FREQUENT
    nurse.write(**CALM).choose(supplementalOxygen="false", consciousness="A").send("/check-in")
    assert nurse.saved
    assert nurse.page.locator(f"a[href*='{person}']").count() > 0, "who was checked stands on the list as such"


def test_a_nurse_records_that_a_check_could_not_be_made(evening, hand):
    nurse, person = hand("medic"), evening.person()
    nurse.page.goto(f"{evening.demo.url}/participants/{person}/check-in")
    nurse.tap("main summary").choose(reason="asleep").send("/not-done")
    assert nurse.saved


def test_reception_registers_an_arrival(evening, hand, request):
    name = "新" + {"phone": "手机", "tablet": "平板", "wall": "大屏"}[request.node.callspec.id]
    newcomer = evening.newcomer(name)
    reception = hand("staff")
    person = f"main a[href^='/participants/{newcomer}']"
    reception.follow("a[href='/arrivals']", person)
    assert reception.taps <= FREQUENT
    reception.write(room="512").send("/arrival")
    assert reception.saved
    assert [one["place"] for one in evening.stage.people(name=name)] == ["present"]


def test_an_escort_counts_heads(evening, hand):
    escort = hand("escort")
    outing = f"main a[href^='/outings/{evening.made['outing']}']"
    escort.follow("nav a[href='/arrivals']", "main a[href='/outings']", outing)
    escort.follow(f"a[href='/outings/{evening.made['outing']}/headcounts']")
    # The way through the list of outings is one more.
    assert escort.taps <= FREQUENT + 1
    escort.write(counted="4").send("/headcounts")
    assert escort.saved


def test_an_escort_reports_an_incident(evening, hand):
    escort = hand("escort")
    escort.follow("nav a[href='/incidents'], nav a[href='/incidents/new']", "a[href='/incidents/new']")
    assert escort.taps <= FREQUENT
    escort.choose(kind="fall").write(place="楼梯口", text="下楼时滑倒。").choose(harm="mild", grade="IV").send("/incidents/new")
    assert escort.saved


def test_the_duty_lead_answers_an_alert(evening, hand):
    person = evening.person()
    said = evening.stage.medic.write("/api/v1/check-ins", {
        "participant": person, "symptoms": [], "readings": {
            "respirationRate": 16, "oxygenSaturation": 97, "supplementalOxygen": False, "systolic": 128, "diastolic": 78,
            "pulse": 72, "consciousness": "A", "temperature": 38.4}})
    assert said.status_code == 201, said.text
    [alert] = [one["id"] for one in evening.stage.lead.read(
        "/api/v1/alerts", batch=evening.stage.batch, state="open")["alerts"] if one["participant"] == person]
    lead = hand("lead")
    answer = f"form[action$='/alerts/{alert}/acknowledge'] button"
    if not lead.sees(answer):
        lead.follow("nav a[href='/alerts'], header a[href='/alerts'], main a[href='/alerts']")
    with lead.page.expect_navigation():
        lead.tap(answer)
    assert lead.taps <= FREQUENT
    still = evening.stage.lead.read("/api/v1/alerts", batch=evening.stage.batch, state="open")["alerts"]
    assert alert not in [one["id"] for one in still]


def test_the_organizer_records_what_a_gate_asks_for(evening, hand):
    organizer = hand("organizer")
    batch = f"/batches/{evening.made['plannedBatch']}"
    organizer.follow("nav a[href='/batches']", f"main a[href^='{batch}']", f"main a[href='{batch}/gates/open']")
    organizer.follow(f"main a[href^='{batch}/facts/venue_area']")
    organizer.choose(value=organizer.page.locator("select[name=value] option").nth(2).get_attribute("value"))
    organizer.send("/facts/venue_area")
    assert organizer.saved and organizer.page.url.split("?")[0].endswith("/gates/open"), organizer.page.url


def test_the_administrator_makes_an_account(evening, hand, request):
    admin = hand("admin")
    username = "new-" + request.node.callspec.id
    admin.follow("nav a[href='/system'], nav a[href='/me']", "a[href='/accounts']")
    assert admin.taps <= FREQUENT
    admin.write(username=username, name="新同事", password="一条长长的口令 correct horse").choose(role="escort").send("/accounts")
    told = evening.demo.client("admin").read("/api/v1/accounts")["accounts"]
    assert [one["role"] for one in told if one["username"] == username] == ["escort"]


# Everything that somebody across the room reads.
WALL = """() => {
  const small = [];
  for (const el of document.querySelectorAll("body *")) {
    const own = [...el.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !el.checkVisibility({ checkVisibilityCSS: true }) || el.closest("svg, script, .vh, .skip, #stale, [hidden]")) continue;
    const size = parseFloat(getComputedStyle(el).fontSize);
    if (size < 28) small.push(`${size} px: ${el.textContent.trim().slice(0, 30)}`);
  }
  return small;
}"""


def test_the_board_is_read_from_across_the_room(evening, browse):
    page = evening.enter(browse(evening.demo.ca, viewport=DUTY_ROOM), "lead")
    page.goto(f"{evening.demo.url}/board")
    assert page.evaluate(WALL) == []
    assert page.evaluate("() => document.documentElement.scrollHeight <= innerHeight + 1"), "nobody scrolls a wall"
