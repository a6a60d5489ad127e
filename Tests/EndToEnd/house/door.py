"""The way into the house for a browser: the login's page, and a badge scanner."""

import time


def log_in(page, account: dict) -> None:
    page.fill("[name=username]", account["username"])
    page.fill("[name=password]", account["password"])
    page.click("main button")
    page.wait_for_url(lambda address: "/login" not in address)


def scan(page, text: str) -> None:
    """Types as a scanner does: faster than anybody, with Enter at the end."""
    page.evaluate("() => document.activeElement?.blur()")
    type_as_scanner(page, text)


def type_as_scanner(page, text: str) -> None:
    """Ten milliseconds from key to key by the events' own times, however busy this machine is."""
    devtools = page.context.new_cdp_session(page)
    began = time.time()
    for number, key in enumerate([*text, "Enter"]):
        event = {"key": key, "timestamp": began + number / 100}
        words = {"text": "\r", "windowsVirtualKeyCode": 13} if key == "Enter" else {"text": key}
        devtools.send("Input.dispatchKeyEvent", {"type": "keyDown", **event, **words})
        devtools.send("Input.dispatchKeyEvent", {"type": "keyUp", **event})
