"""A house in the middle of an evening, for all tests that act in a browser."""

import uuid
from collections import deque

from playwright.sync_api import BrowserContext, Page

from .daemon import Demo
from .stage import Stage


class Evening:
    """A house at a quarter past eight in the evening: a round runs, an outing is under way, somebody is ill, a plan
    runs, somebody is awaited. For tests that act on people of their own and look for nothing that others change."""

    def __init__(self, demo: Demo, stage: Stage, made: dict[str, str]):
        self.demo = demo
        self.stage = stage
        self.made = made
        # Not those to whom something happens on this evening.
        self._people = deque([one["id"] for one in stage.people(place="present", admission="admitted")][9:])

    def person(self) -> str:
        """Somebody with whom no other test has to do now."""
        self._people.rotate()
        return self._people[0]

    def newcomer(self, name: str) -> str:
        """Somebody who is awaited."""
        content = f"序号,姓名,性别,出生日期,身份证号\n1,{name},男,1958-03-04,\n".encode()
        taken = self.stage.staff.post(
            f"/api/v1/batches/{self.stage.batch}/participants/import", content=content,
            headers={"Content-Type": "application/octet-stream", "Idempotency-Key": str(uuid.uuid4())})
        assert taken.status_code == 201, taken.text
        return next(one["id"] for one in self.stage.people(name=name))

    def enter(self, context: BrowserContext, role: str) -> Page:
        """A page of this profile, logged in."""
        account = self.demo.account(role)
        page = context.new_page()
        page.goto(f"{self.demo.url}/login")
        page.fill("[name=username]", account["username"])
        page.fill("[name=password]", account["password"])
        page.click("main button")
        page.wait_for_url(lambda address: "/login" not in address)
        return page
