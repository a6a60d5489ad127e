"""What an answer looks like on the wire of TLS: small ones leave in one piece, none waits, none is lost."""

import json
import re
import socket
import ssl
import threading
import time
import uuid

import pytest

from house.daemon import Demo
from house.readings import calm

APPLICATION_DATA = 23


class Wire:
    """One TLS connection whose records can be counted."""

    def __init__(self, demo: Demo):
        host, port = re.fullmatch(r"https://(.+):(\d+)/?", demo.url).groups()
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        self.socket.settimeout(30)
        self.socket.connect((host, int(port)))
        self.received, self.sent = ssl.MemoryBIO(), ssl.MemoryBIO()
        context = ssl.create_default_context(cafile=str(demo.ca))
        self.session = context.wrap_bio(self.received, self.sent, server_hostname=host)
        self.raw = b""
        self.plain = b""
        self._until(self.session.do_handshake)

    def send(self, data: bytes) -> None:
        self.socket.sendall(self.sealed(data))

    def sealed(self, data: bytes) -> bytes:
        """The bytes as they are sent."""
        view = memoryview(data)
        while view:
            view = view[self.session.write(view) :]
        return self.sent.read()

    def answer(self) -> tuple[int, bytes]:
        """The next answer's status and body."""
        while True:
            head, blank, rest = self.plain.partition(b"\r\n\r\n")
            length = re.search(rb"\r\n[Cc]ontent-[Ll]ength: (\d+)", head)
            if blank and length and len(rest) >= int(length.group(1)):
                body, self.plain = rest[: int(length.group(1))], rest[int(length.group(1)) :]
                return int(head.split()[1]), body
            self.plain += self._until(lambda: self.session.read(1 << 16))

    def records(self) -> list[int]:
        """The kinds of the records received since the last call; each has five bytes of head."""
        kinds = []
        while self.raw:
            kinds.append(self.raw[0])
            self.raw = self.raw[5 + int.from_bytes(self.raw[3:5], "big") :]
        return kinds

    def close(self) -> None:
        self.socket.close()

    def _until(self, step):
        while True:
            try:
                return step()
            except ssl.SSLWantReadError:
                self.socket.sendall(self.sent.read())
                data = self.socket.recv(1 << 16)
                assert data, "the connection was closed"
                self.raw += data
                self.received.write(data)


@pytest.fixture
def wire(demo):
    made = Wire(demo)
    yield made
    made.close()


def request(method: str, path: str, *headers: str, body: bytes = b"") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def test_head_and_body_of_a_small_answer_are_one_record(wire):
    wire.send(request("GET", "/healthz"))
    assert wire.answer()[0] == 200
    wire.records()  # the handshake's last ones came with the first answer
    for path, status in [("/healthz", 200), ("/login", 200), ("/no-such-page", 404)]:
        wire.send(request("GET", path, "Accept: text/html"))
        assert wire.answer()[0] == status
        assert wire.records() == [APPLICATION_DATA], path


def test_an_answer_that_came_from_the_writer_is_one_record_and_waits_for_no_timer(demo, wire):
    nurse = demo.client("medic")
    people = nurse.read("/api/v1/participants")["participants"]
    person = next(one["id"] for one in people if one["place"] == "present")
    cookies = "; ".join(f"{name}={value}" for name, value in nurse.cookies.items())
    nurse.close()
    headers = [f"Cookie: {cookies}", "Content-Type: application/json", "Sec-Fetch-Site: same-origin"]
    body = json.dumps({"participant": person, "readings": calm()}).encode()
    began = time.monotonic()
    for number in range(40):
        wire.send(request("POST", "/api/v1/check-ins", *headers, f"Idempotency-Key: {uuid.uuid4()}", body=body))
        status, answer = wire.answer()
        assert status == 201, answer
        if number:
            assert wire.records() == [APPLICATION_DATA]
        wire.records()
    # a corked socket holds bytes back for 200 ms: 8 s here
    assert time.monotonic() - began < 6


def test_a_client_that_asks_on_without_reading_gets_every_answer_in_order(wire):
    """What the client hasn't taken fills the system's buffers, at large answers and at small ones."""
    wire.send(request("GET", "/openapi.json"))
    status, description = wire.answer()
    assert status == 200 and len(description) > 60_000
    paths = [("/openapi.json", 200), ("/healthz", 200)] * 20 + [("/no-such-page", 404)] * 40_000
    # the server stops reading while it can't send, so this ends after the reading has begun
    sealed = wire.sealed(b"".join(request("GET", path) for path, _ in paths))
    sending = threading.Thread(target=wire.socket.sendall, args=[sealed])
    sending.start()
    time.sleep(2)
    for path, status in paths:
        answered, body = wire.answer()
        assert answered == status
        assert path != "/openapi.json" or body == description
    sending.join()
