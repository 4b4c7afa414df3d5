"""Which ids of a portfolio seem to be one thing, named in one file and known by its id in another.

Everything in here is a guess that a person confirms; the answer is kept in the settings.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES


@dataclass(frozen=True)
class Same:
    """Two ids of a table that seem to be one thing: theirs was made of a name or an address."""

    table: str
    theirs: str
    ours: str
    by: str  # e-mail or name


def same_things(portfolio: Portfolio) -> list[Same]:
    """Ids that seem to be one person, product or outcome: one of them was made of a name or an
    e-mail address, and exactly one other row bears that name or address. So with what another
    table names and no row is called."""
    found = []
    for table in ("people", "products", "outcomes"):
        rows = portfolio[table]
        lost = _lost(portfolio, table)
        for column, by in (("email", "e-mail"), ("name", "name")):
            if column in rows:
                found += [*_same(table, rows, column, by), *_found(table, rows, column, by, lost)]
    return list({(one.table, one.theirs): one for one in reversed(found)}.values())[::-1]


def _same(table: str, rows: pd.DataFrame, column: str, by: str) -> list[Same]:
    ids = rows[TABLES[table].key[0]]
    shown = _folded(rows[column])
    made = ids.str.casefold().isin({*rows["name"].str.casefold(),
                                    *(rows["email"].dropna().str.casefold()
                                      if "email" in rows else ())})
    found = []
    for _, same in ids[shown != ""].groupby(shown[shown != ""]):
        theirs, ours = same[made[same.index]], same[~made[same.index]]
        if len(ours) == 1:
            found += [Same(table, one, ours.iloc[0], by) for one in theirs]
    return found


def _lost(portfolio: Portfolio, table: str) -> list[str]:
    """What other tables name as a row of this one, and is none."""
    columns = [(name, field.name) for name, other in TABLES.items() for field in other.fields
               if field.references == table]
    found = portfolio.problems
    lost = found[found["code"] == "unknown_reference"]
    named = [place in columns for place in zip(lost["table"], lost["column"], strict=True)]
    return list(dict.fromkeys(map(str, lost["value"][named])))


def _found(table: str, rows: pd.DataFrame, column: str, by: str, lost: Sequence[str]) -> list[Same]:
    """Each of these names that exactly one row bears in a column."""
    borne = _folded(rows[column])
    ids = rows[TABLES[table].key[0]][~borne.duplicated(keep=False) & (borne != "")]
    known = dict(zip(borne[ids.index], ids, strict=True))
    return [Same(table, one, known[name], by) for one, name in zip(
        lost, _folded(pd.Series(lost, dtype="str")), strict=True) if name in known]


def _folded(text: pd.Series) -> pd.Series:
    return text.fillna("").str.casefold().str.split().str.join(" ")
