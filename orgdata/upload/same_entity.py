"""Guess which ids of a portfolio are the same entity, named in one file and with an id in another.

Every guess is confirmed by a person, whose answer is saved in the settings.
"""

from collections.abc import Iterable
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
    e-mail address, and exactly one other row has that name or address."""
    matches = []
    for table in ("people", "products", "outcomes"):
        rows = portfolio[table]
        for column, by in (("email", "e-mail"), ("name", "name")):
            if column in rows:
                matches += _same_in_table(table, rows, column, by)
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


def _normalised(text: pd.Series) -> pd.Series:
    return text.fillna("").str.casefold().str.split().str.join(" ")
