"""Starting, killing and starting again the real executables."""

import json
import os
import select
import signal
import socket
import subprocess
from pathlib import Path

from .client import Client
from .clock import Clock

START_SECONDS = 60
STOP_SECONDS = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Daemon:
    """One executable on one data folder, as systemd would run it: it says itself when it is ready."""

    def __init__(self, program: Path, folder: Path, clock: Clock | None = None, arguments: tuple[str, ...] = ()):
        self.program = program
        self.folder = folder
        self.data = folder / "data"
        self.clock = clock
        self.arguments = arguments
        self.port = free_port()
        self.url = f"https://127.0.0.1:{self.port}"
        self.ca = self.data / "tls" / "ca.pem"
        self.log = folder / "daemon.log"
        self.process: subprocess.Popen | None = None

    def environment(self, **more: str) -> dict[str, str]:
        shifted = self.clock.environment if self.clock else {}
        return {**os.environ, **shifted, **more}

    def command(self, *arguments: str, status: int = 0, **options) -> subprocess.CompletedProcess:
        """Runs a subcommand to its end and expects its exit status: command('verify', '--data', …)."""
        done = subprocess.run(
            [self.program, *map(str, arguments)], env=self.environment(), capture_output=True, text=True, timeout=300,
            **options,
        )
        assert done.returncode == status, f"{arguments}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def init(self, *arguments: str) -> str:
        """Makes the data folder; what was printed, the first administrator's code among it."""
        return self.command("init", "--data", self.data, *arguments).stdout

    def start(self) -> "Daemon":
        """Starts serving and returns once it is ready."""
        assert self.process is None, "it runs already"
        address = str(self.folder / "notify")
        Path(address).unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.bind(address)
            with open(self.log, "ab") as log:
                self.process = subprocess.Popen(
                    [self.program, "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}", *self.arguments],
                    env=self.environment(NOTIFY_SOCKET=address), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                )
            self._await_ready(notify)
        return self

    def client(self, **options) -> Client:
        return Client(self.url, self.ca, **options)

    def stop(self) -> None:
        """Ends it in good order and expects that it does."""
        process, self.process = self.process, None
        process.terminate()
        assert process.wait(STOP_SECONDS) == 0, self.story()

    def kill(self) -> None:
        """Ends it as a power cut does."""
        process, self.process = self.process, None
        process.send_signal(signal.SIGKILL)
        process.wait()

    def restart(self) -> "Daemon":
        self.stop()
        return self.start()

    def story(self) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-40:]) if self.log.exists() else ""

    def _await_ready(self, notify: socket.socket) -> None:
        ended = os.pidfd_open(self.process.pid)
        try:
            while True:
                readable, _, _ = select.select([notify, ended], [], [], START_SECONDS)
                if notify in readable:
                    if b"READY=1" in notify.recv(4096).split(b"\n"):
                        return
                    continue
                status = self.process.poll()
                self.kill() if status is None else setattr(self, "process", None)
                why = "was not ready in time" if status is None else f"ended with {status}"
                raise AssertionError(f"{self.program.name} {why}\n{self.story()}")
        finally:
            os.close(ended)


class Demo:
    """`sanatoriumd demo`: a house in the middle of its stay, with an organizer beside it."""

    def __init__(self, program: Path, folder: Path, clock: Clock | None = None):
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / "demo.log"
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [program, "demo", "--listen", "127.0.0.1:0", "--data", folder / "data", "--json"],
                env={**os.environ, **(clock.environment if clock else {})}, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=log,
            )
        readable, _, _ = select.select([self.process.stdout], [], [], START_SECONDS)
        line = self.process.stdout.readline() if readable else b""
        if not line:
            self.process.kill()
            story = self.log.read_text(errors="replace")[-4000:]
            raise AssertionError(f"demo said nothing; exit {self.process.wait()}\n{story}")
        told = json.loads(line)
        self.url, self.ca = told["url"], Path(told["ca"])
        self.organizer = told["organizer"]
        self.accounts = told["accounts"]

    def account(self, role: str) -> dict:
        """The first account of a role; `medic` is an escort with a medical licence, `escort` one without."""
        wanted = ("escort", True) if role == "medic" else (role, False)
        return next(one for one in self.accounts if (one["role"], one.get("medical", False)) == wanted)

    def client(self, role: str | None = None, **options) -> Client:
        """A client of the facility's daemon, logged in where a role is given."""
        client = Client(self.url, self.ca, **options)
        return self._login(client, self.account(role)) if role else client

    def organizer_client(self) -> Client:
        """A client of the organizer's daemon, logged in as its first account."""
        client = Client(self.organizer["url"], Path(self.organizer["ca"]))
        return self._login(client, self.organizer["accounts"][0])

    def stop(self) -> None:
        self.process.terminate()
        assert self.process.wait(STOP_SECONDS) == 0, self.log.read_text(errors="replace")[-4000:]

    @staticmethod
    def _login(client: Client, account: dict) -> Client:
        return client.login(account["username"], account["password"])
