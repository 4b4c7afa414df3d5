"""What an export is, and what problems there are, in words."""

import pandas as pd

from orgdata import formats
from orgdata.model import labels
from orgdata.model.intake import SPREADSHEET
from orgdata.model.portfolio import Export, Portfolio
from orgdata.model.problems import count_by_level
from orgdata.model.schema import TABLES

_WORDS = {"people": ("person", "people"), "check_ins": ("check-in", "check-ins")}
_PARENTS = ("parent_objective_id", "objective_id")  # the columns that refer to parent goals


def exports_of_tools(portfolio: Portfolio) -> list[Export]:
    """The exports of other tools, without sheets of somebody's own, of which the intake tells."""
    return [export for export in portfolio.exports if export.vendor != SPREADSHEET]


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


def not_said_above(problems: pd.DataFrame) -> pd.DataFrame:
    """The problems without remarks on people's own sheets: what was left out of them and how they
    were read is said in words of its own."""
    remarks = (problems["level"] == "information") & (
        (problems["table"] == SPREADSHEET) | (problems["code"] == "unknown_table"))
    return problems[~remarks]


def describe_problems(problems: pd.DataFrame) -> str:
    """How many problems there are of each level, as in “8 errors, 1 warning, 44 notes”."""
    return ", ".join(formats.count(number, level if level != "information" else "note")
                     for level, number in count_by_level(problems).items())


def _count_in_words(table: str, number: int) -> str:
    words = labels.table(table)
    return formats.count(number, *_WORDS.get(table, (words[:-1], words)))


def _missing_parents(portfolio: Portfolio) -> int:
    return len({id_ for (table, column), ids in portfolio.unknown_ids.items()
                if table in ("objectives", "key_results") and column in _PARENTS for id_ in ids})
