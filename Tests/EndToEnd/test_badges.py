"""Badges in the hands of people: printed, scanned, and read by a camera."""

import http.server
import subprocess
import threading

import pytest

from house.browser import PHONE, trust
from house.door import log_in, scan, type_as_scanner

# Stands in for the part of a telephone's browser that reads codes, which Chromium on Linux lacks; the camera is
# Chromium's own test picture.
READER = """(code) => {
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect(video) { return video.videoWidth ? [{ rawValue: code }] : []; }
  };
}"""


@pytest.fixture
def camera(chromium_browser, browser_home, demo):
    """A browser that trusts the house and has a camera that shows a test picture."""
    trust(browser_home, demo.ca)
    running = chromium_browser.browser_type.launch(
        executable_path="/usr/bin/chromium", env={"HOME": str(browser_home), "LANG": "zh_CN.UTF-8"},
        args=["--lang=zh-CN", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"])
    yield running.new_context(viewport=PHONE, locale="zh-CN")
    running.close()


@pytest.fixture(scope="module")
def person(demo) -> dict:
    people = demo.client("staff").read("/api/v1/participants")["participants"]
    return next(one for one in people if one["place"] == "present")


@pytest.fixture
def elsewhere():
    """Another site's page with a link, as the camera's app opens an address from outside."""
    link = {}

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<a href='{link['to']}'>badge</a>".encode())

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("localhost", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def address(to: str) -> str:
        link["to"] = to
        return f"http://localhost:{server.server_port}/"

    yield address
    server.shutdown()


@pytest.mark.parametrize("photo", [False, True], ids=["plain", "with a place for a photograph"])
def test_sheets_of_badges_are_read_by_another_program(demo, resting, tmp_path, photo):
    page = resting("staff")
    page.goto(f"{demo.url}/badges")
    if photo:
        page.click("main a:has-text('贴一寸照片')")
        page.wait_for_url("**photo=1")
    codes = page.eval_on_selector_all(".badges a", "all => all.map(one => one.getAttribute('href').slice(3))")
    assert len(codes) > 30
    names = page.locator(".badges").text_content()
    assert "孛儿只斤" in names or "巴特尔" in names
    (tmp_path / "sheets.pdf").write_bytes(page.pdf(prefer_css_page_size=True))
    read: set[str] = set()
    # As a camera does: from nearer where one look was not enough.
    for density in ("150", "200", "300"):
        subprocess.run(["pdftoppm", "-r", density, "-png", "sheets.pdf", f"sheet{density}"], cwd=tmp_path, check=True)
        sheets = sorted(tmp_path.glob(f"sheet{density}-*.png"))
        assert len(sheets) == -(-len(codes) // 10), "ten cards on a sheet"
        read |= set(subprocess.run(["zbarimg", "--quiet", "--raw", *sheets], capture_output=True, text=True, check=True).stdout.split())
        if len(read) == len(codes):
            break
    assert read == {f"{demo.url}/b/{code}" for code in codes}
    text = subprocess.run(["pdftotext", "-layout", "sheets.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert "导入" not in text and "扫的地址" not in text, "how to print isn't printed"


def test_the_cameras_own_app_opens_the_person(demo, resting, person, elsewhere):
    page = resting("medic")
    page.goto(elsewhere(f"{demo.url}/b/{person['badge']}"))
    page.click("a")
    page.wait_for_url(f"**/participants/{person['id']}")


def test_a_badge_leads_through_the_login_to_the_person(demo, browse, person, elsewhere):
    page = browse(demo.ca, viewport=PHONE).new_page()
    page.goto(elsewhere(f"{demo.url}/b/{person['badge']}"))
    page.click("a")
    page.wait_for_url("**/login?next=*")
    log_in(page, demo.account("medic"))
    page.wait_for_url(f"**/participants/{person['id']}")


@pytest.mark.parametrize("path", ["/arrivals", "/rounds", "/me", "/alerts", "/board"])
def test_a_scanner_opens_the_person_from_any_page(demo, resting, person, path):
    page = resting("lead")
    for text in (person["badge"], f"{demo.url}/b/{person['badge']}"):
        page.goto(f"{demo.url}{path}")
        scan(page, text)
        page.wait_for_url(f"**/participants/{person['id']}")


def test_a_scanner_spoils_no_form(demo, resting, person):
    page = resting("medic")
    page.goto(f"{demo.url}/incidents/new")
    field = page.locator("main input:not([type]), main input[type=text]").first
    field.focus()
    type_as_scanner(page, person["badge"])
    page.wait_for_url(f"**/participants/{person['id']}")
    assert not [one for one in demo.client("medic").read("/api/v1/incidents")["incidents"] if person["badge"] in str(one)]
    # What somebody has typed is not left without a question.
    page.goto(f"{demo.url}/incidents/new")
    page.fill("[name=place]", "楼梯")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.focus("[name=place]")
    type_as_scanner(page, person["badge"])
    page.wait_for_timeout(500)
    assert asked and page.url.endswith("/incidents/new") and page.input_value("[name=place]") == "楼梯"
    page.evaluate("() => { for (const form of document.forms) form.reset(); for (const form of document.forms) delete form.dataset.dirty; }")
    # A password that happens to look like a code is a password.
    page.goto(f"{demo.url}/me")
    page.focus("[name=old]")
    type_as_scanner(page, "REDSUMMER7")
    page.wait_for_timeout(300)
    assert "/participants/" not in page.url


def test_a_scanner_in_the_search_field_and_slow_typing(demo, resting, person):
    page = resting("staff")
    page.goto(f"{demo.url}/arrivals")
    page.focus("[data-scan]")
    type_as_scanner(page, f"{demo.url}/b/{person['badge']}")
    page.wait_for_url(f"**/participants/{person['id']}")
    page.goto(f"{demo.url}/me")
    page.evaluate("() => document.activeElement?.blur()")
    page.keyboard.type(person["badge"], delay=120)
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.url.endswith("/me"), "a person types more slowly than a scanner"


def test_the_camera_opens_the_person_where_the_browser_reads_codes(demo, person, camera):
    page = camera.new_page()
    page.add_init_script(f"({READER})({demo.url + '/b/' + person['badge']!r})")
    page.goto(f"{demo.url}/login")
    log_in(page, demo.account("medic"))
    page.goto(f"{demo.url}/alerts")
    page.click("[data-camera]")
    page.wait_for_url(f"**/participants/{person['id']}")


def test_no_camera_button_where_the_browser_reads_no_codes(demo, resting):
    page = resting("medic")
    page.goto(f"{demo.url}/search")
    # The scripts have run: they ask for the day's pages last.
    page.wait_for_function("() => document.getElementById('net') !== null")
    page.evaluate("() => window.BarcodeDetector?.getSupportedFormats()")
    assert page.locator("[data-camera]").is_hidden()
    assert "手机自带的相机" in page.locator("main").inner_text()
