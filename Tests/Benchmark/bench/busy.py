"""A full batch that moves much: a hundred participants, a thousand movements in ten days.

Made in the tables alone, from the demo's batch: such a file serves to measure and would not pass `verify`.
"""

import random
import sqlite3
import time
from pathlib import Path

from . import large

PEOPLE = 100
MOVEMENTS = 1_000
DAYS = 10


def fill(data: Path) -> None:
    """Changes the open batch in a data folder that no daemon holds."""
    with sqlite3.connect(next(data.glob("*.sqlite")), isolation_level=None) as file:
        batch = file.execute("SELECT id FROM batch WHERE state = 'open' ORDER BY id DESC LIMIT 1").fetchone()[0]
        file.execute("BEGIN")
        _people(file, batch)
        _movements(file, batch)
        file.execute("COMMIT")
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _people(file: sqlite3.Connection, batch: int) -> None:
    """Copies those who are here, with their facts, until there are a hundred."""
    here = file.execute(
        "SELECT id FROM participant WHERE batch = ? AND place = 'present' ORDER BY id", [batch]).fetchall()
    count, number = file.execute("SELECT count(*), max(number) FROM participant WHERE batch = ?", [batch]).fetchone()
    highest = file.execute("SELECT max(id) FROM participant").fetchone()[0]
    for index in range(PEOPLE - count):
        values = {"source": here[index % len(here)][0], "new": highest + 1 + index, "number": number + 1 + index}
        large.copy(
            file, "participant", "participant AS t WHERE t.id = :source", values,
            {
                "id": ":new", "uuid": "randomblob(16)", "number": ":number", "badge": "lower(hex(randomblob(5)))",
                "last_check": "NULL", "due_at": "NULL", "due_round": "NULL", "overdue": "0",
            },
        )
        large.copy(file, "fact", "fact AS t WHERE t.participant = :source", values, {"participant": ":new"})


def _movements(file: sqlite3.Connection, batch: int) -> None:
    """Everybody goes on leave and comes back, again and again."""
    dice = random.Random(1)
    here = file.execute("SELECT id FROM participant WHERE batch = ? AND place = 'present'", [batch])
    people = [row[0] for row in here]
    file.execute("DELETE FROM whereabouts WHERE batch = ? AND side = 'participant'", [batch])
    end, entry = int(time.time() * 1_000), 0
    for index, person in enumerate(people):
        steps = MOVEMENTS // len(people) + (index < MOVEMENTS % len(people))
        times = sorted(end - dice.randrange(DAYS * 86_400_000) for _ in range(steps))
        for step, (since, until) in enumerate(zip(times, [*times[1:], None])):
            entry -= 1
            file.execute(
                """
                INSERT INTO whereabouts(batch, side, person, entry, place, since, until)
                VALUES(?, 'participant', ?, ?, ?, ?, ?)
                """,
                [batch, person, entry, ("present", "leave")[step % 2], since, until],
            )
