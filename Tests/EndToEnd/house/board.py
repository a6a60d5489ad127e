"""The compliance board as a test expects it, from the list of the unit and what the test itself has recorded."""

import datetime
from collections import Counter

from . import roster

# The gravest first; a rule stands as the gravest of its gates.
STANDINGS = ("fail", "unknown", "accepted", "later", "pass")
OUTCOMES = ("fail", "unknown", "pass")

CONSENTS = {"consent.self": "本人报名", "consent.family": "家属同意", "consent.unit": "单位批准"}
INSURANCES = {"insurance.accident": "意外", "insurance.personal": "人身"}
YES = {"是": "yes", "否": "no"}
EXCLUSIONS = {"screening.infectious": "negative", "exclusion.mental": "absent", "exclusion.critical": "absent"}


def day(cell) -> datetime.date:
    if isinstance(cell, datetime.datetime):
        return cell.date()
    return datetime.date(*(int(part) for part in cell.replace("/", "-").split("-")))


def facts(row: dict) -> dict[str, dict]:
    """What a line of a list tells, by fact; a blank cell tells nothing."""
    told = {key: {"value": YES[row[column]]} for key, column in CONSENTS.items() if row[column]}
    for key, word in INSURANCES.items():
        if word in (row["保险险种"] or ""):
            told[key] = {"value": "yes", **({"number": row["保险单号"]} if row["保险单号"] else {})}
    found = {
        "qualifying_ground": row["入选条件"], "certifying_unit": row["所属军休机构"], "category": row["人员类别"],
        "self_care": {"是": "full", "否": "none"}.get(row["生活自理"]),
        "screening.infectious": {"阴性": "negative", "阳性": "positive"}.get(row["传染病筛查"]),
    }
    told |= {key: {"value": value} for key, value in found.items() if value}
    if row["疗养协议编号"]:
        told["agreement.participant"] = {"number": row["疗养协议编号"]}
    if row["体检日期"]:
        told["checkup"] = {"date": str(day(row["体检日期"]))}
    return told


def worst(outcomes) -> str:
    return min(outcomes, key=OUTCOMES.index)


class Asked:
    """What a regulation asks of one person who arrives, by its own articles."""

    def __init__(self, told: dict[str, dict], row: dict, first: datetime.date, papers: bool):
        self.told, self.first, self.papers = told, first, papers
        self.years = roster.age(day(row["出生日期"]), first)

    def value(self, key: str, *right: str) -> str:
        given = self.told.get(key, {}).get("value")
        return "unknown" if given is None else "pass" if not right or given in right else "fail"

    def part(self, key: str, part: str) -> str:
        return "pass" if self.told.get(key, {}).get(part) else "unknown"

    def consents(self, dated: bool) -> str:
        def one(key: str) -> str:
            said = self.value(key, "yes")
            undated = dated and not self.papers and not self.told.get(key, {}).get("date")
            return "unknown" if said == "pass" and undated else said

        return worst(one(key) for key in CONSENTS)

    def insurance(self, covered: bool, *kinds: str) -> str:
        def one(key: str) -> str:
            said = self.value(key, "yes")
            # The group's policy stands in for a number, and tells the days.
            bare = covered or self.part(key, "number") == "unknown"
            return "unknown" if said == "pass" and bare and not self.papers else said

        return worst(one(f"insurance.{kind}") for kind in kinds)

    def checkup(self) -> str:
        if "checkup" not in self.told:
            return "unknown"
        given, first = datetime.date.fromisoformat(self.told["checkup"]["date"]), self.first
        within = (given.year + 1, given.month, given.day) >= (first.year, first.month, first.day)
        return "pass" if given <= first and within else "fail"

    def ground(self) -> str:
        return worst([self.value("qualifying_ground"), self.value("certifying_unit")])

    def exclusions(self, *keys: str) -> str:
        return worst(self.value(key, EXCLUSIONS[key]) for key in keys)

    def rules(self, regulation: str) -> dict[str, str]:
        age = "pass" if self.years <= 80 else "fail"
        agreed = self.part("agreement.participant", "number")
        signed, cycle = self.value("declaration", "truthful"), self.value("cycle.previous", "none")
        national = {"CN03": self.checkup(), "CN04": self.value("care_flags"), "CN07": self.value("category")}
        own = {
            "nm-2023": lambda: {
                "NM01": self.ground(), "NM02": worst([self.value("self_care", "full"), self.value("outdoor_ok", "yes")]),
                "NM03": self.exclusions("screening.infectious"), "NM04": cycle, "NM05": self.consents(True),
                "NM06": agreed, "NM07": self.insurance(True, "accident", "personal"), "NM15": "pass", "NM17": signed,
                "NM20": self.part("handover.arrival", "person"),
            },
            "wh-2023": lambda: {
                "WH01": self.ground(), "WH02": "pass", "WH03": "pass", "WH04": self.consents(False),
                "WH05": worst([agreed, self.insurance(False, "accident")]),
                "WH06": self.value("self_care", "able", "full"), "WH07": self.exclusions(*EXCLUSIONS), "WH08": age,
                "WH09": cycle,
            },
            "jn-2026-draft": lambda: {
                "JN01": self.ground(), "JN03": "pass", "JN05": age, "JN06": self.exclusions(*EXCLUSIONS),
                "JN07": self.consents(False), "JN08": worst([agreed, self.insurance(False, "accident")]),
                "JN10": cycle, "JN17": signed,
            },
        }[regulation]()
        return national | own


# What the gate of opening says while only the list has been handed in: all the rest is unknown.
AT_FIRST = {
    "nm-2023": {"NM11": "fail", "NM14": "pass", "NM15": "pass"},
    "wh-2023": {"WH02": "pass", "WH03": "pass", "WH12": "fail", "WH19": "pass"},
    "jn-2026-draft": {"JN03": "pass", "JN13": "fail"},
}
# What the daily gate says before the first day, before the opening and after it; all the rest lies ahead.
DAILY_PLANNED = {"nm-2023": {"NM08": "pass", "NM09": "pass"}, "wh-2023": {}, "jn-2026-draft": {}}
DAILY_OPEN = {
    "nm-2023": {"NM08": "pass", "NM09": "pass", "NM11": "pass"},
    "wh-2023": {"WH12": "pass"}, "jn-2026-draft": {"JN13": "pass"},
}
# Besides it on the first day, of everybody who is there: nobody has stayed too long, nothing was undertaken yet.
DAILY_PEOPLE = {
    "nm-2023": {"NM15": "pass", "NM19": "fail"}, "wh-2023": {"WH03": "pass", "WH11": "fail"},
    "jn-2026-draft": {"JN03": "pass", "JN18": "fail"},
}


def gravest(standings) -> str:
    return min(standings, key=STANDINGS.index, default="later")


def of_people(outcomes: list[dict[str, str]], accepted: list[set[str]]) -> dict[str, Counter]:
    """By rule how many people are how; those of whom a departure was accepted apart."""
    counts: dict[str, Counter] = {}
    for one, departed in zip(outcomes, accepted):
        for rule, outcome in one.items():
            counts.setdefault(rule, Counter())["accepted" if rule in departed else outcome] += 1
    return counts


def seen(board: dict, gate: str) -> dict[str, Counter]:
    """The same as the board has it."""
    counts: dict[str, Counter] = {}
    for rule in board["rules"]:
        for at in rule["gates"]:
            if at["gate"] == gate:
                answers = at["answers"]
                counts[rule["rule"]] = Counter("accepted" if one.get("departure") else one["outcome"] for one in answers)
    return counts


def standings(board: dict, gate: str) -> dict[str, str]:
    return {rule["rule"]: at["standing"] for rule in board["rules"] for at in rule["gates"] if at["gate"] == gate}
