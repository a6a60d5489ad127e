"""What operators and their tools ask of a running daemon."""

import socket
import ssl
import threading
import time

import httpx
import pytest
from openapi_spec_validator import validate

from house.client import trusting
from house.refusals import faults

METHODS = {"get", "post", "put", "patch", "delete"}


def test_it_is_alive_and_ready(house):
    assert house.get("/healthz").text == "ok\n"
    ready = house.get("/readyz")
    assert ready.status_code == 200 and ready.text.startswith("ready ")


def test_only_the_houses_own_authority_is_needed(house):
    with pytest.raises(httpx.ConnectError), httpx.Client() as stranger:
        stranger.get(f"{house.base_url}/healthz")
    for name in ["127.0.0.1", "localhost"]:
        assert house.get(f"https://{name}:{house.base_url.port}/healthz").status_code == 200


def test_its_description_is_valid_openapi(house):
    described = house.get("/openapi.json")
    assert described.headers["Content-Type"].startswith("application/json")
    validate(described.json())
    assert described.json()["openapi"].startswith("3.1")


def filled(path: str) -> str:
    """A described path with a random name in each place."""
    pieces = path.split("/")
    return "/".join("6f0e5a5e-8f0d-4f0a-9c43-1f2d3c4b5a69" if piece.startswith("{") else piece for piece in pieces)


def test_every_described_route_is_there(served):
    daemon, accounts = served
    described = daemon.client().get("/openapi.json").json()
    assert len(described["paths"]) > 10
    identifiers = []
    clients = {name: accounts.client(name) for name in accounts.passwords}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert method in METHODS and operation["summary"]
            identifiers.append(operation["operationId"])
            if path == "/api/v1/events" or (path, method) == ("/api/v1/session", "delete"):
                continue
            body = {} if method in ("post", "put", "patch") else None
            answers = {name: one.request(method, filled(path), json=body) for name, one in clients.items()}
            codes = {answer.status_code for answer in answers.values()}
            # Something that is not there is missing in a described way; an unknown route says another thing.
            unknown = [a for a in answers.values() if a.status_code == 404 and "地址写错了" in a.text]
            assert not unknown and 405 not in codes and 500 not in codes, f"{method} {path}: {codes}"
            if operation["security"]:
                assert daemon.client().request(method, filled(path), json=body).status_code == 401, path
    assert len(identifiers) == len(set(identifiers))


def test_every_write_refuses_what_it_does_not_know(served):
    daemon, accounts = served
    clients = [accounts.client(name) for name in accounts.passwords]
    for path, methods in daemon.client().get("/openapi.json").json()["paths"].items():
        schema = methods.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json")
        if not schema:
            continue
        answers = [one.post(filled(path), json={"nobodyKnowsThis": 1}) for one in clients]
        told = [answer for answer in answers if answer.status_code not in (403, 404)]
        for answer in told:
            assert answer.status_code in (409, 422), f"{path}: {answer.status_code} {answer.text[:200]}"
            if answer.status_code == 422:
                assert "unknown-field" in faults(answer, 422).get("nobodyKnowsThis", []), path


def test_counters_are_for_leads_administrators_and_this_machine(served):
    daemon, accounts = served
    told = daemon.client().get("/metrics")
    assert told.status_code == 200 and told.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    names = {line.split()[0].split("{")[0] for line in told.text.splitlines() if not line.startswith("#")}
    assert {"sanatorium_journal_sequence", "http_requests_total"} <= names
    for line in told.text.splitlines():
        assert line.startswith("# ") or float(line.rsplit(" ", 1)[1]) >= 0


def test_counters_are_kept_from_other_machines(staffed):
    # The machine's own address is no loopback address.
    address = own_address()
    assert address is not None, "this machine has no address but loopback"
    one, accounts = staffed()
    one.arguments = ("--listen", f"{address}:{one.port}")
    one.url = f"https://{address}:{one.port}"
    one.start()
    assert one.client().get("/metrics").status_code == 403
    for name, status in [("lead", 200), ("admin", 200), ("staff", 403), ("nurse", 403), ("organizer", 403)]:
        assert accounts.client(name).get("/metrics").status_code == status, name


def own_address() -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address = probe.getsockname()[0]
        return None if address.startswith("127.") else address


def test_each_commit_is_told_on_the_stream(served):
    daemon, accounts = served
    admin = accounts.client("admin")
    heard: list[str] = []
    begun, told = threading.Event(), threading.Event()

    def listen() -> None:
        with accounts.client("lead", timeout=30).stream("GET", "/api/v1/events") as stream:
            assert stream.headers["Content-Type"].startswith("text/event-stream")
            for line in stream.iter_lines():
                heard.append(line)
                if line.startswith("event: hello"):
                    begun.set()
                elif begun.is_set() and line.startswith("data:") and "event: hello" not in heard[-2:-1]:
                    told.set()
                    return

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    assert begun.wait(10)
    answer = admin.write("/api/v1/accounts", {
        "username": "late", "name": "后来的", "role": "staff", "password": "correct horse battery staple"})
    assert answer.status_code == 201, answer.text
    assert told.wait(10), heard
    thread.join(10)
    sequence = answer.json()["sequence"]
    last = [int(line.split(":")[1]) for line in heard if line.startswith("id:")][-1]
    assert last >= sequence
    # Whoever comes back later and has missed some hears of it at once.
    with accounts.client("lead", timeout=10).stream(
        "GET", "/api/v1/events", headers={"Last-Event-ID": str(sequence - 1)}
    ) as stream:
        for line in stream.iter_lines():
            if line.startswith("id:"):
                assert int(line.split(":")[1]) >= sequence
                break


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_old_protocols_are_refused(house):
    context = trusting(house.ca)
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.minimum_version = ssl.TLSVersion.TLSv1
    with socket.create_connection(("127.0.0.1", house.base_url.port)) as plain, pytest.raises((ssl.SSLError, OSError)):
        context.wrap_socket(plain, server_hostname="127.0.0.1")


def test_it_stops_while_a_stream_is_open(served):
    daemon, accounts = served
    with accounts.client("lead").stream("GET", "/api/v1/events") as stream:
        next(stream.iter_lines())
        begun = time.monotonic()
        daemon.stop()
        assert time.monotonic() - begun < 5
