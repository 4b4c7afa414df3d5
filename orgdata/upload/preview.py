"""Preview an upload: what it is, in words, and how many rows it would change."""

import pandas as pd

from orgdata import formats
from orgdata.model.portfolio import Export, Portfolio
from orgdata.model.problems import count_by_level
from orgdata.model.schema import TABLES
from orgdata.tabular.select import plain_cells

COLUMNS = ("table", "new", "changed", "gone", "same")
_WORDS = {"people": ("person", "people"), "check_ins": ("check-in", "check-ins")}
_PARENTS = ("parent_objective_id", "objective_id")  # the columns that refer to parent goals


def describe_export(portfolio: Portfolio, export: Export) -> str:
    """Describe an export and its content in one sentence."""
    used = export.dispositions["disposition"] == "used"
    used_of_table = export.dispositions.loc[used, "table"].value_counts()
    rows = {name: len(portfolio[name]) if export.alone else int(used_of_table.get(name, 0))
            for name in TABLES}
    parts = [_count_in_words(name, number) for name, number in rows.items() if number]
    missing = _missing_parents(portfolio)
    if missing:
        parts.append(f"{formats.count(missing, 'parent is', 'parents are')} missing")
    kind = "flat table" if export.vendor == "mapped" else f"{export.title} export"
    content = ", ".join(parts) if parts else "nothing of it could be read"
    return f"{export.origin} is {formats.with_article(kind)}: {content}."


def describe_problems(problems: pd.DataFrame) -> str:
    """How many problems there are of each level, as in “8 errors, 1 warning, 44 notes”."""
    return ", ".join(formats.count(number, level if level != "information" else "note")
                     for level, number in count_by_level(problems).items())


def _count_in_words(table: str, number: int) -> str:
    words = table.replace("_", " ")
    return formats.count(number, *_WORDS.get(table, (words[:-1], words)))


def _missing_parents(portfolio: Portfolio) -> int:
    return len({id_ for (table, column), ids in portfolio.unknown_ids.items()
                if table in ("objectives", "key_results") and column in _PARENTS for id_ in ids})


def row_changes(before: Portfolio, after: Portfolio) -> pd.DataFrame:
    """The numbers of new, changed, removed and equal rows, by key, of tables that are not empty."""
    rows = [(name, *_compare(name, before, after)) for name in TABLES
            if len(before[name]) or len(after[name])]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _compare(name: str, before: Portfolio, after: Portfolio) -> tuple[int, int, int, int]:
    old, new = (_by_key(name, portfolio) for portfolio in (before, after))
    both = old.keys() & new.keys()
    differing = sum(old[key] != new[key] for key in both)
    return len(new) - len(both), differing, len(old) - len(both), len(both) - differing


def _by_key(name: str, portfolio: Portfolio) -> dict[tuple[object, ...], tuple[object, ...]]:
    """The cells of each row of a table by its key; None is missing."""
    table, rows = TABLES[name], portfolio[name]
    if "role_as_written" in rows:  # it is part of the key of an assignment
        rows = rows.assign(role=rows["role_as_written"])
    cells = {field.name: plain_cells(rows[field.name]) for field in table.fields}
    keys = zip(*(cells[column] for column in table.key), strict=True)
    return dict(zip(keys, zip(*cells.values(), strict=True), strict=True))
