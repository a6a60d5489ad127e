"""What each role does often, and how many taps lie between its start page and the place where it is done or written: in
the real browser with a phone in the hand, each tap on something that is in sight."""

import pytest

from house.browser import PHONE
from house.hand import Hand

FREQUENT = 3
# Role, what is done, the links or folds to tap one after the other, and what is in sight where it is done.
TASKS = [
    ("medic", "check somebody who is due", ["main a[href$='/check-in']"], "form[action$='/check-in']"),
    ("medic", "say why a check could not be made", ["main a[href$='/check-in']", "main summary"], "form[action$='/not-done']"),
    ("medic", "see the whole round", ["nav a[href='/rounds']"], "main .who"),
    ("medic", "answer an alert", ["main a[href^='/alerts/'], nav a[href='/alerts']"], "form[action$='/acknowledge']"),
    ("medic", "do a plan's step", ["main a[href^='/activations/']"], "form[action$='/done']"),
    ("medic", "report an incident", ["nav a[href='/incidents']", "main a[href='/incidents/new']"], "form[id='incident']"),
    ("medic", "find somebody", ["header a[href='/search']"], "main input[type=search]"),
    ("medic", "send somebody to hospital", ["nav a[href='/rounds']", "main a[href*='/participants/']"], None),
    ("escort", "count an outing", ["main a[href^='/outings/']", "main a[href$='/headcounts'], main a[href$='/return']"], "main [name=counted]"),
    ("escort", "see where my people are", [], "main .figs"),
    ("escort", "find somebody", ["header a[href='/search']"], "main input[type=search]"),
    ("escort", "report an incident", ["nav a[href='/incidents']", "main a[href='/incidents/new']"], "form[id='incident']"),
    ("staff", "find somebody", [], "main input[type=search]"),
    ("staff", "register an arrival", ["main a[href*='#arrival']"], "form[action$='/arrival'] button"),
    ("staff", "plan an outing", ["main a[href='/outings']", "a[href='/outings/new']"], "form[action='/outings']"),
    ("staff", "count an outing", ["main a[href^='/outings/']", "main a[href$='/return']"], "main [name=counted]"),
    ("staff", "record somebody's leave", ["main input[type=search]", "main a[href$='/leave']"], "form[action$='/leave']"),
    ("lead", "answer an alert", ["main a[href^='/alerts/'], nav a[href='/alerts']"], "form[action$='/acknowledge']"),
    ("lead", "look at the board", ["main a[href='/board']"], "html.wall"),
    ("lead", "start a plan or a drill", ["main a[href='/plans']", "main summary"], "form[action='/plans'] button"),
    ("lead", "do a plan's step", ["main a[href^='/activations/']"], "form[action$='/done']"),
    ("lead", "plan shifts", ["main a[href='/shifts']", "a[href='/shifts/new']"], "form[action='/shifts']"),
    ("lead", "see what the end of the batch asks", ["main a[href^='/batches/']", "main a[href$='/close']"], "main"),
    ("organizer", "decide about somebody held", ["main a[href*='#rules']"], "main"),
    ("organizer", "see what a gate asks", ["nav a[href='/batches']", "main a[href^='/batches/']", "main a[href*='/gates/']"], "main .head"),
    ("admin", "add an account", ["nav a[href='/accounts']"], "form[action='/accounts'] button"),
    ("admin", "see how the system does", [], "main .facts"),
    ("admin", "read how backups are made", ["main a[href^='/help/'], main a[href='/help']"], "main"),
]


@pytest.mark.parametrize(("role", "what", "ways", "there"), TASKS, ids=[f"{role}: {what}" for role, what, _, _ in TASKS])
def test_what_is_done_often_is_near(evening, browse, role, what, ways, there):
    if what == "register an arrival":
        evening.newcomer("刚到的人")
    hand = Hand(evening.enter(browse(evening.demo.ca, viewport=PHONE, has_touch=True, is_mobile=True), role)).home()
    for way in ways:
        assert hand.sees(way), f"{hand.page.url}: {way} is not in sight"
        if way.endswith("summary"):
            hand.tap(way)
        elif way.endswith("input[type=search]"):
            # A tap, a name, and the keyboard's key.
            hand.tap(way)
            person = evening.person()
            name = next(one["name"] for one in evening.stage.people(place="present") if one["id"] == person)
            hand.page.keyboard.type(name, delay=150)
            with hand.page.expect_navigation():
                hand.page.keyboard.press("Enter")
            hand.taps += 1
        else:
            with hand.page.expect_navigation():
                hand.tap(way)
    assert hand.taps <= FREQUENT
    if there:
        hand.page.wait_for_selector(there, state="visible")
