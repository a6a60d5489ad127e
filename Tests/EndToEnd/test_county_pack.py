"""The README's example of a regulation, built up from its text alone: checked, listed, evaluated, and its faults told."""

import functools
import json
import re
import subprocess
from pathlib import Path

import pytest

from house import readme
from house.county import NAME, TITLE, line_of, shelve

LAUGHS = [f"{one}: &{one} [{', '.join(9 * ['*' + below])}]" for below, one in zip("abcdefg", "bcdefgh")]
BOMB = "\n".join(["a: &a [x, x, x, x, x, x, x, x, x]", *LAUGHS])


@pytest.fixture(scope="module")
def written(root) -> tuple[str, str]:
    return readme.county_pack(root)


@pytest.fixture
def shelf(tmp_path, written):
    return shelve(tmp_path, written[0])


@pytest.fixture
def pack(programs, shelf):
    """`sanatoriumd pack …` run in the folder of packs, or in another one."""

    def run(*arguments: str, status: int = 0, folder: Path = shelf) -> str:
        done = subprocess.run(
            [programs / "sanatoriumd", "pack", *arguments], cwd=folder, capture_output=True, text=True, timeout=60)
        assert done.returncode == status, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    return run


@pytest.fixture
def evaluate(pack, shelf, written, root):
    """The README's own command with its facts, which stand beside the folder of packs: in it they would be one."""
    (shelf.parent / "facts.yaml").write_text(written[1])
    return functools.partial(pack, *readme.county_command(root), folder=shelf.parent)


def test_the_example_has_no_fault_and_says_what_it_changes_by_which_clause(pack):
    said = pack("check", f"{NAME}.yaml")
    [changed] = [line for line in said.splitlines() if line.startswith("NM12")]
    assert "第十四条" in changed and "原则上" in changed and "必须" in changed
    [days] = [line for line in said.splitlines() if line.startswith("max_days")]
    assert "10" in days and "8" in days and "第十四条" in days
    [size] = [line for line in said.splitlines() if line.startswith("batch_cap")]
    assert "40" in size and "第十四条" not in size
    assert "no fault" in pack("check", f"{NAME}.yaml", "--lang", "en")


def test_it_is_listed_and_shown_with_what_it_stands_on(pack, written):
    assert TITLE in pack("list", "--folder", ".")
    shown = json.loads(pack("show", NAME, "--folder", ".", "--json"))
    assert shown["parameters"]["maxDays"] == 8 and shown["parameters"]["batchCap"] == 40
    own = re.findall(r"- id: (\w+)", written[0])
    rules = [rule["id"] for rule in shown["rules"]]
    assert own == ["EB01", "EB02", "EB03"] and set(own) < set(rules)
    above = {f"NM{number:02}" for number in range(1, 21)} | {f"CN{number:02}" for number in range(1, 9)}
    assert set(rules) - set(own) == above


def test_its_figures_are_shown_as_they_are_written_and_all_there_are_are_listed(pack):
    def figures(id: str) -> list[str]:
        return re.findall(r"^  (\w+: .+)$", pack("show", id, "--folder", ".").split("\nparameters:\n")[1], re.MULTILINE)

    above, own = figures("nm-2023"), figures(NAME)
    assert "max_days: 10" in above and "ratio: {participants_per_escort: 10, medical: excluded}" in above
    assert set(own) - set(above) == {"max_days: 8", "batch_cap: 40"}
    listed = pack("parameters")
    names = set(re.findall(r"^(\w+)\t", listed, re.MULTILINE))
    assert {line.split(":")[0] for line in above + own} < names and {"age_cap", "cycle_years"} < names
    [days] = [line for line in listed.splitlines() if line.startswith("max_days")]
    assert "1 到 60" in days and "天" in days
    assert "when_recorded" in listed and "participants_per_escort_at_least" in listed
    assert re.search(r"^max_days\t.*1 to 60 \(days\)", pack("parameters", "--lang", "en"), re.MULTILINE)


def test_what_it_says_of_the_facts_is_told_to_people(evaluate):
    said = evaluate(status=2)
    rows = [line.strip().split("\t") for line in said.splitlines()]
    told: dict[str, list[str]] = {}
    for row in rows:
        # As the gate of opening says it, the first.
        told.setdefault(row[0], row)
    assert told["NM11"][1:4] == ["S", "说明放行", "第十条"]
    assert told["EB03"][1:3] == ["H", "通过"] and "巴特尔" in told["EB03"][3] and "第八条" in told["EB03"][3]
    assert told["NM12"][1] == "H" and told["EB02"][1:4] == ["S", "不明", "第七条"]


def test_what_it_says_of_the_facts_is_told_to_scripts(evaluate):
    said = json.loads(evaluate("--json", status=2))
    assert (said["pack"], said["edition"], said["status"]) == (NAME, 1, "in_force")
    gates = {gate["gate"]: gate for gate in said["gates"]}
    assert list(gates) == ["open", "arrival", "daily", "close", "report"]
    found = {(gate, one["rule"]): one for gate in gates for one in gates[gate]["results"]}
    ratio = found["open", "NM11"]
    assert (ratio["outcome"], ratio["blocks"]) == ("fail", False)
    assert (ratio["departure"]["reason"], ratio["departure"]["person"]) == ("第二批人员次日到", "周敏")
    relative = found["arrival", "EB03"]
    assert (relative["outcome"], relative["participant"], relative["article"]) == ("pass", "巴特尔", "第八条")
    assert {one["value"] for one in relative["facts"]} == {"yes", "乌云"}
    days = found["open", "NM15"]
    assert days["outcome"] == "pass" and "最多 8 天" in days["message"]["zh"]
    assert found["open", "NM12"]["force"] == "H" and found["open", "NM12"]["blocks"] is True
    assert not gates["open"]["passes"] and not gates["arrival"]["passes"] and gates["daily"]["passes"]


def test_a_departure_that_lets_nothing_pass_is_a_fault(pack, shelf, written):
    for wrong in ("NM111", "NM10"):
        text = written[1].replace("rule: NM11,", f"rule: {wrong},")
        (shelf.parent / "facts.yaml").write_text(text)
        said = pack("evaluate", "--folder", ".", "--pack", NAME, "--facts", "../facts.yaml", status=65)
        assert f":{line_of(text, wrong)}: departures[{wrong}].rule: " in said, said


def test_a_gate_alone_and_the_same_facts_as_json(pack, shelf, written):
    facts = {
        "batch": {"first_day": "2026-06-08", "last_day": "2026-06-16", "planned": 41},
        "people": [{"name": "巴特尔", "birth": "1950-03-02"}],
    }
    (shelf.parent / "facts.json").write_text(json.dumps(facts, ensure_ascii=False))
    said = json.loads(pack(
        "evaluate", "--folder", ".", "--pack", NAME, "--facts", "../facts.json", "--gate", "open", "--json", status=2))
    found = {one["rule"]: one for one in said["gates"][0]["results"]}
    assert [gate["gate"] for gate in said["gates"]] == ["open"]
    assert (found["EB01"]["outcome"], found["NM15"]["outcome"], found["NM14"]["outcome"]) == ("fail", "fail", "fail")


# What is changed in the text, into what, on the line of which words the fault stands, its field.
FAULTS = {
    "unknown kind": (
        "kind: batch_cap, gates: [open]", "kind: batch_limit, gates: [open]", "batch_limit", "rules[EB01].checks[1].kind"),
    "no clause": ("    article: 第七条\n", "", "id: EB02", "rules[EB02].article"),
    "no words": ("    quote: 每批不超过40人\n", "", "id: EB01", "rules[EB01].quote"),
    "same id twice": ("id: EB03", "id: EB01", "id: EB01", "rules[3].id"),
    "an id from beneath": ("id: EB03", "id: NM05", "id: NM05", "rules[NM05].id"),
    "nobody in a batch": ("batch_cap: 40", "batch_cap: 0", "batch_cap: 0", "parameters.batch_cap"),
    "too long a stay": ("max_days: 8", "max_days: 400", "max_days: 400", "parameters.max_days"),
    "another clause": ("article: 第十四条", "article: 第十五条", "第十五条", "allowed_by.article"),
    "not its words": ("结合本地实际情况细化具体措施", "可以自行规定", "可以自行规定", "allowed_by.quote"),
    "no permission": (
        "allowed_by:\n  article: 第十四条\n  quote: 结合本地实际情况细化具体措施\n", "", "rule: NM12", "changes[NM12].rule"),
    "a fact that nobody knows": (
        "facts: [venue_bureau_contact]", "facts: [venue_contact]", "[venue_contact]", "rules[EB02].checks[1].facts"),
    "a gate that is none": (
        "gates: [open], force: S", "gates: [opening], force: S", "opening", "rules[EB02].checks[1].gates"),
    "nothing beneath": ("[nm-2023]", "[nm-2024]", "nm-2024", "extends"),
    "a field that is none": ("edition: 1", "edition: 1\nversion: 2", "version: 2", "version"),
    "the same field twice": ("edition: 1", "edition: 1\nedition: 2", "edition: 1", "edition"),
    "a change of nothing": ("    force: H\n", "", "rule: NM12", "changes[NM12].rule"),
    "the force that it has": ("    force: H\n", "    force: S\n", "    force: S", "changes[NM12].force"),
    "a draft with a number": ("status: in_force", "status: draft", "document:", "document"),
    "a colon of full width": ("edition: 1", "edition：1", "edition：1", ""),
    "a TAB": ("  max_days: 8", "\tmax_days: 8", "max_days: 8", ""),
    "a bomb": ("rules:\n", f"{BOMB}\nrules:\n", "a: &a", ""),
    "too deep": ("rules:\n", f"x: {'[' * 5000}{']' * 5000}\nrules:\n", "x: [[", ""),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_refused_with_its_line_and_field(pack, shelf, written, fault):
    old, new, words, field = FAULTS[fault]
    text = written[0].replace(old, new, 1)
    assert text != written[0]
    (shelf / f"{NAME}.yaml").write_text(text)
    said = pack("check", f"{NAME}.yaml", status=65)
    place = f"{NAME}.yaml:{line_of(text, words)}: {field}"
    assert place in said
    assert place in pack("list", "--folder", ".", status=65)


def test_a_ring_of_packs_is_refused_wherever_it_is_entered(pack, shelf, written):
    own = written[0].replace("[nm-2023]", "[other-banner]")
    other = written[0].replace(f"id: {NAME}", "id: other-banner").replace("[nm-2023]", f"[{NAME}]")
    for id, text in ((NAME, own), ("other-banner", other)):
        (shelf / f"{id}.yaml").write_text(text)
    for id in (NAME, "other-banner"):
        said = pack("check", f"{id}.yaml", status=65)
        assert re.search(rf"\.yaml:{line_of(own, 'extends')}: extends: ", said), said
        assert NAME in said and "other-banner" in said
    assert "nm-2023" in pack("list", "--folder", ".", status=65)


def test_what_is_called_like_a_built_in_pack_is_refused(pack, shelf, written):
    (shelf / "wh-2023.yaml").write_text(written[0].replace(f"id: {NAME}", "id: wh-2023"))
    said = pack("check", "wh-2023.yaml", status=65)
    assert "wh-2023.yaml" in said and "id" in said
    listed = pack("list", "--folder", ".", status=65)
    assert "威退役军人发〔2023〕24号" in listed and listed.count(TITLE) == 1
    assert TITLE not in pack("show", "wh-2023", "--folder", ".")
