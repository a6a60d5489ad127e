"""Seven days of a stay, each act told to the daemon and to the test's own counts."""

from math import ceil

from . import emergencies
from .emergencies import calmed, minutes
from .preparing import BARRED, LATE_COMER
from .readings import calm
from .stay import Stay

ASLEEP, FEVERISH, INCOMPLETE, FALLEN, ILL, MIDDLING, FAST, UNWELL = 0, 2, 7, 5, 20, 21, 23, 22
OVERDUE, AWAY_AT_NIGHT, EARLY, HOME_ILL, IN_HOSPITAL, SEEN_LATE, MISSED, UNSEEN = 10, 12, 30, 31, 32, 41, 42, 13


def begin_round(stay: Stay, day: int, hour: int) -> None:
    """Jumps into a round; what is sent at once belongs to it, also before the daemon's clock has ticked."""
    stay.move(day, hour, 10)


def present(stay: Stay, *without: int) -> list[dict]:
    """Who is in care now, as the test has it, without some."""
    left_out = {stay.people[number]["id"] for number in without}
    return [one for one in stay.people if stay.tally.persons[one["id"]].place == "present" and one["id"] not in left_out]


def whole_round(stay: Stay, day: int, hour: int, *without: int) -> None:
    begin_round(stay, day, hour)
    stay.each(present(stay, *without), stay.check)


def first_evening(stay: Stay) -> None:
    """One comes while the round runs, one is seen late, one never: the alert climbs until somebody takes it."""
    begin_round(stay, 0, 19)
    late = stay.people[LATE_COMER]["id"]
    stay.tell("staff", f"participants/{late}/arrival", {"room": "501"})
    stay.tally.arrived(late, "admitted", {}, stay.now)
    stay.each(present(stay, SEEN_LATE, MISSED), stay.check)
    stay.move(0, 21, 1)
    alarm = stay.raised("round-overdue", "attention", stay.at(0, 21))
    assert stay.heard(alarm)["people"] == "医护2"
    stay.wait(minutes=16)
    assert stay.heard(alarm)["tier"] == "medical-lead"
    stay.wait(minutes=15)
    alert = stay.answer(alarm)
    assert (alert["tier"], set(alert["people"].split("、"))) == ("duty-lead", {"医护2", "医护3", "沈航"})
    stay.check(stay.people[SEEN_LATE])
    stay.tell("lead", f"alerts/{alert['id']}/resolve", {"reason": "本人已休息，明早再查"})
    alarm.resolved = stay.now


def first_day(stay: Stay) -> None:
    """One sleeps, one has a fever, of one the temperature is not measured; an outing, a fall, an illness."""
    people = stay.people
    begin_round(stay, 1, 7)
    stay.not_done(people[ASLEEP], "asleep")
    asleep = stay.now
    stay.check(people[FEVERISH], calm(temperature=38.2))
    fever = stay.raised("health", "attention")
    assert stay.answer(fever, "nurse")["people"] == "医护1"
    stay.check(people[INCOMPLETE], calm(temperature=None))
    stay.each(present(stay, ASLEEP, FEVERISH, INCOMPLETE), stay.check)
    stay.move(1, 9)
    # Asked for again after 30 minutes, late after a quarter of them more.
    overdue = stay.raised("follow-up-overdue", "urgent", asleep + minutes(37))
    assert stay.answer(overdue)["tier"] == "organizer"
    outing(stay, people[3:15])
    stay.move(1, 12)
    emergencies.fall(stay, people[FALLEN])
    stay.move(1, 14)
    health = emergencies.illness(stay, people[ILL])
    stay.move(1, 17)
    # The escort first, so that no moment between the two has fewer for each.
    stay.tell("lead", f"escorts/{stay.escorts['医护1']}/place", {"place": "present"})
    stay.tally.escort(stay.escorts["医护1"], True, stay.now)
    stay.tell("lead", f"participants/{people[ILL]['id']}/hospital/return")
    stay.tally.moved(people[ILL]["id"], "hospitalReturns", stay.now)
    stay.move(1, 18)
    go(stay, AWAY_AT_NIGHT, stay.milliseconds(1, 22, 30))
    whole_round(stay, 1, 19, FEVERISH, ILL, ASLEEP)
    calmed(stay, people[FEVERISH], fever)
    calmed(stay, people[ILL], health)
    calmed(stay, people[ASLEEP], overdue)
    stay.move(1, 22)
    come_back(stay, AWAY_AT_NIGHT)


def outing(stay: Stay, going: list[dict]) -> None:
    """Counted when it leaves, twice on the way, at first with one too few, and when it comes back, too late."""
    planned = stay.tell("lead", "outings", {
        "batch": stay.batch, "activity": "red_education", "destination": "纪念馆", "vehicle": "A-0001",
        "leavesAt": stay.milliseconds(1, 10), "returnsAt": stay.milliseconds(1, 11, 30),
        "participants": [one["id"] for one in going],
        "escorts": [stay.escorts[name] for name in ("医护1", "领队2", "领队3")],
    })["subject"]
    stay.move(1, 10)
    count = {"counted": len(going), "missing": []}
    stay.tell("staff", f"outings/{planned}/leaving", count)
    stay.tell("staff", f"outings/{planned}/headcounts", {"counted": len(going) - 1, "missing": [going[0]["id"]]})
    short = stay.raised("headcount", "critical")
    stay.heard(short)
    stay.tell("staff", f"outings/{planned}/headcounts", count)
    short.resolved = stay.now
    stay.move(1, 11, 38)
    late = stay.raised("outing-overdue", "urgent", stay.at(1, 11, 30))
    assert stay.heard(late)["tier"] == "medical-lead"
    stay.tell("staff", f"outings/{planned}/return", count)
    late.resolved = stay.now
    stay.tally.headcounts += [True, False, True, True]
    stay.tally.outings["red_education"].update(held=1, participants=len(going))


def go(stay: Stay, number: int, back: int) -> None:
    id = stay.people[number]["id"]
    stay.tell("staff", f"participants/{id}/leave", {"expectedBack": back, "destination": "老战友家"})
    stay.tally.moved(id, "leaves", stay.now)


def come_back(stay: Stay, number: int) -> None:
    id = stay.people[number]["id"]
    stay.tell("staff", f"participants/{id}/leave/return")
    stay.tally.moved(id, "back", stay.now)


def second_day(stay: Stay, facility) -> None:
    """One does not come back from leave while the daemon is down; it catches up, tier by tier."""
    whole_round(stay, 2, 7)
    stay.move(2, 9)
    stay.depart([stay.people[BARRED]], "early")
    stay.move(2, 13)
    go(stay, OVERDUE, stay.milliseconds(2, 16))
    stay.move(2, 15, 50)
    emergencies.report_overdue(stay)
    facility.stop()
    stay.move(2, 16, 50)
    facility.start()
    alarm = stay.raised("leave-overdue", "urgent", stay.at(2, 16))
    alert = stay.heard(alarm)
    assert alert["tier"] == "organizer" and alert["participant"] == stay.people[OVERDUE]["id"]
    come_back(stay, OVERDUE)
    alarm.resolved = stay.now
    unseen(stay)


def unseen(stay: Stay) -> None:
    """One goes out for the evening after the round's time, before anybody has seen him: he was missed."""
    whole_round(stay, 2, 19, UNSEEN)
    stay.move(2, 20, 30)
    go(stay, UNSEEN, stay.milliseconds(2, 22))
    stay.move(2, 21, 10)
    alarm = stay.raised("round-overdue", "attention", stay.at(2, 21))
    stay.answer(alarm)
    come_back(stay, UNSEEN)


def third_day(stay: Stay) -> None:
    """Plans proposed, turned down, started by nobody's answer and by hand; too few escorts for an hour."""
    people = stay.people
    whole_round(stay, 3, 7)
    stay.move(3, 10)
    emergencies.declined(stay, people[MIDDLING])
    stay.move(3, 12)
    emergencies.unanswered(stay, people[FAST])
    stay.move(3, 14)
    emergencies.by_hand(stay, people[UNWELL])
    stay.move(3, 16)
    too_few(stay)
    begin_round(stay, 3, 19)
    hospital(stay, HOME_ILL)
    stay.each(present(stay), stay.check)


def too_few(stay: Stay) -> None:
    """Escorts leave until the ratio does not hold; the last of them comes back."""
    regime = stay.regime
    needed = ceil(len(present(stay)) / 10)
    staff = regime.general + (4 if regime.medical_counts else 0)
    leaving = [f"领队{n}" for n in range(regime.general - 1, 1, -1)] + (["医护3"] if regime.medical_counts else [])
    leaving = leaving[:staff - needed + 1]
    assert staff - len(leaving) == needed - 1
    for name in leaving:
        stay.tell("staff", f"escorts/{stay.escorts[name]}/place", {"place": "left"})
        stay.tally.escort(stay.escorts[name], False, stay.now)
    alarm = stay.raised("ratio", "attention")
    stay.answer(alarm)
    stay.tally.breaches[regime.ratio].update(opened=1)
    stay.move(3, 17)
    for name in leaving:
        stay.tell("staff", f"escorts/{stay.escorts[name]}/place", {"place": "present"})
        stay.tally.escort(stay.escorts[name], True, stay.now)
    alarm.resolved = stay.now
    stay.tally.breaches[regime.ratio].update(closed=1)


def hospital(stay: Stay, number: int) -> None:
    id = stay.people[number]["id"]
    stay.tell("lead", f"participants/{id}/hospital", {"hospital": "人民医院"})
    stay.tally.moved(id, "hospitalTransfers", stay.now)


def last_days(stay: Stay) -> None:
    """One goes home from hospital, one early, one stays in hospital; on the seventh day the others leave."""
    whole_round(stay, 4, 7)
    stay.move(4, 10)
    stay.depart([stay.people[HOME_ILL]], "medical")
    stay.depart([stay.people[EARLY]], "early")
    hospital(stay, IN_HOSPITAL)
    whole_round(stay, 4, 19)
    for day in (5, 6):
        whole_round(stay, day, 7)
        stay.move(day, 10)
        if day == 5:
            whole_round(stay, day, 19)
    stay.depart(present(stay), "completed")
    day_after(stay)
    assert stay.alerts() == []


def day_after(stay: Stay) -> None:
    """Whoever still lies in hospital has stayed longer than a regulation of seven days allows, for medical reasons."""
    stay.move(7, 9)
    rule = stay.regime.longest
    if rule is None:
        return
    alarm = stay.raised(f"rule-{rule}", "attention", stay.at(7, 0, 5), since="duty-lead")
    assert stay.answer(alarm)["participant"] == stay.people[IN_HOSPITAL]["id"]
    stay.tally.breaches[rule].update(opened=1)


def activity(stay: Stay, kind: str, participants: int) -> None:
    day = str(stay.now.date())
    stay.tell("staff", "activities", {"batch": stay.batch, "kind": kind, "day": day, "participants": participants})
    stay.tally.activities[kind].update(held=1, participants=participants)
