"""A file that has grown for many years: a thousand earlier batches with two thousand check-ins each.

The rows are copies of the demo's, with identities and sequence numbers of their own; the chain of hashes is not made
anew, so such a file serves to measure the daemon and would not pass `verify`.
"""

import os
import sqlite3
from pathlib import Path

BATCHES = 1_000
CHECK_INS = 2_000
NEEDED = 4 << 30


def room(folder: Path) -> bool:
    free = os.statvfs(folder)
    return free.f_bavail * free.f_frsize >= NEEDED


def grow(data: Path) -> None:
    """Adds the earlier batches to the database in a data folder that no daemon holds."""
    with sqlite3.connect(next(data.glob("*.sqlite")), isolation_level=None) as file:
        file.execute("PRAGMA synchronous = OFF")
        source = file.execute("SELECT id FROM batch WHERE state = 'open' ORDER BY id DESC LIMIT 1").fetchone()[0]
        _sample(file, source)
        first = {table: _highest(file, table, key) for table, key in
                 [("batch", "id"), ("participant", "id"), ("journal", "seq")]}
        people = file.execute("SELECT count(*) FROM temp.people").fetchone()[0]
        file.execute("BEGIN")
        for number in range(BATCHES):
            _copy_batch(
                file, source, first["batch"] + 1 + number, first["participant"] + number * people,
                first["journal"] + number * CHECK_INS,
            )
        file.execute("COMMIT")
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _highest(file: sqlite3.Connection, table: str, key: str) -> int:
    return file.execute(f"SELECT max({key}) FROM {table}").fetchone()[0]


def _sample(file: sqlite3.Connection, source: int) -> None:
    """Numbers the people of a batch, and its check-ins, these again and again until there are enough."""
    file.execute(
        "CREATE TEMP TABLE people AS SELECT id, row_number() OVER (ORDER BY id) AS n FROM participant WHERE batch = ?",
        [source],
    )
    file.execute("CREATE UNIQUE INDEX temp.people_id ON people(id)")
    file.execute(
        """
        CREATE TEMP TABLE sample AS
          WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < :wanted),
            kept AS (SELECT entry, row_number() OVER (ORDER BY entry) - 1 AS m, count(*) OVER () AS all_of_them
                     FROM check_in WHERE batch = :source)
          SELECT counted.n, kept.entry FROM counted JOIN kept ON kept.m = counted.n % kept.all_of_them
        """,
        {"wanted": CHECK_INS, "source": source},
    )
    if file.execute("SELECT count(*) FROM temp.sample").fetchone()[0] != CHECK_INS:
        raise SystemExit("the demo's batch holds no check-in to copy")


def copy(file: sqlite3.Connection, table: str, rows: str, values: dict, changed: dict[str, str]) -> None:
    """Inserts `rows` (a FROM clause with the table as t), each column as it is unless changed by an expression."""
    columns = [row[1] for row in file.execute(f"PRAGMA table_info({table})")]
    picked = ", ".join(changed.get(column, f"t.{column}") for column in columns)
    file.execute(f"INSERT INTO {table}({', '.join(columns)}) SELECT {picked} FROM {rows}", values)


def _copy_batch(file: sqlite3.Connection, source: int, batch: int, person: int, entry: int) -> None:
    values = {"source": source, "batch": batch, "person": person, "entry": entry}
    fresh = {"uuid": "randomblob(16)", "batch": ":batch"}
    copy(
        file, "batch", "batch AS t WHERE t.id = :source", values,
        {"id": ":batch", "uuid": "randomblob(16)", "state": "'acknowledged'"},
    )
    copy(
        file, "participant", "participant AS t JOIN temp.people AS p ON p.id = t.id", values,
        fresh | {
            "id": ":person + p.n", "place": "'departed'", "outing": "NULL", "escort": "NULL", "due_at": "NULL",
            "due_round": "NULL", "last_check": "NULL", "overdue": "0", "back_overdue": "0",
        },
    )
    sampled = "temp.sample AS s CROSS JOIN"
    copy(
        file, "journal", f"{sampled} journal AS t ON t.seq = s.entry", values,
        {"seq": ":entry + s.n", "id": "randomblob(16)", "batch": ":batch"},
    )
    copy(
        file, "check_in", f"{sampled} check_in AS t ON t.entry = s.entry JOIN temp.people AS p ON p.id = t.participant",
        values, {"entry": ":entry + s.n", "batch": ":batch", "participant": ":person + p.n", "round": "NULL", "earlier": "NULL"},
    )
