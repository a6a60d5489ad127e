"""Every main task by the keyboard alone, with the focus in sight all the way."""

import re

import pytest

from house.checks import recorded
from house.keyboard import Keyboard

STARTS = {
    "medic": ["/rounds", "/arrivals", "/alerts", "/incidents/new", "/me"],
    "lead": ["/board", "/plans", "/outings", "/outings/new", "/batches", "/emergency-list"],
    "admin": ["/accounts", "/system"],
}


@pytest.fixture
def hands(evening, browse):
    """Opens a profile of a role and gives its keyboard; what comes after the login is the role's start page."""

    def sit_down(role: str) -> Keyboard:
        return Keyboard(evening.enter(browse(evening.demo.ca), role))

    return sit_down


def saved(hands: Keyboard) -> bool:
    return "saved=" in hands.page.url


def test_logging_in(evening, browse):
    account = evening.demo.account("medic")
    page = browse(evening.demo.ca).new_page()
    page.goto(f"{evening.demo.url}/login")
    hands = Keyboard(page)
    hands.to("[name=username]").write(account["username"])
    hands.to("[name=password]").write("wrong")
    with page.expect_navigation():
        hands.press("Enter")
    assert page.url.endswith("/login")
    assert page.evaluate("() => document.activeElement.closest('.note, form') !== null"), "a fault takes the focus"
    hands.to("[name=password]").write(account["password"])
    with page.expect_navigation():
        hands.press("Enter")
    page.wait_for_url(lambda address: "/login" not in address)


@pytest.mark.parametrize("role", STARTS)
def test_the_way_past_the_navigation(hands, role):
    hands = hands(role)
    for path in STARTS[role]:
        hands.page.goto(hands.page.url.split("/", 3)[0] + "//" + hands.page.url.split("/")[2] + path)
        first = hands.step()
        assert "main" in hands.page.evaluate("() => document.activeElement.getAttribute('href')"), first
        hands.press("Enter")
        hands.step()
        assert hands.page.evaluate("""() => !document.activeElement || document.activeElement === document.body
          || document.activeElement.closest('main, footer') !== null"""), f"{path}: {hands.stops}"


@pytest.mark.parametrize("role", STARTS)
def test_every_stop_is_in_sight_in_the_order_of_reading(hands, role):
    hands = hands(role)
    origin = re.match(r"https://[^/]+", hands.page.url)[0]
    for path in STARTS[role]:
        hands.page.goto(origin + path)
        for details in hands.page.query_selector_all("main details"):
            details.evaluate("(each) => { each.open = true; }")
        content = [stop for stop in hands.walk() if stop["inMain"]]
        for earlier, later in zip(content, content[1:], strict=False):
            # On a phone there is one column: further down, or in the same line.
            assert later["bottom"] > earlier["top"] - 4, f"{path}: {later['words']} comes after {earlier['words']}"
        assert not hands.page.query_selector("[tabindex]:not([tabindex='0'], [tabindex='-1'])"), path
        if content:
            # Back from the end as well.
            last = [hands.step(back=True) for _ in range(3)]
            assert any(last), f"{path}: no way back into the page"


def test_recording_a_check(evening, hands):
    hands = hands("medic")
    person = evening.person()
    selector = f"a[href*='{person}/check-in']"
    there = hands.page.locator(selector).locator("visible=true")
    if there.count() == 0:
        # Somebody else's, or seen already in this round.
        hands.go("nav a[href='/rounds']")
    while there.count() == 0:
        hands.to("main details:not([open]) > summary")
        hands.press("Enter")
    hands.go(selector)
    for name, value in [("respirationRate", "16"), ("oxygenSaturation", "97")]:
        hands.to(f"[name={name}]").write(value)
    hands.choose("[name=supplementalOxygen]", "false")
    for name, value in [("systolic", "128"), ("diastolic", "78"), ("pulse", "72"), ("temperature", "36.6")]:
        hands.to(f"[name={name}]").write(value)
    hands.choose("[name=consciousness]", "A")
    hands.go("form[action$='/check-in'] button:not([type=button]), button[form]:not([type=button])")
    assert saved(hands) and hands.page.url.split("?")[0].endswith("/rounds")
    assert recorded(evening.stage.lead, person)[-1]["news2"]["total"] == 0


def test_a_reading_out_of_range_is_found_by_the_keyboard(evening, hands):
    hands = hands("medic")
    origin = re.match(r"https://[^/]+", hands.page.url)[0]
    hands.page.goto(f"{origin}/participants/{evening.person()}/check-in")
    hands.to("[name=temperature]").write("366")
    hands.to("form[action$='/check-in'] button:not([type=button]), button[form]:not([type=button])")
    hands.press("Enter")
    # The summary has the focus; its first link leads to the field, which still holds what was typed.
    hands.page.wait_for_function("() => document.activeElement?.id === 'faults'")
    hands.step()
    hands.press("Enter")
    assert hands.page.evaluate("() => [document.activeElement.name, document.activeElement.value]") == ["temperature", "366"]


def test_registering_an_arrival(evening, hands):
    newcomer = evening.newcomer("键盘来")
    hands = hands("staff")
    hands.to("[type=search]").write("键盘来")
    with hands.page.expect_navigation():
        hands.press("Enter")
    if newcomer not in hands.page.url:
        hands.go(f"a[href^='/participants/{newcomer}']")
    hands.to("[name=room]").write("512")
    hands.go("form[action$='/arrival'] button")
    assert saved(hands)
    assert [one["place"] for one in evening.stage.people(name="键盘来")] == ["present"]


def test_reporting_an_incident(hands, evening):
    hands = hands("staff")
    hands.go("nav a[href='/incidents']")
    if not hands.page.url.endswith("/new"):
        hands.go("a[href='/incidents/new']")
    hands.choose("select[name=kind]", "fall")
    hands.to("[name=place]").write("键盘旁边")
    hands.to("[name=text]").write("起身时滑倒。")
    hands.choose("[name=harm]", "mild")
    hands.choose("[name=grade]", "IV")
    hands.go("form[action='/incidents/new'] button:not([type=button]), button[form]:not([type=button])")
    assert saved(hands)
    told = evening.stage.lead.read("/api/v1/incidents", batch=evening.stage.batch)["incidents"]
    assert any(one["place"] == "键盘旁边" for one in told)


def test_answering_an_alert(hands, evening):
    hands = hands("lead")
    hands.go("nav a[href='/alerts']")
    open_before = {one["id"] for one in evening.stage.lead.read("/api/v1/alerts", batch=evening.stage.batch, state="open")["alerts"]}
    hands.to("form[action$='/acknowledge'] button")
    [alert] = re.findall(r"/alerts/([0-9a-f-]+)/", hands.page.evaluate("() => document.activeElement.form.action"))
    with hands.page.expect_navigation():
        hands.press("Space")
    still = {one["id"] for one in evening.stage.lead.read("/api/v1/alerts", batch=evening.stage.batch, state="open")["alerts"]}
    assert alert in open_before and alert not in still


def test_counting_heads_on_an_outing(hands, evening):
    hands = hands("staff")
    origin = re.match(r"https://[^/]+", hands.page.url)[0]
    hands.page.goto(f"{origin}/outings/{evening.made['outing']}")
    hands.go("a[href$='/headcounts']")
    hands.to("[name=counted]").write("3")
    hands.choose("[name^='of:']", "missing")
    hands.go("form[action$='/headcounts'] button:not([type=button]), button[form]:not([type=button])")
    assert saved(hands)
    hands.go("a[href$='/headcounts']")
    hands.to("[name=counted]").write("4")
    hands.go("form[action$='/headcounts'] button:not([type=button]), button[form]:not([type=button])")
    assert saved(hands)


def test_a_step_of_a_plan(hands, evening):
    hands = hands("lead")
    origin = re.match(r"https://[^/]+", hands.page.url)[0]
    hands.page.goto(f"{origin}/activations/{evening.made['activation']}")
    step = "form[action$='/steps/1/done'] button"
    hands.go(step)
    assert hands.page.locator(step).count() == 0, "the step is done"


def test_settling_a_point_of_a_gate(hands, evening):
    hands = hands("lead")
    hands.page.goto(re.match(r"https://[^/]+", hands.page.url)[0] + "/batches")
    hands.go(f"a[href^='/batches/{evening.made['plannedBatch']}']")
    hands.go("a[href$='/gates/open']")
    asked = "main a[href*='/facts/venue_bureau_contact']"
    hands.go(asked)
    fields = hands.page.locator("main form input:not([type=hidden]):visible").evaluate_all(
        "(all) => all.filter((one) => one.type === 'text' || one.type === 'tel').map((one) => one.name)")
    for name in fields:
        hands.to(f"[name='{name}']").write("14000000100" if name == "number" else "值班室")
    hands.go("main form button:not([type=button]), button[form]:not([type=button])")
    assert saved(hands), hands.page.inner_text("main")
    assert hands.page.url.split("?")[0].endswith("/gates/open"), "back to the gate"
