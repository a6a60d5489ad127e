"""Results as a person reads them."""

from dataclasses import dataclass
from statistics import median


@dataclass
class Line:
    """One figure: what was measured on each side, and what is asked for."""

    name: str
    ours: str
    bare: str
    figure: str
    target: str
    met: bool

    @property
    def cells(self) -> list[str]:
        return [self.name, self.ours, self.bare, self.figure, self.target, "yes" if self.met else "NO"]


def ratio(name: str, pairs: list[tuple[float, float]], least: float, unit: str = "/s") -> Line:
    """The median of the pairs' ratios, with the lowest and the highest."""
    ratios = [ours / bare for ours, bare in pairs]
    ours, bare = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    spread = f"{median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
    return Line(name, f"{ours:,.0f}{unit}", f"{bare:,.0f}{unit}", spread, f"≥ {least:g}", median(ratios) >= least)


def limit(name: str, values: list[float], most: float | None, unit: str) -> Line:
    """The median of values that should stay below a limit, with the highest; without a limit it is told alone."""
    figure = f"{median(values):.1f} (max {max(values):.1f}) {unit}"
    if most is None:
        return Line(name, "", "", figure, "", True)
    return Line(name, "", "", figure, f"< {most:g} {unit}", median(values) < most)


def draw(lines: list[Line]) -> str:
    rows = [["", "sanatoriumd", "bare C", "median (lowest–highest)", "asked", "met"]] + [line.cells for line in lines]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)
