"""Devices that are let in and out, and their trust, in a real browser that knows the house's certificate, or doesn't."""

import re
import subprocess

import pytest

from house.browser import DUTY_ROOM, PHONE, trust
from house.door import log_in


@pytest.fixture
def stranger(chromium_browser, tmp_path):
    """A browser that has never heard of the house and was told to go on."""
    running = chromium_browser.browser_type.launch(executable_path="/usr/bin/chromium", env={"HOME": str(tmp_path), "LANG": "zh_CN.UTF-8"})
    yield running.new_context(viewport=PHONE, locale="zh-CN", ignore_https_errors=True)
    running.close()


@pytest.fixture
def profile(chromium_browser, browser_home, demo, tmp_path):
    """A profile that stays, as one can't install anything in a private window."""
    trust(browser_home, demo.ca)
    running = chromium_browser.browser_type.launch_persistent_context(
        tmp_path, executable_path="/usr/bin/chromium", env={"HOME": str(browser_home), "LANG": "zh_CN.UTF-8"})
    yield running
    running.close()


def test_a_device_is_enrolled_and_revoked(demo, resting, browse, tmp_path):
    lead = resting("lead")
    lead.goto(f"{demo.url}/devices")
    lead.fill("[name=name]", "护士站平板")
    lead.check("[name=kind][value=tablet]", force=True)
    lead.click("main form button")
    lead.wait_for_url("**/devices/invitations/*")
    lead.locator("main svg[role=img]").screenshot(path=tmp_path / "code.png")
    address = subprocess.run(["zbarimg", "--quiet", "--raw", tmp_path / "code.png"], capture_output=True, text=True, check=True).stdout.strip()
    assert re.fullmatch(re.escape(demo.url) + "/enrol/[2-9A-HJKMNP-Z]{26}", address)

    tablet = browse(demo.ca, viewport=PHONE)
    page = tablet.new_page()
    page.goto(address)
    page.reload()
    page.click("main form button")
    page.wait_for_url("**/trust?enrolled=tablet")
    [cookie] = [one for one in tablet.cookies() if one["name"] == "__Host-device"]
    assert cookie["httpOnly"] and cookie["secure"] and cookie["sameSite"] == "Strict"
    # The page that waits hears of it without being touched.
    lead.wait_for_selector("text=登记好了")
    assert browse(demo.ca).new_page().goto(address).status == 404

    page.click("main a[href='/login']")
    log_in(page, demo.account("staff"))
    lead.goto(f"{demo.url}/devices")
    assert "最近用过" in lead.locator("main").inner_text()
    lead.click("main a[href$='/revocation'] >> nth=0")
    lead.click("main form button")
    lead.wait_for_url("**/devices?saved=*")
    # The page that stood open hears of it too and leaves for the login by itself: only where both arrive is asked.
    page.goto(f"{demo.url}/arrivals", wait_until="commit")
    page.wait_for_url("**/login?next=*", wait_until="commit")


def test_the_trust_page_says_whether_the_device_knows_the_certificate(demo, browse, stranger):
    known = browse(demo.ca).new_page()
    known.goto(f"{demo.url}/trust")
    known.wait_for_selector("#top .banner.ok >> text=这台设备认得本院的证书")
    unknown = stranger.new_page()
    unknown.goto(f"{demo.url}/trust")
    unknown.wait_for_selector("#top .banner.late >> text=还不认得")
    silent = browse(demo.ca, java_script_enabled=False).new_page()
    silent.goto(f"{demo.url}/trust")
    assert "看地址栏" in silent.locator("main").inner_text()


def test_the_certificate_comes_in_both_forms(demo, tmp_path):
    with demo.client() as client:
        binary, text = client.get("/trust/ca.crt"), client.get("/trust/ca.pem")
    assert {binary.headers["Content-Type"], text.headers["Content-Type"]} == {"application/x-x509-ca-cert"}
    (tmp_path / "ca.crt").write_bytes(binary.content)
    converted = subprocess.run(["openssl", "x509", "-inform", "DER", "-in", tmp_path / "ca.crt"], capture_output=True, text=True, check=True).stdout
    assert converted.split() == text.text.split() == demo.ca.read_text().split()


def test_the_web_app_can_be_installed(demo, profile):
    page = profile.pages[0]
    page.goto(f"{demo.url}/login")
    log_in(page, demo.account("medic"))
    devtools = page.context.new_cdp_session(page)
    manifest = devtools.send("Page.getAppManifest")
    assert manifest["errors"] == [] and manifest["url"].startswith(demo.url)
    assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    for size, path in [(192, "icon-192"), (512, "icon-512"), (512, "icon-maskable")]:
        width = page.evaluate("""async (address) => {
          const image = new Image();
          image.src = address;
          await image.decode();
          return [image.naturalWidth, image.naturalHeight];
        }""", f"/assets/{path}.png")
        assert width == [size, size]


def test_devices_by_the_command_while_the_daemon_is_stopped(served):
    daemon, accounts = served
    invited = accounts.client("admin").write("/api/v1/devices/invitations", {"name": "丢了的手机", "kind": "phone"}).json()
    telephone = daemon.client()
    assert telephone.post(invited["address"]).status_code == 303
    telephone.login("staff", accounts.passwords["staff"])
    assert telephone.get("/api/v1/session").status_code == 200
    daemon.command("device", "list", "--data", daemon.data, status=75)
    daemon.stop()
    [line] = daemon.command("device", "list", "--data", daemon.data).stdout.splitlines()
    device, kind, seen, name = line.split("\t")
    assert (kind, name) == ("phone", "丢了的手机") and seen.startswith("seen ")
    daemon.command("device", "revoke", device, "--data", daemon.data)
    daemon.command("device", "revoke", device, "--data", daemon.data, status=65)
    assert "\trevoked\t" in daemon.command("device", "list", "--data", daemon.data).stdout
    daemon.start()
    assert telephone.get("/api/v1/session").status_code == 401, "the session on it is over"
    telephone.login("staff", accounts.passwords["staff"])
    [listed] = accounts.client("lead").read("/api/v1/devices")["devices"]
    assert listed["id"] == device and listed["revokedAt"]


def test_the_wall_shows_the_board_without_a_login(demo, browse):
    invited = demo.client("lead").write("/api/v1/devices/invitations", {"name": "值班室大屏", "kind": "wall"}).json()
    screen = browse(demo.ca, viewport=DUTY_ROOM)
    page = screen.new_page()
    page.goto(invited["address"])
    page.click("main form button")
    page.wait_for_url("**/trust?enrolled=wall")
    page.click("main a[href='/board']")
    page.wait_for_url("**/board")
    page.wait_for_selector("#live >> text=秒前")
    assert not page.locator("a[href^='/'], form, nav").count(), "nothing to press"
    # It hears of what happens elsewhere.
    with page.expect_response(lambda answer: answer.url.endswith("/board"), timeout=5_000) as fetched:
        demo.client("lead").write("/api/v1/devices/invitations", {"name": "另一台", "kind": "phone"})
        other = demo.client("lead").write("/api/v1/devices/invitations", {"name": "再一台", "kind": "phone"}).json()
        with demo.client() as phone:
            assert phone.post(other["address"]).status_code == 303
    assert fetched.value.status in (200, 304)
    page.goto(f"{demo.url}/rounds")
    page.wait_for_url("**/login?next=*")
