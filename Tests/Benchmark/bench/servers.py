"""The processes that are measured."""

import json
import os
import select
import shutil
import socket
import subprocess
import time
from pathlib import Path

START_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def slow(folder: Path, microseconds: int) -> dict[str, str]:
    """The environment in which each fsync takes that much longer."""
    return {"LD_PRELOAD": str(folder / "slowsync.so"), "SLOWSYNC_MICROSECONDS": str(microseconds)}


class House:
    """A data folder in the middle of a stay, made once by the demo and copied for each measurement."""

    def __init__(self, program: Path, folder: Path):
        demo = subprocess.Popen(
            [program, "demo", "--listen", "127.0.0.1:0", "--data", folder / "demo", "--json"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        )
        told = json.loads(demo.stdout.readline() or "null")
        demo.terminate()
        if told is None or demo.wait(60) != 0:
            raise SystemExit("the demo did not start or did not end in good order")
        # Two escorts, of whom only the one with a medical licence records health data.
        self.accounts = {("medic" if one.get("medical") else one["role"]): one for one in told["accounts"]}
        # Each daemon locks its own folder; the organizer's is not the one that is measured.
        locks = sorted((folder / "demo").rglob("lock"), key=lambda path: ("organizer" in str(path), len(path.parts)))
        self.data = locks[0].parent

    def copy(self, target: Path) -> Path:
        shutil.copytree(self.data, target)
        return target


class Ours:
    """sanatoriumd on a copy of the data, with HTTPS and plain HTTP."""

    def __init__(self, program: Path, data: Path, environment: dict[str, str] | None = None):
        self.data = data
        self.ports = {"plain": free_port(), "TLS": free_port()}
        address = f"{data}.notify"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.bind(address)
            begin = time.monotonic()
            self.process = subprocess.Popen(
                [program, "serve", "--data", data, "--listen", f"127.0.0.1:{self.ports['TLS']}"],
                env={
                    **os.environ, **(environment or {}), "NOTIFY_SOCKET": address,
                    "SANATORIUMD_LOOPBACK": f"127.0.0.1:{self.ports['plain']}", "SANATORIUMD_LOG_LEVEL": "error",
                },
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            )
            ended = os.pidfd_open(self.process.pid)
            while True:
                readable, _, _ = select.select([notify, ended], [], [], START_SECONDS)
                if notify in readable and b"READY=1" in notify.recv(4096):
                    break
                if notify not in readable:
                    self.process.kill()
                    raise SystemExit(f"sanatoriumd did not get ready: {self.process.wait()}")
            self.ready_milliseconds = (time.monotonic() - begin) * 1_000
            os.close(ended)
        os.unlink(address)

    def url(self, transport: str) -> str:
        scheme = "https" if transport == "TLS" else "http"
        return f"{scheme}://127.0.0.1:{self.ports[transport]}"

    @property
    def authority(self) -> Path:
        return self.data / "tls" / "ca.pem"

    def certificate(self) -> list[Path]:
        return [self.data / "tls" / "server.pem", self.data / "tls" / "server.key"]

    def resident_megabytes(self) -> float:
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024

    def stop(self) -> None:
        self.process.terminate()
        if self.process.wait(60) != 0:
            raise SystemExit("sanatoriumd did not end in good order")


class Bare:
    """A C counterpart: program, file, and certificate and key for TLS."""

    def __init__(self, program: Path, file: Path, certificate: list[Path], environment: dict[str, str] | None = None):
        self.port = free_port()
        self.scheme = "https" if certificate else "http"
        self.process = subprocess.Popen(
            [program, str(self.port), file, *certificate], env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        )
        if self.process.stdout.readline() != b"ready\n":
            raise SystemExit(f"{program.name} did not start")

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
