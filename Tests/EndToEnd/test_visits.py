"""A link to a page that the device holds opens in the page that stands open, without a new document."""

from playwright.sync_api import expect

from house.checks import fill, recorded, save

MARK = "() => { window.stayed = true; }"
STAYED = "() => window.stayed === true"


def follow(page, selector: str) -> None:
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
    fill(page)
    save(page)
    phone.says("待同步 1")
    # Where it leads nowhere it says so, and the page stays.
    follow(page, "a[href='/search'], a[href^='/help']")
    expect(page.locator(".toast").last).to_contain_text("不在这台设备上")
    daemon.start()
    phone.says("", seconds=60)
    assert recorded(people.client("lead"), person)[-1]["readings"]["pulse"] == 72
