"""What the rows of a monday.com board are. Groups stand below one another, each with its name in a
row of one cell, the header again, and its items; sub-items stand below their item, under a header
of their own (`Subitems`, `Name` …) and one column further right.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from orgdata.model.fields import normalise_name
from orgdata.sources.vendors.records import Records, map_distinct
from orgdata.tabular.lookup import Positions

MEANINGS = {one: frozenset(names.split()) for one, names in {
    "owner": "owner person people assignee assigned_to lead dri pm responsible",
    "status": "status state progress_status",
    "start": "timeline_start start start_date",
    "end": "timeline_end end end_date due due_date date deadline",
    "done_on": "completion_date completed_on completed date_completed done_on done_date closed",
    "size": "story_points points estimated_sp estimate effort",
    "id": "item_id_(auto_generated) item_id subitem_id",
    "goal": "goal goals objective objectives okr outcome company_goal strategic_goal",
    "product": "product team area"}.items()}
_MOST_HEADER_CELLS = 200  # of a name; what is longer is no header


@dataclass(frozen=True)
class Board:
    """The rows of a board. Each is an item, a sub-item, or neither; `names` has its name, `groups`
    the group it stands in, and `parents` the position of a sub-item's item, −1 without one."""

    is_item: pd.Series
    is_sub: pd.Series
    names: pd.Series
    groups: pd.Series
    parents: Positions
    title: str
    _records: Records
    _sub_headers: pd.DataFrame  # for each cell the header of the sub-items' column above it

    def column(self, wanted: str) -> tuple[str, pd.Series]:
        """The header of the first column with a meaning, and its cells: of items as the board's
        header says, of sub-items as theirs does. See MEANINGS."""
        cells = pd.Series("", index=self.names.index, dtype="str")
        header = ""
        for name in self._records.sheet.frame.columns:
            if meaning(name) == wanted:
                header = header or name
                cells = cells.mask(self.is_item & (cells == ""), self._records[name])
            of_sub = self.is_sub & (self._sub_headers[name] == wanted) & (cells == "")
            if of_sub.any():
                cells = cells.mask(of_sub, self._records.sheet.frame[name].str.strip())
        return header, cells


def read_board(records: Records) -> Board:
    """The board that the records are of; it begins with a column of names."""
    frame = records.sheet.frame
    name = next(one for one in frame.columns if normalise_name(one) == "name")
    texts = frame.apply(lambda cells: cells.str.strip())
    first, others = records[name], [one for one in frame.columns if one != name]
    filled = (texts != "").sum(axis="columns")
    alike = sum((texts[one] == one for one in others), pd.Series(0, index=frame.index))
    header = (first == name) & (alike > 0)
    second = records[others[0]] if others else first  # the names of the sub-items, if anything
    sub_header = (first.str.casefold() == "subitems") & (second.str.casefold() == "name")
    group = (filled == 1) & (first != "") & header.shift(-1, fill_value=False)
    item = (first != "") & ~header & ~sub_header & ~group
    block = pd.Series(np.nan, index=frame.index).mask(sub_header, 1).mask(
        (first != "") & ~sub_header, 0).ffill()
    sub = (block == 1) & ~sub_header & (first == "") & (second != "")
    title, first_group = _above(records, bool(group.any()))
    groups = first.where(group).ffill().fillna(first_group)
    places = np.maximum.accumulate(np.where(item, np.arange(len(frame)), -1))
    headers = pd.DataFrame({one: map_distinct(
        texts[one].where(sub_header).ffill().fillna("").where(sub, ""), meaning)
        for one in frame.columns})
    return Board(item, sub, first.mask(sub, second), groups, np.where(sub, places, -1), title,
                 records, headers)


def _above(records: Records, more: bool) -> tuple[str, str]:
    """The title of the board and the name of its first group, from the rows above the header; of a
    single row the latter if the board has `more` groups."""
    said = [cells[0] for row in records.sheet.above
            if len(cells := [cell.strip() for cell in row if cell.strip()]) == 1]
    if len(said) > 1:
        return said[0], said[-1]
    return ("", said[0]) if said and more else (said[0] if said else "", "")


def meaning(header: str) -> str:
    """What a column tells of by its header; "" if it is none of MEANINGS."""
    if len(header) > _MOST_HEADER_CELLS:
        return ""
    name = "_".join(filter(None, normalise_name(header).split("_")))
    return next((one for one, names in MEANINGS.items() if name in names), "")
