"""Whether what was read of a company's files is what a careful person reads, fact by fact.

TRUTH.json names everything by its name and says null where nothing is known. Each fact is right,
wrong (another value), invented (a value where nothing is known, or something that is not there) or
missing (nothing where a value is known).
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from orgdata.measures import align
from orgdata.model.portfolio import Portfolio

Verdict = Literal["right", "wrong", "invented", "missing"]
VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "invented", "missing")
_STATUS = {"on": "on_track", "between": "between", "off": "off_track"}
_CLOSE = 1e-9


@dataclass(frozen=True)
class Fact:
    """One thing that is known, or known to be unknown, and what was read of it."""

    kind: str  # product, outcome, objective, key result, link
    subject: str
    what: str
    truth: Any
    ours: Any
    verdict: Verdict


@dataclass(frozen=True)
class Promises:
    """What else the truth says of the whole: names that stand nowhere, cells that stay blank, and
    how many people there are at most."""

    appear: tuple[str, ...]
    filled: tuple[str, ...]
    people: int
    people_at_most: int | None


def facts_of(truth: Mapping[str, Any], portfolio: Portfolio) -> list[Fact]:
    """Every fact of the truth, compared by names with what was read."""
    read = _Read(portfolio, date.fromisoformat(truth["as_of"]))
    return [*_products(truth, read), *_outcomes(truth, read), *_objectives(truth, read),
            *_key_results(truth, read), *_links(truth, read)]


def promises(truth: Mapping[str, Any], portfolio: Portfolio, facts: Iterable[Fact]) -> Promises:
    """What the truth says of the whole, of a company that was read."""
    names = {name for table, column in (
        ("products", "name"), ("outcomes", "name"), ("people", "name"), ("objectives", "title"),
        ("key_results", "title"), ("products", "business_area"))
        for name in portfolio[table][column].dropna()}
    blank = {tuple(one) for one in truth.get("must_be_blank", ())}
    return Promises(
        tuple(name for name in truth.get("must_not_appear", ()) if name in names),
        tuple(f"{one.subject}, {one.what}" for one in facts
              if (one.kind, one.subject, one.what) in blank and one.ours is not None),
        len(portfolio["people"]), truth.get("people_at_most"))


class _Read:
    """What was read, by names instead of ids."""

    def __init__(self, portfolio: Portfolio, day: date) -> None:
        alignment = align(portfolio, day)
        self.tables = portfolio.tables
        self.names = {key: dict(zip(portfolio[table][key], portfolio[table][name], strict=True))
                      for table, key, name in (
            ("products", "product_id", "name"), ("people", "person_id", "name"),
            ("outcomes", "outcome_id", "name"), ("objectives", "objective_id", "title"))}
        self.managers = self._sets(portfolio["assignments"].query("role == 'accountable'"),
                                   "product_id", "person_id")
        pursued = alignment.pursued
        self.products_of = self._sets(pursued, "objective_id", "product_id")
        self.measured = alignment.key_results.set_index("kr_id")

    def name(self, column: str, id_: object) -> str | None:
        """The name of what an id stands for, the id itself where nothing has it."""
        return None if pd.isna(id_) else self.names[column].get(id_, str(id_))

    def _sets(self, rows: pd.DataFrame, key: str, value: str) -> dict[str, set[str | None]]:
        found: dict[str, set[str | None]] = {}
        for one, other in zip(rows[key], rows[value], strict=True):
            found.setdefault(one, set()).add(self.name(value, other))
        return found


def _products(truth: Mapping[str, Any], read: _Read) -> Iterator[Fact]:
    rows = _by_name(read.tables["products"], "name")
    yield from _there("product", [one["name"] for one in truth["products"]], rows)
    for one in truth["products"]:
        ours = rows.get(one["name"], {})
        for what, column in (("area", "business_area"), ("role", "strategic_role"),
                             ("stage", "lifecycle_stage"), ("spend", "annual_spend"),
                             ("fte", "fte")):
            yield _fact("product", one["name"], what, one.get(what), ours.get(column), bool(ours))
        yield from _set("product", one["name"], "manager", one["managers"],
                        read.managers.get(ours.get("product_id", ""), set()), bool(ours))


def _outcomes(truth: Mapping[str, Any], read: _Read) -> Iterator[Fact]:
    rows = _by_name(read.tables["outcomes"], "name")
    yield from _there("outcome", [one["name"] for one in truth["outcomes"]], rows)
    for one in truth["outcomes"]:
        ours = rows.get(one["name"], {})
        yield _fact("outcome", one["name"], "tier", one.get("tier"), ours.get("tier"), bool(ours))
        yield _fact("outcome", one["name"], "owner", one.get("owner"),
                    read.name("person_id", ours.get("owner_id")), bool(ours))


def _objectives(truth: Mapping[str, Any], read: _Read) -> Iterator[Fact]:
    rows = _by_name(read.tables["objectives"], "title")
    yield from _there("objective", [one["title"] for one in truth["objectives"]], rows)
    for one in truth["objectives"]:
        ours = rows.get(one["title"], {})
        for what in ("start", "end"):
            yield _fact("objective", one["title"], what, one.get(what),
                        _day(ours.get(f"{what}_date")), bool(ours))
        yield from _set("objective", one["title"], "product", one["products"],
                        read.products_of.get(ours.get("objective_id", ""), set()), bool(ours))


def _key_results(truth: Mapping[str, Any], read: _Read) -> Iterator[Fact]:
    rows = read.tables["key_results"].to_dict("records")
    for one in truth["key_results"]:
        title, ours = one["title"], _taken(one, rows, read)
        measured = read.measured.loc[ours["kr_id"]] if ours.get(
            "kr_id") in read.measured.index else {}
        yield _fact("key result", title, "name", title, title if ours else None)
        for what, stated, found in (
                ("objective", one.get("objective"),
                 read.name("objective_id", ours.get("objective_id"))),
                ("product", *_product_of_key_result(one, ours, read)),
                ("baseline", one.get("baseline"), ours.get("baseline")),
                ("target", one.get("target"), ours.get("target")),
                ("current", one.get("current"), measured.get("value", ours.get("current"))),
                ("status", _STATUS.get(one.get("status") or ""), measured.get("reported")),
                ("owner", *_one_of(one.get("owner"),
                                   read.name("person_id", ours.get("owner_id")))),
                ("updated", one.get("updated"), _day(measured.get("checked_on"))),
                *([("unit", one["unit"], ours.get("unit"))] if "unit" in one else [])):
            yield _fact("key result", title, what, stated, found, bool(ours))
    for ours in rows:
        yield _fact("key result", ours["title"], "name", None, ours["title"])


def _taken(one: Mapping[str, Any], rows: list[dict[str, Any]], read: _Read) -> dict[str, Any]:
    """The key result of this title, taken out of the rows; of several the one of its objective, and
    of its product."""
    alike = [row for row in rows if row["title"] == one["title"]]
    if not alike:
        return {}
    best = max(alike, key=lambda row: (
        read.name("objective_id", row["objective_id"]) == one.get("objective"),
        read.name("product_id", row["product_id"]) == one.get("product")))
    return rows.pop(next(at for at, row in enumerate(rows) if row is best))


def _product_of_key_result(one: Mapping[str, Any], ours: Mapping[str, Any],
                           read: _Read) -> tuple[Any, Any]:
    """The product of a key result; of several, those of its objective where it names none."""
    stated, found = one.get("product"), read.name("product_id", ours.get("product_id"))
    if isinstance(stated, list) and found is None:
        of_objective = read.products_of.get(ours.get("objective_id", ""), set())
        stated, found = set(stated), of_objective or None
    return stated, found


def _links(truth: Mapping[str, Any], read: _Read) -> Iterator[Fact]:
    rows = read.tables["contributions"]
    ours = {(read.name("product_id", product), read.name("outcome_id", outcome))
            for product, outcome in zip(rows["product_id"], rows["outcome_id"], strict=True)}
    wanted = {(product, outcome) for product, outcome, *_ in truth["links"]}
    for product, outcome in sorted(wanted | ours, key=str):
        pair = (product, outcome)
        yield _fact("link", str(product), "outcome", outcome if pair in wanted else None,
                    outcome if pair in ours else None)


def _there(kind: str, names: list[str], rows: Mapping[str, Any]) -> Iterator[Fact]:
    """Which of these names were read, and which others."""
    yield from _set(kind, "", "name", names, set(rows))


def _set(kind: str, subject: str, what: str, truth: Iterable[str], ours: set[str | None],
         there: bool = True) -> Iterator[Fact]:
    wanted = set(truth)
    for one in sorted(wanted | ours, key=str):
        yield _fact(kind, subject or str(one), what, one if one in wanted else None,
                    one if one in ours else None)
    if subject and not wanted and not ours:
        yield _fact(kind, subject, what, None, None, there)


def _fact(kind: str, subject: str, what: str, truth: Any, ours: Any, there: bool = True) -> Fact:
    """A fact and its verdict. Of what was not read at all (not `there`) nothing is right, not even
    that something is unknown."""
    found = None if not isinstance(ours, set) and pd.isna(ours) else ours
    verdict: Verdict
    if found is None or truth is None:
        verdict = ("invented" if found is not None else
                   "right" if truth is None and there else "missing")
    else:
        verdict = "right" if _same(truth, found) else "wrong"
    return Fact(kind, subject, what, truth, found, verdict)


def _same(truth: Any, ours: Any) -> bool:
    if isinstance(truth, int | float):
        return isinstance(ours, int | float) and math.isclose(truth, ours, rel_tol=_CLOSE)
    return bool(truth == ours)


def _one_of(truth: Any, ours: str | None) -> tuple[Any, str | None]:
    """Of several owners, of whom a row can name one, the one that it names."""
    if not isinstance(truth, list):
        return truth, ours
    return (ours if ours in truth else truth[0]), ours


def _day(value: Any) -> str | None:
    return None if pd.isna(value) else f"{value:%Y-%m-%d}"


def _by_name(rows: pd.DataFrame, name: str) -> dict[str, dict[str, Any]]:
    """The rows by a column; of several of one name the first, the others under a name of theirs."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows.to_dict("records"):
        key = str(row[name])
        while key in found:
            key += " (again)"
        found[key] = row
    return found
