"""Several tables in one sheet, below one another or side by side (FORMATS section 3)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from orgdata.sources.intake.headers import read_header
from orgdata.sources.intake.rows import main_of
from orgdata.sources.intake.turned import turned_round
from orgdata.sources.raw import RawTable
from orgdata.sources.sheets import Sheet
from orgdata.sources.text.delimited import header_names
from orgdata.sources.text.headers import is_word

_MOST = 60  # tables in a sheet, fields of a record, and columns of such records
_KNOWN = 0.6  # share of the cells of a header, or of a column of fields, that must be known


def tables_in(sheet: Sheet) -> list[Sheet]:
    """The tables of a sheet: itself, most often; those below one another or side by side."""
    turned = turned_round(sheet)
    if turned is not None:
        return [turned]
    return [below for beside in _beside(sheet) for below in _below(beside)]


# -- side by side ----------------------------------------------------------------------------------

def _beside(sheet: Sheet) -> Iterator[Sheet]:
    """The tables that blank columns part, where each tells of something by its headers."""
    names = list(map(str, sheet.table.frame.columns))
    begins = [at for at, name in enumerate(names) if name in sheet.table.gaps][:_MOST]
    if not begins:
        yield sheet
        return
    ends = [*begins, len(names)]
    groups = [names[begin:end] for begin, end in zip([0, *begins], ends, strict=True)]
    told = [_tells(sheet, group) for group in groups]
    if not all(told) or len(set(told)) < len(told):
        yield sheet
        return
    places = [0, *(sheet.table.gaps[names[at]] for at in begins), None]
    for number, group in enumerate(groups):
        frame = sheet.table.frame[group]
        frame = frame[(frame != "").any(axis=1)]
        earlier = {name for before in groups[:number] for name in before}
        renamed = {name: bare for name in group
                   if (bare := name.rpartition("_")[0]) in earlier and bare not in group}
        above = [row[places[number]:places[number + 1]] for row in sheet.table.above]
        yield _part(sheet, replace(
            sheet.table, frame=frame.rename(columns=renamed), above=above, gaps={},
            hidden=frozenset(renamed.get(name, name) for name in sheet.table.hidden
                             if name in group)), f"column {names.index(group[0]) + 1}", number)


def _tells(sheet: Sheet, names: Sequence[str]) -> str:
    """What some columns of a sheet tell of by themselves."""
    headers = {name: read_header(name.rpartition("_")[0] if name[-1:].isdecimal() and "_" in name
                                 else name) for name in names}
    if len(names) < 2:
        return ""
    return main_of(sheet.name, headers, sheet.table.frame[list(names)].head(_MOST))


# -- below one another -----------------------------------------------------------------------------

def _below(sheet: Sheet) -> Iterator[Sheet]:
    """The tables of which each begins below a blank row, with a header of its own."""
    frame = sheet.table.frame
    rows = frame.index.to_numpy()
    starts = np.flatnonzero(np.diff(rows) > 1) + 1
    found: list[tuple[int, int]] = []  # where each begins, and where its header stands
    for start in starts[:_MOST] if len(starts) <= 10 * _MOST else ():
        header = next((at for at in range(start, min(start + 4, len(frame) - 1))
                       if _is_header(frame.iloc[at].tolist())), None)
        if header is not None and all(_is_alone(frame.iloc[at]) for at in range(start, header)):
            found.append((int(start), header))
    if not found:
        yield sheet
        return
    again = [header for _, header in found if [cell.strip() for cell in frame.iloc[
        header]] == [str(name).strip() for name in frame.columns]]
    if len(again) == len(found):  # one list in groups, the header above each
        yield replace(sheet, table=replace(sheet.table, frame=frame.drop(frame.index[again]),
                                           header_again=True))
        return
    yield replace(sheet, table=replace(sheet.table, frame=frame.iloc[:found[0][0]]))
    ends = [start for start, _ in found[1:]] + [len(frame)]
    for number, ((start, header), end) in enumerate(zip(found, ends, strict=True), 1):
        above = frame.iloc[start:header].to_numpy().tolist()
        cells = frame.iloc[header].tolist()
        names, _ = header_names(cells)
        below = frame.iloc[header + 1:end].set_axis(names, axis="columns")
        kept = [name for name, cell in zip(names, cells, strict=True)
                if cell.strip() or below[name].str.strip().any()]
        hidden = frozenset(new for old, new in zip(frame.columns, names, strict=True)
                           if old in sheet.table.hidden)
        yield _part(sheet, replace(sheet.table, frame=below[kept], above=above, hidden=hidden,
                                   exact_columns=frozenset(), gaps={}),
                    f"row {rows[header]}", number)


def _is_header(cells: Sequence[str]) -> bool:
    """Whether cells are words of which most are known as headers, of different meanings."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) < 2 or not all(len(cell) < 60 and is_word(cell) for cell in filled):
        return False
    known = {meanings for cell in filled if (meanings := read_header(cell).meanings[:1])}
    return len(known) >= max(2, _KNOWN * len(filled))


def _is_alone(row: pd.Series) -> bool:
    return int((row.str.strip() != "").sum()) < 2


def _part(sheet: Sheet, table: RawTable, place: str, number: int) -> Sheet:
    """A table of a sheet; all but the first are told by where they stand."""
    titles = [cell.strip() for row in table.above for cell in row if cell.strip()]
    return Sheet(titles[-1] if titles and number else sheet.name, replace(
        table, origin=f"{table.origin}, from {place}" if number else table.origin))
