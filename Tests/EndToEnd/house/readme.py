"""What the README has its reader write, taken from its text."""

import re
import shlex
from pathlib import Path

REGULATION = "A regulation of your own"


def section(root: Path, title: str) -> str:
    """What stands under a heading of the second level."""
    _, after = (root / "README.md").read_text().split(f"\n## {title}\n")
    return after.split("\n## ")[0]


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def county_pack(root: Path) -> tuple[str, str]:
    """The pack of the section on regulations, its pieces one after the other, and the facts that it is asked about."""
    *pieces, facts = blocks(section(root, REGULATION), "yaml")
    assert facts.startswith("# facts.yaml")
    return "".join(pieces), facts


def county_command(root: Path) -> list[str]:
    """How the section has its reader ask that pack about those facts: what follows `sanatoriumd pack`."""
    [line] = re.findall(r"^    sanatoriumd pack (evaluate .*)$", section(root, REGULATION), re.MULTILINE)
    return shlex.split(line)
