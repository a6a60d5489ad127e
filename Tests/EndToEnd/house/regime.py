"""What each regulation asks, from its own articles: which rules stand at which gate, and who fails one of them."""

import datetime
from dataclasses import dataclass, field

NATIONAL = {
    "open": ["CN01", "CN02", "CN08"], "arrival": ["CN03", "CN04", "CN07"], "daily": ["CN04"], "close": ["CN05"],
    "report": ["CN06"],
}


def _rules(prefix: str, *numbers: int) -> list[str]:
    return [f"{prefix}{number:02}" for number in numbers]


@dataclass(frozen=True)
class Regime:
    """One regulation with its list and its batch."""

    roster: str
    first: datetime.date
    # GB/T 2260, of the venue.
    area: str
    rules: dict[str, list[str]]
    # What each person must bring beside what the list tells.
    papers: dict[str, dict[str, str]]
    # Left out at arrival and brought later; the rule that stops the person until then.
    forgotten: tuple[str, str]
    # A fact that fails a hard rule for good, and that rule.
    barred: tuple[str, str, str]
    # Left out and never brought.
    never: tuple[str, str]
    cycle: str
    ratio: str
    medical_counts: bool
    general: int
    # A soft rule that the batch does not follow at its opening.
    departs: str | None = None
    soundness: dict | None = None
    # Rules without force of which nobody records anything.
    silent: set[str] = field(default_factory=lambda: {"CN04", "CN06"})
    # The rule of the longest stay, where the person in hospital stays longer than it allows.
    longest: str | None = None
    # The fact that the report waits for, and its rule.
    awaited: tuple[str, str] | None = None


SIGNED = {"value": "truthful", "date": "2025-01-01"}
ABSENT = {"value": "absent"}

REGIMES = {
    "nm-2023": Regime(
        roster="roster-neimenggu-48.csv", first=datetime.date(2026, 6, 8), area="15",
        rules={
            "open": NATIONAL["open"] + _rules("NM", 6, 8, 9, 10, 11, 12, 13, 14, 15, 18),
            "arrival": NATIONAL["arrival"] + _rules("NM", 1, 2, 3, 4, 5, 6, 7, 15, 17, 20),
            "daily": NATIONAL["daily"] + _rules("NM", 3, 8, 9, 11, 15, 19),
            "close": NATIONAL["close"] + _rules("NM", 20),
            "report": NATIONAL["report"] + _rules("NM", 16),
        },
        papers={"outdoor_ok": {"value": "yes"}, "declaration": SIGNED},
        forgotten=("declaration", "NM17"), barred=("outdoor_ok", "no", "NM02"), never=("outdoor_ok", "NM02"),
        cycle="NM04", ratio="NM11", medical_counts=False, general=6,
        soundness={"score": 90, "basis": "座谈会"}, silent={"CN04", "CN06", "NM20"},
    ),
    "wh-2023": Regime(
        roster="roster-weihai-100-gb18030.csv", first=datetime.date(2025, 5, 12), area="37",
        rules={
            "open": NATIONAL["open"] + _rules("WH", 2, 3, 10, 12, 13, 14, 15, 16, 18, 19),
            "arrival": NATIONAL["arrival"] + _rules("WH", 1, 2, 3, 4, 5, 6, 7, 8, 9),
            "daily": NATIONAL["daily"] + _rules("WH", 3, 11, 12),
            "close": NATIONAL["close"],
            "report": NATIONAL["report"] + _rules("WH", 17),
        },
        papers={"exclusion.mental": ABSENT, "exclusion.critical": ABSENT, "declaration": SIGNED},
        forgotten=("exclusion.mental", "WH07"), barred=("exclusion.critical", "present", "WH07"),
        never=("exclusion.critical", "WH07"),
        cycle="WH09", ratio="WH12", medical_counts=True, general=10, longest="WH03",
        awaited=("host_evaluation", "WH17"),
    ),
    "jn-2026-draft": Regime(
        roster="roster-jining-62.xlsx", first=datetime.date(2026, 9, 14), area="11",
        rules={
            "open": NATIONAL["open"] + _rules("JN", 2, 3, 4, 9, 11, 12, 13, 14, 15, 19),
            "arrival": NATIONAL["arrival"] + _rules("JN", 1, 3, 5, 6, 7, 8, 10, 17),
            "daily": NATIONAL["daily"] + _rules("JN", 3, 13, 18),
            "close": NATIONAL["close"],
            "report": NATIONAL["report"] + _rules("JN", 16),
        },
        papers={"exclusion.mental": ABSENT, "exclusion.critical": ABSENT, "declaration": SIGNED},
        forgotten=("declaration", "JN17"), barred=("exclusion.critical", "present", "JN06"),
        never=("exclusion.mental", "JN06"),
        cycle="JN10", ratio="JN13", medical_counts=True, general=6, departs="JN02", longest="JN03",
    ),
}
