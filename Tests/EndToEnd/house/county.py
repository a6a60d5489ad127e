"""The README's example of a regulation as a file in a folder of packs."""

from pathlib import Path

NAME = "example-banner"
TITLE = "示例旗军休人员荣誉疗养实施办法"


def shelve(folder: Path, text: str) -> Path:
    """A folder of packs with the example in it, and nothing else."""
    shelf = folder / "packs"
    shelf.mkdir()
    (shelf / f"{NAME}.yaml").write_text(text)
    return shelf


def line_of(text: str, words: str) -> int:
    """The last line with these words."""
    return max(number for number, line in enumerate(text.splitlines(), 1) if words in line)
