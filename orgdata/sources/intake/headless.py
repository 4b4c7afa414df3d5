"""What the columns of a sheet without a header may mean, by what they hold (FORMATS section 3).

A name that another sheet knows tells most; then days, money, lights, addresses and the words of
roles and stages. Whatever is guessed here is asked.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

import pandas as pd
import pyarrow.compute as pc

from orgdata.model.words import normalise_word
from orgdata.sources.intake.letters import words
from orgdata.sources.intake.meaning import is_status
from orgdata.sources.intake.part import Part
from orgdata.sources.intake.people import is_short
from orgdata.sources.intake.people_cells import one_person, people_in
from orgdata.sources.intake.spoken import is_role
from orgdata.sources.intake.values import SIGNS_OF_MONEY, Values, rows_looked_at
from orgdata.sources.raw import RawTable
from orgdata.sources.vendors.records import counted
from orgdata.tabular.cells import text

_MOST, _KNOWN = 0.8, 0.5  # shares of the filled cells: that are of a kind, that are known names
_TITLE_WORDS = 1.5  # of a cell on average, from which on it may be the title of a goal
_LOOKED_AT = 200  # rows that tell what a column refers to
_BETWEEN = re.compile(r"[,;\n/&|]")
_LONGEST = 500  # characters of a cell
_SHORTEST = 2  # characters: A and AI stand anywhere
_MONEY = rf"[{SIGNS_OF_MONEY}kKM]"
_LARGE = 1_000  # a number of a product from which on it is money rather than people
_STAGES = frozenset(
    "idea concept discovery alpha beta pilot mvp preview launch launched ga live production growth "
    "mature maturity decline declining legacy sunset eol introduction scaling scale early_access "
    "konzept entwicklung wachstum reife auslauf crecimiento madurez declive lanzamiento piloto "
    "idée croissance maturité déclin".split())
_PRIORITIES = frozenset(
    "p0 p1 p2 p3 p4 high medium low hoch mittel niedrig alta media baja".split())
_VALUES = {1: ("target",), 2: ("target", "current"), 3: ("baseline", "target", "current")}


@dataclass(frozen=True)
class KnownNames:
    """The names that other sheets tell of, in small letters."""

    products: Collection[str] = frozenset()
    outcomes: Collection[str] = frozenset()
    people: Collection[str] = frozenset()

    @classmethod
    def of(cls, parts: Sequence[Part], more: Mapping[str, Collection[str]]) -> "KnownNames":
        """The names in sheets with a header, and `more` by product, outcome and person."""
        def named(main: str, *meanings: str) -> frozenset[str]:
            told = [cell for part in parts for meaning in meanings if meaning in part
                    for cell in part.cells(meaning).unique()]
            return frozenset(_plain(cell) for cell in (*told, *more.get(main, ())) if cell)

        return cls(named("product", "product"), named("outcome", "outcome"),
                   named("person", "person", "product_manager", "owner"))

    def __contains__(self, name: str) -> bool:
        return len(name) > _SHORTEST and any(
            _plain(name) in names for names in (self.products, self.outcomes, self.people))

    def meant(self, cells: pd.Series, rows: int) -> str:
        """What a column refers to by its first rows: "product" or "outcome" where most of its cells
        are such names; else ""."""
        if not (self.products or self.outcomes):
            return ""
        some = counted(cells.head(min(rows, _LOOKED_AT)).str.strip())
        return next((meaning for meaning, names in (
            ("product", self.products), ("outcome", self.outcomes)) if some
             and _share_of_lists(some, names) >= _MOST), "")


def without_header(table: RawTable, known: KnownNames) -> RawTable | None:
    """A sheet whose header is its first record, with that among the others: a name in it is known,
    or two stand below in their columns; None where nothing says so."""
    frame = table.frame
    names = [str(name) for name in frame.columns]
    again = (name for name in names if pc.any(pc.equal(text(frame[name]), name)).as_py())
    if not len(frame) or not (any(name in known for name in names) or len([*islice(again, 2)]) > 1):
        return None
    cells = ["" if name == f"column_{at}" else name for at, name in enumerate(names, 1)]
    first = pd.DataFrame([cells], [int(frame.index[0]) - 1], dtype="str")
    rest = frame.set_axis(range(len(names)), axis="columns")
    counted = [f"column_{at}" for at in range(1, len(names) + 1)]
    return replace(table, frame=pd.concat([first, rest]).astype("str").set_axis(
        counted, axis="columns"), hidden=frozenset(
            new for new, name in zip(counted, names, strict=True) if name in table.hidden))


@dataclass
class _Found:
    """The columns of a sheet by what they hold, from left to right."""

    columns: dict[str, str] = field(default_factory=dict)  # name → what it holds
    meanings: dict[str, str] = field(default_factory=dict)

    def of(self, kind: str) -> list[str]:
        return [name for name, held in self.columns.items() if held == kind]


def guesses(frame: pd.DataFrame, values: Mapping[str, Values], known: KnownNames) -> dict[str, str]:
    """What each column of a sheet without a header may mean, as far as that can be guessed."""
    rows = rows_looked_at(frame.shape[1])
    found = _Found({name: _holds(frame[name].head(rows).str.strip(), values[name], known)
                    for name in frame})
    for meaning in ("email", "status", "strategic_role", "stage", "tier", "product", "outcome"):
        found.meanings |= dict.fromkeys(found.of(meaning)[:1], meaning)
    texts, numbers = found.of("text"), found.of("number")
    has = set(found.meanings.values())
    people, days = found.of("person"), found.of("day")
    titles = [name for name in texts if length(frame[name]) >= _TITLE_WORDS]
    lights = any(values[name].light >= _MOST for name in found.of("status"))
    if "email" in has:
        names = [*people, *texts]
        found.meanings |= dict(zip(names, ("person", "job_title"), strict=False))
    elif has & {"strategic_role", "stage"} or (
            len(numbers) < 3 and not (days or has & {"status"}) and any(
                _is_money(frame[name]) for name in numbers) and (people or "product" in has)):
        _products(frame, found, texts, people)
    elif "tier" in has and titles:
        found.meanings |= {texts[0]: "outcome", **dict.fromkeys(people[:1], "owner"),
                           **dict.fromkeys(texts[1:2], "description")}
    elif titles and (lights or (len(numbers) > 1 and (
            people or len(titles) > 1 or has & {"product", "outcome"}))):
        _goals(frame, found, texts, people, numbers)
    elif "product" in has and people:
        found.meanings |= {people[0]: "product_manager"}
    return found.meanings


def _holds(cells: pd.Series, values: Values, known: KnownNames) -> str:
    """What a column holds: a meaning that its values tell by themselves, else number, day, person,
    text, or "" where that cannot be said."""
    filled = counted(cells)  # each distinct cell is looked at once
    if not filled:
        return ""
    for meaning, names in (("product", known.products), ("outcome", known.outcomes),
                           ("person", known.people)):
        if _share_of(filled, names) >= _KNOWN:
            return meaning
    said = {cell: normalise_word(cell) for cell in filled}
    for kind, share in (("email", values.email), ("day", values.date), ("number", values.number),
                        ("strategic_role", _share(filled, lambda cell: is_role(said[cell]))),
                        ("stage", _share(filled, lambda cell: said[cell] in _STAGES)),
                        ("tier", _share(filled, lambda cell: said[cell] in _PRIORITIES)),
                        ("status", values.light)):
        if share >= _MOST:
            return kind
    if is_status(cells[cells != ""]):
        return "status"
    in_full = _share(filled, lambda cell: len(cell.split()) > 1) >= _KNOWN
    return "person" if in_full and _share(filled, _may_be_people) >= _MOST else "text"


def _may_be_people(cell: str) -> bool:
    """Whether a cell looks like names of persons: two or three words with capitals, no digit."""
    return all(not any(map(str.isdecimal, one)) and one.istitle() and (
        1 < len(words(one)) < 4 or is_short(one)) for one in people_in(cell)) and bool(
            people_in(one_person(cell)))


def _products(frame: pd.DataFrame, found: _Found, texts: Sequence[str],
              people: Sequence[str]) -> None:
    """The columns of a list of products: their names differ, those of areas and managers repeat."""
    names = sorted([*texts, *people], key=list(frame.columns).index)
    own = found.of("product") or [name for name in names if _distinct(frame[name]) == 1][:1]
    found.meanings |= dict.fromkeys(own, "product")
    rest = [name for name in names if name not in own]
    who = [name for name in people if name in rest][-1:]
    found.meanings |= dict.fromkeys(who, "product_manager")
    found.meanings |= dict.fromkeys([name for name in rest if name not in who and _distinct(
        frame[name]) < 1][:1], "area")
    for name in found.of("number"):
        meaning = "spend" if _is_money(frame[name]) else "fte"
        if meaning not in found.meanings.values():
            found.meanings[name] = meaning


def _goals(frame: pd.DataFrame, found: _Found, texts: Sequence[str], people: Sequence[str],
           numbers: Sequence[str]) -> None:
    """The columns of a list of goals: the last text that differs is the key result, one left of it
    that repeats or has blanks below the objective."""
    title = max(texts, key=lambda name: (_distinct(frame[name]), length(frame[name])))
    left = [name for name in texts if name != title]
    above = max(left, key=lambda name: length(frame[name]), default=None)
    if above is not None and length(frame[above]) >= _TITLE_WORDS:
        found.meanings |= {above: "objective", title: "key_result"}
    else:
        found.meanings[title] = "objective"
    found.meanings |= dict.fromkeys(people[:1], "owner")
    found.meanings |= dict(zip(numbers, _VALUES.get(len(numbers), ()), strict=False))
    days = found.of("day")
    found.meanings |= dict(zip(days, ("start", "due") if len(days) == 2 else ("updated",),
                               strict=False))


def _share_of(cells: Mapping[str, int], names: Collection[str]) -> float:
    """The share of cells that are one of these names."""
    return _share(cells, lambda cell: len(cell) > _SHORTEST and _plain(cell) in names)


def _share(cells: Mapping[str, int], holds: Callable[[str], bool]) -> float:
    """The share of cells, given with how often each stands, of which something holds."""
    return sum(count for cell, count in cells.items() if holds(cell)) / sum(cells.values())


def _share_of_lists(cells: Mapping[str, int], names: Collection[str]) -> float:
    """The share of cells that are one of these names, or a list of them."""
    return _share(cells, lambda cell: _plain(cell) in names or all(
        len(part) > _SHORTEST and _plain(part) in names
        for part in _BETWEEN.split(cell[:_LONGEST]) if part.strip()))


def _is_money(column: pd.Series) -> bool:
    """Whether numbers of products are money rather than people, by their signs or size."""
    return bool(column.str.contains(_MONEY).any() or column.str.len().max() >= len(str(_LARGE)))


def _distinct(column: pd.Series) -> float:
    filled = column[column.str.strip() != ""]
    return float(filled.nunique() / len(filled)) if len(filled) else 0.0


def length(column: pd.Series) -> float:
    """How many words its cells have, on average."""
    filled = {cell: count for cell, count in counted(column).items() if cell.strip()}
    return (sum(count * len(words(cell)) for cell, count in filled.items()) / sum(filled.values())
            if filled else 0.0)


def _plain(name: str) -> str:
    return " ".join(words(name))
