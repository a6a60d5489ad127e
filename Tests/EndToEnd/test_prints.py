"""What people print: on A4, with the head, the batch and the page's number on each sheet, and nobody left out."""

import re
import subprocess

LISTS = {
    "/sheets/rooms": "姓名", "/sheets/arrivals": "姓名", "/sheets/rounds": "血压", "/sheets/shifts": "带班领导",
    "/emergency-list": "姓名",
}


def at_the_desk(demo, browse):
    page = browse(demo.ca).new_page()
    lead = demo.account("lead")
    page.goto(f"{demo.url}/login")
    page.fill("[name=username]", lead["username"])
    page.fill("[name=password]", lead["password"])
    page.click("main button")
    page.wait_for_url(lambda address: "/login" not in address)
    return page


def sheets(page, url: str, file) -> list[str]:
    """The text of each printed sheet."""
    page.goto(url)
    page.pdf(path=file, prefer_css_page_size=True)
    info = subprocess.run(["pdfinfo", file], check=True, capture_output=True, text=True).stdout
    assert "A4" in info, info
    text = subprocess.run(["pdftotext", "-raw", file, "-"], check=True, capture_output=True, text=True).stdout
    return text.split("\f")[:-1]


def test_lists_for_paper(demo, browse, tmp_path):
    page = at_the_desk(demo, browse)
    people = demo.client("lead").read("/api/v1/participants")["participants"]
    batch = re.sub(r"\s", "", demo.client("lead").read("/api/v1/board")["batch"]["number"])
    for each, (path, head) in enumerate(LISTS.items()):
        printed = sheets(page, demo.url + path, tmp_path / f"{each}.pdf")
        bare = [re.sub(r"\s", "", sheet) for sheet in printed]
        for index, sheet in enumerate(bare):
            assert head in sheet, f"{path}: no head on sheet {index + 1}"
            assert batch in sheet, f"{path}: no batch on sheet {index + 1}"
            number = f"{index + 1}/{len(bare)}"
            assert sheet.startswith(number) or sheet.endswith(number), f"{path}: no number on sheet {index + 1}"
        if path != "/sheets/shifts":
            here = [one["name"] for one in people if one["place"] == "present"]
            missing = [name for name in here if name not in "".join(bare)]
            assert not missing, f"{path}: {missing}"


def test_person_on_paper_keeps_the_telephones(demo, browse, tmp_path):
    page = at_the_desk(demo, browse)
    person = next(one for one in demo.client("lead").read("/api/v1/participants")["participants"] if one["place"] == "present")
    text = "".join(sheets(page, f"{demo.url}/participants/{person['id']}", tmp_path / "person.pdf"))
    assert re.search(r"1[34]\d{9}", text), text
    assert person["name"] in text
