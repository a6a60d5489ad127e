"""Work goes on without network: what is typed waits on the device, survives it, and is recorded once."""

import time

import pytest
from playwright.sync_api import expect

from house.accounts import Residents
from house.checks import fill, recorded, save
from house.daemon import Demo
from house.device import Device
from house.door import scan
from house.readings import calm


class Outage:
    """No network at the device, or no server at the other end, of which the browser tells nobody."""

    def __init__(self, kind: str, daemon, device: Device):
        self.kind, self.daemon, self.device = kind, daemon, device

    def begin(self) -> None:
        self.device.lose_network() if self.kind == "network" else self.daemon.kill()

    def end(self) -> None:
        self.device.find_network() if self.kind == "network" else self.daemon.start()


@pytest.fixture(params=["network", "server"])
def outage(request, resident, device):
    """A nurse's phone with the day on it, and a way to cut it off."""
    daemon, people = resident()
    daemon.start()
    phone = device(daemon).log_in(people.account("medic")).await_copy()
    phone.people = people
    return Outage(request.param, daemon, phone)


def check_offline(phone: Device, person: str, **changes: str) -> None:
    phone.open(f"/participants/{person}/check-in")
    fill(phone.page, **changes)
    save(phone.page)
    phone.says("待同步")


def test_a_check_survives_reload_and_restart_and_is_recorded_once(outage):
    phone, people = outage.device, outage.device.people
    one, other = people.present()[:2]
    begun = int(time.time() * 1000)
    outage.begin()
    phone.open("/rounds")
    phone.says("没有连上")
    assert "停在" in phone.strip(), "the age of the picture is told"
    check_offline(phone, one)
    phone.says("待同步 1")
    assert phone.page.locator(".mark.ok:has-text('已保存'), .toast:has-text('已保存')").count() == 0, "only the server's disk is green"
    phone.page.reload()
    phone.says("待同步 1")
    phone.restart().open("/rounds")
    phone.says("待同步 1")
    # Whoever waits is marked in the list, so that nobody is checked twice.
    expect(phone.page.locator(f"a[href*='{one}'] [data-waits]")).not_to_have_count(0)
    check_offline(phone, other, pulse="80")
    phone.says("待同步 2")
    phone.open("/unsent")
    expect(phone.page.locator("#unsent li")).to_have_count(2)
    outage.end()
    phone.says("", seconds=60)
    lead = people.client("lead")
    [first], [second] = recorded(lead, one, begun), recorded(lead, other, begun)
    assert first["occurredAt"] <= second["occurredAt"] <= first["recordedAt"], "the device's time, not that of sending"
    assert second["readings"]["pulse"] == 80
    expect(phone.page.locator("#none-unsent")).to_be_visible()


def test_everything_of_the_day_opens_without_network(outage):
    phone, people = outage.device, outage.device.people
    person = people.present()[0]
    outage.begin()
    for path in ["/", "/rounds", "/arrivals", "/arrivals?show=here", "/alerts", "/incidents", "/plans", "/outings", "/unsent", "/help",
                 "/emergency-list", "/shifts", f"/participants/{person}", f"/participants/{person}/hospital", f"/participants/{person}/check-in", f"/participants/{people.present()[-1]}/check-in"]:
        phone.open(path)
        assert phone.page.locator("#bar h1").count() == 1, f"{path}: {phone.page.inner_text('body')[:80]}"
        assert phone.page.evaluate("() => document.styleSheets.length > 0 && getComputedStyle(document.body).margin === '0px'"), path
    phone.open("/escorts/6f0e5a5e-8f0d-4f0a-9c43-1f2d3c4b5a69")
    assert "没有存在这台设备上" in phone.page.inner_text("main")
    # A page that isn't there takes nothing away of what is.
    phone.page.wait_for_timeout(1000)
    phone.open("/rounds")
    assert phone.page.locator("#bar h1").inner_text() != "没有连上"


def test_an_alarm_is_in_the_copy_within_seconds(resident, device):
    daemon, people = resident()
    daemon.start()
    phone = device(daemon).log_in(people.account("lead")).await_copy()
    phone.open("/")
    person = people.present()[6]
    lead = people.client("lead")
    name = next(one["name"] for one in lead.read("/api/v1/participants")["participants"] if one["id"] == person)
    checked = people.client("medic").write("/api/v1/check-ins", {
        "participant": person, "readings": calm(respirationRate=28, oxygenSaturation=88, pulse=135)})
    assert checked.status_code == 201, checked.text
    [alert, *_] = [one for one in lead.read("/api/v1/alerts", state="open")["alerts"] if one["participant"] == person]
    phone.until("async (address) => await caches.match(address) !== undefined", f"/alerts/{alert['id']}")
    phone.await_copy()
    daemon.kill()
    phone.open("/alerts")
    assert phone.page.locator("main", has_text=name).count() > 0


def test_a_badge_opens_its_person_without_network(outage):
    phone, people = outage.device, outage.device.people
    person = people.present()[3]
    listed = people.client("lead").read("/api/v1/participants")["participants"]
    name, badge = next((one["name"], one["badge"]) for one in listed if one["id"] == person)
    outage.begin()
    phone.open("/rounds")
    scan(phone.page, badge)
    phone.page.wait_for_url(f"**/participants/{person}")
    expect(phone.page.locator("#bar h1")).to_contain_text(name)


def test_an_open_page_goes_on_when_the_server_goes(outage):
    phone, people = outage.device, outage.device.people
    person = people.present()[2]
    begun = int(time.time() * 1000)
    phone.open(f"/participants/{person}/check-in")
    fill(phone.page)
    outage.begin()
    save(phone.page)
    phone.says("待同步 1")
    outage.end()
    phone.says("", seconds=60)
    assert len(recorded(people.client("lead"), person, begun)) == 1


@pytest.mark.parametrize("outage", ["network"], indirect=True)
def test_an_incident_and_a_headcount_wait_as_well(outage):
    phone, people = outage.device, outage.device.people
    outage.begin()
    phone.open("/incidents/new")
    if phone.page.locator("[name=kind]").count() == 0:
        pytest.fail("an incident can't be reported without network: its form is not on the device")
    phone.page.select_option("[name=kind]", "fall")
    phone.page.fill("[name=place]", "没有网的楼梯口")
    phone.page.fill("[name=text]", "下楼时滑倒。")
    phone.page.click("label:has([name=harm][value=mild])")
    phone.page.click("label:has([name=grade][value=IV])")
    phone.page.locator("form[action='/incidents/new'] button:not([type=button]), button[form]:not([type=button])").last.click()
    phone.says("待同步 1")
    outage.end()
    phone.says("", seconds=60)
    lead = people.client("lead")
    batch = next(one["id"] for one in lead.read("/api/v1/batches")["batches"] if one["state"] == "open")
    assert [one["place"] for one in lead.read("/api/v1/incidents", batch=batch)["incidents"]].count("没有网的楼梯口") == 1


def test_without_a_trusted_certificate_the_open_page_keeps_what_is_typed(resident, device):
    daemon, people = resident()
    daemon.start()
    phone = device(daemon, trusting=False).log_in(people.account("medic"))
    person = people.present()[0]
    begun = int(time.time() * 1000)
    phone.open(f"/participants/{person}/check-in")
    assert phone.page.evaluate("() => !navigator.serviceWorker?.controller"), "no worker comes with such a certificate"
    fill(phone.page)
    daemon.kill()
    save(phone.page)
    phone.says("待同步 1")
    daemon.start()
    phone.says("", seconds=60)
    assert len(recorded(people.client("lead"), person, begun)) == 1


def test_the_session_that_ended_meanwhile_is_asked_for_and_nothing_is_lost(resident, device):
    daemon, people = resident()
    daemon.start()
    phone = device(daemon).log_in(people.account("medic")).await_copy()
    person = people.present()[0]
    begun = int(time.time() * 1000)
    phone.open(f"/participants/{person}/check-in")
    fill(phone.page, temperature="36.9")
    # Its token is good no longer: ended from another place.
    phone.page.context.add_cookies([{
        "name": "__Host-session", "value": "0" * 43, "url": daemon.url, "secure": True, "httpOnly": True, "sameSite": "Strict"}])
    save(phone.page)
    phone.says("登录已经过期")
    phone.page.click("#net a[href*='/login']")
    phone.log_in(people.account("medic"))
    # The foot is empty before it has looked at what waits as well.
    phone.await_sent()
    [check] = recorded(people.client("lead"), person, begun)
    assert check["readings"]["temperature"] == 36.9


def test_a_device_whose_clock_is_a_day_ahead_works_without_network_all_the_same(programs, daemon, device, clock, tmp_path):
    clock.advance(hours=-24)
    folder = tmp_path / "yesterday"
    made = Demo(programs / "sanatoriumd", folder, clock)
    made.stop()
    one = daemon(clock=clock)
    one.data, one.ca = folder / "data", folder / "data" / "tls" / "ca.pem"
    one.start()
    people = Residents(one, made.accounts)
    phone = device(one).log_in(people.account("medic")).await_copy()
    person, begun = people.present()[0], int(clock.now().timestamp() * 1000)
    one.kill()
    check_offline(phone, person)
    phone.restart().open("/rounds")
    phone.says("待同步 1")
    one.start()
    phone.says("", seconds=60)
    [check] = recorded(people.client("lead"), person, begun - 1000)
    assert begun - 1000 <= check["occurredAt"] <= check["recordedAt"], "what the device calls tomorrow was a moment ago"
