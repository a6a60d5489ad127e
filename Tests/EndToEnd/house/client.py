"""A client that trusts the house's authority and nobody else."""

import ssl
import uuid
from pathlib import Path

import httpx

# OpenSSL's X509_V_FLAG_NO_CHECK_TIME: the daemon may live on a clock that the test has moved.
NO_CHECK_TIME = 0x200000


def trusting(ca: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(ca))
    context.verify_flags |= NO_CHECK_TIME
    return context


class Client(httpx.Client):
    """HTTPS to one daemon, with the cookie of one account."""

    def __init__(self, url: str, ca: Path, **options):
        options.setdefault("timeout", 30)
        # As a browser's own pages say it; a write that says nothing of where it comes from is refused.
        options["headers"] = {"Origin": url, **options.get("headers", {})}
        super().__init__(base_url=url, verify=trusting(ca), follow_redirects=False, **options)

    def login(self, username: str, password: str) -> "Client":
        """Opens a session; later requests carry its cookie."""
        answer = self.post("/api/v1/session", json={"username": username, "password": password})
        assert answer.is_success, f"{answer.status_code} {answer.text}"
        return self

    def write(self, path: str, body: dict, key: str | None = None, **options) -> httpx.Response:
        """A POST with an Idempotency-Key, a fresh one unless given."""
        headers = {"Idempotency-Key": key or str(uuid.uuid4()), **options.pop("headers", {})}
        return self.post(path, json=body, headers=headers, **options)

    def read(self, path: str, **query) -> dict:
        """The JSON at a path that must be there."""
        answer = self.get(path, params=query)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
        return answer.json()
