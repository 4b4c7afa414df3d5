"""What people type, refused where others would be read otherwise by it.

A table decides by all its cells which sign is the decimal and on which scale a column stands, and
references find rows by their names (METHOD section 1): one cell may turn those of everybody else.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pandas as pd

from orgdata import formats
from orgdata.edits import names
from orgdata.edits.apply import Laid
from orgdata.edits.edit import SHOWN, Edit, EditError
from orgdata.edits.now import Now
from orgdata.edits.typed import decimal_sign, with_sign
from orgdata.measures.objectives import is_active
from orgdata.model import labels
from orgdata.model.schema import TABLES
from orgdata.sources.raw import RawSource
from orgdata.tabular.numbers import number
from orgdata.tabular.scales import SHARES
from orgdata.validate import validate


def checked(now: Now, edits: list[Edit]) -> list[Edit]:
    """Edits as they are, where they leave what others have as it is read. Raises EditError, which
    says how to write it instead. Left out are answers, and rows that end or pass to others: nothing
    is typed there."""
    typed = [edit for edit in edits if edit.operation != "end" and not edit.answer]
    names.check(now, edits, typed)
    passed = {edit.table for edit in edits if edit.operation == "end"}
    for table in dict.fromkeys(edit.table for edit in typed):
        if table not in passed and not _read_alike(now, edits, table):
            raise EditError(_instead(now, edits, table))
    return edits


def _read_alike(now: Now, edits: Sequence[Edit], table: str) -> bool:
    """Whether the rows of a table that no edit is of are read as before."""
    if table not in now.raw.tables:
        return True
    laid = Laid(now.raw)
    laid.add(edits)
    own = [cell.row for cell in laid.cells if edits[cell.edit].table == table]
    before, after = (_read(raw, table) for raw in (now.raw, laid.raw))
    others, still = (rows[~rows["row"].isin(own)].reset_index(drop=True)
                     for rows in (before, after))
    if table == "outcomes" and _are_fractions(before) != _are_fractions(after):
        return bool(_plain_weights(others).isna().all())
    columns = list(TABLES[table].by_name)
    return bool(others[columns].equals(still[columns]))


def _read(raw: RawSource, table: str) -> pd.DataFrame:
    """The rows of a table by itself."""
    return validate(replace(raw, tables={table: raw.tables[table]}, exports=()))[table]


def _are_fractions(outcomes: pd.DataFrame) -> bool:
    """Whether the weights of active outcomes are read as fractions of 1."""
    return bool(_plain_weights(outcomes).max() <= 1)


def _plain_weights(outcomes: pd.DataFrame) -> pd.Series:
    """The weights of active outcomes that were written without a percent sign."""
    return outcomes.loc[is_active(outcomes) & ~outcomes["weight_percent"], "weight"]


def _instead(now: Now, edits: Sequence[Edit], table: str) -> str:
    """How to write cells of a table by which others would be read otherwise."""
    for rewritten in (_in_decimals, _in_percent, _of_one):
        changed = dict[tuple[int, str], str](_rewritten(now, edits, table, rewritten))
        tried = [replace(edit, values={column: changed.get((at, column), text)
                                       for column, text in edit.values.items()})
                 for at, edit in enumerate(edits)]
        if changed and _read_alike(now, tried, table):
            said = dict.fromkeys(
                f"{formats.sentence_case(labels.column(column))}: write {text} for "
                f"“{formats.clipped(edits[at].values[column], SHOWN)}”"
                for (at, column), text in changed.items())
            return f"{', '.join(said)}; as it is, what others have would be read otherwise"
    columns = dict.fromkeys(column for edit in edits if edit.table == table
                            for column in edit.values)
    return (f"other {labels.table(table)} would be read otherwise by this "
            f"{formats.listed([labels.column(column) for column in columns])}; write it as they do")


Rewritten = Callable[[Now, str, str, str], str]


def _rewritten(now: Now, edits: Sequence[Edit], table: str,
               way: Rewritten) -> Iterator[tuple[tuple[int, str], str]]:
    """The numbers of a table that are another text when they are written in a way, by the place of
    their edit and their column."""
    for at, edit in enumerate(edits):
        for column, text in edit.values.items() if edit.table == table else ():
            is_number = TABLES[table][column].kind == "number" and number(text) == number(text)
            if is_number and (new := way(now, table, column, text)) != text:
                yield (at, column), new


def _in_decimals(now: Now, table: str, column: str, text: str) -> str:
    return with_sign(text, decimal_sign(now, table))


def _in_percent(now: Now, table: str, column: str, text: str) -> str:
    return f"{number(text):.15g}%" if column in SHARES else text


def _of_one(now: Now, table: str, column: str, text: str) -> str:
    """A confidence or weight as a fraction."""
    whole = {("check_ins", "confidence"): 10, ("key_results", "confidence"): 10,
             ("outcomes", "weight"): 100}.get((table, column))
    return f"{number(text) / whole:.15g}" if whole else text
