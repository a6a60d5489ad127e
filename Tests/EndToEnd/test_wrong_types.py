"""What is written must have the types that the description says, in JSON and in forms, and changes nothing otherwise."""

import os
import signal
import subprocess
import time

import pytest

from house.daemon import Demo
from house.readings import calm
from house.refusals import faults

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}


@pytest.fixture(scope="module")
def nurse(demo):
    client = demo.client("medic")
    yield client
    client.close()


@pytest.fixture(scope="module")
def lead(demo):
    client = demo.client("lead")
    yield client
    client.close()


@pytest.fixture(scope="module")
def person(lead) -> str:
    return next(one["id"] for one in lead.read("/api/v1/participants")["participants"] if one["place"] == "present")


def checks(nurse, person: str) -> int:
    return len(nurse.read("/api/v1/check-ins", participant=person)["checkIns"])


def test_text_is_no_list_number_or_boolean_on_the_wire(nurse, lead, person):
    before = checks(nurse, person)
    body = {"participant": person, "readings": calm(), "symptoms": "cough"}
    assert faults(nurse.write("/api/v1/check-ins", body), 422) == {"symptoms": ["not-a-list"]}
    assert checks(nurse, person) == before
    plan = {"plan": "acute-illness", "participant": person, "level": "3", "drill": "yes"}
    named = faults(lead.write("/api/v1/activations", plan), 422)
    assert named["level"] == ["not-a-number"] and named["drill"] == ["not-a-boolean"]
    named = faults(lead.write("/api/v1/incidents", {"participants": person}), 422)
    assert named["participants"] == ["not-a-list"]


@pytest.mark.parametrize(
    ("body", "field"),
    [(b"pulse=70&pulse=80&temperature=37.2", "pulse"), (b"pulse=70%00&temperature=37.0", None),
     (b"remark=%ff%fe&temperature=37.4", None), (b"remark=%zz&temperature=37.4", None)],
)
def test_a_form_that_is_read_in_part_is_refused_whole(nurse, person, body, field):
    before = checks(nurse, person)
    answer = nurse.post(f"/participants/{person}/check-in", content=body, headers=FORM)
    assert answer.status_code == 422, answer.text[:300]
    assert ("填了不止一次" if field else "表单读不出来") in answer.text
    assert checks(nurse, person) == before


def test_too_much_is_refused_in_the_readers_language(nurse):
    answer = nurse.post("/api/v1/check-ins", content=b"x" * (1 << 20), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413 and "最多" in answer.json()["detail"]


def test_a_killed_demo_takes_its_organizer_along_and_starts_again(programs, tmp_path):
    demo = Demo(programs / "sanatoriumd", tmp_path)
    found = subprocess.run(["pgrep", "-f", f"sanatorium-organizer demo.*{tmp_path}"], capture_output=True, text=True)
    organizer = int(found.stdout.split()[0])
    demo.process.send_signal(signal.SIGKILL)
    demo.process.wait()
    deadline = time.monotonic() + 20
    while os.path.exists(f"/proc/{organizer}"):
        assert time.monotonic() < deadline, "the organizer runs on"
        time.sleep(0.05)
    again = Demo(programs / "sanatoriumd", tmp_path)
    again.stop()
