"""The daemon as a process: starting, being in the way of another, stopping, and what it says when it can't."""

import http.client
import os
import signal
import socket
import ssl
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from house.client import Client
from house.daemon import Daemon


@pytest.fixture
def house(daemon) -> Daemon:
    """An empty house, made but not started."""
    made = daemon()
    made.init()
    return made


def refused(house: Daemon, status: int, *arguments: str, **environment: str) -> str:
    """What `serve` says on standard error when it ends by itself with a status."""
    done = subprocess.run(
        [house.program, "serve", "--data", house.data, "--listen", "127.0.0.1:0", *map(str, arguments)],
        env=house.environment(**environment), capture_output=True, text=True, timeout=60,
    )
    assert done.returncode == status, done.stderr
    return done.stderr


def test_serves_https_that_the_houses_authority_vouches_for(house):
    house.start()
    with house.client() as client:
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{house.url}/healthz")
    named = ssl.create_default_context(cafile=str(house.ca))
    for name in ["localhost", "127.0.0.1"]:
        assert httpx.get(f"https://{name}:{house.port}/healthz", verify=named).status_code == 200


def test_secrets_and_records_are_the_daemons_alone(house):
    house.start()
    assert house.data.stat().st_mode & 0o777 == 0o700
    for secret in house.data.rglob("*.key"):
        assert secret.stat().st_mode & 0o777 == 0o600, secret


def test_ends_in_good_order_on_a_signal_and_starts_again(house):
    for number in (signal.SIGTERM, signal.SIGINT):
        house.start()
        process, house.process = house.process, None
        process.send_signal(number)
        assert process.wait(30) == 0, house.story()


def shown(house) -> bytes:
    """The certificate that a new connection is shown, checked against the house's authority."""
    trusting = ssl.create_default_context(cafile=house.ca)
    with socket.create_connection(("127.0.0.1", house.port), 10) as plain:
        with trusting.wrap_socket(plain, server_hostname="127.0.0.1") as secure:
            return secure.getpeercert(binary_form=True)


@pytest.mark.parametrize("name", ["sanatoriumd", "sanatorium-organizer"])
def test_a_hangup_shows_the_renewed_certificate_and_cuts_nobody_off(daemon, name):
    house = daemon(name)
    house.init(*(["--name", "威海市退役军人事务局"] if name != "sanatoriumd" else []))
    house.start()
    first = shown(house)
    trusting = ssl.create_default_context(cafile=house.ca)
    earlier = http.client.HTTPSConnection("127.0.0.1", house.port, context=trusting, timeout=10)
    earlier.connect()
    connection = earlier.sock

    def alive() -> bool:
        """Whether the same connection still answers."""
        earlier.request("GET", "/healthz")
        return earlier.getresponse().read() == b"ok\n" and earlier.sock is connection

    assert alive()
    house.process.send_signal(signal.SIGHUP)
    assert alive() and shown(house) == first, "what is good is not made anew"
    # As an administrator renews it: the pair on file is gone, the next one is made.
    (house.data / "tls" / "server.pem").unlink()
    house.process.send_signal(signal.SIGHUP)
    deadline = time.monotonic() + 20
    while shown(house) == first:
        assert time.monotonic() < deadline, house.story()
    assert alive() and connection.getpeercert(binary_form=True) == first, "an open connection goes on"
    earlier.close()
    with house.client() as client:
        assert client.get("/healthz").status_code == 200
    house.stop()


def test_starts_after_being_killed(house):
    house.start()
    house.kill()
    house.start()
    with house.client() as client:
        assert client.get("/readyz").status_code == 200


def test_a_second_daemon_is_told_which_process_holds_the_folder(house):
    house.start()
    said = refused(house, 75)
    assert str(house.process.pid) in said and "sanatoriumd serve" in said
    with house.client() as client:
        assert client.get("/healthz").status_code == 200


def test_a_wrong_configuration_has_its_own_status_and_names_every_line(house, tmp_path):
    settings = tmp_path / "sanatoriumd.conf"
    settings.write_text("listen = everywhere\n\ncolour = blue\n")
    said = refused(house, 78, "--config", settings, SANATORIUMD_LOG_LEVEL="loud")
    for part in [f"{settings}:1: listen:", f"{settings}:3: colour:", "SANATORIUMD_LOG_LEVEL"]:
        assert part in said


def test_the_installed_configuration_is_a_right_one(house, root: Path):
    house.arguments = ("--config", str(root / "deploy" / "sanatoriumd.conf"))
    house.start()


def test_a_folder_without_data_is_refused_and_left_alone(daemon):
    empty = daemon()
    empty.data.mkdir(mode=0o700)
    assert str(empty.data) in refused(empty, 66)
    missing = daemon()
    refused(missing, 66)
    assert not missing.data.exists()


def test_a_taken_port_is_named(house, daemon):
    house.start()
    other = daemon()
    other.init()
    done = subprocess.run(
        [other.program, "serve", "--data", other.data, "--listen", f"127.0.0.1:{house.port}"],
        env=other.environment(), capture_output=True, text=True, timeout=60,
    )
    assert done.returncode not in (0, -signal.SIGABRT, -signal.SIGILL)
    assert str(house.port) in done.stderr


def test_making_a_house_twice_changes_nothing(house):
    before = {path: path.read_bytes() for path in house.data.rglob("*") if path.is_file() and path.name != "lock"}
    house.command("init", "--data", house.data, status=73)
    house.command("init", "--data", house.data, "--keep")
    after = {path: path.read_bytes() for path in house.data.rglob("*") if path.is_file() and path.name != "lock"}
    assert after == before


def test_an_own_certificate_is_served_instead(house, daemon, tmp_path):
    other = daemon()
    other.init()
    other.start().stop()
    tls = other.data / "tls"
    house.start().stop()
    settings = tmp_path / "own.conf"
    settings.write_text(f"tls_certificate = {tls}/server.pem\ntls_key = {tls}/server.key\n")
    house.arguments = ("--config", str(settings))
    house.start()
    with Client(house.url, other.ca) as client:
        assert client.get("/healthz").status_code == 200
    house.stop()
    settings.write_text(f"tls_certificate = {tls}/server.pem\ntls_key = {house.data}/tls/server.key\n")
    assert "does not belong" in refused(house, 78, "--config", settings)


def test_plain_http_is_for_the_machine_itself(house):
    house.start().stop()
    assert "loopback" in refused(house, 78, SANATORIUMD_LOOPBACK="0.0.0.0:8080")
    done = refused(house, 78, SANATORIUMD_LOOPBACK="not an address")
    assert "loopback" in done


def test_the_watchdog_is_fed_while_the_writer_answers(house):
    # systemd's own variables; the fixture's socket takes the beats that follow READY.
    address = str(house.folder / "watch")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify, open(house.log, "ab") as log:
        notify.bind(address)
        notify.settimeout(60)
        house.process = subprocess.Popen(
            [house.program, "serve", "--data", house.data, "--listen", f"127.0.0.1:{house.port}"],
            env={**os.environ, "NOTIFY_SOCKET": address, "WATCHDOG_USEC": "400000"}, stdout=log, stderr=log,
        )
        beats = 0
        while beats < 3:
            beats += notify.recv(4096) == b"WATCHDOG=1"
        house.process.send_signal(signal.SIGTERM)
        while notify.recv(4096) != b"STOPPING=1":
            pass
        assert house.process.wait(30) == 0
        house.process = None
