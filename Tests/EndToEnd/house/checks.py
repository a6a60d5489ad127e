"""Checks as a nurse types them, and as the house has them afterwards."""

from playwright.sync_api import Page

from .client import Client

TYPED = {"respirationRate": "16", "oxygenSaturation": "97", "systolic": "128", "diastolic": "78", "pulse": "72", "temperature": "36.6"}
# As a form sends them.
FIELDS = "&".join(f"{name}={value}" for name, value in TYPED.items()) + "&supplementalOxygen=false&consciousness=A"


def fill(page: Page, **changes: str) -> None:
    for name, value in {**TYPED, **changes}.items():
        page.fill(f"[name={name}]", value)
    # A finger touches the label.
    page.click("label:has([name=supplementalOxygen][value=false])")
    page.click("label:has([name=consciousness][value=A])")


def save(page: Page) -> None:
    page.locator("form[action$='/check-in'] button:not([type=button]), button[form]:not([type=button])").locator(
        "visible=true").first.click()


def recorded(client: Client, person: str, since: int = 0) -> list[dict]:
    """The checks of a person that were made since a moment, the earliest first."""
    answer = client.read("/api/v1/check-ins", participant=person)
    found = next(value for value in answer.values() if isinstance(value, list))
    return sorted((one for one in found if one["occurredAt"] >= since), key=lambda one: one["occurredAt"])
