"""A disk whose syncs hang or fail when a test says so."""

import subprocess
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "failsync.c"


class Disk:
    """What the processes that preload it see of their disk."""

    def __init__(self, folder: Path):
        self.library = folder / "failsync.so"
        self.fault = folder / "sync-fault"
        command = ["gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", self.library, SOURCE, "-ldl"]
        subprocess.run(command, check=True)

    @property
    def environment(self) -> dict[str, str]:
        return {"LD_PRELOAD": str(self.library), "SYNC_FAULT": str(self.fault)}

    def hang(self) -> None:
        """From now on each sync waits for `recover`."""
        self.fault.write_text("hang")

    def fail(self) -> None:
        """From now on each sync fails."""
        self.fault.write_text("fail")

    def recover(self) -> None:
        self.fault.unlink()
