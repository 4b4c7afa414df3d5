"""Answers: what somebody said of a purpose or of a link to an outcome (METHOD section 7).

An answer is an edit of the cells that say so, which names what it is about by its ids, however the
source writes them. A link that is declined stays stated: the day on which it was confirmed is one
that never comes. Where a source keeps no confirmations, so that every stated link counts as
confirmed, an answer on one link leaves the others as they are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from orgdata.edits.edit import Edit, EditError
from orgdata.edits.now import Now
from orgdata.sources.raw import RawSource
from orgdata.tabular.cells import BLANK_WORDS, TEXT

Answer = Literal["confirmed", "declined", "rewritten"]
NEVER, ALWAYS = "9999-12-31", "1900-01-01"  # the day of what is declined; that of all other links
_LINKS, _DAY = "contributions", "confirmed_on"
ANSWERS: Mapping[str, frozenset[str]] = {  # what is answered → the columns that an answer sets
    _LINKS: frozenset({"confirmed_by", _DAY}),
    "expectations": frozenset({"state", "answered_by", "answered_on", "note"})}
SIGNED = ("confirmed_by", "role_confirmed_by", "answered_by")  # cells that say whose word it is


def on_purpose(product_id: str, text: str, by: str, on: date) -> Edit:
    """The answer of who stands for a product on what it is for."""
    return Edit("products", "set", {"product_id": product_id}, {
        "role_statement": text, "role_confirmed_by": by, "role_confirmed_on": on.isoformat()},
        answer=True)


def on_link(product_id: str, outcome_id: str, answer: Answer, by: str, on: date) -> Edit:
    """The answer of who stands for an outcome on the link of a product to it."""
    said = {"confirmed_by": by, _DAY: on.isoformat()}
    return Edit(_LINKS, "set", {"product_id": product_id, "outcome_id": outcome_id},
                {"confirmed_by": "", _DAY: NEVER} if answer == "declined" else said, answer=True)


def answer_of(edit: Edit) -> Answer | None:
    """What was answered by an edit; None where it is none. A purpose is rewritten where the text
    that stood there is not known to be the same."""
    if not edit.answer:
        return None
    if edit.table == _LINKS:
        return "declined" if edit.values.get(_DAY) == NEVER else "confirmed"
    same = (edit.before or {}).get("role_statement") == edit.values["role_statement"]
    return "confirmed" if same else "rewritten"


def signed_by(edit: Edit, by: str) -> Edit:
    """A confirmation in the name of who stands for it; any other edit as it is."""
    column = "confirmed_by" if edit.table == _LINKS else "role_confirmed_by"
    confirms = edit.values.get(column) or (edit.answer and answer_of(edit) != "declined")
    if edit.operation != "set" or not confirms:
        return edit
    return replace(edit, values={**edit.values, column: by})


def made_of(now: Now, edit: Edit) -> Edit:
    """An answer with the text that it replaces. Of one link among several in a row none is."""
    row = _row(now, edit)
    if row is None:
        raise EditError("what the answer is about is not there any more")
    try:
        return replace(edit, before=now.set(edit.table, row, **edit.values).before)
    except EditError:
        return edit


def as_written(now: Now, edit: Edit) -> list[Edit]:
    """The edits that an answer comes to in a source that does not write its ids: of the row by what
    stands in it, and where that lists several links, of a row for each."""
    row = _row(now, edit)
    if row is None:
        return [edit]
    rows, at = now.written(edit.table, row)
    key = {column: rows.cell(at, column) for column in edit.key}
    others = now.beside(edit.table, row)
    if others.empty:
        return [replace(edit, key=key)]
    cells = rows.cells(at)
    return [Edit(edit.table, "set", key, {**edit.key, **edit.values}), *(
        Edit.adding(edit.table, {**cells, **{column: str(other[column]) for column in edit.key}})
        for _, other in others.iterrows())]


def _row(now: Now, edit: Edit) -> pd.Series | None:
    found = now.where(edit.table, **edit.key)
    return None if found.empty else found.iloc[0]


def declined_again(edits: Iterable[Edit]) -> list[Edit]:
    """The answers that hold for links which were declined, withdrawn and stated anew among these
    edits: who states a link does not take back what another one answered. What the source says by
    then in place of what was stated counts, as for any edit."""
    return [replace(answer, before={column: added.row.get(column, "") for column in answer.values})
            for answer, added in _stated_anew(edits).values() if answer_of(answer) == "declined"]


def others_confirmed(source: RawSource, laid: RawSource, edits: Iterable[Edit]) -> RawSource:
    """A source with edits laid over it, in which an answer on a link does not take from the others
    that they count as confirmed, where the source keeps no confirmations. One that was answered,
    withdrawn and stated anew is as strong as nobody confirmed yet."""
    edits = list(edits)
    of_days = [edit for edit in edits if edit.table == _LINKS and edit.row.get(_DAY)]
    if not any(edit.answer for edit in of_days) or not all(edit.answer for edit in of_days):
        return laid
    if _LINKS not in laid.tables or not _blank(source).all():
        return laid
    table = laid.tables[_LINKS]
    columns = laid.columns_of(_LINKS)
    name = columns.get(_DAY, _DAY)
    pairs = zip(*(table.frame[columns.get(column, column)].fillna("").str.strip()
                  for column in ("product_id", "outcome_id")), strict=True)
    anew = _stated_anew(edits)
    others = _blank(laid) & np.array([pair not in anew for pair in pairs])
    days = table.frame[name].mask(others, ALWAYS).astype(TEXT)
    return replace(laid, tables={**laid.tables, _LINKS: replace(
        table, frame=table.frame.assign(**{name: days}))})


def _stated_anew(edits: Iterable[Edit]) -> dict[tuple[str, str], tuple[Edit, Edit]]:
    """The links that were stated after the last answer on them: that answer, and what states
    them."""
    answered, anew = dict[tuple[str, str], Edit](), dict[tuple[str, str], tuple[Edit, Edit]]()
    for edit in edits:
        pair = edit.row.get("product_id", "").strip(), edit.row.get("outcome_id", "").strip()
        if edit.table == _LINKS and edit.answer:
            answered[pair] = edit
            anew.pop(pair, None)
        elif (edit.table, edit.operation) == (_LINKS, "add") and pair in answered:
            anew[pair] = answered[pair], edit
    return anew


def _blank(raw: RawSource) -> pd.Series:
    """Which links have no day on which they were confirmed."""
    if (table := raw.tables.get(_LINKS)) is None:
        return pd.Series([], dtype=bool)
    name = raw.columns_of(_LINKS).get(_DAY, _DAY)
    if name not in table.frame:
        return pd.Series(True, table.frame.index)
    return table.frame[name].fillna("").str.strip().str.lower().isin({"", *BLANK_WORDS})
