"""Answers over TLS to a client that takes its time."""

import re
import socket
import ssl
import threading
import time

import pytest

from house.daemon import Demo


class Wire:
    """One TLS connection with a small window, whose bytes are sealed before they are sent."""

    def __init__(self, demo: Demo):
        host, port = re.fullmatch(r"https://(.+):(\d+)/?", demo.url).groups()
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        self.socket.settimeout(30)
        self.socket.connect((host, int(port)))
        self.received, self.sent = ssl.MemoryBIO(), ssl.MemoryBIO()
        context = ssl.create_default_context(cafile=str(demo.ca))
        self.session = context.wrap_bio(self.received, self.sent, server_hostname=host)
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
                self.received.write(data)


@pytest.fixture
def wire(demo):
    made = Wire(demo)
    yield made
    made.close()


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


def test_a_client_that_asks_on_without_reading_gets_every_answer_in_order(wire):
    """What the client hasn't taken fills the system's buffers, at large answers and at small ones."""
    wire.send(get("/openapi.json"))
    status, description = wire.answer()
    assert status == 200 and len(description) > 60_000
    paths = [("/openapi.json", 200), ("/healthz", 200)] * 20 + [("/no-such-page", 404)] * 40_000
    # the server stops reading while it can't send, so this ends after the reading has begun
    sealed = wire.sealed(b"".join(get(path) for path, _ in paths))
    sending = threading.Thread(target=wire.socket.sendall, args=[sealed])
    sending.start()
    time.sleep(2)
    for path, status in paths:
        answered, body = wire.answer()
        assert answered == status
        assert path != "/openapi.json" or body == description
    sending.join()
