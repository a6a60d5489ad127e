"""A link to a page that the device holds opens in the page that stands open, without a new document."""

import signal

from playwright.sync_api import expect

from house.checks import fill, recorded, save

MARK = "() => { window.stayed = true; }"
STAYED = "() => window.stayed === true"


def follow(page, selector: str) -> None:
    # The page may be asking for itself just now.
    page.wait_for_selector(selector, state="attached")
    page.evaluate("(selector) => document.querySelector(selector).click()", selector)


def test_a_held_page_opens_in_this_one_and_asks_for_itself(ward):
    daemon, people, phone = ward
    phone.open("/rounds")
    page = phone.page
    page.evaluate(MARK)
    person = people.present()[3]
    title = page.title()
    page.evaluate("() => { for (const fold of document.querySelectorAll('details')) fold.open = true; scrollTo(0, 400); }")
    down = page.evaluate("() => scrollY")
    follow(page, f"main a[href^='/participants/{person}']")
    page.wait_for_url(f"**/participants/{person}**")
    expect(page.locator("#bar h1")).to_be_focused()
    assert page.evaluate(STAYED) and page.title() != title and page.evaluate("() => scrollY") == 0
    # What was kept is replaced by what the house says now.
    page.wait_for_function("() => !('kept' in document.body.dataset)")
    page.go_back()
    page.wait_for_url("**/rounds")
    page.wait_for_function("(title) => document.title === title", arg=title)
    assert page.evaluate(STAYED)
    page.wait_for_function("(down) => Math.abs(scrollY - down) < 200 || document.body.scrollHeight < down + innerHeight", arg=down)
    page.go_forward()
    page.wait_for_url(f"**/participants/{person}**")
    expect(page.locator(f"main a[href*='{person}/check-in'], main form[action*='{person}']").first).to_be_attached()
    assert page.evaluate(STAYED)


def test_a_form_in_such_a_page_is_a_form(ward):
    daemon, people, phone = ward
    person, lead = people.present()[4], people.client("lead")
    phone.open(f"/participants/{person}")
    page = phone.page
    page.evaluate(MARK)
    follow(page, f"a[href='/participants/{person}/check-in']")
    page.wait_for_url("**/check-in")
    fill(page, pulse="81")
    # It is scored while it is typed, and typed words are asked about before they are left.
    expect(page.locator("#a-score")).to_contain_text("0")
    assert page.evaluate(STAYED) and page.locator("form[data-dirty]").count() == 1
    before = len(recorded(lead, person))
    save(page)
    page.wait_for_url("**saved=*")
    [*_, last] = recorded(lead, person)
    assert len(recorded(lead, person)) == before + 1 and last["readings"]["pulse"] == 81


def test_without_a_trusted_certificate_the_day_opens_from_an_open_page(resident, device):
    daemon, people = resident()
    daemon.start()
    phone = device(daemon, trusting=False).log_in(people.account("medic")).await_copy()
    page, person = phone.page, people.present()[5]
    phone.open("/rounds")
    daemon.kill()
    phone.says("没有连上")
    follow(page, "#tabs a[href='/incidents']")
    page.wait_for_url("**/incidents")
    page.go_back()
    page.wait_for_url("**/rounds")
    page.evaluate("() => { for (const fold of document.querySelectorAll('details')) fold.open = true; }")
    follow(page, f"main a[href^='/participants/{person}']")
    page.wait_for_url(f"**/participants/{person}**")
    if not page.url.endswith("/check-in"):
        follow(page, f"a[href='/participants/{person}/check-in']")
        page.wait_for_url("**/check-in")
    page.evaluate(MARK)
    fill(page)
    save(page)
    phone.says("待同步 1")
    # The way goes on while something waits, and it is said what became of it.
    page.wait_for_url(lambda address: "/check-in" not in address)
    expect(page.locator(".toast")).to_have_count(1)
    expect(page.locator(".toast")).to_contain_text("存在本机")
    # Where it leads nowhere it says so, and the page stays, forward and back.
    follow(page, "a[href='/search'], a[href^='/help']")
    expect(page.locator(".toast").last).to_contain_text("不在这台设备上")
    page.evaluate("() => { history.pushState({}, '', '/help/nowhere'); history.pushState({}, '', '/me'); }")
    page.evaluate("() => history.back()")
    expect(page.locator(".toast")).to_have_count(3)
    assert page.evaluate(STAYED) and "/help" not in page.url
    daemon.start()
    phone.says("", seconds=60)
    assert recorded(people.client("lead"), person)[-1]["readings"]["pulse"] == 72


def test_what_becomes_of_a_form_does_not_pull_anybody_off_the_next_one(ward):
    daemon, people, phone = ward
    first, second = people.present()[7:9]
    lead, page = people.client("lead"), phone.page
    before = len(recorded(lead, first))
    phone.open(f"/participants/{first}/check-in")
    page.evaluate(MARK)
    fill(page, pulse="83")
    daemon.process.send_signal(signal.SIGSTOP)
    save(page)
    expect(page.locator("form[data-dirty]")).to_have_count(0)
    # Nobody waits for a slow house: on to the next one, whose readings are typed.
    follow(page, "#bar.back > a")
    page.wait_for_url(lambda address: "/check-in" not in address)
    page.evaluate("() => { for (const fold of document.querySelectorAll('details')) fold.open = true; }")
    follow(page, f"main a[href='/participants/{second}/check-in'], main a[href='/participants/{second}']")
    page.wait_for_url(f"**/participants/{second}**")
    if not page.url.endswith("/check-in"):
        follow(page, f"a[href='/participants/{second}/check-in']")
    page.wait_for_url(f"**/participants/{second}/check-in")
    page.fill("[name=pulse]", "91")
    page.wait_for_timeout(9000)
    assert page.url.endswith(f"/participants/{second}/check-in") and page.evaluate(STAYED)
    assert page.input_value("[name=pulse]") == "91"
    daemon.process.send_signal(signal.SIGCONT)
    phone.says("", seconds=60)
    assert [one["readings"]["pulse"] for one in recorded(lead, first)[before:]] == [83]
    assert page.input_value("[name=pulse]") == "91" and page.evaluate(STAYED)
