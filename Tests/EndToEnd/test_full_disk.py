"""A data folder on a disk that is full: said plainly, survived, and over as soon as there is room."""

import os
import subprocess
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from house.readings import calm

SIZE = 48 << 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", place], capture_output=True, text=True
    )
    assert done.returncode == 0, f"mounting needs the rights of root: {done.stderr.strip()}"
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def fill(disk: Path) -> Path:
    """Takes what room is left, to the last byte."""
    ballast = disk / "ballast"
    with open(ballast, "ab", buffering=0) as file:
        for size in (1 << 20, 4_096, 512, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    assert os.statvfs(disk).f_bavail == 0
    return ballast


def record(client, person: str, key: str | None = None) -> httpx.Response:
    return client.write("/api/v1/check-ins", {"participant": person, "readings": calm(), "remark": "长" * 900}, key)


def until_refused(client, person: str) -> tuple[str, httpx.Response]:
    """Records until the file can't grow any further; the key and the answer of the first that is refused."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        key = str(uuid.uuid4())
        answer = record(client, person, key)
        if answer.status_code != 201:
            return key, answer
    raise AssertionError("the full disk was not noticed")


def eventually(condition, seconds: float = 20):
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, "it did not come to that in time"
    return value


def test_a_full_disk_is_said_survived_and_over(resident, small_disk):
    daemon, accounts = resident(folder=small_disk / "data")
    daemon.start()
    nurse, person = accounts.client("medic"), accounts.present()[0]
    kept = str(uuid.uuid4())
    assert record(nurse, person, kept).status_code == 201

    ballast = fill(small_disk)
    key, refused = until_refused(nurse, person)
    assert refused.status_code == 507, refused.text
    assert refused.json()["type"].endswith("storage-full") and "磁盘满了" in refused.text
    # Reading goes on, and each page says it at its top.
    page = nurse.get("/login", headers={"Accept": "text/html"})
    assert page.status_code == 200 and "磁盘" in page.text
    ready = nurse.get("/readyz")
    assert ready.status_code == 503 and "full" in ready.text
    assert nurse.get("/api/v1/check-ins", params={"participant": person}).status_code == 200

    # It also starts on such a disk, after a kill at that.
    daemon.kill()
    daemon.start()
    reader = accounts.client("medic")
    assert reader.get("/api/v1/check-ins", params={"participant": person}).status_code == 200
    eventually(lambda: "磁盘" in reader.get("/login", headers={"Accept": "text/html"}).text
               if record(reader, person).status_code == 507 else False)

    ballast.unlink()
    answer = eventually(lambda: (one := record(reader, person, key)).status_code == 201 and one)
    assert answer.json()["sequence"] > 0
    assert record(reader, person, kept).status_code == 200
    eventually(lambda: "磁盘" not in reader.get("/login", headers={"Accept": "text/html"}).text)
    daemon.stop()
    assert "intact" in daemon.command("verify", "--data", daemon.data).stdout
