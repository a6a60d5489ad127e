"""`sanatoriumd roster check` on the lists that units send: the planted faults, all of them and nothing else."""

import json
import subprocess
from pathlib import Path

import pytest

FAULTY = "roster-jining-24-with-faults.csv"

# Row as a spreadsheet numbers it: column, code, force, rule.
PLANTED = {
    2: ("身份证号", "identity-check-digit", "error", None), 3: ("出生日期", "birth-no-such-day", "error", None),
    4: ("家属同意", "rule", "H", "JN07"), 5: ("单位批准", "rule", "H", "JN07"), 6: ("保险单号", "rule", "H", "JN08"),
    8: ("传染病筛查", "rule", "H", "JN06"), 9: ("出生日期", "rule", "H", "JN05"),
    11: ("身份证号", "duplicate-person", "error", None), 12: ("身份证号", "duplicate-person", "error", None),
    13: ("姓名", "name-missing", "error", None), 14: ("姓名", "name-formula", "ask", None),
    15: ("姓名", "name-script", "ask", None), 17: ("性别", "sex-contradicts-identity", "error", None),
}


@pytest.fixture(scope="module")
def check(root: Path, programs: Path):
    """Checks a list; the parsed answer of an expected exit status."""

    def run(name: str | Path, regulation: str, starts: str, status: int, *more: str) -> dict:
        file = name if isinstance(name, Path) else root / "Tests" / "DocumentsTests" / "Fixtures" / name
        done = subprocess.run(
            [programs / "sanatoriumd", "roster", "check", file, "--regulation", regulation, "--starts", starts, "--json",
             *more],
            capture_output=True, text=True,
        )
        assert done.returncode == status, f"exit {done.returncode}\n{done.stdout[:500]}\n{done.stderr}"
        return json.loads(done.stdout)

    return run


def test_the_planted_faults_and_nothing_else(check):
    said = check(FAULTY, "jn-2026-draft", "2026-09-21", 2)
    assert said["rows"] == len(said["participants"]) == 24
    found = [(f["row"], (f["column"], f["code"], f["force"], f["rule"])) for f in said["faults"]]
    assert found == list(PLANTED.items())
    assert all(fault["message"] for fault in said["faults"])
    duplicates = {f["row"]: f["message"] for f in said["faults"] if f["code"] == "duplicate-person"}
    assert "12" in duplicates[11] and "11" in duplicates[12]


def test_names_are_kept_as_they_were_typed(check, root):
    said = check(FAULTY, "jn-2026-draft", "2026-09-21", 2)
    names = {one["row"]: one["name"] for one in said["participants"]}
    typed = (root / "Tests" / "DocumentsTests" / "Fixtures" / FAULTY).read_text("utf-8-sig")
    assert names[14].startswith("=") and "<script" in names[15]
    assert names[15] in typed and names[14].strip('"') in typed.replace('""', '"')


def test_self_care_is_weihais_question_and_not_jinings(check):
    weihai = check(FAULTY, "wh-2023", "2025-12-20", 2)
    assert ("WH06", "H") in {(f["rule"], f["force"]) for f in weihai["faults"] if f["row"] == 7}
    assert not [f for f in check(FAULTY, "jn-2026-draft", "2026-09-21", 2)["faults"] if f["row"] == 7]


@pytest.mark.parametrize("row", [10, 16])
def test_exactly_eighty_and_an_oddly_typed_date_pass(check, row):
    assert not [f for f in check(FAULTY, "jn-2026-draft", "2026-09-21", 2)["faults"] if f["row"] == row]


def test_the_day_before_the_81st_birthday_passes_and_the_birthday_does_not(check):
    for starts, too_old in [("2027-09-20", False), ("2027-09-21", True)]:
        said = check(FAULTY, "jn-2026-draft", starts, 2)
        assert ((10, "JN05") in {(fault["row"], fault["rule"]) for fault in said["faults"]}) is too_old


@pytest.mark.parametrize(
    ("name", "regulation", "starts", "count", "open_rules"),
    [
        ("roster-neimenggu-48.csv", "nm-2023", "2026-06-08", 48, ["NM02", "NM04", "NM17"]),
        ("roster-weihai-100-gb18030.csv", "wh-2023", "2025-05-12", 100, ["WH07", "WH09"]),
        ("roster-jining-62.xlsx", "jn-2026-draft", "2026-09-14", 62, ["JN06", "JN10", "JN17"]),
    ],
)
def test_sound_lists_have_no_fault(check, name, regulation, starts, count, open_rules):
    said = check(name, regulation, starts, 0)
    assert said["rows"] == len(said["participants"]) == count
    assert said["faults"] == [] and said["notAsked"] == open_rules
    assert all(one["name"] for one in said["participants"])


def test_lapsed_rules_are_the_openings_question(check):
    # Whether the regulation is in force on day 1 is asked when the batch is opened, not of a person.
    said = check("roster-weihai-100-gb18030.csv", "wh-2023", "2026-01-01", 0)
    assert "WH19" not in {fault["rule"] for fault in said["faults"]}


def test_english_on_request(check):
    said = check(FAULTY, "jn-2026-draft", "2026-09-21", 2, "--lang", "en")
    assert "check digit" in said["faults"][0]["message"].lower() or said["faults"][0]["message"].isascii()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators(check, tmp_path, separator):
    file = tmp_path / "list.csv"
    rows = [["姓名", "性别", "出生日期"], ["张三", "男", "1950-01-02"], ["李四", "女", "1952/3/7"]]
    file.write_text("\n".join(separator.join(row) for row in rows), encoding="utf-8")
    said = check(file, "wh-2023", "2025-05-12", 0)
    assert [one["name"] for one in said["participants"]] == ["张三", "李四"] and not said["faults"]
