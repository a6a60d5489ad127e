"""Entries that wait and are refused, where something else goes wrong at the same time."""

import time

import pytest
from playwright.sync_api import expect

from house.checks import fill, recorded, save
from house.door import log_in

# The scripts' clock as the test sets it: `shift` milliseconds off.
WRONG_CLOCK = """{
  const True = Date, shift = () => Number(localStorage.getItem("shift") ?? -10800000);
  globalThis.Date = class extends True {
    constructor(...given) { given.length ? super(...given) : super(True.now() + shift()); }
    static now() { return True.now() + shift(); }
  };
}"""
KEPT = """async () => {
  const opened = await new Promise((done) => { const asked = indexedDB.open("sanatorium"); asked.onsuccess = () => done(asked.result); });
  const all = (name) => new Promise((done) => {
    const asked = opened.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => done(asked.result);
  });
  const found = { entries: await all("entries"), drafts: (await all("drafts")).filter((each) => each.fields) };
  opened.close();
  return found;
}"""


def now() -> int:
    return int(time.time() * 1000)


def test_a_second_tap_on_what_waits_is_no_second_entry(resident, device):
    daemon, people = resident()
    daemon.start()
    # Such a device has no worker, and this page no other to go to: the form stays in sight.
    phone = device(daemon, trusting=False).log_in(people.account("medic"))
    person, begun = people.present()[0], now()
    phone.open(f"/participants/{person}/check-in")
    phone.page.evaluate("async () => { for (const name of await caches.keys()) await caches.delete(name); }")
    fill(phone.page)
    daemon.kill()
    save(phone.page)
    phone.says("待同步 1")
    if phone.page.url.endswith("/check-in"):
        save(phone.page)
        phone.page.wait_for_timeout(1000)
    assert len(phone.page.evaluate(KEPT)["entries"]) == 1
    daemon.start()
    phone.says("", seconds=60)
    assert len(recorded(people.client("lead"), person, begun)) == 1


def test_a_correction_that_is_refused_again_is_not_lost_and_keeps_its_time(ward):
    daemon, people, phone = ward
    person, page = people.present()[1], phone.page
    phone.open(f"/participants/{person}/check-in")
    phone.lose_network()
    fill(page, temperature="366")
    at = now()
    save(page)
    phone.says("待同步 1")
    phone.find_network()
    phone.says("没收下 1")
    phone.open("/unsent")
    page.locator("[data-unsent=mend]").click()
    page.wait_for_url("**/check-in*")
    page.wait_for_function("() => document.querySelector('[name=temperature]').value === '366'")
    page.fill("[name=temperature]", "367")
    save(page)
    page.wait_for_selector("#faults")
    [kept] = page.evaluate(KEPT)["entries"]
    assert kept["state"] == "refused" and "temperature=367" in kept["fields"] and abs(kept["occurredAt"] - at) < 20_000
    time.sleep(2)
    page.fill("[name=temperature]", "36.7")
    save(page)
    phone.says("")
    [check] = recorded(people.client("lead"), person, at - 20_000)
    assert check["readings"]["temperature"] == 36.7 and abs(check["occurredAt"] - kept["occurredAt"]) < 3000
    assert page.evaluate(KEPT)["entries"] == []


def test_a_form_that_is_refused_in_sight_survives_the_phone_letting_go_of_it(ward):
    daemon, people, phone = ward
    person, page = people.present()[2], phone.page
    phone.open(f"/participants/{person}/check-in")
    fill(page, temperature="366")
    save(page)
    page.wait_for_selector("#faults")
    page.wait_for_timeout(1000)
    [draft] = page.evaluate(KEPT)["drafts"]
    assert "temperature=366" in draft["fields"]
    phone.restart().open(f"/participants/{person}/check-in")
    expect(phone.page.locator("[name=temperature]")).to_have_value("366")
    # What is put back is scored as if it were typed.
    expect(phone.page.locator("#a-score")).not_to_contain_text("未测")


def test_a_form_of_one_waits_for_them_where_another_has_logged_in_beside(ward):
    daemon, people, phone = ward
    person, page, begun = people.present()[3], phone.page, now()
    phone.open(f"/participants/{person}/check-in")
    fill(page, pulse="83")
    other = phone.another_tab()
    other.goto(f"{daemon.url}/me")
    other.locator("form[action='/logout'] button").first.click()
    other.wait_for_selector("[name=password]")
    log_in(other, people.account("nurse"))
    save(page)
    page.wait_for_load_state()
    for _ in range(50):
        if entries := other.evaluate(KEPT)["entries"]:
            break
        other.wait_for_timeout(100)
    assert len(entries) == 1 and "pulse=83" in entries[0]["fields"]
    lead = people.client("lead")
    assert recorded(lead, person, begun) == []
    other.goto(f"{daemon.url}/me")
    other.locator("form[action='/logout'] button").first.click()
    other.wait_for_selector("[name=password]")
    log_in(other, people.account("medic"))
    for _ in range(100):
        if found := recorded(lead, person, begun - 60_000):
            break
        other.wait_for_timeout(200)
    assert [one["readings"]["pulse"] for one in found] == [83]


@pytest.mark.parametrize("way", ["sent", "file"])
def test_a_clock_that_is_set_right_before_sending_moves_no_entry(resident, device, way, tmp_path):
    daemon, people = resident()
    daemon.start()
    phone = device(daemon, init=WRONG_CLOCK).log_in(people.account("medic")).await_copy()
    person, page = people.present()[4], phone.page
    phone.open("/rounds")
    page.wait_for_function("() => localStorage.getItem('clock') !== null")
    phone.lose_network()
    phone.open(f"/participants/{person}/check-in")
    fill(page)
    at = now()
    save(page)
    phone.says("待同步 1")
    # With the network comes the right time, before the entry goes out.
    page.evaluate("() => localStorage.setItem('shift', '0')")
    if way == "file":
        phone.open("/unsent")
        with page.expect_download() as coming:
            page.click("[data-unsent=file]")
        coming.value.save_as(tmp_path / "unsent.json")
        desk = device(daemon).log_in(people.account("medic")).open("/unsent").page
        desk.click("summary:has-text('存下的文件')")
        desk.set_input_files("[name=file]", tmp_path / "unsent.json")
        desk.click("form[action='/unsent/file'] button")
        expect(desk.locator("main")).to_contain_text("收下 1 条")
    else:
        phone.find_network()
        phone.says("", seconds=60)
    [check] = recorded(people.client("lead"), person, at - 60_000)
    assert abs(check["occurredAt"] - at) < 30_000


@pytest.mark.parametrize("trusting", [True, False], ids=["trusted", "not-trusted"])
def test_what_somebody_waits_for_is_never_sent_later(resident, device, trusting):
    daemon, people = resident()
    daemon.start()
    lead = people.client("lead")
    [alert, *_] = lead.read("/api/v1/alerts", state="open")["alerts"]
    phone = device(daemon, trusting=trusting).log_in(people.account("lead")).open("/alerts")
    answer = f"form[action='/alerts/{alert['id']}/acknowledge'] button"
    phone.page.wait_for_selector(answer)
    daemon.kill()
    phone.page.locator(answer).first.evaluate("(button) => button.click()")
    expect(phone.page.locator(".toast").last).to_contain_text("马上打电话", timeout=15_000)
    assert phone.page.evaluate(KEPT)["entries"] == []
    daemon.start()
    phone.page.wait_for_timeout(4000)
    still = people.client("lead").read("/api/v1/alerts", state="open")["alerts"]
    assert alert["id"] in [one["id"] for one in still], "nobody has answered it"


def test_what_was_refused_and_somebody_waits_for_is_pressed_anew(ward):
    daemon, people, phone = ward
    [alert, *_] = people.client("lead").read("/api/v1/alerts", state="open")["alerts"]
    page = phone.open("/unsent").page
    path, refused = f"/alerts/{alert['id']}/acknowledge", now() - 600_000
    page.evaluate("""async ([path, at]) => {
      const author = /__Host-account=([^;]+)/.exec(document.cookie)[1];
      const database = await new Promise((done) => { const asked = indexedDB.open("sanatorium", 1); asked.onsuccess = () => done(asked.result); });
      await new Promise((done) => {
        const writing = database.transaction("entries", "readwrite");
        writing.objectStore("entries").put({ id: crypto.randomUUID(), author, name: "", path, fields: "", occurredAt: at, title: "应答",
          page: path.replace("/acknowledge", ""), state: "refused", reason: "太晚" });
        writing.oncomplete = done;
      });
    }""", [path, refused])
    page.click("#unsent [data-unsent=mend]")
    page.wait_for_url(f"**/alerts/{alert['id']}")
    page.wait_for_selector(f"form[action='{path}'][data-mends]")
    page.locator(f"form[action='{path}'] button").first.click()
    phone.says("", seconds=30)
    [answered] = [one for one in people.client("lead").read("/api/v1/alerts", state="acknowledged")["alerts"] if one["id"] == alert["id"]]
    assert answered["acknowledgedAt"] > refused + 500_000, "when it was pressed, not when it was pressed in vain"


def test_what_comes_late_all_the_same_is_refused(ward):
    daemon, people, phone = ward
    lead = people.client("lead")
    [alert, *_] = lead.read("/api/v1/alerts", state="open")["alerts"]
    late = {"Sent-By": "queue", "Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded",
            "Occurred-At": str(now() - 180_000), "Sent-At": str(now())}
    said = lead.post(f"/alerts/{alert['id']}/acknowledge", content="", headers=late)
    assert said.status_code == 409 and "3 分钟前" in said.json()["detail"], said.text
    assert alert["id"] in [one["id"] for one in lead.read("/api/v1/alerts", state="open")["alerts"]]
