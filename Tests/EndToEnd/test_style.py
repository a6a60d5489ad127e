"""The style as the installed browser understands it: nothing that it drops, nothing that it does not know."""

import re

import pytest
import tinycss2

ACCEPTED = """(declarations) => declarations.filter(([name, value]) => !CSS.supports(name, value))"""
SELECTORS = """(selectors) => selectors.filter((one) => {
  try { document.querySelector(one); return false; } catch { return true; }
})"""
RULES = """(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  const count = (rules) => [...rules].reduce((sum, rule) => sum + 1 + (rule.cssRules ? count(rule.cssRules) : 0), 0);
  const media = [...sheet.cssRules].filter((rule) => rule.media && rule.media.mediaText.includes("not all")).length;
  return [count(sheet.cssRules), media];
}"""
# Descriptors that are no properties of elements.
DESCRIPTORS = {"page", "font-face", "property", "counter-style"}
# Declarations and selectors that this browser may drop, with the reason; '-webkit-' and '-moz-' where another needs them.
ALLOWED = {"::-moz-progress-bar": "Firefox draws its bars by it"}


class Style:
    """What is written: declarations, selectors, variables."""

    def __init__(self, text: str):
        self.declarations: list[tuple[int, str, str]] = []
        self.selectors: list[tuple[int, str]] = []
        self.broken: list[str] = []
        self.rules = 0
        self._read(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))

    def _read(self, nodes) -> None:
        for node in nodes:
            if node.type == "error":
                self.broken.append(f"{node.source_line}: {node.message}")
            elif node.type == "declaration":
                self.declarations.append((node.source_line, node.name, tinycss2.serialize(node.value).strip()))
            elif node.type in ("qualified-rule", "at-rule"):
                self.rules += 1
                if node.type == "qualified-rule":
                    self.selectors.append((node.source_line, tinycss2.serialize(node.prelude).strip()))
                if node.content is not None and getattr(node, "at_keyword", "") not in DESCRIPTORS:
                    self._read(tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True))

    def variables(self) -> dict[str, str]:
        """A value for each, of one scheme or another."""
        return {name: value for _, name, value in self.declarations if name.startswith("--")}


def put_in(value: str, variables: dict[str, str], missing: set[str]) -> str:
    """A value without variables, which the browser judges only then."""
    for _ in range(8):
        if "var(" not in value:
            return value

        def name(found: re.Match) -> str:
            if found[1] not in variables and found[2] is None:
                missing.add(found[1])
            return variables.get(found[1], found[2] or "initial")

        value = re.sub(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)", name, value)
    return value


@pytest.fixture(scope="module")
def style(house) -> str:
    page = house.get("/login", headers={"Accept": "text/html"}).text
    addresses = re.findall(r'rel="stylesheet" href="([^"]+)"', page)
    assert addresses
    return "\n".join(house.get(address).text for address in addresses)


def test_the_browser_drops_nothing(house, browse, style):
    written = Style(style)
    assert not written.broken, written.broken
    page = browse(house.ca).new_page()
    page.goto(f"{house.base_url}/login")
    missing: set[str] = set()
    variables = written.variables()
    asked = [(name, put_in(value, variables, missing)) for _, name, value in written.declarations if not name.startswith("--")]
    lines = [line for line, name, _ in written.declarations if not name.startswith("--")]
    assert len(asked) > 300
    dropped = {(name, value) for name, value in page.evaluate(ACCEPTED, asked)}
    told = [f"{line}: {name}: {value}" for line, (name, value) in zip(lines, asked, strict=True)
            if (name, value) in dropped and f"{name}: {value}" not in ALLOWED]
    assert not told, told
    assert not missing, f"variables that nothing sets: {missing}"
    unknown = page.evaluate(SELECTORS, [selector for _, selector in written.selectors])
    # A selector inside another may begin with &, and one in @keyframes is a percentage.
    unknown = [one for one in unknown if not re.fullmatch(r"[\d.]+%|from|to", one) and "&" not in one and one not in ALLOWED]
    assert not unknown, unknown
    rules, impossible = page.evaluate(RULES, style)
    assert impossible == 0, "a media query that nothing meets"
    assert rules >= written.rules - len(ALLOWED), f"{written.rules} rules are written, {rules} are understood"
