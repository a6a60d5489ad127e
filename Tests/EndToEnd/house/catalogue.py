"""The program's own words in both languages, as they stand in its sources: 'Text("中文", "English")' and its like."""

import re
from pathlib import Path

HAN = re.compile(r"[\u3400-\u9fff]")
LITERAL = r'"((?:\\.|[^"\\\n])*)"'
PAIR = re.compile(LITERAL + r",\s*" + LITERAL)
IN_PACKS = re.compile(r'zh: "?(.*?)"?,?\s+en: "?([^"\n}]*)"?')
# People and houses that are made up are data.
INVENTED = {"Components", "Demo"}
ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


def read(literal: str) -> str | None:
    """What a literal stands for; None where a value is put into it."""
    if "\\(" in literal:
        return None
    literal = re.sub(r"\\u\{([0-9A-Fa-f]+)\}", lambda found: chr(int(found[1], 16)), literal)
    return re.sub(r"\\(.)", lambda found: ESCAPES.get(found[1], found[1]), literal).strip()


def pairs(root: Path) -> set[tuple[str, str]]:
    """Chinese with English, without those that a value is put into."""
    found: set[tuple[str, str]] = set()
    for file in (root / "Sources").rglob("*.swift"):
        if INVENTED & {*file.parts, file.stem}:
            continue
        found |= {(read(zh), read(en)) for zh, en in PAIR.findall(file.read_text())}
    for file in (root / "Sources").rglob("*.yaml"):
        found |= set(IN_PACKS.findall(file.read_text()))
    return {(zh, en) for zh, en in found if zh and en and HAN.search(zh) and not HAN.search(en)}


def foreign(root: Path) -> dict[str, list[str]]:
    """By a page's language the words of the other one that must not stand on it."""
    found = pairs(root)
    chinese = "\n".join(zh for zh, _ in found)
    # Units, codes and names of scales are the same in both; a single character may be part of a name.
    return {
        "en": sorted({zh for zh, _ in found if len(zh) > 1}),
        "zh": sorted({en for _, en in found if len(en) > 3 and en not in chinese}),
    }
