"""Fixtures: the built executables, a demo, daemons of one test, a clock, a browser."""

import datetime
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, sync_playwright

from house import browser as chromium
from house import catalogue
from house import clock as clocks
from house import door
from house.accounts import Accounts, Residents
from house.client import Client
from house.clock import Clock
from house.daemon import Daemon, Demo
from house.device import Device
from house.evening import Evening
from house.stage import Stage
from house.stay import CHINA
from house.tour import Tour

ROOT = Path(__file__).resolve().parent.parent.parent


def pytest_terminal_summary(terminalreporter) -> None:
    earlier = os.environ.get("FAILED_BEFORE")
    if earlier:
        terminalreporter.section("failed before these tests", red=True)
        terminalreporter.line(earlier)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: where two files run at a time the other one goes on beside it."""
    first = ["test_pages.py", "test_sizes.py"]
    items.sort(key=lambda item: first.index(item.path.name) if item.path.name in first else len(first))


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def programs() -> Path:
    """The folder of the built executables; HOUSE_PROGRAMS names another, of a release build say."""
    given = os.environ.get("HOUSE_PROGRAMS")
    if given:
        return Path(given).resolve()
    shown = subprocess.run(["swift", "build", "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True)
    return Path(shown.stdout.strip())


@pytest.fixture(scope="session")
def demo(programs: Path, tmp_path_factory) -> Iterator[Demo]:
    """One demo for all tests that only look, or add what disturbs nobody."""
    running = Demo(programs / "sanatoriumd", tmp_path_factory.mktemp("demo"))
    yield running
    running.stop()


@pytest.fixture
def daemon(programs: Path, tmp_path: Path) -> Iterator[Callable[..., Daemon]]:
    """Makes daemons of this test: daemon('sanatoriumd', clock=clock); those that still run are killed at its end."""
    made: list[Daemon] = []

    def make(name: str = "sanatoriumd", **options) -> Daemon:
        folder = tmp_path / f"{name}-{len(made)}"
        folder.mkdir()
        made.append(Daemon(programs / name, folder, **options))
        return made[-1]

    yield make
    for one in made:
        if one.process is not None:
            one.kill()


@pytest.fixture(scope="session")
def staffed_folder(programs: Path, tmp_path_factory) -> Accounts:
    """A data folder with an account of each role, made once, since hashing passwords takes its time; to be copied."""
    made = Daemon(programs / "sanatoriumd", tmp_path_factory.mktemp("staffed"))
    made.init()
    return Accounts(made, *(f"nurse{number}" for number in range(1, 9)))


@pytest.fixture
def staffed(daemon, staffed_folder: Accounts) -> Callable[..., tuple[Daemon, Accounts]]:
    """Makes daemons with an account of each role, not yet started."""

    def make(**options) -> tuple[Daemon, Accounts]:
        one = daemon(**options)
        shutil.copytree(staffed_folder.daemon.data, one.data)
        return one, staffed_folder.at(one)

    return make


@pytest.fixture(scope="session")
def demo_folder(programs: Path, tmp_path_factory) -> tuple[Path, list[dict]]:
    """The data folder of a demo that has run, and its accounts; to be copied."""
    folder = tmp_path_factory.mktemp("demo-template")
    running = Demo(programs / "sanatoriumd", folder)
    running.stop()
    return folder / "data", running.accounts


@pytest.fixture
def resident(daemon, demo_folder) -> Callable[..., tuple[Daemon, Residents]]:
    """Makes daemons of a house in the middle of a stay, not yet started; folder=... puts the data elsewhere."""

    def make(folder: Path | None = None, **options) -> tuple[Daemon, Residents]:
        one = daemon(**options)
        if folder is not None:
            one.data = folder
            one.ca = folder / "tls" / "ca.pem"
        shutil.copytree(demo_folder[0], one.data, dirs_exist_ok=True)
        return one, Residents(one, demo_folder[1])

    return make


@pytest.fixture
def served(staffed) -> tuple[Daemon, Accounts]:
    """A running daemon with an account of each role, and those accounts."""
    one, accounts = staffed()
    return one.start(), accounts


@pytest.fixture(scope="session")
def house(programs: Path, tmp_path_factory) -> Iterator[Client]:
    """Nobody's client of one daemon without a batch, for all tests that leave nothing behind."""
    running = Daemon(programs / "sanatoriumd", tmp_path_factory.mktemp("house"))
    running.init()
    running.start()
    with running.client() as client:
        client.another = running.client
        client.ca = running.ca
        yield client
    running.stop()


@pytest.fixture(scope="session")
def shifter(tmp_path_factory) -> Path:
    """The library that shifts a program's wall clock."""
    return clocks.build(tmp_path_factory.mktemp("timeshift"))


@pytest.fixture
def clock(shifter: Path, tmp_path: Path) -> Clock:
    """A clock that the test owns, at the true time until it is set."""
    return Clock(shifter, tmp_path / "clock")


@pytest.fixture(scope="session")
def browser_home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("browser")


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium_browser(playwright, browser_home: Path):
    running = chromium.launch(playwright, browser_home)
    yield running
    running.close()


@pytest.fixture
def device(playwright, tmp_path: Path) -> Iterator[Callable[..., Device]]:
    """Makes devices with a disk of their own: device(daemon), device(daemon, trusting=False)."""
    made: list[Device] = []

    def unpack(daemon: Daemon, **options) -> Device:
        made.append(Device(playwright, tmp_path / f"device-{len(made)}", daemon, **options))
        return made[-1]

    yield unpack
    for one in made:
        one.switch_off()


@pytest.fixture
def ward(resident, device) -> tuple[Daemon, Residents, Device]:
    """A house in the middle of a stay, and a nurse's phone with the day on it."""
    daemon, people = resident()
    daemon.start()
    return daemon, people, device(daemon).log_in(people.account("medic")).await_copy()


@pytest.fixture
def browse(chromium_browser, browser_home: Path) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a browser profile that trusts an authority: browse(demo.ca, viewport=PHONE)."""
    opened: list[BrowserContext] = []

    def open_profile(*authorities: Path, **options) -> BrowserContext:
        chromium.trust(browser_home, *authorities)
        options.setdefault("viewport", chromium.PHONE)
        options.setdefault("locale", "zh-CN")
        opened.append(chromium_browser.new_context(**options))
        return opened[-1]

    yield open_profile
    for profile in opened:
        profile.close()


@pytest.fixture
def resting(demo, browse):
    """Logs a role of the demo in on a phone's page: resting("lead")."""

    def enter(role: str, **options):
        page = browse(demo.ca, viewport=chromium.PHONE, **options).new_page()
        page.goto(f"{demo.url}/login")
        door.log_in(page, demo.account(role))
        return page

    return enter


@pytest.fixture(scope="session")
def evening(programs: Path, shifter: Path, tmp_path_factory) -> Iterator[Evening]:
    folder = tmp_path_factory.mktemp("evening")
    clock = Clock(shifter, folder / "clock")
    yesterday = datetime.datetime.now(CHINA) - datetime.timedelta(days=1)
    clock.set(yesterday.replace(hour=20, minute=15, second=0))
    running = Demo(programs / "sanatoriumd", folder / "demo", clock)
    stage = Stage(running, clock)
    yield Evening(running, stage, stage.furnish())
    running.stop()


@pytest.fixture(scope="module")
def pictures(root, request) -> Path:
    """The folder of what a file of tests has looked at, for eyes."""
    folder = root / ".screenshots" / request.module.__name__.removeprefix("test_")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def tour(browse, pictures, root) -> Iterator[Tour]:
    """Whatever stops the test, what has been found is told."""
    made = Tour(browse, pictures, catalogue.foreign(root))
    yield made
    print(f"{len(made.faults)} faults", *made.faults, sep="\n")
