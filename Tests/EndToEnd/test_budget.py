"""What a page costs on a bad line: bytes, requests, and what is asked for twice."""

import re
from pathlib import Path

import pytest

from house.browser import DUTY_ROOM, PHONE
from house.client import Client
from house.readings import calm

SCRIPTS = 40_000
STYLES = 30_000
ADDRESS = re.compile(r"/[\w./-]+\.(?:js|css)\b")
# A page of a role that many open often, and that holds no form with a key of its own.
KEPT = {
    "medic": ["/rounds", "/arrivals", "/incidents", "/outings"], "staff": ["/arrivals", "/board"],
    "lead": ["/board", "/rounds", "/arrivals", "/emergency-list", "/incidents", "/outings", "/batches"],
}
OPENED = {
    "medic": ["/rounds", "/arrivals", "/alerts", "/incidents/new", "/me"], "staff": ["/arrivals", "/incidents/new"],
    "lead": ["/board", "/rounds", "/arrivals", "/alerts", "/plans", "/outings", "/batches", "/emergency-list"],
    "admin": ["/system", "/accounts"],
}
FOR_A_PAGE = {"Accept": "text/html", "Accept-Encoding": "gzip"}
# What moves without having been touched, summed as the browser's own measure has it.
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  const moved = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) {
      if (one.hadRecentInput) continue;
      sum += one.value;
      moved.push(...one.sources.map((source) => source.node?.outerHTML?.slice(0, 80)));
    }
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done([sum, moved]), 400);
})"""


def linked(client: Client, address: str, found: dict[str, bytes]) -> None:
    """Everything that a page or a script names, and what that names in its turn."""
    answer = client.get(address, headers={"Accept": "*/*", "Accept-Encoding": "identity"})
    if answer.status_code != 200:
        return
    if address.endswith((".js", ".css")):
        found[address] = answer.content
    for name in set(ADDRESS.findall(answer.text)) - set(found):
        linked(client, name, found)


@pytest.fixture(scope="module")
def assets(demo) -> dict[str, bytes]:
    """All scripts and styles that the main pages lead to, by address."""
    found: dict[str, bytes] = {}
    for role, pages in OPENED.items():
        client = demo.client(role)
        people = [one["id"] for one in demo.client("lead").read("/api/v1/participants")["participants"]][:1]
        forms = [f"/participants/{id}/check-in" for id in people if role == "medic"]
        for page in ["/login", "/worker.js", *pages, *forms]:
            linked(client, page, found)
    return found


def bare(lines) -> str:
    """Without spaces and ends."""
    return "".join("".join(line.split()) for line in lines).replace(";", "")


# The two names that are served as a letter.
NAMES = re.compile(r"(?<![\w.])(?:(h)ouse(?=\.[a-z]| = \{)|(e)vent(?=\.[a-z]))|(?<=\()(e)vent(?=\))")


def test_scripts_and_styles_stay_small(root: Path, assets):
    scripts = {address: content for address, content in assets.items() if address.endswith(".js")}
    styles = {address: content for address, content in assets.items() if address.endswith(".css")}
    served = [bare(content.decode().splitlines()) for content in scripts.values()]
    for file in (root / "Sources/Assets/files").glob("*.js"):
        # Whatever is written, but comments, is served in one of those that were found: none was missed.
        written = bare(NAMES.sub(r"\1\2\3", line) for line in file.read_text().splitlines() if not line.strip().startswith("//"))
        assert any(written in content for content in served), f"{file.name} is served by none"
    sizes = {address: len(content) for address, content in assets.items()}
    assert sum(map(len, scripts.values())) < SCRIPTS, sizes
    assert sum(map(len, styles.values())) < STYLES, sizes


def test_assets_are_kept_for_a_year_under_an_address_of_their_content(demo, assets):
    client = demo.client()
    hashed = {address: content for address, content in assets.items() if address.startswith("/assets/")}
    assert hashed
    for address, content in hashed.items():
        assert re.search(r"\.[0-9a-f]{16}\.(js|css)$", address), address
        squeezed = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert squeezed.headers["Cache-Control"] == "public, max-age=31536000, immutable", address
        assert squeezed.headers["Vary"] == "Accept-Encoding"
        assert squeezed.content == content
        if len(content) > 400:
            assert squeezed.headers["Content-Encoding"] == "gzip", address
            assert squeezed.num_bytes_downloaded < 0.6 * len(content), address
        assert "Content-Encoding" not in client.get(address, headers={"Accept-Encoding": "identity"}).headers
        changed = re.sub(r"\.[0-9a-f]{16}\.", ".0000000000000000.", address)
        assert client.get(changed).status_code == 404, "another content must not be kept under this one's address"


@pytest.mark.parametrize("role", OPENED)
def test_pages_come_compressed(demo, role):
    client = demo.client(role)
    large = [answer for answer in (client.get(page, headers=FOR_A_PAGE) for page in OPENED[role]) if len(answer.content) > 2_000]
    plain = [f"{one.url.path}: {len(one.content)}" for one in large if one.headers.get("Content-Encoding") != "gzip"]
    assert large and not plain, plain


@pytest.mark.parametrize(("role", "page"), [(role, page) for role, pages in KEPT.items() for page in pages])
def test_a_page_that_has_not_changed_is_not_sent_again(resident, role, page):
    daemon, people = resident()
    daemon.start()
    client = people.client(role)
    first = client.get(page, headers=FOR_A_PAGE)
    assert first.status_code == 200 and first.headers["Cache-Control"] == "private, no-cache"
    known = {**FOR_A_PAGE, "If-None-Match": first.headers["ETag"]}
    again = client.get(page, headers=known)
    if again.status_code == 200:  # a minute began in between, and pages show minutes
        known["If-None-Match"] = again.headers["ETag"]
        again = client.get(page, headers=known)
    assert again.status_code == 304 and not again.content
    # Somebody else's page is another one, and so is this one after anything has been recorded.
    other = people.client("organizer" if role == "lead" else "lead").get(page, headers=FOR_A_PAGE)
    assert other.headers["ETag"] != known["If-None-Match"]
    said = people.client("medic").write("/api/v1/check-ins", {"participant": people.present()[0], "readings": calm()})
    assert said.status_code == 201, said.text
    assert client.get(page, headers=known).status_code == 200


@pytest.mark.parametrize("role", OPENED)
def test_nothing_moves_while_a_page_opens(demo, browse, role):
    profile = browse(demo.ca)
    page = profile.new_page()
    page.goto(f"{demo.url}/login")
    page.fill("[name=username]", demo.account(role)["username"])
    page.fill("[name=password]", demo.account(role)["password"])
    page.click("main button")
    page.wait_for_url(lambda address: "/login" not in address)
    restless = []
    for size in (PHONE, DUTY_ROOM):
        page.set_viewport_size(size)
        for path in OPENED[role]:
            page.goto(demo.url + path)
            sum_of_moves, moved = page.evaluate(SHIFTS)
            if sum_of_moves >= 0.02:
                restless.append(f"{path} at {size['width']}: {sum_of_moves:.3f} {moved[:4]}")
    assert not restless, restless
