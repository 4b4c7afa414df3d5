"""Guess which ids of a portfolio are the same entity, named in one file and with an id in another.

Every guess is confirmed by a person, whose answer is saved in the settings.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES
from orgdata.model.settings import Settings


@dataclass(frozen=True)
class SameEntity:
    """Two ids of a table that seem to be one entity; `theirs` was made from a name or address."""

    table: str
    theirs: str
    ours: str
    by: str  # e-mail or name


def same_entities(portfolio: Portfolio) -> list[SameEntity]:
    """Pairs of ids that seem to be one person, product or outcome: one was made from a name or an
    e-mail address, or is a reference to a missing row, and exactly one other row has that name or
    address."""
    matches = []
    for table in ("people", "products", "outcomes"):
        rows = portfolio[table]
        missing = _missing_references(portfolio, table)
        for column, by in (("email", "e-mail"), ("name", "name")):
            if column in rows:
                matches += [*_same_in_table(table, rows, column, by),
                            *_same_as_missing(table, rows, column, by, missing)]
    return list({(match.table, match.theirs): match for match in reversed(matches)}.values())[::-1]


def joined(settings: Settings, confirmed: Iterable[SameEntity]) -> Settings:
    """Settings that read each of these pairs as one entity, beside those joined already."""
    same = {table: dict(pairs) for table, pairs in settings.same.items()}
    for pair in confirmed:
        same.setdefault(pair.table, {})[pair.theirs] = pair.ours
    return replace(settings, same=same)


def _same_in_table(table: str, rows: pd.DataFrame, column: str, by: str) -> list[SameEntity]:
    ids = rows[TABLES[table].key[0]]
    names = _normalised(rows[column])
    from_names = ids.str.casefold().isin({*rows["name"].str.casefold(),
                                          *(rows["email"].dropna().str.casefold()
                                            if "email" in rows else ())})
    shared = (names != "") & names.duplicated(keep=False)
    rows_shared = pd.DataFrame({"id": ids, "name": names, "made": from_names})[shared]
    given = rows_shared[~rows_shared["made"]].drop_duplicates("name", keep=False)
    ours = dict(zip(given["name"], given["id"], strict=True))
    theirs = rows_shared[rows_shared["made"]].sort_values("name", kind="stable")
    return [SameEntity(table, id_, ours[name], by)
            for id_, name in zip(theirs["id"], theirs["name"], strict=True) if name in ours]


def _missing_references(portfolio: Portfolio, table: str) -> list[str]:
    """The references of other tables to rows of this one that do not exist."""
    return list(dict.fromkeys(
        id_ for (name, column), ids in portfolio.unknown_ids.items()
        if TABLES[name][column].references == table for id_ in ids))


def _same_as_missing(table: str, rows: pd.DataFrame, column: str, by: str,
                     missing: Sequence[str]) -> list[SameEntity]:
    """The missing references that are the name or address of exactly one row."""
    names = _normalised(rows[column])
    ids = rows[TABLES[table].key[0]][~names.duplicated(keep=False) & (names != "")]
    known = dict(zip(names[ids.index], ids, strict=True))
    return [SameEntity(table, id_, known[name], by) for id_, name in zip(
        missing, _normalised(pd.Series(missing, dtype="str")), strict=True) if name in known]


def _normalised(text: pd.Series) -> pd.Series:
    return text.fillna("").str.casefold().str.split().str.join(" ")
