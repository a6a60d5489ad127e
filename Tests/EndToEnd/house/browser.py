"""Chromium as Debian ships it, which trusts the authorities that a test gives it."""

import subprocess
from pathlib import Path

from playwright.sync_api import Browser, Playwright

PHONE = {"width": 390, "height": 844}
DUTY_ROOM = {"width": 1920, "height": 1080}


def trust(home: Path, *authorities: Path) -> None:
    """Puts authorities into the certificate store of a home folder. Service workers ask for this: they refuse a
    certificate that was merely waved through."""
    store = home / ".pki" / "nssdb"
    if not store.exists():
        store.mkdir(parents=True)
        subprocess.run(["certutil", "-d", f"sql:{store}", "-N", "--empty-password"], check=True)
    for authority in authorities:
        subprocess.run(
            ["certutil", "-d", f"sql:{store}", "-A", "-t", "C,,", "-n", str(authority), "-i", authority], check=True
        )


def launch(playwright: Playwright, home: Path) -> Browser:
    return playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--lang=zh-CN"], env={"HOME": str(home), "LANG": "zh_CN.UTF-8"})
