"""The wall clock of a daemon, shifted from outside."""

import datetime
import os
import struct
import subprocess
import time
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "timeshift.c"


def build(folder: Path) -> Path:
    """Compiles the shifter; the path of the library to preload."""
    library = folder / "timeshift.so"
    command = ["gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"]
    subprocess.run(command, check=True)
    return library


class Clock:
    """One clock that any number of processes share; it goes on by itself from where it is set."""

    def __init__(self, library: Path, file: Path):
        self.library = library
        self.file = file
        self.offset = 0.0
        self._write()

    @property
    def environment(self) -> dict[str, str]:
        return {"LD_PRELOAD": str(self.library), "TIMESHIFT_FILE": str(self.file)}

    def now(self) -> datetime.datetime:
        """What a process on this clock sees, in UTC."""
        return datetime.datetime.fromtimestamp(time.time() + self.offset, datetime.timezone.utc)

    def set(self, moment: datetime.datetime) -> None:
        """Jumps to a moment, which must say its zone."""
        assert moment.tzinfo is not None
        self.offset = moment.timestamp() - time.time()
        self._write()

    def advance(self, **span: float) -> None:
        """Jumps forward: advance(hours=6)."""
        self.offset += datetime.timedelta(**span).total_seconds()
        self._write()

    def _write(self) -> None:
        # In place and in one write: processes have the file mapped.
        file = os.open(self.file, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.pwrite(file, struct.pack("=q", int(self.offset * 1_000_000_000)), 0)
        finally:
            os.close(file)
