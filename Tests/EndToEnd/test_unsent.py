"""What waits on a device: whose it is, what is refused, how it gets out of a device that is broken."""

import json
import time
import uuid

import pytest
from playwright.sync_api import expect

from house.checks import FIELDS, fill, recorded, save

# Writes entries as the pages' script does.
ENTER = """async (entries) => {
  const opened = await new Promise((done, fail) => {
    const request = indexedDB.open("sanatorium");
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  const author = /(?:^|; )__Host-account=([^;]+)/.exec(document.cookie)[1];
  const transaction = opened.transaction("entries", "readwrite");
  for (const entry of entries) transaction.objectStore("entries").put({ ...entry, author, name: "何一鸣", state: "waiting" });
  await new Promise((done, fail) => { transaction.oncomplete = done; transaction.onabort = () => fail(transaction.error); });
  opened.close();
}"""


def entry(person: str, at: int, fields: str = FIELDS) -> dict:
    return {
        "id": str(uuid.uuid4()), "path": f"/participants/{person}/check-in", "fields": fields, "occurredAt": at,
        "title": "查体·保存检查", "page": f"/participants/{person}/check-in",
    }


def test_of_two_hundred_three_are_refused_and_stop_no_other(ward):
    daemon, people, phone = ward
    now = int(time.time() * 1000)
    everybody = people.present()
    phone.lose_network()
    phone.open("/rounds")
    entries = [entry(everybody[number % len(everybody)], now - 200 + number) for number in range(200)]
    entries[0]["fields"] = FIELDS.replace("temperature=36.6", "temperature=366")
    entries[99] = entry("6f0e5a5e-8f0d-4f0a-9c43-1f2d3c4b5a69", now - 101)
    entries[199]["fields"] = FIELDS + "&unheard-of=1"
    phone.page.evaluate(ENTER, entries)
    phone.says("待同步 200")
    phone.find_network()
    phone.says("没收下 3", seconds=90)
    phone.page.wait_for_function("() => !document.getElementById('net').innerText.includes('待同步')", timeout=90_000)
    lead = people.client("lead")
    assert sum(len(recorded(lead, person, now - 1000)) for person in everybody) == 197
    phone.open("/unsent")
    phone.page.locator("#unsent li").first.wait_for()
    told = phone.page.locator("#unsent li").all_inner_texts()
    assert len(told) == 3 and any("36.6 吗" in one for one in told), told
    assert all("没收下：" in one and len(one.split("没收下：")[1].strip()) > 3 for one in told), "each with its reason"
    # One is corrected and sent, one is thrown away.
    phone.page.locator("#unsent li:has-text('36.6 吗') [data-unsent=mend]").click()
    phone.page.wait_for_url("**/check-in*")
    phone.page.wait_for_function("() => document.querySelector('[name=temperature]').value === '366'")
    phone.page.fill("[name=temperature]", "36.6")
    save(phone.page)
    phone.says("没收下 2")
    assert sum(len(recorded(lead, person, now - 1000)) for person in everybody) == 198
    phone.open("/unsent")
    phone.page.locator("[data-unsent=discard]").first.click()
    phone.page.locator("dialog button.danger").click()
    phone.says("没收下 1")


def test_two_people_on_one_tablet(ward):
    daemon, people, tablet = ward
    person = people.present()[0]
    now = int(time.time() * 1000)
    tablet.lose_network()
    tablet.open(f"/participants/{person}/check-in")
    fill(tablet.page, pulse="77")
    save(tablet.page)
    tablet.says("待同步 1")
    tablet.open("/me")
    if tablet.page.locator("form[action='/logout']").count() == 0:
        pytest.fail("nobody can log out without network: /me is not on the device")
    tablet.page.locator("form[action='/logout'] button").first.click()
    tablet.page.locator("dialog").wait_for()
    assert "1 条" in tablet.page.inner_text("dialog h2")
    # The main button is the safe one.
    assert "先不退出" in tablet.page.inner_text("dialog button:not(.danger)")
    tablet.page.click("dialog button.danger")
    tablet.page.wait_for_url("**/login*")
    expect(tablet.page.locator("#left")).to_contain_text("已退出登录")
    assert "填的还在" not in tablet.page.inner_text("main"), "what is told of a page that is missing is no matter now"
    # Without network nobody's people are shown any more.
    tablet.page.goto(f"{daemon.url}/rounds")
    assert "回到开头" in tablet.page.inner_text("body") and "房" not in tablet.page.inner_text("body")
    tablet.find_network()
    tablet.open("/login")
    tablet.page.wait_for_url("**/login*")
    tablet.log_in(people.account("nurse")).await_copy()
    tablet.open("/unsent")
    tablet.page.wait_for_timeout(3000)
    assert tablet.strip() == "" and tablet.page.locator("#unsent li").count() == 0
    lead = people.client("lead")
    assert recorded(lead, person, now) == [], "nobody else's session sends it"
    tablet.open("/me")
    tablet.page.locator("form[action='/logout'] button").first.click()
    tablet.page.wait_for_url("**/login*")
    tablet.page.locator("body:has-text('何一鸣 1')").wait_for()
    tablet.log_in(people.account("medic"))
    tablet.await_sent()
    [check] = recorded(lead, person, now)
    assert check["readings"]["pulse"] == 77
    accounts = {one["username"]: one["id"] for one in people.client("admin").read("/api/v1/accounts")["accounts"]}
    assert check["actor"] == accounts["medic"]


def test_a_file_gets_entries_out_of_a_broken_device(ward, device, tmp_path):
    daemon, people, phone = ward
    one, other = people.present()[:2]
    now = int(time.time() * 1000)
    phone.lose_network()
    for person in (one, other):
        phone.open(f"/participants/{person}/check-in")
        fill(phone.page)
        save(phone.page)
        phone.says("待同步")
    phone.open("/unsent")
    with phone.page.expect_download() as coming:
        phone.page.click("[data-unsent=file]")
    file = tmp_path / "unsent.json"
    coming.value.save_as(file)
    assert json.loads(file.read_text())["format"] == "sanatorium-unsent-1"
    phone.switch_off()
    lead = people.client("lead")
    wrong = device(daemon).log_in(people.account("nurse")).open("/unsent")
    hand_in(wrong.page, file)
    assert "另一个人的" in wrong.page.inner_text("main") and recorded(lead, one, now) == []
    desk = device(daemon).log_in(people.account("medic")).open("/unsent")
    hand_in(desk.page, file)
    assert "收下 2 条" in desk.page.inner_text("main")
    hand_in(desk.page, file)
    assert [len(recorded(lead, person, now)) for person in (one, other)] == [1, 1]
    # The device works again: what it holds still is known to the house.
    phone.switch_on().find_network()
    phone.open("/rounds")
    phone.says("")
    assert [len(recorded(lead, person, now)) for person in (one, other)] == [1, 1]


def hand_in(page, file) -> None:
    page.evaluate("() => { for (const fold of document.querySelectorAll('main details')) fold.open = true; }")
    page.set_input_files("[name=file]", file)
    with page.expect_navigation():
        page.click("form[action='/unsent/file'] button")


@pytest.mark.parametrize("broken", [
    "indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); };",
    "indexedDB.open = () => { const asked = {}; setTimeout(() => { asked.error = new DOMException('full', 'QuotaExceededError'); asked.onerror?.(); }); return asked; };",
    "const add = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = function () { throw new DOMException('full', 'QuotaExceededError'); };",
], ids=["private", "unreadable", "full"])
def test_a_device_that_keeps_nothing_says_so_before_work_starts(resident, device, broken):
    daemon, people = resident()
    daemon.start()
    phone = device(daemon, init=broken).log_in(people.account("medic"))
    phone.says("存不住记录")
    person = people.present()[0]
    now = int(time.time() * 1000)
    phone.open(f"/participants/{person}/check-in")
    phone.says("存不住记录")
    fill(phone.page)
    with phone.page.expect_navigation(url="**/rounds*"):
        save(phone.page)
    assert len(recorded(people.client("lead"), person, now)) == 1, "with network it goes on as ever"
    # Without network it has nowhere to go: the form stays, with what was typed.
    phone.open(f"/participants/{people.present()[1]}/check-in")
    phone.says("存不住记录")
    fill(phone.page, pulse="93")
    phone.lose_network()
    save(phone.page)
    expect(phone.page.locator(".toast").last).to_contain_text("别离开这一页")
    assert phone.page.url.endswith("/check-in") and phone.page.input_value("[name=pulse]") == "93"
