"""The lists of the units, read a second time: what the report's groups must come to."""

import csv
import datetime
import io
from collections import Counter
from pathlib import Path

import openpyxl

GROUNDS = {
    "一等功": "merit_1", "二等功": "merit_2", "三等战功": "war_merit_3", "战斗英雄称号": "honor_title",
    "高原边海防连续服役10年以上": "hardship_10y", "市委市政府表彰": "city_award", "先进军休干部": "model_cadre",
}
CATEGORIES = {"离休干部": "veteran", "退休干部": "retired", "退休士官": "sergeant"}
SEXES = {"男": "male", "女": "female"}


def rows(file: Path) -> list[dict[str, str]]:
    """The people of a list by the headers of its columns."""
    if file.suffix == ".xlsx":
        _, headers, *lines = openpyxl.load_workbook(file).active.iter_rows(values_only=True)
        return [dict(zip(headers, line)) for line in lines]
    content = file.read_bytes()
    text = content.decode("gb18030" if "gb18030" in file.name else "utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def age(birth: datetime.date, day: datetime.date) -> int:
    """Completed years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def band(years: int) -> str:
    if years < 60:
        return "under60"
    return "80plus" if years >= 80 else f"{years // 10 * 10}-{years // 10 * 10 + 9}"


def groups(people: list[dict], first: datetime.date) -> dict[str, dict[str, int]]:
    """Those who arrived, counted by age on day 1, category, sex and qualifying ground."""
    births = [one["出生日期"] for one in people]
    days = [one.date() if isinstance(one, datetime.datetime) else datetime.date.fromisoformat(one) for one in births]
    return {
        "ageBands": dict(Counter(band(age(one, first)) for one in days)),
        "categories": dict(Counter(CATEGORIES[one["人员类别"]] for one in people)),
        "sexes": dict(Counter(SEXES[one["性别"]] for one in people)),
        "grounds": dict(Counter(GROUNDS[one["入选条件"]] for one in people)),
    }
