"""What people and browsers do to forms: two taps, two tabs, back, a session or a server that ends in between, a wrong
clock, no scripts. What was typed is recorded once, or is still there."""

import re
import time

import pytest
from playwright.sync_api import expect

from house.browser import PHONE
from house.checks import fill, recorded, save
from house.readings import calm

AGE = re.compile(r'data-clock="age"[^>]*>([^<]*)<')


def form_of(evening, context, person: str):
    page = evening.enter(context, "medic")
    page.goto(f"{evening.demo.url}/participants/{person}/check-in")
    return page


def now(evening) -> int:
    return int(evening.stage.clock.now().timestamp() * 1000)


def checks(evening, person: str, begun: int) -> list[dict]:
    return recorded(evening.stage.lead, person, begun)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_two_taps_record_once(evening, browse, scripts):
    person, begun = evening.person(), now(evening)
    page = form_of(evening, browse(evening.demo.ca, java_script_enabled=scripts), person)
    fill(page)
    button = page.locator("form[action$='/check-in'] button:not([type=button]), button[form]:not([type=button])").locator("visible=true").first
    box = button.bounding_box()
    page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    # The second sending takes the place of the first while that is answered.
    for _ in range(50):
        if "/rounds" in page.url:
            break
        page.wait_for_timeout(200)
    page.wait_for_timeout(1000)
    assert "/rounds" in page.url and len(checks(evening, person, begun)) == 1


def test_back_after_saving_records_nothing_twice(evening, browse):
    person, begun = evening.person(), now(evening)
    page = form_of(evening, browse(evening.demo.ca), person)
    fill(page)
    save(page)
    page.wait_for_url("**/rounds*")
    page.go_back()
    page.wait_for_url("**/check-in*")
    page.wait_for_load_state()
    # Either the form is empty in every part, or sending it again is the same sending.
    if page.input_value("[name=respirationRate]"):
        save(page)
        page.wait_for_timeout(2000)
    else:
        assert page.locator("[name=consciousness]:checked").count() == 0
    assert len(checks(evening, person, begun)) == 1


def test_reloading_what_was_saved_records_nothing_twice(evening, browse):
    person, begun = evening.person(), now(evening)
    page = form_of(evening, browse(evening.demo.ca, java_script_enabled=False), person)
    fill(page)
    save(page)
    page.wait_for_url("**/rounds*")
    page.reload()
    assert len(checks(evening, person, begun)) == 1


def test_two_tabs_answer_one_alert(evening, browse):
    person = evening.person()
    said = evening.stage.medic.write("/api/v1/check-ins", {"participant": person, "readings": calm(temperature=38.4)})
    assert said.status_code == 201
    [alert] = [one["id"] for one in evening.stage.lead.read(
        "/api/v1/alerts", batch=evening.stage.batch, state="open")["alerts"] if one["participant"] == person]
    profile = browse(evening.demo.ca)
    one = evening.enter(profile, "lead")
    other = profile.new_page()
    answer = f"form[action$='/alerts/{alert}/acknowledge'] button"
    for tab in (one, other):
        tab.goto(f"{evening.demo.url}/alerts")
    one.locator(answer).first.click()
    one.wait_for_url("**saved=*")
    # The other tab may have learned of it already and has no such button, or loses it this very moment: one step looks and presses.
    other.evaluate("(answer) => document.querySelector(answer)?.click()", answer)
    other.wait_for_timeout(1000)
    other.wait_for_load_state()
    words = other.inner_text("main")
    assert words and "500" not in words and other.locator("h1").count() == 1


def test_two_tabs_of_one_arrival(evening, browse):
    newcomer = evening.newcomer("两页来")
    profile = browse(evening.demo.ca)
    one = evening.enter(profile, "staff")
    other = profile.new_page()
    for tab, room in [(one, "512"), (other, "513")]:
        tab.goto(f"{evening.demo.url}/participants/{newcomer}")
        tab.fill("[name=room]", room)
    one.locator("form[action$='/arrival'] button").first.click()
    one.wait_for_url("**saved=*")
    other.locator("form[action$='/arrival'] button").first.click()
    # The second is told why not, and changes nothing.
    expect(other.locator("#top, main").filter(has_text="已经")).not_to_have_count(0)
    assert "saved=" not in other.url
    assert [person["room"] for person in evening.stage.people(name="两页来")] == ["512"]


def test_two_tabs_have_forms_of_their_own(evening, browse):
    people, begun = [evening.person(), evening.person()], now(evening)
    profile = browse(evening.demo.ca)
    tabs = [form_of(evening, profile, people[0])]
    tabs.append(profile.new_page())
    tabs[1].goto(f"{evening.demo.url}/participants/{people[1]}/check-in")
    for tab, pulse in zip(tabs, ("71", "72"), strict=True):
        fill(tab, pulse=pulse)
    for tab in reversed(tabs):
        save(tab)
        tab.wait_for_url("**/rounds*")
    pulses = [[one["readings"]["pulse"] for one in checks(evening, person, begun)] for person in people]
    assert pulses == [[71], [72]]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_session_that_ends_in_the_middle_of_a_form(evening, browse, scripts):
    person, begun = evening.person(), now(evening)
    profile = browse(evening.demo.ca, java_script_enabled=scripts)
    page = form_of(evening, profile, person)
    fill(page, pulse="73")
    cookies = [one for one in profile.cookies() if one["name"] == "__Host-session"]
    profile.add_cookies([{**cookies[0], "value": "0" * 43}])
    save(page)
    account = evening.demo.account("medic")
    if scripts:
        page.locator("#net a[href*='/login']").click()
        desk = page
    else:
        # The page holds what was typed; one logs in beside it.
        with profile.expect_page() as beside:
            page.click("main a[href*='/login']")
        desk = beside.value
    desk.wait_for_selector("[name=password]")
    desk.fill("[name=username]", account["username"])
    desk.fill("[name=password]", account["password"])
    desk.click("main button")
    desk.wait_for_selector("[name=password]", state="detached")
    if not scripts:
        page.locator("main form button").last.click()
        page.wait_for_load_state()
    # It has been sent by itself, or the form stands there as it was typed.
    for _ in range(40):
        if checks(evening, person, begun):
            break
        if page.locator("[name=pulse]").count() and page.input_value("[name=pulse]") == "73":
            save(page)
        page.wait_for_timeout(250)
    assert [one["readings"]["pulse"] for one in checks(evening, person, begun)] == [73]


def test_a_server_that_is_restarted_in_the_middle_of_a_form(resident, browse):
    daemon, people = resident()
    daemon.start()
    page = browse(daemon.ca).new_page()
    account = people.account("medic")
    page.goto(f"{daemon.url}/login")
    page.fill("[name=username]", account["username"])
    page.fill("[name=password]", account["password"])
    page.click("main button")
    page.wait_for_url(lambda address: "/login" not in address)
    person, begun = people.present()[0], int(time.time() * 1000)
    page.goto(f"{daemon.url}/participants/{person}/check-in")
    fill(page)
    daemon.restart()
    save(page)
    page.wait_for_url("**/rounds*")
    assert len(recorded(people.client("lead"), person, begun)) == 1


@pytest.mark.parametrize("hours", [24, -24])
def test_a_device_whose_clock_is_wrong_by_a_day(resident, browse, hours):
    daemon, people = resident()
    daemon.start()
    profile = browse(daemon.ca, viewport=PHONE)
    # The scripts' clock, as a phone's that was set wrong.
    profile.add_init_script(f"""{{
      const True = Date, wrong = {hours} * 3600000;
      globalThis.Date = class extends True {{
        constructor(...given) {{ given.length ? super(...given) : super(True.now() + wrong); }}
        static now() {{ return True.now() + wrong; }}
      }};
    }}""")
    page = profile.new_page()
    account = people.account("medic")
    page.goto(f"{daemon.url}/login")
    page.fill("[name=username]", account["username"])
    page.fill("[name=password]", account["password"])
    page.click("main button")
    page.wait_for_url(lambda address: "/login" not in address)
    person, begun = people.present()[0], int(time.time() * 1000)
    page.goto(f"{daemon.url}/participants/{person}/check-in")
    fill(page)
    save(page)
    page.wait_for_url("**/rounds*")
    lead = people.client("lead")
    [check] = recorded(lead, person, begun - 25 * 3_600_000)[-1:]
    assert abs(check["recordedAt"] - begun) < 60_000, "the house's own clock says when it was recorded"
    assert abs(check["occurredAt"] - begun) < 60_000, "the device's clock is wrong, and the house knows by how much"
    # Ages on the board are by the house's clock: as the server wrote them, give or take the minute.
    for _ in range(10):
        written = AGE.findall(people.client("medic").get("/board", headers={"Accept": "text/html"}).text)
        page.goto(f"{daemon.url}/board")
        page.wait_for_timeout(1500)
        shown = page.locator("[data-clock=age]").all_inner_texts()
        if written == shown:
            return
    assert shown == written


@pytest.mark.parametrize("task", ["check", "incident", "arrival"])
def test_without_scripts_forms_are_forms(evening, browse, task):
    profile = browse(evening.demo.ca, java_script_enabled=False)
    if task == "check":
        person, begun = evening.person(), now(evening)
        page = form_of(evening, profile, person)
        fill(page)
        save(page)
        page.wait_for_url("**saved=*")
        assert len(checks(evening, person, begun)) == 1
    elif task == "arrival":
        newcomer = evening.newcomer("没脚本")
        page = evening.enter(profile, "staff")
        page.goto(f"{evening.demo.url}/participants/{newcomer}")
        page.locator("form[action$='/arrival'] button").first.click()
        page.wait_for_url("**saved=*")
        assert [one["place"] for one in evening.stage.people(name="没脚本")] == ["present"]
    else:
        page = evening.enter(profile, "staff")
        page.goto(f"{evening.demo.url}/incidents/new")
        page.select_option("[name=kind]", "fall")
        page.fill("[name=place]", "没有脚本的走廊")
        page.fill("[name=text]", "滑倒。")
        page.click("label:has([name=harm][value=mild])")
        page.click("label:has([name=grade][value=IV])")
        page.locator("form[action='/incidents/new'] button:not([type=button]), button[form]:not([type=button])").last.click()
        page.wait_for_url("**saved=*")
