"""A session that ends in the middle of a form: who logs in goes on, and nothing that was typed is lost."""

import html
import re
import uuid

import pytest

from house.daemon import Demo
from house.look import PHONE

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}


@pytest.fixture(scope="module")
def person(demo) -> str:
    with_session = demo.client("lead")
    people = with_session.read("/api/v1/participants")["participants"]
    with_session.close()
    return [one["id"] for one in people if one["place"] == "present"][-1]


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's forms."""
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {html.unescape(name): html.unescape(value) for name, value in fields}


def remarks(demo: Demo, person: str) -> list[str]:
    nurse = demo.client("medic")
    told = nurse.read("/api/v1/check-ins", participant=person)["checkIns"]
    nurse.close()
    return [one["remark"] for one in told]


def test_a_form_survives_the_login_a_wrong_password_and_a_double_tap(demo, person):
    remark = f"头晕 <b>“&amp;+%” {uuid.uuid4()}"
    form = {"pulse": "71", "remark": remark, "idempotency-key": str(uuid.uuid4())}
    target = f"/participants/{person}/check-in"
    with demo.client() as stranger:
        page = stranger.post(target, data=form, headers={"Accept": "text/html"})
        assert page.status_code == 401 and "刚才填的都还在" in page.text
        account = demo.account("medic")
        login = hidden(page.text) | {"username": account["username"], "password": "something else"}
        page = stranger.post("/login", data=login)
        assert page.status_code == 401
        assert remark not in remarks(demo, person)
        login = hidden(page.text) | {"username": account["username"], "password": account["password"]}
        page = stranger.post("/login", data=login)
        assert page.status_code == 200 and account["name"] in page.text
        assert re.search(rf'<form[^>]* action="{target}"', page.text)
        assert remark not in remarks(demo, person), "nothing is sent without the person's tap"
        again = hidden(page.text)
        assert again == form
        for _ in range(2):
            assert stranger.post(target, data=again).status_code == 303
    assert remarks(demo, person).count(remark) == 1


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_what_another_site_sends_is_not_carried_along(demo, person, headers):
    with demo.client() as stranger:
        answer = stranger.post(f"/participants/{person}/check-in", data={"remark": "theirs"}, headers={**FORM, **headers})
        assert answer.status_code == 401 and "theirs" not in answer.text
        account = demo.account("medic")
        answer = stranger.post("/login", headers=headers, data={
            "username": account["username"], "password": account["password"], "next": "/", "resume": "remark=theirs"})
        assert answer.status_code == 403 and "theirs" not in answer.text


def test_scripts_and_large_bodies_are_refused_as_before(demo, person):
    with demo.client() as stranger:
        answer = stranger.post("/api/v1/check-ins", json={"participant": person})
        assert answer.status_code == 401 and answer.headers["Content-Type"] == "application/problem+json"
        answer = stranger.post(f"/participants/{person}/check-in", data={"remark": "x" * 70_000}, headers=FORM)
        assert answer.status_code == 401 and "x" * 100 not in answer.text


def test_in_the_browser_one_tap_after_the_login_sends_what_was_typed(demo, browse, person):
    account = demo.account("medic")
    page = browse(demo.ca, viewport=PHONE).new_page()

    def sign_in() -> None:
        page.fill("[name=username]", account["username"])
        page.fill("[name=password]", account["password"])
        page.click("main button")

    page.goto(f"{demo.url}/login?next=/participants/{person}/check-in")
    sign_in()
    page.wait_for_url(f"**/participants/{person}/check-in")
    remark = f"饭后散步回来 {uuid.uuid4()}"
    page.fill("[name=pulse]", "72")
    if not page.locator("[name=remark]").is_visible():
        page.locator("details:has([name=remark]) > summary").click()
    page.fill("[name=remark]", remark)
    page.context.clear_cookies()
    page.get_by_role("button", name="保存检查").click()
    page.wait_for_selector("[name=password]")
    sign_in()
    page.get_by_role("button", name="提交刚才填的内容").click()
    page.wait_for_function("!document.querySelector('[name=resume]') && location.pathname !== '/login'")
    page.wait_for_load_state()
    assert remarks(demo, person).count(remark) == 1
