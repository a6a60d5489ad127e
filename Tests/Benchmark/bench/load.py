"""Requests: single ones through the standard library, many through wrk."""

import json
import os
import re
import secrets
import ssl
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

SCRIPT = Path(__file__).resolve().parent.parent / "load.lua"


class Session:
    """One account's cookie on one daemon."""

    def __init__(self, url: str, authority: Path, account: dict):
        self.url = url
        self.context = ssl.create_default_context(cafile=str(authority)) if url.startswith("https") else None
        self.cookie = ""
        credentials = {name: account[name] for name in ("username", "password")}
        headers = self._send("POST", "/api/v1/session", credentials)[0]
        self.cookie = "; ".join(value.split(";")[0] for value in headers.get_all("Set-Cookie"))

    def get(self, path: str) -> bytes:
        return self._send("GET", path)[1]

    def answer(self, path: str) -> bytes:
        """Header lines, an empty line and the body, less what every server adds by itself."""
        headers, body = self._send("GET", path)
        own = ("date", "connection", "content-length")
        lines = [f"{name}: {value}\n" for name, value in headers.items() if name.lower() not in own]
        return "".join([*lines, "\n"]).encode() + body

    def list(self, path: str) -> list[dict]:
        """The items of a list, whatever else the answer holds."""
        answer = json.loads(self.get(path))
        return answer if isinstance(answer, list) else next(value for value in answer.values() if isinstance(value, list))

    def post(self, path: str, body: dict) -> bytes:
        return self._send("POST", path, body)[1]

    def _send(self, method: str, path: str, body: dict | None = None):
        headers = {"Cookie": self.cookie} if self.cookie else {}
        headers["Sec-Fetch-Site"] = "same-origin"
        if body is not None:
            headers |= {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, context=self.context, timeout=30) as answer:
                return answer.headers, answer.read()
        except urllib.error.HTTPError as refusal:
            raise SystemExit(f"{method} {path}: {refusal.code} {refusal.read().decode(errors='replace')}") from None


def check_in(participant: str) -> dict:
    """A check-in as load.lua makes them."""
    readings = {
        "respirationRate": 16, "oxygenSaturation": 97, "oxygenScale": 1, "supplementalOxygen": False, "systolic": 124,
        "diastolic": 76, "pulse": 70, "consciousness": "A", "temperature": 36.5,
    }
    return {"participant": participant, "occurredAt": int(time.time() * 1_000), "readings": readings}


class Load:
    """One kind of request, sent by 50 clients that keep their connections."""

    def __init__(self, folder: Path, method: str, path: str, cookie: str, participants: list[str], clients: int = 50):
        self.file = folder / f"{method}-{secrets.token_hex(4)}.lua"
        self.method, self.path, self.cookie = method, path, cookie
        self.participants, self.clients = participants, clients

    def run(self, url: str, seconds: float) -> dict:
        """wrk's result; a refused or broken request ends the benchmark, for it measures nothing then."""
        quoted = ", ".join(f'"{participant}"' for participant in self.participants)
        self.file.write_text(
            f'return {{method = "{self.method}", path = "{self.path}", cookie = "{self.cookie}", '
            f"run = {secrets.randbits(32)}, occurred = {int(time.time() * 1_000)}, participants = {{{quoted}}}}}\n"
        )
        command = ["wrk", "-t2", f"-c{self.clients}", f"-d{seconds:g}s", "--timeout", "30s", "-s", SCRIPT, url + self.path]
        done = subprocess.run(command, env={**os.environ, "LOAD": str(self.file)}, capture_output=True, text=True)
        told = re.search(r"^RESULT (.*)$", done.stdout, re.MULTILINE)
        if done.returncode != 0 or not told:
            raise SystemExit(f"wrk failed:\n{done.stdout}\n{done.stderr}")
        result = json.loads(told.group(1))
        if result["refused"] or result["broken"] or not result["requests"]:
            raise SystemExit(f"{self.method} {url}{self.path}: {result}\n{done.stderr}")
        return result | {"rate": result["requests"] / result["seconds"]}
