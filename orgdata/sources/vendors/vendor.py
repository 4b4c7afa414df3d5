"""The interface of readers of other tools' exports: how one is recognised and converted.

Nothing is invented: what a format does not hold stays blank. A reference to what is not in the
file stays as written, and validation reports it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from orgdata.model.portfolio import Export
from orgdata.model.problems import NO_PROBLEMS, join_problems, problems
from orgdata.model.schema import TABLES
from orgdata.sources.raw import RawTable
from orgdata.sources.vendors.records import Records


@dataclass(frozen=True)
class Choice:
    """A question that only the user can answer: its options by name, the first the default."""

    name: str
    question: str
    options: Mapping[str, str]  # name → text

    def answer(self, answers: Mapping[str, str]) -> str:
        """The answer in the settings, else the default."""
        return answers[self.name] if answers.get(self.name) in self.options else next(
            iter(self.options))


@dataclass(frozen=True)
class Converted:
    """An export converted to frames with our column names, indexed by the row number of the record,
    and the disposition of each record (see `Export`)."""

    tables: Mapping[str, pd.DataFrame]
    dispositions: pd.DataFrame
    problems: pd.DataFrame = field(default_factory=lambda: NO_PROBLEMS)


@dataclass(frozen=True)
class Vendor:
    """A tool whose exports we read."""

    name: str
    title: str
    recognised: Callable[[frozenset[str]], bool]  # by column names, see `is_export`
    convert: Callable[[Records, Mapping[str, str]], Converted]
    choices: tuple[Choice, ...] = ()
    usual: frozenset[str] = frozenset()  # codes of problems that are normal in its files
    english: Callable[[str], str] = str  # the name of a column in the tool's English
    plain_day: Callable[[str], str] | None = None  # a day as we read it; None: as it is written

    def is_export(self, columns: frozenset[str]) -> bool:
        """Whether these are columns of its exports; their names as `normalise_name` says."""
        return self.recognised(columns if self.english is str else
                               frozenset(map(self.english, columns)))

    def read(self, sheet: RawTable, answers: Mapping[str, str]) -> tuple[
            dict[str, RawTable], Export, pd.DataFrame]:
        """A sheet as our tables, what became of its records, and the problems."""
        records = Records(sheet, self.english, self.plain_day)
        chosen = {choice.name: choice.answer(answers) for choice in self.choices}
        converted = self.convert(records, chosen)
        noticed = sheet.problems[~sheet.problems["code"].isin(self.usual)]
        tables = {name: RawTable(sheet.origin, _without_blank_columns(name, frame.fillna("")))
                  for name, frame in _without_workers(converted.tables).items() if len(frame)}
        export = Export(self.name, self.title, sheet.origin, sheet.frame, converted.dispositions,
                        chosen)
        return tables, export, join_problems([noticed.assign(table=self.name), converted.problems,
                                         *records.noticed(self.name), *self._bad_answers(answers)])

    def _bad_answers(self, answers: Mapping[str, str]) -> list[pd.DataFrame]:
        """A problem for each answer in the settings that is no option: the default is taken."""
        options = {choice.name: choice.options for choice in self.choices}
        return [problems("warning", "bad_value", "settings", "expected " + (
            f"{name} to be one of {', '.join(options[name])}" if name in options else
            f"one of {', '.join(options) or 'no choice at all'}") + "; the default was taken",
            origin=f"exports.{self.name}", column=name, values=[value])
            for name, value in answers.items() if value not in options.get(name, ())]


def _without_workers(tables: Mapping[str, pd.DataFrame]) -> Mapping[str, pd.DataFrame]:
    """The tables of an export of work without the people who are named in work alone: nobody is
    kept with what they worked on (METHOD section 9)."""
    if "work" not in tables or "people" not in tables:
        return tables
    named = {name for frame in tables.values() for column in ("owner_id", "person_id")
             if column in frame and frame is not tables["people"] for name in frame[column]}
    people = tables["people"]
    return {**tables, "people": people[people["person_id"].isin(named)]}


def told_by(id_columns: str, others: str, least: int = 2) -> Callable[[frozenset[str]], bool]:
    """A function that tells an export by the header of an id (one of several) and some others.
    All are given as `normalise_name` says, with blanks between them."""
    ids, known = frozenset(id_columns.split()), frozenset(others.split())
    return lambda names: bool(names & ids) and len(names & known) >= least


def _without_blank_columns(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A table without optional columns that are all blank: the export does not have them, so their
    being blank is not to be reported."""
    blank = ~(frame != "").any()
    return frame.drop(columns=frame.columns[blank].difference(TABLES[table].required))


def dispositions(records: Records, table: "pd.Series | str", merged: "pd.Series | None" = None,
                 aside: Mapping[int, str] | None = None) -> pd.DataFrame:
    """What became of each record: used in `table`, merged, or skipped for the reason given."""
    frame = records.sheet.frame
    result = pd.DataFrame({"disposition": "used", "table": table, "reason": ""}, index=frame.index)
    if merged is not None:
        result.loc[merged, "disposition"] = "merged"
    if aside:  # assigned at once: there may be 250,000
        result.loc[list(aside), "disposition"] = "set_aside"
        result.loc[list(aside), "reason"] = list(aside.values())
    return result
