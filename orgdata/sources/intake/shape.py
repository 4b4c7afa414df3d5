"""Rows of a sheet that are no records, and labels that are written once for several rows (FORMATS
section 3)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from orgdata.model.words import normalise_word
from orgdata.sources.intake.headers import read_header
from orgdata.sources.vendors.records import map_distinct
from orgdata.tabular.cells import Mask, any_matches, as_text, missing, only_where
from orgdata.tabular.cells import text as as_array
from orgdata.tabular.numbers import numbers
from orgdata.tabular.totals import Called, totals

_OBJECTIVE = re.compile(  # Objective: …, Ziel 1 – …
    r"^(objective|ziel|objectif|objetivo|obiettivo|doel|doelstelling|目標)"
    r"(?: ?(?:nr\.? ?|n[º°] ?|#)?\d{1,3}(?: ?[:.–—-] ?| )| ?: ?)", re.IGNORECASE)
# The column for labels that stand in rows of their own; no header begins with a space
GROUP = " group"
_EXPLAINED = r"[^\s=]{1,12} ?= ?\S|[^\s:]{1,3} ?: ?\S|[●○◐◑◯◎◉✓✔✗✘×★☆▲△■□◆◇] ?\S"  # P = primary
_REMARK = re.compile(r"[*†‡※¹²³⁴]|(legend|legende|note|notes|source|remark|key|hinweis|leyenda|"
                     r"légende|legenda|leggenda|quelle|fuente|fonte|bron|nota|notas|anmerkung|remarque|opmerking|凡例|注)"
                     r" ?:", re.IGNORECASE)
TOTALS = frozenset("total totals overall grand_total subtotal sub_total sum summe gesamt "
                   "gesamtsumme "
                   "totale totaal zwischensumme teilsumme sous_total subtotale subtotaal 合計 "
                   "小計".split())
_WITH_TOTAL = tuple(f"{word}_" for word in TOTALS), tuple(f"_{word}" for word in TOTALS)
_MAY_BE_TOTAL = "(?i)" + "|".join(TOTALS).replace("_", ".")
_NAMED = 3  # columns, of which one has the name of the row
_MOST_TOTALS = 500  # rows that are called so; a sheet with more has a product of that name
_AMOUNT = r"[$€£¥]?-?\d[\d.,'’\s]*[$€£¥%]?"
_ORDER = (("tier",), ("id",), ("updated",))  # columns whose numbers are never added up
_PROSE = 40  # characters: a longer cell that is alone below the records is a remark
_NUMBERED = re.compile(
    r"^(?:(?P<o>objective|obj|o|ziel|objectif|objetivo|obiettivo|doel)|key result|kr|"
    r"schlüsselergebnis|résultat clé|resultado[ -](?:clave|chave)|risultato chiave|kernresultaat)"
    r"(?:[ .#-]{0,2}\d{1,3}(?:\.\d{1,3}){0,3}(?: ?[:.)–-] ?| )| ?: ?)(?=[^ ])", re.IGNORECASE)
_OUTLINE = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,3})[.)]?(?= |$)")  # 1, 1.1, 1.2
_BULLETS = ("• ", "- ", "– ", "◦ ", "→ ", "↳ ", "└ ", "∙ ", "· ")
_FIRST_LETTERS = frozenset("OoKkZzDdSsRr")
_LEVELS = 0.6  # share of cells that must tell their level


@dataclass(frozen=True)
class Shaped:
    """The records of a sheet, and why other rows of it are none, by row number."""

    frame: pd.DataFrame
    left_out: Mapping[int, str]


def without_remarks(frame: pd.DataFrame, first_group: str = "") -> Shaped:
    """A sheet without the rows below its records, or between them, that are remarks, legends or
    totals; rows with one cell that head a group become a column. `first_group`: the name of the
    first group where it stands above the header."""
    first, count = _first_cells(frame)
    alone = only_where(first, count == 1)
    single = alone[alone != ""]
    frame = _without_footnotes(frame, single)
    remark = alone.str.match(_REMARK) | (_is_apart(count) & (
        (alone.str.len() > _PROSE) | alone.str.match(_EXPLAINED))) if len(
            single) else np.zeros(len(frame), dtype=bool)
    amounts = single.index[single.str.fullmatch(_AMOUNT)] if len(single) else single.index
    total = _totals(frame, _called(frame, first).mask(
        first.index.isin(amounts), "an amount alone"))
    left_out = {**dict.fromkeys(map(int, frame.index[remark]), "a remark, no record"),
                **dict.fromkeys(map(int, frame.index[total]), "a total of other rows")}
    records = frame[~frame.index.isin(list(left_out))] if left_out else frame
    heads = _group_heads(records, alone[records.index], bool(first_group))
    if heads.any() and not _are_levels(records, heads):
        labels = alone[records.index].where(pd.Series(heads, records.index)).ffill()
        labels = labels.fillna(first_group).str.strip(" -–—=*#_•")
        left_out |= {int(row): "the name of a group, kept with its rows"
                     for row in records.index[heads]}
        records = records.assign(**{GROUP: labels.astype("str")})[~heads]
    return Shaped(records, left_out)


def _without_footnotes(frame: pd.DataFrame, alone: pd.Series) -> pd.DataFrame:
    """A sheet without the signs behind its cells that a remark below explains: Cart* is Cart."""
    signs = {cell[0] for cell in alone.unique() if cell[:1] and cell[0] in "*†‡¹²³⁴"}
    if not signs:
        return frame
    return frame.apply(lambda column: map_distinct(column, lambda cell: cell.rstrip(
        "".join(signs)).rstrip() if cell[-1:] in signs and len(cell) > 1 else cell))


def _called(frame: pd.DataFrame, first: pd.Series) -> pd.Series:
    """How the name of each row tells a total: its first cell, or one of the first columns beside a
    label of several rows, "Health" over "Subtotal health"."""
    called = map_distinct(first, _is_called_total)
    for name in list(frame)[1:_NAMED]:
        if not any_matches(frame[name], _MAY_BE_TOTAL):
            continue
        beside = map_distinct(frame[name], _is_called_total)
        called = called.mask((called == "") & (beside != ""), "with")
    return called


def _is_called_total(cell: str) -> str:
    """"total" where a cell without the signs around it is a word for a total, "with" where it
    begins or ends with one, else ""."""
    called = normalise_word(cell[:_PROSE].strip(" :."))
    starts, ends = _WITH_TOTAL
    return "total" if called in TOTALS else "with" if (
        called.startswith(starts) or called.endswith(ends)) else ""


def _is_apart(count: pd.Series) -> Mask:
    """Rows that a blank one parts from the last record with several cells, given how many cells
    each has. A list of one column has no row apart."""
    wide = np.flatnonzero(count > 1)
    rows = count.index.to_numpy()
    below = np.arange(len(rows)) > (wide[-1] if len(wide) else len(rows))
    parted = below & (np.diff(rows, prepend=rows[:1]) > 1)
    return np.asarray(np.logical_or.accumulate(parted), dtype=np.bool_)


def _totals(frame: pd.DataFrame, called: pd.Series) -> Mask:
    """Rows that are called a total, and those whose name begins or ends so, or that are an amount
    alone, and whose numbers add up the rows above them. `called`: how the name of each row tells
    it, as `_is_called_total` says."""
    by_words = (called == "total").to_numpy()
    named = np.flatnonzero(called != "")
    result = np.zeros(len(frame), dtype=bool)
    if len(named) and len(named) <= _MOST_TOTALS:
        copies = (called != "an amount alone").to_numpy()
        rows = {int(at): Called("", bool(by_words[at]), bool(copies[at])) for at in named}
        values = [numbers(as_array(frame[name])).values for name in frame
                  if read_header(str(name)).meanings[:1] not in _ORDER]
        result[totals(rows, values, len(frame))] = True
    return np.asarray(result | by_words, dtype=np.bool_)


def _first_cells(frame: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The first cell of each row that is not blank, and how many of its cells are not."""
    first = pa.nulls(len(frame), pa.large_string())
    count = np.zeros(len(frame), dtype=np.int64)
    for name in frame:
        cells = as_array(frame[name])  # blank is null
        if first.null_count:
            first = pc.coalesce(first, cells)
        count += ~missing(cells)
    return (as_text(pc.fill_null(first, "")).set_axis(frame.index), pd.Series(count, frame.index))


def _group_heads(frame: pd.DataFrame, alone: pd.Series, headed: bool) -> Mask:
    """Rows with one cell that name the group of the rows below them: the first row is one, unless
    the first group is `headed` already, there are several groups, and each has wider records."""
    heads = (alone != "").to_numpy()
    if frame.shape[1] < 3 or heads.sum() + headed < 2 or headed == bool(heads[0]):
        return np.zeros(len(frame), dtype=bool)
    in_a_row = heads[:-1] & heads[1:]
    return heads if not in_a_row.any() and not heads[-1] else np.zeros(len(frame), dtype=bool)


def _are_levels(frame: pd.DataFrame, heads: Mask) -> bool:
    """Whether rows with one cell are the upper level of their own column: O1 above KR1.1."""
    columns = {str(name) for name in frame if (frame[name][heads].str.strip() != "").any()}
    return len(columns) == 1 and levels_of(frame[columns.pop()]) is not None


def filled_down(frame: pd.DataFrame, columns: Sequence[str],
                below: pd.Series) -> tuple[pd.DataFrame, list[str]]:
    """A sheet in which a label that is written once counts for the blank cells below it, and the
    columns for which it does. `columns`: those of the labels, the outermost first; `below`: the
    cells of what has them. A label ends where another one further out begins."""
    changed: list[str] = []
    group = np.zeros(len(frame), dtype=np.int64)
    result = frame
    has_record = (below != "").to_numpy()
    for column in columns:
        cells = frame[column].str.strip()
        blank = (cells == "").to_numpy()
        if len(cells) and blank[0]:
            continue  # nothing above that it could be
        fills = blank & has_record
        if fills.any():
            down = cells.mask(blank).groupby(group).ffill().fillna("")
            result = result.assign(**{column: cells.where(~fills, down).astype("str")})
            changed.append(column)
            cells = result[column].str.strip()
        begins = (frame[column].str.strip() != "") & (cells != cells.shift())
        group = np.cumsum(begins.to_numpy()) + group * (len(frame) + 1)
        _, group = np.unique(group, return_inverse=True)
    return result, changed


def groups_are_objectives(labels: pd.Series) -> bool:
    """Whether the names of groups say that they are objectives: "Objective: Pay in one step"."""
    return bool(labels.str.match(_OBJECTIVE).all())


def without_word(labels: pd.Series) -> pd.Series:
    """The names of objectives without the word before them that says what they are."""
    return labels.str.replace(_OBJECTIVE, "", n=1, regex=True).astype("str")


@dataclass(frozen=True)
class Levels:
    """Which rows of a list of goals are objectives."""

    is_objective: Mask


def levels_of(titles: pd.Series) -> Levels | None:
    """The levels that numbering (O1, KR1.1) or indentation tells; None where there is one level."""
    text = titles.str.strip()
    filled = (text != "").to_numpy()
    kind = map_distinct(text, _numbered_as)
    told = (kind != "").to_numpy()
    objective = (kind == "o").to_numpy()
    both = objective.any() and (told & ~objective).any()
    if both and told.sum() >= _LEVELS * filled.sum():
        return Levels(objective | (~told & filled & ~is_indented(titles)))
    outline = _outline_of(text)
    if outline is not None and _is_outline(outline, filled):
        return Levels(np.asarray((outline != "") & ~outline.str.contains(".", regex=False)))
    indented = is_indented(titles) & filled
    if indented.any() and (filled & ~indented).any() and filled.any() and (
            not indented[np.flatnonzero(filled)[0]]):
        return Levels(filled & ~indented)
    return None


def is_indented(titles: pd.Series) -> Mask:
    """Which titles begin with spaces or the sign of a list."""
    starts = titles.str.startswith(("  ", "\t", "\u00a0", "\u3000", *_BULLETS))
    return np.asarray(starts, dtype=np.bool_)


def _outline_of(titles: pd.Series) -> pd.Series | None:
    """The number of an outline before each title; None where too few begin with a digit."""
    if titles.str.slice(0, 1).isin([*"123456789"]).sum() < _LEVELS * (titles != "").sum():
        return None
    return map_distinct(titles, _outlined)


def _outlined(title: str) -> str:
    found = _OUTLINE.match(title)
    return found[1] if found else ""


def _is_outline(numbers_: pd.Series, filled: Mask) -> bool:
    """Whether the numbers of rows are those of an outline: 1, 1.1, 1.2, each below its parent."""
    told = {number for number in numbers_.unique() if number}
    below = {number for number in told if "." in number}
    return bool(below) and bool(told - below) and (numbers_ != "").sum() >= (
        _LEVELS * filled.sum()) and all(number.rpartition(".")[0] in told for number in below)


def without_numbers(titles: pd.Series) -> pd.Series:
    """Titles without the numbering before them, such as "O1:" or "KR 1.2", where most have one."""
    outline = _outline_of(titles)
    if outline is not None and _is_outline(outline, (titles != "").to_numpy()):
        return map_distinct(titles, lambda title: _OUTLINE.sub("", title, count=1).strip())
    if titles.str.startswith(_BULLETS).any():
        titles = map_distinct(titles, lambda title: title[2:].strip() if title.startswith(
            _BULLETS) else title)
    numbered = map_distinct(titles, _numbered_as) != ""
    if numbered.sum() < _LEVELS * (titles != "").sum():
        return titles
    return map_distinct(titles, lambda title: _NUMBERED.sub("", title, count=1))


def _numbered_as(title: str) -> str:
    """"o" or "k" of a title with the number of an objective or key result before it, else ""."""
    found = _NUMBERED.match(title) if title[:1] in _FIRST_LETTERS else None
    return ("o" if found["o"] else "k") if found else ""
