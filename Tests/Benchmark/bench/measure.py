"""What is measured, and how."""

import json
import subprocess
import threading
import time
from pathlib import Path

from . import busy, large, papers, table
from .load import Load, Session, check_in
from .servers import Bare, House, Ours, slow

SLOW_MICROSECONDS = 4_000


class Benchmark:
    """All measurements on copies of one house."""

    def __init__(self, program: Path, house: House, folder: Path, pairs: int, seconds: float):
        self.program, self.house, self.folder = program, house, folder
        self.pairs, self.seconds = pairs, seconds
        self.copies = 0
        self.resident: list[float] = []

    def start(self, environment: dict[str, str] | None = None) -> Ours:
        self.copies += 1
        return Ours(self.program, self.house.copy(self.folder / f"data-{self.copies}"), environment)

    def session(self, ours: Ours, role: str) -> Session:
        return Session(ours.url("TLS"), ours.authority, self.house.accounts[role])

    def participants(self, session: Session) -> list[str]:
        """Those of the open batch who are here."""
        people = session.list("/api/v1/participants")
        return [one["id"] for one in people if one["place"] == "present"]

    def check_ins(self, transport: str, least: float, slowed: bool = False) -> table.Line:
        """Check-ins against one insert and one fsync each."""
        environment = slow(self.folder, SLOW_MICROSECONDS) if slowed else {}
        ours = self.start(environment)
        session = self.session(ours, "medic")
        people = self.participants(session)
        # One by hand first: a refusal tells its reason here, wrk only counts them.
        session.post("/api/v1/check-ins", check_in(people[0]))
        load = Load(self.folder, "POST", "/api/v1/check-ins", session.cookie, people)
        certificate = ours.certificate() if transport == "TLS" else []
        bare = Bare(self.folder / "insert", self.folder / f"items-{self.copies}.sqlite", certificate, environment)
        with Watch(ours, self.resident):
            pairs = self._in_turns(load, ours.url(transport), bare.url)
        bare.stop()
        ours.stop()
        name = f"check-ins, {transport}" + (", each fsync 4 ms longer" if slowed else "")
        return table.ratio(name, pairs, least)

    def board(self, transport: str, least: float) -> table.Line:
        """The duty board as it is kept, against a bare program that serves the same bytes, headers and body."""
        ours = self.start()
        session = self.session(ours, "lead")
        page = self.folder / f"board-{self.copies}.http"
        page.write_bytes(session.answer("/board"))
        load = Load(self.folder, "GET", "/board", session.cookie, [])
        bare = Bare(self.folder / "static", page, ours.certificate() if transport == "TLS" else [])
        with Watch(ours, self.resident):
            pairs = self._in_turns(load, ours.url(transport), bare.url)
        bare.stop()
        ours.stop()
        return table.ratio(f"duty board as kept ({page.stat().st_size:,} bytes), {transport}", pairs, least)

    def board_anew(self) -> table.Line:
        """The first board after a change: drawn, compressed and sent, less what a kept one takes."""
        ours = self.start()
        escort, lead = self.session(ours, "medic"), self.session(ours, "lead")
        people = self.participants(escort)
        spans = []
        for turn in range(max(self.pairs, 50)):
            escort.post("/api/v1/check-ins", check_in(people[turn % len(people)]))
            spans.append(self._span(lead, "/board") - self._span(lead, "/board"))
        ours.stop()
        return table.limit("duty board drawn anew", spans, 2, "ms")

    def full_batch(self) -> list[table.Line]:
        """Coverage and gates of a full batch that moves much, less what an empty answer takes."""
        folder = self.house.copy(self.folder / "busy")
        busy.fill(folder)
        ours = Ours(self.program, folder)
        lead = self.session(ours, "lead")
        batch = json.loads(lead.get("/api/v1/coverage"))["batch"]
        lines = []
        for name, path, most in [
            (f"coverage of {busy.DAYS} days with {busy.MOVEMENTS:,} movements", "/api/v1/coverage", 10),
            (f"arrival gate of {busy.PEOPLE} people, with its answer", f"/api/v1/batches/{batch}/gates/arrival", None),
            (f"daily gate of {busy.PEOPLE} people, with its answer", f"/api/v1/batches/{batch}/gates/daily", None),
        ]:
            spans = [self._span(lead, path) - self._span(lead, "/healthz") for _ in range(max(self.pairs, 50))]
            lines.append(table.limit(name, spans, most, "ms"))
        ours.stop()
        return lines

    def rules(self) -> list[table.Line]:
        """All gates of a full batch under each built-in regulation, every person with every paper."""
        facts = papers.facts(self.folder / "facts.json")
        lines = []
        for pack in ("nm-2023", "wh-2023", "jn-2026-draft"):
            told = subprocess.run(
                [self.program, "pack", "evaluate", "--pack", pack, "--facts", facts, "--repeat", "200"],
                check=True, capture_output=True, text=True).stdout
            spans = [one / 1_000 for one in json.loads(told)["microseconds"]]
            lines.append(table.limit(f"all gates of {papers.COUNT} people under {pack}", spans, 5, "ms"))
        return lines

    def ready(self) -> table.Line:
        spans = []
        for _ in range(self.pairs):
            ours = self.start()
            spans.append(ours.ready_milliseconds)
            ours.stop()
        return table.limit("from start to ready", spans, 100, "ms")

    def resident_under_load(self) -> table.Line:
        """The highest of all measurements before."""
        return table.limit("resident memory under load", [max(self.resident)], 40, "MB")

    def resident_while_hashing(self) -> table.Line:
        """While people sign in and others work."""
        ours = self.start()
        escort = self.session(ours, "medic")
        people = self.participants(escort)
        load = Load(self.folder, "POST", "/api/v1/check-ins", escort.cookie, people)
        seen: list[float] = []
        ended = threading.Event()

        def sign_in() -> None:
            while not ended.is_set():
                self.session(ours, "staff")

        person = threading.Thread(target=sign_in)
        person.start()
        with Watch(ours, seen):
            load.run(ours.url("TLS"), max(self.seconds, 3))
        ended.set()
        person.join()
        ours.stop()
        return table.limit("resident memory while passwords are hashed", [max(seen)], 60, "MB")

    def grown(self) -> list[table.Line]:
        """The same daemon on a file with a thousand earlier batches, against itself on the demo's."""
        folder = self.house.copy(self.folder / "grown")
        large.grow(folder)
        old, new = Ours(self.program, folder), self.start()
        session, other = self.session(old, "medic"), self.session(new, "medic")
        people = self.participants(session)
        lines = []
        for name, method, path in [
            ("check-ins", "POST", "/api/v1/check-ins"), ("duty board as kept", "GET", "/board"),
        ]:
            loads = [Load(self.folder, method, path, one.cookie, people) for one in (session, other)]
            pairs = []
            for _ in range(self.pairs):
                first = loads[0].run(old.url("TLS"), self.seconds)["rate"]
                pairs.append((first, loads[1].run(new.url("TLS"), self.seconds)["rate"]))
            size = next(folder.glob("*.sqlite")).stat().st_size / 1e9
            lines.append(table.ratio(f"{name}, TLS, {size:.1f} GB of earlier batches against none", pairs, 0.85))
        old.stop()
        new.stop()
        return lines

    def _in_turns(self, load: Load, ours: str, bare: str) -> list[tuple[float, float]]:
        # The first of each side warms caches and connections and doesn't count.
        load.run(ours, 1)
        load.run(bare, 1)
        return [
            (load.run(ours, self.seconds)["rate"], load.run(bare, self.seconds)["rate"]) for _ in range(self.pairs)
        ]

    @staticmethod
    def _span(session: Session, path: str) -> float:
        begin = time.monotonic()
        session.get(path)
        return (time.monotonic() - begin) * 1_000


class Watch:
    """Notes the highest resident memory of a process while the block runs."""

    def __init__(self, ours: Ours, into: list[float]):
        self.ours, self.into = ours, into
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._look)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_) -> None:
        self.ended.set()
        self.thread.join()

    def _look(self) -> None:
        while not self.ended.wait(0.1):
            self.into.append(self.ours.resident_megabytes())
