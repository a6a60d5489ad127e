"""What befalls the house: an illness that starts the plan, proposals, a plan by hand, a drill, a fall."""

import datetime

from .alarm import Alarm
from .readings import calm, level, total
from .stay import Stay
from .tally import Moment

ILL = {
    "respirationRate": 26, "oxygenSaturation": 90, "supplementalOxygen": False, "systolic": 98, "diastolic": 60,
    "pulse": 118, "consciousness": "A", "temperature": 37.1,
}
MIDDLING = calm(respirationRate=22, oxygenSaturation=94, pulse=112)
BREATHING_FAST = calm(respirationRate=25)
STEPS = range(1, 7)
CONFIRMED = ["handed-over", "people-safe", "counted", "no-new-danger", "reported", "guests-told"]


def minutes(number: float) -> datetime.timedelta:
    return datetime.timedelta(minutes=number)


def running(stay: Stay) -> dict:
    [activation] = stay.read("activations", batch=stay.batch)["activations"]
    return activation


def begun(stay: Stay, origin: str, level: int, at: Moment) -> dict:
    """What the report must say of an activation that began."""
    one = {"plan": "acute-illness", "origin": origin, "level": level, "startedAt": at, "stepsDone": 0, "stepsOverdue": 0}
    stay.tally.activations.append(one)
    return one


def do_steps(stay: Stay, activation: str, one: dict, steps) -> None:
    for step in steps:
        stay.tell("lead", f"activations/{activation}/steps/{step}/done", {"note": "已做"})
        one["stepsDone"] += 1


def end(stay: Stay, activation: str, one: dict, *alarms: Alarm, review: bool = True) -> None:
    _, one["terminatedAt"] = stay.timed(
        "lead", f"activations/{activation}/terminate", {"confirmed": CONFIRMED, "text": "已交给 120。"})
    for alarm in alarms:
        alarm.resolved = stay.now
    if review:
        _, one["reviewedAt"] = stay.timed("lead", f"activations/{activation}/review", {"text": "十分钟交给 120。"})


def calmed(stay: Stay, person: dict, *alarms: Alarm) -> None:
    """A calm check ends what its sickness had raised and somebody has answered."""
    stay.check(person)
    for alarm in alarms:
        alarm.resolved = stay.now


def fall(stay: Stay, person: dict) -> None:
    said, at = stay.timed("staff", "incidents", {
        "batch": stay.batch, "kind": "fall", "harm": "none", "grade": "IV", "place": "二楼走廊",
        "participants": [person["id"]], "text": "地面有水，滑了一下。"})
    alarm = stay.raised("incident", "attention")
    stay.answer(alarm)
    path = f"incidents/{said['subject']}"
    stay.tell("staff", f"{path}/notes", {"kind": "measure", "text": "擦干地面，放警示牌。"})
    stay.tell("staff", f"{path}/notes", {"kind": "regrade", "text": "手掌擦伤。", "harm": "mild"})
    _, closed = stay.timed("lead", f"{path}/close", {"conclusion": "午休时拖地。"})
    alarm.resolved = stay.now
    stay.tally.incidents.append(
        {"kind": "fall", "harm": "mild", "grade": "IV", "reportedAt": at, "closedAt": closed, "reports": []})


def illness(stay: Stay, person: dict) -> Alarm:
    """NEWS2 of 7 and more starts the plan by itself; two of its steps come late. The health alert, answered."""
    assert total(ILL) >= 7
    before = stay.now
    stay.check(person, ILL, symptoms=["breathless"])
    began = Moment(before, stay.now)
    health, started = stay.raised("health", "critical"), stay.raised("plan-started", "critical")
    assert set(stay.answer(health, "nurse")["people"].split("、")) == {"医护1", "医护0", "周敏"}
    stay.answer(started)
    activation = running(stay)
    assert (activation["plan"], activation["state"], activation["startedBy"]) == ("acute-illness", "active", "")
    one = begun(stay, "automatic", 3, began)
    do_steps(stay, activation["id"], one, STEPS[:5])
    fifth = stay.now
    incident(stay, person)
    stay.tell("lead", f"participants/{person['id']}/hospital", {
        "hospital": "人民医院", "reason": "气短", "escort": stay.escorts["医护1"]})
    stay.tally.moved(person["id"], "hospitalTransfers", stay.now)
    stay.tally.escort(stay.escorts["医护1"], False, stay.now)
    # Step 5 is repeated, at the latest after 15 minutes; step 6 has 30 from the beginning, and the organizer does it.
    stay.wait(minutes=31)
    late = [stay.raised("plan-step-5", "critical", fifth + minutes(15)),
            stay.raised("plan-step-6", "critical", began.latest + minutes(30), since="organizer")]
    for alarm in late:
        stay.heard(alarm)
    one["stepsOverdue"] = 2
    do_steps(stay, activation["id"], one, (5, 6))
    for alarm in late:
        alarm.resolved = stay.now
    end(stay, activation["id"], one, started)
    return health


def incident(stay: Stay, person: dict) -> None:
    """Reported outside to all but the insurer, who has a day."""
    said, at = stay.timed("staff", "incidents", {
        "batch": stay.batch, "kind": "acute-illness", "harm": "moderate", "grade": "III", "place": "206 房",
        "participants": [person["id"]], "text": "气短，送医。"})
    alarm = stay.raised("incident", "urgent")
    stay.answer(alarm)
    path = f"incidents/{said['subject']}"
    one = {"kind": "acute-illness", "harm": "moderate", "grade": "III", "reportedAt": at, "reports": []}
    stay.tally.incidents.append(one)
    for recipient in ("organizer", "family", "veterans-bureau"):
        report(stay, path, one, "initial", recipient=recipient)
    stay.ill = (path, one, alarm)


def report(stay: Stay, path: str, one: dict, phase: str, **to: str) -> None:
    _, at = stay.timed("lead", f"{path}/notes", {"kind": "report", "text": "已报。", "phase": phase, **to})
    one["reports"].append({"phase": phase, "at": at})


def report_overdue(stay: Stay) -> None:
    """The insurer's day is over: the duty lead is asked first, nobody answers, the organizer is told."""
    path, one, alarm = stay.ill
    reported = one["reportedAt"].latest
    overdue = stay.raised("report-insurer", "urgent", reported + minutes(1440), since="duty-lead")
    assert stay.heard(overdue)["tier"] == "organizer"
    report(stay, path, one, "follow-up", recipient="insurer")
    overdue.resolved = stay.now
    report(stay, path, one, "final", authority="退役军人事务局")
    _, one["closedAt"] = stay.timed("lead", f"{path}/close", {"conclusion": "当天返回。"})
    alarm.resolved = stay.now


def declined(stay: Stay, person: dict) -> None:
    """NEWS2 of 5 only proposes the plan, and the nurse turns it down; her next check comes late."""
    assert total(MIDDLING) == 5 and level(MIDDLING) == "medium"
    stay.check(person, MIDDLING)
    health, proposed = stay.raised("health", "urgent"), stay.raised("plan-proposed", "urgent")
    stay.answer(health, "nurse")
    stay.heard(proposed)
    stay.tell("nurse", f"activations/{running(stay)['id']}/decline", {"reason": "坐下歇一会就好。"})
    stay.tally.proposed += 1
    stay.tally.declined += 1
    proposed.resolved = stay.now
    # Due after an hour, late after a quarter of it more.
    stay.wait(minutes=78)
    overdue = stay.raised("follow-up-overdue", "urgent", stay.now - minutes(3))
    stay.heard(overdue)
    calmed(stay, person, health, overdue)


def unanswered(stay: Stay, person: dict) -> None:
    """One parameter of 3 points proposes the plan; nobody decides for ten minutes, and it starts by itself."""
    assert total(BREATHING_FAST) == 3 and level(BREATHING_FAST) == "low-medium"
    before = stay.now
    stay.check(person, BREATHING_FAST)
    asked = Moment(before, stay.now)
    health, proposed = stay.raised("health", "urgent"), stay.raised("plan-proposed", "urgent", before)
    stay.answer(health, "nurse")
    stay.tally.proposed += 1
    stay.wait(minutes=5, seconds=30)
    assert stay.heard(proposed)["tier"] == "medical-lead"
    stay.wait(minutes=5)
    started = stay.raised("plan-started", "urgent", before + minutes(10))
    proposed.resolved = stay.now
    stay.answer(started)
    one = begun(stay, "automatic", 4, asked + minutes(10))
    activation = running(stay)["id"]
    do_steps(stay, activation, one, STEPS)
    end(stay, activation, one, started)
    calmed(stay, person, health)


def by_hand(stay: Stay, person: dict) -> None:
    """Started by the duty lead, raised, lowered, ended without a review; then a drill, which counts nowhere else."""
    said, at = stay.timed("lead", "activations", {
        "batch": stay.batch, "plan": "acute-illness", "participant": person["id"], "reason": "胸口不舒服"})
    path, started = f"activations/{said['subject']}", stay.raised("plan-started", "critical")
    stay.answer(started)
    one = begun(stay, "manual", 2, at)
    stay.tell("lead", f"{path}/level", {"level": 2, "reason": "两人不适"})
    raised = stay.raised("plan-level", "critical", since="duty-lead")
    stay.heard(raised)
    stay.tell("lead", f"{path}/level", {"level": 3, "reason": "一人已缓解"})
    one["levelChanges"] = 2
    do_steps(stay, said["subject"], one, (1, 2))
    end(stay, said["subject"], one, started, raised, review=False)

    said, at = stay.timed("lead", "activations", {
        "batch": stay.batch, "plan": "acute-illness", "drill": True, "level": 4, "reason": "半年演练"})
    one = begun(stay, "drill", 4, at)
    do_steps(stay, said["subject"], one, STEPS[:3])
    end(stay, said["subject"], one)
