"""POST /api/v1/assessments: the score's published vectors, both sides of every boundary, what is missing."""

import pytest

from house.readings import PARAMETERS, calm, level, points, total

VECTORS = [
    # respirations, saturation, scale, on oxygen, systolic, pulse, consciousness, temperature, points, total, level
    (16, 97, 1, False, 128, 72, "A", 36.6, [0, 0, 0, 0, 0, 0, 0], 0, "low"),
    (21, 95, 1, False, 138, 88, "A", 37.2, [2, 1, 0, 0, 0, 0, 0], 3, "low"),
    (18, 93, 1, False, 118, 96, "A", 38.4, [0, 2, 0, 0, 1, 0, 1], 4, "low"),
    (12, 96, 1, False, 135, 70, "C", 36.8, [0, 0, 0, 0, 0, 3, 0], 3, "low-medium"),
    (24, 92, 1, True, 108, 112, "A", 39.1, [2, 2, 2, 1, 2, 0, 2], 11, "high"),
    (25, 91, 1, True, 90, 131, "U", 35.0, [3, 3, 2, 3, 3, 3, 3], 20, "high"),
    (18, 95, 2, False, 130, 80, "A", 36.9, [0, 0, 0, 0, 0, 0, 0], 0, "low"),
    (18, 95, 2, True, 130, 80, "A", 36.9, [0, 2, 2, 0, 0, 0, 0], 4, "low"),
    (20, 97, 2, True, 125, 90, "A", 36.1, [0, 3, 2, 0, 0, 0, 0], 5, "medium"),
    (8, 96, 1, False, 220, 40, "A", 36.0, [3, 0, 0, 3, 3, 0, 1], 10, "high"),
    # The example of the FHIR vital signs guide.
    (21, 95, 1, True, 120, 95, "A", 37.0, [2, 1, 2, 0, 1, 0, 0], 6, "medium"),
]

BOUNDARIES = {
    "respirationRate": [1, 8, 9, 11, 12, 20, 21, 24, 25, 80],
    "systolic": [20, 90, 91, 100, 101, 110, 111, 219, 220, 300],
    "pulse": [15, 40, 41, 50, 51, 90, 91, 110, 111, 130, 131, 300],
    "consciousness": ["A", "C", "V", "P", "U"],
    "temperature": [25.0, 35.0, 35.1, 36.0, 36.1, 38.0, 38.1, 39.0, 39.1, 45.0],
}
SATURATIONS = {
    1: [40, 91, 92, 93, 94, 95, 96, 100],
    2: [40, 83, 84, 85, 86, 87, 88, 92, 93, 94, 95, 96, 97, 100],
}


def assess(house, readings: dict) -> dict:
    answer = house.post("/api/v1/assessments", json={"readings": readings})
    assert answer.status_code == 200, answer.text
    return answer.json()


def expect(house, readings: dict) -> dict:
    """The whole score as the chart says it."""
    news2 = (said := assess(house, readings))["news2"]
    assert news2["parameters"] == points(readings), readings
    assert news2["total"] == total(readings), readings
    assert news2["level"] == level(readings), readings
    assert news2["complete"] == (total(readings) is not None)
    assert news2["missing"] == [name for name in PARAMETERS if name not in points(readings)]
    return said


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"total-{vector[9]}-{vector[10]}")
def test_published_vectors(house, vector):
    rate, saturation, scale, oxygen, systolic, pulse, consciousness, temperature, parts, sum_, risk = vector
    readings = {
        "respirationRate": rate, "oxygenSaturation": saturation, "oxygenScale": scale, "supplementalOxygen": oxygen,
        "systolic": systolic, "pulse": pulse, "consciousness": consciousness, "temperature": temperature,
    }
    news2 = expect(house, readings)["news2"]
    assert [news2["parameters"][name] for name in PARAMETERS] == parts
    assert (news2["total"], news2["level"]) == (sum_, risk)


@pytest.mark.parametrize("name", BOUNDARIES)
def test_each_side_of_each_boundary(house, name):
    for value in BOUNDARIES[name]:
        expect(house, calm(**{name: value}))


@pytest.mark.parametrize("oxygen", [False, True])
@pytest.mark.parametrize("scale", SATURATIONS)
def test_each_side_of_each_boundary_of_saturation(house, scale, oxygen):
    for value in SATURATIONS[scale]:
        expect(house, calm(oxygenSaturation=value, oxygenScale=scale, supplementalOxygen=oxygen))


@pytest.mark.parametrize("name", PARAMETERS)
def test_without_one_parameter_there_is_no_total(house, name):
    news2 = expect(house, calm(**{name: None}))["news2"]
    assert news2["total"] is None and news2["level"] is None and not news2["complete"]
    assert name in news2["missing"]


def test_nothing_measured_is_nothing_scored(house):
    for body in [{}, {"readings": {}}, {"readings": {name: None for name in PARAMETERS}}]:
        answer = house.post("/api/v1/assessments", json=body)
        assert answer.status_code == 200, answer.text
        assert answer.json()["news2"] == {
            "complete": False, "total": None, "missing": PARAMETERS, "parameters": {}, "level": None,
        }


def test_scale_two_above_92_waits_for_the_gas(house):
    news2 = expect(house, calm(oxygenSaturation=95, oxygenScale=2, supplementalOxygen=None))["news2"]
    assert news2["missing"] == ["oxygenSaturation", "supplementalOxygen"]


def codes(said: dict) -> dict[str, str]:
    for finding in said["findings"]:
        assert finding["message"] and finding["source"], finding
    return {finding["code"]: finding["severity"] for finding in said["findings"]}


@pytest.mark.parametrize(
    ("name", "calm_value", "alarming"),
    [("glucose", 3.9, 3.8), ("glucose", 16.7, 16.8), ("systolic", 119, 181), ("oxygenSaturation", 95, 89),
     ("temperature", 37.2, 38.6)],
)
def test_absolute_limits_stand_beside_the_score(house, name, calm_value, alarming):
    assert not codes(assess(house, {name: calm_value})).keys() - {"half-pressure"}
    assert codes(assess(house, {name: alarming})).keys() - {"half-pressure"}


def test_low_glucose_is_the_more_severe_the_lower(house):
    ranks = {None: 0, "notice": 1, "attention": 2, "urgent": 3, "critical": 4}
    found = [max((ranks.get(severity, 5) for severity in codes(assess(house, {"glucose": value})).values()), default=0)
             for value in [5.0, 3.8, 2.7]]
    assert found == sorted(set(found))


def test_an_implausible_combination_is_told_and_never_refused(house):
    assert "implausible-pressure" in codes(assess(house, calm(systolic=80, diastolic=120)))
    assert "implausible-respirations" in codes(assess(house, calm(respirationRate=40, pulse=40)))
    assert not codes(assess(house, calm()))
