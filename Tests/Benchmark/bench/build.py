"""The executables on both sides."""

import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parent.parent
RELEASE = ROOT / ".build-static" / "release"
FLAGS = ["-O2", "-Wall", "-Wextra", "-Werror"]


def release() -> Path:
    """The static release binary, built when it is missing."""
    program = RELEASE / "sanatoriumd"
    if not program.exists():
        subprocess.run([ROOT / "deploy" / "build"], check=True)
    return program


def counterparts(folder: Path) -> None:
    """static, insert and slowsync.so in the folder."""
    server = HERE / "server.c"
    for name, libraries in {"static": [], "insert": ["-lsqlite3"]}.items():
        sources = [HERE / f"{name}.c", server]
        subprocess.run(["gcc", *FLAGS, "-o", folder / name, *sources, "-lmicrohttpd", *libraries], check=True)
    shared = ["-shared", "-fPIC", "-o", folder / "slowsync.so"]
    subprocess.run(["gcc", *FLAGS, *shared, HERE / "slowsync.c", "-ldl"], check=True)
