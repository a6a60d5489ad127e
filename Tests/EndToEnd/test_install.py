"""Installing into a folder and taking it away again."""

import stat
import subprocess
from pathlib import Path

import pytest

NAMES = ["sanatoriumd", "sanatorium-organizer"]


@pytest.fixture
def install(root: Path, programs: Path, tmp_path: Path):
    """Runs deploy/install under a root folder of the test's."""
    target = tmp_path / "root"
    target.mkdir()

    def run(*arguments: str, status: int = 0) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [root / "deploy" / "install", "--root", target, *map(str, arguments)], capture_output=True, text=True
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done

    run.target = target
    return run


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())


def test_puts_programs_units_and_configuration_in_place(install, programs):
    install("--binaries", programs)
    assert files(install.target) == sorted(
        path
        for name in NAMES
        for path in [
            f"usr/local/bin/{name}", f"usr/local/lib/systemd/system/{name}.service", f"etc/{name}/{name}.conf",
        ]
    )
    for name in NAMES:
        program = install.target / "usr/local/bin" / name
        assert mode(program) == 0o755
        assert mode(install.target / f"usr/local/lib/systemd/system/{name}.service") == 0o644
        subprocess.run([program, "--help"], check=True, capture_output=True)


def test_another_prefix_is_followed_by_the_units(install, programs):
    install("--binaries", programs, "--prefix", "/usr")
    unit = (install.target / "usr/lib/systemd/system/sanatoriumd.service").read_text()
    assert "ExecStart=/usr/bin/sanatoriumd serve" in unit
    assert "/usr/local/bin" not in unit


def test_installing_again_keeps_the_operators_configuration(install, programs):
    install("--binaries", programs)
    settings = install.target / "etc/sanatoriumd/sanatoriumd.conf"
    settings.write_text("listen = 0.0.0.0:443\n")
    install("--binaries", programs)
    assert settings.read_text() == "listen = 0.0.0.0:443\n"


def test_uninstalling_leaves_nothing_of_ours(install, programs):
    install("--binaries", programs)
    install("--uninstall")
    assert files(install.target) == []
    install("--uninstall")


def test_uninstalling_keeps_data_and_changed_configuration_and_says_where(install, programs):
    install("--binaries", programs)
    settings = install.target / "etc/sanatoriumd/sanatoriumd.conf"
    settings.write_text("listen = 0.0.0.0:443\n")
    data = install.target / "var/lib/sanatoriumd"
    data.mkdir(parents=True)
    said = install("--uninstall").stdout
    assert files(install.target) == ["etc/sanatoriumd/sanatoriumd.conf"]
    assert data.exists()
    assert str(settings.parent) in said and str(data) in said


def test_wrong_calls_are_refused_and_change_nothing(install, tmp_path):
    assert "--colour" in install("--colour", status=64).stderr
    assert "--prefix" in install("--prefix", status=64).stderr
    install("--prefix", "usr", status=64)
    assert str(tmp_path) in install("--binaries", tmp_path, status=66).stderr
    assert files(install.target) == []


def test_packages_are_known_by_role(root):
    done = subprocess.run([root / "deploy" / "require", "cooking"], capture_output=True, text=True)
    assert done.returncode == 64 and "cooking" in done.stderr
    listed = [line.split() for line in (root / "deploy" / "packages").read_text().splitlines()]
    roles = {words[0] for words in listed if words and words[0] != "#"}
    assert roles == {"build", "run", "test", "benchmark"}
