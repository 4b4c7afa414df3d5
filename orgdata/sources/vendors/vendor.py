"""What a reader of another tool's export is: how it is recognised, and what it turns records into.

Nothing is invented: what a format does not hold stays blank. A reference to what is not in the
file stays as it is written, and validation says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from orgdata.model.portfolio import Export
from orgdata.model.problems import NONE, problems, together
from orgdata.model.schema import TABLES
from orgdata.sources.raw import RawTable
from orgdata.sources.vendors.records import Records


@dataclass(frozen=True)
class Choice:
    """A question that only the user can answer: its options by name, the first the default."""

    name: str
    question: str
    options: Mapping[str, str]  # name → in words

    def answer(self, asked: Mapping[str, str]) -> str:
        """What the settings answer, else the default."""
        return asked[self.name] if asked.get(self.name) in self.options else next(
            iter(self.options))


@dataclass(frozen=True)
class Converted:
    """What an export became: frames under our column names, the index holding the row number of
    the record, and the disposition of each record (see `Export`)."""

    tables: Mapping[str, pd.DataFrame]
    dispositions: pd.DataFrame
    problems: pd.DataFrame = field(default_factory=lambda: NONE)


@dataclass(frozen=True)
class Vendor:
    """One tool whose exports are read."""

    name: str
    title: str
    recognised: Callable[[frozenset[str]], bool]  # by its column names, as `normalise_name` says
    convert: Callable[[Records, Mapping[str, str]], Converted]
    choices: tuple[Choice, ...] = ()
    usual: frozenset[str] = frozenset()  # codes of problems that are no problem in its files

    def read(self, sheet: RawTable, asked: Mapping[str, str]) -> tuple[
            dict[str, RawTable], Export, pd.DataFrame]:
        """A sheet as tables of ours, what became of its records, and what was noticed."""
        records = Records(sheet)
        chosen = {choice.name: choice.answer(asked) for choice in self.choices}
        found = self.convert(records, chosen)
        noticed = sheet.problems[~sheet.problems["code"].isin(self.usual)]
        tables = {name: RawTable(sheet.origin, _filled(name, frame.fillna("")))
                  for name, frame in found.tables.items() if len(frame)}
        export = Export(self.name, self.title, sheet.origin, sheet.frame, found.dispositions,
                        chosen)
        return tables, export, together([noticed.assign(table=self.name), found.problems,
                                         *records.noticed(self.name), *self._odd(asked)])

    def _odd(self, asked: Mapping[str, str]) -> list[pd.DataFrame]:
        """A problem for each answer in the settings that is none: the default was taken."""
        options = {choice.name: choice.options for choice in self.choices}
        return [problems("warning", "bad_value", "settings", "expected " + (
            f"{name} to be one of {', '.join(options[name])}" if name in options else
            f"one of {', '.join(options) or 'no choice at all'}") + "; the default was taken",
            origin=f"exports.{self.name}", column=name, values=[value])
            for name, value in asked.items() if value not in options.get(name, ())]


def _filled(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A table without optional columns that are blank throughout: the export does not hold them,
    so nobody is told that they are blank."""
    blank = ~(frame != "").any()
    return frame.drop(columns=frame.columns[blank].difference(TABLES[table].required))


def dispositions(records: Records, table: "pd.Series | str", merged: "pd.Series | None" = None,
                 aside: Mapping[int, str] | None = None) -> pd.DataFrame:
    """What became of each record: used in `table`, unless merged or, with its reason, set aside."""
    frame = records.sheet.frame
    found = pd.DataFrame({"disposition": "used", "table": table, "reason": ""}, index=frame.index)
    if merged is not None:
        found.loc[merged, "disposition"] = "merged"
    if aside:  # at once: a file may have 250,000 of them
        found.loc[list(aside), "disposition"] = "set_aside"
        found.loc[list(aside), "reason"] = list(aside.values())
    return found
