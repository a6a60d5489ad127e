"""A copy that is made while people work, and what comes back from it."""

import json
import sqlite3
import uuid

from house.readings import calm


def test_a_backup_taken_under_writes_restores_and_verifies(resident, tmp_path):
    daemon, accounts = resident()
    daemon.start()
    nurse = accounts.client("medic")
    person = accounts.present()[0]

    def check(key: str):
        return nurse.write("/api/v1/check-ins", {"participant": person, "readings": calm()}, key)

    before, after = str(uuid.uuid4()), str(uuid.uuid4())
    first = check(before).json()
    copy = tmp_path / "backup.sqlite"
    daemon.command("backup", copy, "--data", daemon.data)
    check(after)
    daemon.command("backup", copy, "--data", daemon.data, status=73)
    assert json.loads(daemon.command("verify", "--file", copy, "--json").stdout)["intact"] is True
    told = accounts.client("admin").get("/system").text
    assert str(copy) in told and "备份没有做成" not in told, "the administrator sees when and where"
    # While the daemon has the folder, nobody puts another file in its place.
    refused = daemon.command("restore", copy, "--data", daemon.data, status=75)
    assert str(daemon.process.pid) in refused.stderr
    daemon.stop()
    daemon.command("restore", copy, "--data", daemon.data)
    assert json.loads(daemon.command("verify", "--data", daemon.data, "--json").stdout)["intact"] is True
    daemon.start()
    nurse = accounts.client("medic")
    repeated = check(before)
    assert (repeated.status_code, repeated.json()) == (200, first)
    assert check(after).status_code == 201, "what was recorded after the backup is not in it"


def test_a_damaged_backup_is_refused_and_changes_nothing(resident, tmp_path):
    daemon, _ = resident()
    copy = tmp_path / "backup.sqlite"
    daemon.command("backup", copy, "--data", daemon.data)
    whole = copy.read_bytes()
    for name, damaged in [("cut", whole[: len(whole) // 2]), ("text", b"no database at all\n" * 100),
                          ("flipped", flipped(whole))]:
        bad = tmp_path / name
        bad.write_bytes(damaged)
        store = daemon.data / "sanatorium.sqlite"
        before = store.read_bytes()
        daemon.command("restore", bad, "--data", daemon.data, status=65)
        assert store.read_bytes() == before, name


def flipped(whole: bytes) -> bytes:
    """One letter of one recorded word changed, as someone with an editor would."""
    place = whole.rindex(b'"remark"') if b'"remark"' in whole else whole.rindex(b'"participant"')
    return whole[: place + 2] + bytes([whole[place + 2] ^ 1]) + whole[place + 3 :]


def test_a_changed_entry_is_found(resident):
    daemon, _ = resident()
    store = daemon.data / "sanatorium.sqlite"
    with sqlite3.connect(store) as opened:
        tables = [row[0] for row in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        assert "participant" in tables
        opened.execute("UPDATE participant SET name = '别人' WHERE rowid = (SELECT min(rowid) FROM participant)")
    opened.close()
    done = daemon.command("verify", "--data", daemon.data, "--json", status=65)
    verdict = json.loads(done.stdout)
    assert verdict["intact"] is False and verdict["faults"]
