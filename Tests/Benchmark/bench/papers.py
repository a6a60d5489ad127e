"""A full batch as a file of facts: everybody with every paper that some regulation asks for."""

import json
from pathlib import Path

COUNT = 100
AGREED = {"value": "yes", "date": "2026-05-06", "person": "乌云", "paper": "柜 1"}
COVER = {"value": "yes", "number": "BX-1", "date": "2026-06-01", "until": "2026-06-30"}
OF_PERSON = {
    "qualifying_ground": {"value": "merit_2", "paper": "证书"}, "certifying_unit": {"value": "干休所"},
    "category": {"value": "军休干部"}, "consent.self": AGREED, "consent.family": AGREED, "consent.unit": AGREED,
    "agreement.participant": {"number": "XY-1", "date": "2026-05-06"}, "insurance.accident": COVER,
    "insurance.personal": COVER, "self_care": {"value": "full", "person": "苏和"},
    "outdoor_ok": {"value": "yes", "person": "苏和"}, "screening.infectious": {"value": "negative", "date": "2026-05-20"},
    "exclusion.mental": {"value": "absent", "person": "苏和"}, "exclusion.critical": {"value": "absent", "person": "苏和"},
    "checkup": {"date": "2026-05-20"}, "declaration": {"value": "truthful", "date": "2026-05-20"},
    "cycle.previous": {"value": "none"}, "care_flags": {"value": "none"},
}
OF_BATCH = {
    "agreement.host": {"number": "2026-15", "date": "2026-05-20", "person": "白露"},
    "plan.emergency": {"number": "2", "person": "白露", "date": "2026-05-20"},
    "plan.safety": {"number": "1", "person": "白露", "date": "2026-05-20"},
    "annual_plan": {"number": "2026-1", "date": "2026-01-20"},
}


def facts(file: Path) -> Path:
    """Writes the file that `pack evaluate` reads."""
    file.write_text(json.dumps({
        "batch": {
            "first_day": "2026-06-08", "last_day": "2026-06-14", "planned": COUNT, "present": COUNT, "admitted": COUNT,
            "escorts": [
                {"name": f"随行{number}", "medical": number < 2, "licence": f"1101500000000{number:02}",
                 "licence_until": "2028-01-01"} if number < 2 else {"name": f"随行{number}"} for number in range(14)
            ],
            "facts": OF_BATCH,
        },
        "people": [
            {"name": f"军休{number}", "birth": f"19{46 + number % 15}-03-02", "facts": OF_PERSON}
            for number in range(COUNT)
        ],
    }, ensure_ascii=False))
    return file
