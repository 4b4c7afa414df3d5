"""A figure of the benchmark: what we take, beside a floor or a peer, and whether it is in reach.

Whether a figure is met is decided here and nowhere else, from the numbers as they were measured,
before they are rounded for print.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

HEAD = ("| | floor or peer | ours | compared | reach | |", "|---|---:|---:|---:|---:|---|")


@dataclass(frozen=True)
class Figure:
    """One number of ours. It is compared as a `ratio` to its floor, by what it takes `above` the
    floor, or as it is (`value`: the floor, if any, is only there to be seen)."""

    what: str
    ours: float
    unit: str
    reach: float | None  # the most that is aimed at; None: nothing was, it is told to be seen
    floor: float | None = None
    by: Literal["ratio", "above", "value"] = "ratio"

    @property
    def compared(self) -> float:
        """What the reach is about."""
        if self.by == "value":
            return self.ours
        if self.floor is None:
            raise ValueError(f"{self.what}: nothing to compare with")
        return self.ours / self.floor if self.by == "ratio" else self.ours - self.floor

    @property
    def met(self) -> bool | None:
        """Whether it is in reach, the reach itself included; None where none was set. What could
        not be measured (NaN) is not met."""
        return None if self.reach is None else self.compared <= self.reach

    @property
    def verdict(self) -> str:
        """The same in a word."""
        return {None: "–", True: "met", False: "MISSED"}[self.met]

    def row(self) -> str:
        """A row of a Markdown table."""
        floor = "–" if self.floor is None else amount(self.floor, self.unit)
        return (f"| {self.what} | {floor} | {amount(self.ours, self.unit)} | {self._compared()} "
                f"| {self._reach()} | {self.verdict} |")

    def missed(self) -> str:
        """By how much it is missed, in a few words."""
        return f"{self.what}: {self._compared()}, reach {self._reach()}"

    def _compared(self) -> str:
        return self._said(self.compared, "+" if self.by == "above" and self.compared >= 0 else "")

    def _reach(self) -> str:
        return "–" if self.reach is None else f"≤ {self._said(self.reach)}"

    def _said(self, value: float, sign: str = "") -> str:
        if self.by == "ratio":
            return f"{round(value, 2):g} ×"
        return sign + amount(value, self.unit) + (" above" if self.by == "above" else "")


@dataclass(frozen=True)
class Table:
    """Figures that belong together, and what a reader has to know to judge them."""

    title: str
    about: str
    figures: tuple[Figure, ...]

    def markdown(self) -> str:
        """Title, what it is about, and a row for each figure."""
        rows = (one.row() for one in self.figures)
        return "\n".join((f"## {self.title}", "", self.about, "", *HEAD, *rows, ""))


def amount(value: float, unit: str) -> str:
    """A number with its unit, to three digits: 1,234 ms · 56.7 ms · 0.123 s."""
    number = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{number} {unit}".rstrip()


def closing(tables: Iterable[Table]) -> str:
    """Every figure that is missed, as a list; and how many there are in all."""
    pairs = [(table, one) for table in tables for one in table.figures if one.met is not None]
    missed = [f"- {table.title}: {one.missed()}" for table, one in pairs if not one.met]
    said = f"{len(pairs) - len(missed)} of {len(pairs)} figures with a reach are met."
    return "\n".join(("## What is missed", "", said, *([""] if missed else []), *missed, ""))


def show(tables: Iterable[Table]) -> None:
    """Print tables; each part of the benchmark can be run on its own."""
    for table in tables:
        print(table.markdown(), flush=True)
