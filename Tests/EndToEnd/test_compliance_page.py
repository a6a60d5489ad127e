"""The page of the 合规看板 in a browser without scripts, and on paper."""

import re
import subprocess

import pytest

from house import board, door


def ids(page) -> list[str]:
    """The rules that a page shows, in its order."""
    return [one.get_attribute("id") for one in page.locator("main li[id]").all() if one.is_visible()]


@pytest.fixture(params=[360, 1280])
def reading(request, demo, browse):
    """The board of a house in the middle of its stay in a browser without scripts, and what the API says of it."""
    lead = demo.client("lead")
    batch = next(one["id"] for one in lead.read("/api/v1/batches")["batches"] if one["state"] == "open")
    profile = browse(demo.ca, viewport={"width": request.param, "height": 800}, java_script_enabled=False)
    page = profile.new_page()
    page.goto(f"{demo.url}/login")
    door.log_in(page, demo.account("lead"))
    page.goto(f"{demo.url}/batches/{batch}")
    with page.expect_navigation():
        page.click(f"main a[href='/batches/{batch}/compliance']")
    return page, lead.read(f"/api/v1/batches/{batch}/compliance")


def follow(page, query: str) -> None:
    with page.expect_navigation():
        page.click(f"main a[href$='{query}']")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"


def expected_of(told: dict, gate: str | None, result: str | None) -> set[str]:
    def takes(rule_: dict) -> bool:
        standing = [rule_["standing"]] if gate is None else [at["standing"] for at in rule_["gates"] if at["gate"] == gate]
        return bool(standing) and result in (None, *standing)

    return {one["rule"] for one in told["rules"] if takes(one)}


def test_the_page_shows_every_rule_and_is_filtered_without_scripts(reading):
    page, told = reading
    whole = page.url
    assert set(ids(page)) == expected_of(told, None, None) and len(ids(page)) == len(told["rules"])
    pressing = [one["rule"] for one in told["rules"] if one["needsAct"]]
    assert set(ids(page)[:len(pressing)]) == set(pressing), "what has to be done stands first"
    for one in told["rules"]:
        words = page.locator(f"main li[id='{one['rule']}']").inner_text()
        assert one["quote"] in words and one["title"]["zh"] in words, words
    for result in board.STANDINGS:
        page.goto(whole)
        follow(page, f"?result={result}")
        assert set(ids(page)) == expected_of(told, None, result), result
    for gate in ("open", "arrival", "daily", "close", "report"):
        page.goto(whole)
        follow(page, f"?gate={gate}")
        assert set(ids(page)) == expected_of(told, gate, None), gate
        here = page.url
        for result in board.STANDINGS:
            page.goto(here)
            follow(page, f"?gate={gate}&result={result}")
            assert set(ids(page)) == expected_of(told, gate, result), (gate, result)
    page.goto(f"{whole}?gate=nowhere&result=perhaps")
    assert set(ids(page)) == expected_of(told, None, None)
    page.goto(whole)
    follow(page, "/missing")
    page.goto(whole)
    with page.expect_navigation():
        page.click(f"main a[href$='/compliance/{told['rules'][0]['rule']}']")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_beside_each_result_stands_how_many_rules_it_shows(reading):
    page, told = reading
    for gate in (None, "open", "arrival", "daily"):
        page.goto(page.url.split("?")[0] + (f"?gate={gate}" if gate else ""))
        for result in board.STANDINGS:
            words = page.locator(f"main a[href$='result={result}']").inner_text()
            number = int(re.search(r"\d+", words)[0])
            assert number == len(expected_of(told, gate, result)), (gate, result, words)


def test_the_board_on_paper_has_every_rule(reading, tmp_path):
    page, told = reading
    file = tmp_path / "board.pdf"
    page.emulate_media(media="print")
    assert set(ids(page)) == expected_of(told, None, None)
    assert not page.locator("main a[href$='?gate=open']").is_visible()
    assert not page.locator("main a[href$='/missing']").is_visible()
    page.pdf(path=file, prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", "-raw", file, "-"], check=True, capture_output=True, text=True).stdout
    bare = re.sub(r"\s", "", text)
    for one in told["rules"]:
        assert re.sub(r"\s", "", one["quote"]) in bare, one["rule"]
        assert one["rule"] in bare
