"""systemd's own judgement of the units."""

import subprocess
from pathlib import Path

import pytest

UNITS = ["sanatoriumd", "sanatorium-organizer"]


@pytest.mark.parametrize("name", UNITS)
def test_exposure_is_at_most_one_and_a_half(root: Path, name: str):
    unit = root / "systemd" / f"{name}.service"
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager", unit],
        capture_output=True, text=True,
    )
    assert judged.returncode == 0, judged.stdout + judged.stderr


@pytest.mark.parametrize("name", UNITS)
def test_systemd_finds_nothing_wrong(root: Path, programs: Path, tmp_path: Path, name: str):
    unit = tmp_path / f"{name}.service"
    text = (root / "systemd" / f"{name}.service").read_text()
    unit.write_text(text.replace("/usr/local/bin/", f"{programs}/"))
    verified = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True)
    assert (verified.returncode, verified.stderr) == (0, "")


@pytest.mark.parametrize("name", UNITS)
def test_each_hardening_line_is_explained(root: Path, name: str):
    lines = (root / "systemd" / f"{name}.service").read_text().splitlines()
    service = lines[lines.index("[Service]") : lines.index("[Install]")]
    # A run of settings stands under at least one remark.
    runs = "\n".join(service).split("\n#")[1:]
    unexplained = [run for run in runs if run.split("\n")[0].strip() == ""]
    assert not unexplained
    assert sum(line.startswith("#") for line in service) >= 20
