"""What a portfolio that was handed over is, in words, and what it would change, row by row."""

import pandas as pd

from orgdata import formats
from orgdata.model.portfolio import Export, Portfolio
from orgdata.model.schema import TABLES

COLUMNS = ("table", "new", "changed", "gone", "same")
_WORDS = {"people": ("person", "people"), "check_ins": ("check-in", "check-ins")}
_PARENTS = ("parent_objective_id", "objective_id")  # the columns by which goals hang together


def recognised(portfolio: Portfolio, export: Export) -> str:
    """What an export is and holds, as one sentence."""
    used = export.dispositions["disposition"] == "used"
    own = export.dispositions.loc[used, "table"].value_counts()
    rows = {name: len(portfolio[name]) if export.alone else int(own.get(name, 0))
            for name in TABLES}
    held = [_said(name, many) for name, many in rows.items() if many]
    missing = _missing_parents(portfolio)
    if missing:
        held.append(f"{formats.count(missing, 'parent is', 'parents are')} missing")
    kind = "flat table" if export.vendor == "mapped" else f"{export.title} export"
    said = ", ".join(held) if held else "nothing of it could be read"
    return f"{export.origin} is {formats.with_article(kind)}: {said}."


def _said(table: str, many: int) -> str:
    words = table.replace("_", " ")
    return formats.count(many, *_WORDS.get(table, (words[:-1], words)))


def _missing_parents(portfolio: Portfolio) -> int:
    found = portfolio.problems
    goals = found["table"].isin(["objectives", "key_results"]) & found["column"].isin(_PARENTS)
    return int(found.loc[goals & (found["code"] == "unknown_reference"), "value"].nunique())


def would_change(before: Portfolio, after: Portfolio) -> pd.DataFrame:
    """Per table that either has, how many rows are new, changed, gone and the same, by key."""
    found = [(name, *_compared(name, before, after)) for name in TABLES
             if len(before[name]) or len(after[name])]
    return pd.DataFrame(found, columns=list(COLUMNS))


def _compared(name: str, before: Portfolio, after: Portfolio) -> tuple[int, int, int, int]:
    was, now = (_by_key(name, one) for one in (before, after))
    both = was.index.intersection(now.index)
    differing = int((was.loc[both] != now.loc[both]).any(axis="columns").sum())
    return len(now) - len(both), differing, len(was) - len(both), len(both) - differing


def _by_key(name: str, portfolio: Portfolio) -> pd.DataFrame:
    """The rows of a table as text, under what makes each one of its kind."""
    table, rows = TABLES[name], portfolio[name]
    if "role_as_written" in rows:  # what makes an assignment one of its kind
        rows = rows.assign(role=rows["role_as_written"])
    rows = rows[[field.name for field in table.fields]]
    text = rows.astype("str").where(rows.notna(), "")
    return text.set_index(pd.MultiIndex.from_frame(text[list(table.key)]))
