"""A disk that does not sync: nothing is acknowledged that is not on it."""

import uuid

import httpx
import pytest

from house.disk import Disk
from house.readings import calm


@pytest.fixture
def disk(tmp_path) -> Disk:
    return Disk(tmp_path)


def record(client, person: str, key: str, **options) -> httpx.Response:
    return client.write("/api/v1/check-ins", {"participant": person, "readings": calm()}, key, **options)


def test_nothing_is_answered_before_the_disk_has_it(resident, disk):
    daemon, accounts = resident(clock=disk)
    daemon.start()
    nurse, person = accounts.client("medic"), accounts.present()[0]
    key = str(uuid.uuid4())
    disk.hang()
    with pytest.raises(httpx.ReadTimeout):
        record(nurse, person, key, timeout=2)
    # Who reads waits for nobody.
    assert nurse.get("/board").status_code == 200
    disk.recover()
    # The first try went through when the disk did: the repetition is known.
    assert record(nurse, person, key).status_code == 200


def test_a_failed_sync_refuses_everything_until_the_file_is_opened_anew(resident, disk):
    daemon, accounts = resident(clock=disk)
    daemon.start()
    nurse, person = accounts.client("medic"), accounts.present()[0]
    kept = [str(uuid.uuid4()) for _ in range(5)]
    for key in kept:
        assert record(nurse, person, key).status_code == 201
    disk.fail()
    doubtful = str(uuid.uuid4())
    for _ in range(2):
        refused = record(nurse, person, doubtful)
        assert refused.status_code == 503, refused.text
        assert refused.json()["type"].endswith("storage-unavailable")
    assert nurse.get("/board").status_code == 200
    assert nurse.get("/readyz").status_code == 503

    assert "every write is refused" in daemon.story()

    # A sync that succeeds now proves nothing of those that did not: the daemon ends, for systemd to start it again.
    disk.recover()
    try:
        assert record(nurse, person, doubtful).status_code == 503
    except httpx.TransportError:
        pass
    process, daemon.process = daemon.process, None
    assert process.wait(20) == 74, daemon.story()
    assert "fsync failed" in daemon.story()

    daemon.start()
    nurse = accounts.client("medic")
    for key in kept:
        assert record(nurse, person, key).status_code == 200
    # Nobody was told that it is recorded; if it was, this is a repetition.
    assert record(nurse, person, doubtful).status_code in (200, 201)
    daemon.stop()
    assert "intact" in daemon.command("verify", "--data", daemon.data).stdout
