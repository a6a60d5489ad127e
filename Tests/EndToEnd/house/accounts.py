"""Accounts of a daemon of one test, one of each role."""

import contextlib
import copy
import sqlite3
import uuid

from .client import Client
from .daemon import Daemon

PEOPLE = {
    "admin": ("admin", "admin", "阿木尔"),
    "lead": ("lead", "lead", "周敏"),
    "staff": ("staff", "staff", "丁芳"),
    "nurse": ("nurse", "escort", "医护1"),
    "escort": ("escort", "escort", "领队0"),
    "organizer": ("organizer", "organizer", "白露"),
}
MEDICAL = {"nurse"}


class Accounts:
    """Made by the command while the daemon is stopped; the passwords are those that it printed."""

    def __init__(self, daemon: Daemon, *more_nurses: str):
        self.daemon = daemon
        self.passwords: dict[str, str] = {}
        for username, role, name in [*PEOPLE.values(), *((one, "escort", one) for one in more_nurses)]:
            medical = ["--medical"] if username in MEDICAL or username in more_nurses else []
            said = daemon.command(
                "account", "add", username, "--role", role, "--name", name, *medical, "--data", daemon.data
            ).stdout
            printed, password = said.strip().split("\t")
            assert printed == username
            self.passwords[username] = password

    def at(self, daemon: Daemon) -> "Accounts":
        """The same accounts on a copy of the data folder."""
        copied = copy.copy(self)
        copied.daemon = daemon
        return copied

    def account(self, username: str) -> dict:
        """What this account logs in with."""
        return {"username": username, "password": self.passwords[username]}

    def client(self, username: str, **options) -> Client:
        """A client with the session of this account."""
        return self.daemon.client(**options).login(username, self.passwords[username])


class Residents:
    """The accounts of a house in the middle of a stay, and the people in it."""

    def __init__(self, daemon: Daemon, people: list[dict]):
        self.daemon = daemon
        self.people = people

    def client(self, name: str, **options) -> Client:
        """A client with the session of the first account of a role; `medic` is an escort with a medical licence."""
        one = self.account(name)
        return self.daemon.client(**options).login(one["username"], one["password"])

    def account(self, name: str) -> dict:
        """The first account of a role, or the one of this very name."""
        wanted = ("escort", True) if name == "medic" else (name, False)
        for one in self.people:
            if (one["role"], one["medical"]) == wanted or one["username"] == name:
                return one
        raise AssertionError(f"no account for {name}")

    def present(self) -> list[str]:
        """The ids of those who are in the house, as the store has them."""
        with contextlib.closing(sqlite3.connect(f"file:{self.daemon.data}/sanatorium.sqlite?mode=ro", uri=True)) as store:
            found = store.execute("SELECT uuid FROM participant WHERE place = 'present' ORDER BY rowid")
            return [str(uuid.UUID(bytes=row[0])) for row in found]
