"""Sending every form wrong, without scripts: whatever comes back must be a page for people."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import TimeoutError as Late

from .look import Lens
from .walk import Patterns

# Empties what can be emptied and writes words where numbers belong; the key against sending twice stays. Says which of
# the page's forms it was, and opens what hides its button and marks it.
SPOIL = """(kind) => {
  const forms = [...document.querySelectorAll("form[method=post]")];
  const which = forms.findIndex((one) => new RegExp("^" + kind + "$").test(one.action.slice(location.origin.length)));
  if (which < 0) return which;
  for (let box = forms[which]; box; box = box.parentElement) if (box.localName === "details") box.open = true;
  for (const field of forms[which].querySelectorAll("input, textarea, select")) {
    if (field.type === "hidden") continue;
    if (["radio", "checkbox"].includes(field.type)) field.checked = false;
    else if (field.localName === "select") field.value = "";
    else if (field.inputMode === "numeric" || field.inputMode === "decimal") field.value = "999x";
    else if (field.type !== "file") field.value = "";
  }
  const send = [...forms[which].elements].filter((one) => one.type === "submit" && !one.ariaDisabled).pop();
  send?.setAttribute("data-send", "");
  return send ? which : -2;
}"""


def send_wrong(lens: Lens, url: str, patterns: Patterns, forms: dict[str, str], passed: set[str], axe) -> None:
    """Sends each kind of form once; a refusal is looked at, what is taken is taken."""
    for action, here in forms.items():
        if action in passed:
            continue
        passed.add(action)
        if lens.open(url + here) is None:
            continue
        kind = re.escape(action).replace(":id", "[0-9a-f-]{36}").replace(":n", r"\d+")
        which = lens.page.evaluate(SPOIL, kind)
        if which == -1:
            lens.complain(action, f"no such form any more on {here}")
        if which < 0:
            continue  # its button says why it can't be pressed now
        try:
            with lens.page.expect_navigation(timeout=8_000) as gone:
                lens.page.click("[data-send]", timeout=8_000)
            answer = gone.value
        except Late:
            lens.complain(action, "sending it leads nowhere")
            continue
        status = answer.status if answer else 0
        if status not in (200, 401, 409, 422):
            lens.complain(action, f"status {status} for a form sent wrong")
        kind = f"POST {action}"
        lens.look(kind, "wrong" + re.sub(r"\W+", "-", action), axe=status == 422 and axe(action))
        if status == 422 and not lens.page.query_selector(".err, .note, .banner, [role=alert]"):
            lens.complain(kind, "refused without saying why")
        if patterns.of(urlsplit(lens.page.url).path) == "/login":
            lens.complain(kind, "ended the session")
