"""A person with a finger or a mouse, who takes what is in sight and counts how often they tap."""

from playwright.sync_api import Page


class Hand:
    def __init__(self, page: Page):
        self.page = page
        self.taps = 0

    def home(self) -> "Hand":
        """Back to the start page of the role."""
        self.page.goto(self.page.url.split("/", 3)[0] + "//" + self.page.url.split("/")[2] + "/")
        self.taps = 0
        return self

    def sees(self, selector: str) -> bool:
        return self.page.locator(selector).locator("visible=true").count() > 0

    def tap(self, selector: str) -> "Hand":
        self.page.locator(selector).locator("visible=true").first.click()
        self.taps += 1
        return self

    def follow(self, *ways: str) -> "Hand":
        """By the last of the ways at once where it is in sight, else by those before it."""
        for number, way in enumerate(ways):
            shortcut = next((later for later in reversed(ways[number:]) if self.sees(later)), None)
            if shortcut is None:
                raise AssertionError(f"{self.page.url}: nothing of {ways[number:]} is in sight")
            with self.page.expect_navigation():
                self.tap(shortcut)
            if shortcut == ways[-1]:
                return self
        return self

    def write(self, **fields: str) -> "Hand":
        for name, value in fields.items():
            self.page.locator(f"main [name='{name}']").locator("visible=true").first.fill(value)
        return self

    def choose(self, **fields: str) -> "Hand":
        """Of radio buttons or a list; a tap each."""
        for name, value in fields.items():
            found = self.page.locator(f"main select[name='{name}']")
            if found.count():
                found.select_option(value)
            else:
                self.page.locator(f"label:has([name='{name}'][value='{value}'])").first.click()
        return self

    def send(self, action: str) -> "Hand":
        """By the button of the form that is sent there, wherever it stands, and on to what comes of it."""
        form = self.page.locator(f"form[method=post][action$='{action}']").first
        id = form.get_attribute("id")
        button = f"form[method=post][action$='{action}'] button:not([type=button])"
        with self.page.expect_navigation():
            self.tap(f"{button}, button[form='{id}']" if id else button)
        return self

    @property
    def saved(self) -> bool:
        """Whether the page says that something was saved, with its time."""
        return "saved=" in self.page.url and self.sees(".flash, .toast, [role=status]")
