"""Reading the problem answers of RFC 9457."""

import httpx


def faults(answer: httpx.Response, status: int) -> dict[str, list[str]]:
    """Expects a refusal that names what is wrong; the codes by field."""
    assert answer.status_code == status, f"{answer.status_code} {answer.text[:400]}"
    assert answer.headers["Content-Type"].split(";")[0] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status and body["title"] and body["type"]
    named: dict[str, list[str]] = {}
    for fault in body.get("faults", []):
        assert fault["message"].strip(), fault
        named.setdefault(fault["field"], []).append(fault["code"])
    return named


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)
