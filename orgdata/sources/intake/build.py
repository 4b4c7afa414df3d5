"""The tables that an intake becomes, piece by piece, and what became of each record."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from orgdata.model.intake import SPREADSHEET
from orgdata.model.portfolio import Export
from orgdata.model.problems import problems
from orgdata.model.schema import FURTHER, TABLES
from orgdata.sources.intake.asked import Asked
from orgdata.sources.intake.known import Known, Persons
from orgdata.sources.intake.part import TABLE_OF, Part
from orgdata.sources.named import row_keys
from orgdata.sources.raw import RawTable


@dataclass
class Build:
    """An intake while it is built: what is known by name, the pieces of our tables in order, and
    for each sheet the table in which each of its records is used."""

    asked: Asked
    products: Known
    outcomes: Known
    people: Persons
    pieces: list[tuple[str, RawTable]] = field(default_factory=list)
    used: dict[str, pd.Series] = field(default_factory=dict)  # origin → table of each record
    problems: list[pd.DataFrame] = field(default_factory=list)
    currency: str = ""

    def add(self, part: Part, table: str, frame: pd.DataFrame) -> None:
        """Add rows of a table that a sheet tells of; those without a key are left, and of several
        with one key each column has the first value that is not blank. Columns that are blank
        throughout are left, but those without which there is no row."""
        keys = row_keys(TABLES[table], frame)
        named = (frame[[name for name in TABLES[table].key if name in frame and name in
                        TABLES[table].required]] != "").all(axis="columns")
        frame, keys = frame[named], keys[named]
        if not len(frame):
            return
        self._note_use(part, table, keys)
        groups = frame.mask(frame == "").groupby(keys.to_numpy(), sort=False)
        self._note_differing(part, table, groups)
        rows = groups.first().fillna("").astype("str").set_axis(frame.index[~keys.duplicated()])
        kept = [name for name in rows if name in TABLES[table].required or (rows[name] != "").any()]
        self.pieces.append((table, RawTable(part.origin, rows[kept])))

    def has(self, table: str) -> bool:
        """Whether any sheet has told of a table so far."""
        return any(name == table for name, _ in self.pieces)

    def _note_differing(self, part: Part, table: str, groups: "pd.api.typing.DataFrameGroupBy",
                        ) -> None:
        """Say where records of one row differ, columns apart of which all values count."""
        differing = [name for name in groups.obj if name not in FURTHER.get(table, {})
                     and name not in TABLES[table].key and (groups[name].nunique() > 1).any()]
        if differing:
            self.problems.append(problems(
                "warning", "merged", table, "records of the same row differ here; the first value "
                "that is not blank stands", origin=part.origin, column=differing))

    def _note_use(self, part: Part, table: str, keys: pd.Series) -> None:
        used = self.used.setdefault(part.origin, pd.Series("", index=part.frame.index, dtype="str"))
        first = used.index.isin(keys.index[~keys.duplicated()])
        used[first & (used.isin(["", "merged"]) | (table == TABLE_OF[part.main]))] = table
        used[used.index.isin(keys.index) & (used == "")] = "merged"


def export_of(part: Part, records: pd.DataFrame, used: pd.Series,
              left_out: dict[int, str]) -> Export:
    """A sheet and what became of each of its records, `records` being all of them."""
    dispositions = pd.DataFrame({"disposition": "set_aside", "table": "", "reason": "nothing in it "
                                 "says what it tells of"}, index=records.index)
    table = used.reindex(records.index).fillna("")
    for where, disposition in ((table == "merged", "merged"),
                               (~table.isin(["", "merged"]), "used")):
        dispositions.loc[where, ["disposition", "reason"]] = [disposition, ""]
    dispositions.loc[~table.isin(["", "merged"]), "table"] = table
    at = records.index.isin(list(left_out))
    dispositions.loc[at, "disposition"] = "left_out"
    dispositions.loc[at, "reason"] = [left_out[int(row)] for row in records.index[at]]
    return Export(SPREADSHEET, SPREADSHEET, part.origin, records, dispositions)


def frame_of(index: pd.Index, **columns: "pd.Series | str") -> pd.DataFrame:
    """Columns of text as a frame; a text fills its whole column."""
    return pd.DataFrame(columns, index=index).fillna("").astype("str")


def joined(parts: Sequence[pd.Series]) -> pd.Series:
    """What tells rows apart, joined by “ · ” where it is filled."""
    result = parts[0]
    for part in parts[1:]:
        result = result.where(part == "", result + " · " + part)
    return result.astype("str")
