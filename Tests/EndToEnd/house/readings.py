"""Readings as a nurse would take them, and NEWS2 as the Royal College's chart says it, written down a second time."""

PARAMETERS = [
    "respirationRate", "oxygenSaturation", "supplementalOxygen", "systolic", "pulse", "consciousness", "temperature",
]


def calm(**changes) -> dict:
    """Readings of someone who is well: no points, no findings."""
    readings = {
        "respirationRate": 16, "oxygenSaturation": 97, "supplementalOxygen": False, "systolic": 128, "diastolic": 78,
        "pulse": 72, "consciousness": "A", "temperature": 36.6,
    }
    readings.update(changes)
    return {name: value for name, value in readings.items() if value is not None}


def _step(value: float, *steps: tuple[float, int], beyond: int) -> int:
    for limit, points in steps:
        if value <= limit:
            return points
    return beyond


def points(readings: dict) -> dict[str, int]:
    """The points of each parameter that can be scored."""
    score: dict[str, int] = {}
    if (rate := readings.get("respirationRate")) is not None:
        score["respirationRate"] = _step(rate, (8, 3), (11, 1), (20, 0), (24, 2), beyond=3)
    oxygen = readings.get("supplementalOxygen")
    if (saturation := readings.get("oxygenSaturation")) is not None:
        if readings.get("oxygenScale", 1) == 1:
            score["oxygenSaturation"] = _step(saturation, (91, 3), (93, 2), (95, 1), beyond=0)
        elif saturation <= 92:
            score["oxygenSaturation"] = _step(saturation, (83, 3), (85, 2), (87, 1), beyond=0)
        elif oxygen is not None:
            score["oxygenSaturation"] = _step(saturation, (94, 1), (96, 2), beyond=3) if oxygen else 0
    if oxygen is not None:
        score["supplementalOxygen"] = 2 if oxygen else 0
    if (pressure := readings.get("systolic")) is not None:
        score["systolic"] = _step(pressure, (90, 3), (100, 2), (110, 1), (219, 0), beyond=3)
    if (pulse := readings.get("pulse")) is not None:
        score["pulse"] = _step(pulse, (40, 3), (50, 1), (90, 0), (110, 1), (130, 2), beyond=3)
    if (level := readings.get("consciousness")) is not None:
        score["consciousness"] = 0 if level == "A" else 3
    if (temperature := readings.get("temperature")) is not None:
        score["temperature"] = _step(temperature, (35.0, 3), (36.0, 1), (38.0, 0), (39.0, 1), beyond=2)
    return score


def total(readings: dict) -> int | None:
    """The score; None while a parameter is missing."""
    score = points(readings)
    return sum(score.values()) if len(score) == len(PARAMETERS) else None


def level(readings: dict) -> str | None:
    """The clinical risk as the API names it."""
    score = total(readings)
    if score is None:
        return None
    if score >= 7:
        return "high"
    if score >= 5:
        return "medium"
    return "low-medium" if 3 in points(readings).values() else "low"
