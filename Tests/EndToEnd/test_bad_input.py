"""What is refused names its field and reason, in the language that was asked for, and breaks nothing."""

import json

import pytest

from house.readings import calm
from house.refusals import faults, is_chinese

PATH = "/api/v1/assessments"
JSON = {"Content-Type": "application/json"}

BOUNDS = {
    "respirationRate": (0, 81), "oxygenSaturation": (39, 101), "systolic": (19, 301), "diastolic": (19, 301),
    "pulse": (14, 301), "temperature": (24.9, 45.1), "glucose": (0.4, 60.1),
}


@pytest.mark.parametrize("name", BOUNDS)
def test_outside_the_bounds_is_refused_by_field(house, name):
    for value in [*BOUNDS[name], -1, 999_999_999, 10**30, 1e300]:
        answer = house.post(PATH, json={"readings": {name: value}})
        # A number too long to be one at all is refused with the document, any other by its field.
        if answer.status_code == 400:
            assert abs(value) > 1e18 and faults(answer, 400)
        else:
            assert faults(answer, 422) == {f"readings.{name}": faults(answer, 422)[f"readings.{name}"]}


@pytest.mark.parametrize("name", BOUNDS)
def test_the_bounds_themselves_are_taken(house, name):
    low, high = BOUNDS[name]
    step = 0.1 if name in ("temperature", "glucose") else 1
    for value in [round(low + step, 1), round(high - step, 1)]:
        assert house.post(PATH, json={"readings": {name: value}}).status_code == 200


@pytest.mark.parametrize("value", ["72", "", True, [72], {"value": 72}, 72.5])
def test_wrong_types_are_refused_by_field(house, value):
    assert list(faults(house.post(PATH, json={"readings": {"pulse": value}}), 422)) == ["readings.pulse"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("consciousness", "X"), ("consciousness", 1), ("consciousness", "<script>alert(1)</script>"), ("oxygenScale", 3),
     ("oxygenScale", "1"), ("oxygenScale", 1.5), ("supplementalOxygen", "yes"), ("supplementalOxygen", 1)],
)
def test_choices_are_refused_by_field(house, name, value):
    assert list(faults(house.post(PATH, json={"readings": {name: value}}), 422)) == [f"readings.{name}"]


def test_every_fault_is_told_at_once(house):
    body = {"readings": {"pulse": 400, "temperature": 99, "mood": 3}, "symptoms": ["sadness"], "extra": 1}
    named = faults(house.post(PATH, json=body), 422)
    assert set(named) == {"readings.pulse", "readings.temperature", "readings.mood", "symptoms", "extra"}
    assert named["extra"] == ["unknown-field"] and named["readings.mood"] == ["unknown-field"]


def test_chinese_unless_english_is_asked_for(house):
    body = {"readings": {"pulse": 400}}
    for headers, chinese in [({}, True), ({"Accept-Language": "zh-CN"}, True), ({"Accept-Language": "en"}, False),
                             ({"Accept-Language": "en-GB,en;q=0.8"}, False), ({"Accept-Language": "fr"}, True)]:
        said = house.post(PATH, json=body, headers=headers).json()
        assert is_chinese(said["title"]) == chinese and is_chinese(said["faults"][0]["message"]) == chinese, headers
    assert not is_chinese(house.post(f"{PATH}?lang=en", json=body).json()["title"])
    finding = house.post(PATH, json={"readings": {"glucose": 2.0}}, headers={"Accept-Language": "en"}).json()
    assert not is_chinese(finding["findings"][0]["message"])


@pytest.mark.parametrize("body", ["[]", "null", "7", '"text"', '{"readings": []}', '{"readings": 7}'])
def test_what_is_no_object_is_refused(house, body):
    assert house.post(PATH, content=body, headers=JSON).status_code in (400, 422)


@pytest.mark.parametrize(
    "body",
    [
        b"{", b"{]", b'{"readings": {"pulse": 72,}}', b'{"readings": {"pulse": 072}}', b"{'readings': {}}",
        b'{"readings": {"pulse": NaN}}', b'{"readings": {"pulse": 1e999}}', b'{"readings": {}} x',
        b'{"readings": {"consciousness": "\\ud800"}}', b'{"readings": {"consciousness": "\\udc00\\ud800"}}',
        b'{"readings": {"consciousness": "\xed\xa0\x80"}}', b'{"readings": {"consciousness": "\xff"}}',
        b'{"readings": {"consciousness": "\x00"}}', b'{"readings": {}}\x00', b"\x00" * 64,
        b'{"readings": {"pulse": 72, "pulse": 80}}', b'{"a":' * 20_000, b"[" * 100_000,
    ],
    ids=range(18),
)
def test_malformed_json_is_refused_with_a_reason(house, body):
    answer = house.post(PATH, content=body, headers=JSON)
    assert answer.status_code in (400, 422), answer.text[:300]
    assert faults(answer, answer.status_code)
    assert house.post(PATH, json={"readings": calm()}).status_code == 200


def test_nul_and_lone_surrogates_are_refused_by_field(house):
    for text in [b"\\u0000", b"A\\ud83d", b"\\udc00"]:
        body = b'{"readings": {"consciousness": "%s"}}' % text
        assert list(faults(house.post(PATH, content=body, headers=JSON), 400)) == ["readings.consciousness"]
        body = b'{"symptoms": ["none", "%s"]}' % text
        assert list(faults(house.post(PATH, content=body, headers=JSON), 400)) == ["symptoms.1"]


@pytest.mark.parametrize("chunked", [False, True])
def test_ten_megabytes_are_refused(house, chunked):
    body = json.dumps({"readings": calm(), "remark": "x" * (10 << 20)}).encode()
    content = (body[start : start + 65_536] for start in range(0, len(body), 65_536)) if chunked else body
    # Its own connection: the daemon may close it while the body is still on its way.
    with house.another() as client:
        answer = client.post(PATH, content=content, headers=JSON)
        assert answer.status_code == 413
        assert answer.headers["Content-Type"].startswith("application/problem+json") and answer.json()["title"]
    assert house.post(PATH, json={"readings": calm()}).status_code == 200


def test_another_method_or_place_is_refused(house):
    assert house.get(PATH).status_code == 405
    assert house.post(PATH + "/", json={}).status_code == 404
    assert house.post("/api/v1/assessment", json={}).status_code == 404
    assert house.post(PATH + "%2f..", json={}).status_code == 404
