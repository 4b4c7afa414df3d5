"""The records of an export, column by column, and the tools every reader needs: days, percentages,
people. Text in, text out: typing and checking is validation's."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from orgdata.model.problems import Level, problems
from orgdata.model.schema import normalise_name
from orgdata.sources.raw import RawTable
from orgdata.tabular import cells


class Records:
    """Text per column by its name in the export; remembers which columns were asked for."""

    def __init__(self, sheet: RawTable) -> None:
        self.sheet = sheet
        self.index = sheet.frame.index
        self._names = {normalise_name(name): name for name in sheet.frame.columns}
        self._used: set[str] = set()
        self._noticed: list[tuple[str, str, str]] = []  # column, code, said
        self._remarks: list[tuple[Level, str, str, str, pd.Series]] = []  # the last: row → cell

    def __contains__(self, column: str) -> bool:
        return normalise_name(column) in self._names

    def __getitem__(self, column: str) -> pd.Series:
        """Trimmed text, "" where blank; all blank when there is no such column."""
        theirs = self._names.get(normalise_name(column))
        if theirs is None:
            return pd.Series("", index=self.index, dtype="str", name=column)
        self._used.add(theirs)
        return self.sheet.frame[theirs].str.strip().rename(column)

    def first(self, *columns: str) -> pd.Series:
        """For each record the first of these columns that is not blank."""
        found = self[columns[0]]
        for column in columns[1:]:
            found = found.where(found != "", self[column])
        return found

    def repeated(self, column: str) -> list[str]:
        """The columns of a header that stands several times, in order; none when it is absent."""
        return [name for name in self.sheet.frame.columns if normalise_name(name) == normalise_name(
            column) or (normalise_name(name).removeprefix(normalise_name(column)).lstrip(
            "_").isdecimal() and normalise_name(name).startswith(normalise_name(column)))]

    def days(self, column: str, *alike: str) -> pd.Series:
        """Days as 2026-11-20; what cannot be read stays as written. Day first or month first is
        decided for the column, and said. Where it does not tell (quarters begin on a first), one
        of the columns `alike` may: a tool writes all its days in one way."""
        written = self[column]
        iso, bad = iso_days(written)
        if order := cells.day_order(written.unique()):
            self._ordered(column, order, "the column")
        elif written[bad].str.fullmatch(r"\d{1,2}([-/.])\d{1,2}\1\d{2,4}.*").any():
            for other in alike:
                both = pd.concat([written, self[other]])
                if order := cells.day_order(both.unique()):
                    self._ordered(column, order, other)
                    return iso_days(both)[0].iloc[:len(written)]
            self.note(column, "day_order", "the column does not say whether day or month comes "
                      "first; such days are not read")
        return iso

    def _ordered(self, column: str, order: str, proof: str) -> None:
        self.note(column, "day_order", f"days are read {order} first, as a value of {proof} proves")

    def leading(self, column: str, between: str, said: str,
                read: "pd.Series | None" = None) -> pd.Series:
        """The first of the values in each cell; where there are more, `said` tells row by row
        what became of them. Where `read` is false nobody reads the cell, and nothing is said."""
        written = self[column]
        ends = written.str.strip(between + " ")
        several = ends.str.contains(between, regex=False)
        several &= True if read is None else read
        self.remark(column, written[several], "bad_value", said)
        return ends.str.split(between, n=1, regex=False).str[0].str.strip().astype("str")

    def percents(self, column: str) -> pd.Series:
        """Percentages on a scale of 0–100. Fractions of 1 are told by a value between 0 and 1 and
        none above 1; a column of noughts and ones alone does not tell, so its ones are unknown."""
        written = self[column]
        read, _ = cells.numbers(cells.text(written))
        plain = ~written.str.contains("%").to_numpy() & ~np.isnan(read)
        values = read[plain]
        if not len(values) or values.max() > 1:
            return written
        if ((values > 0) & (values < 1)).any():
            self._noticed.append((column, "scale", "read as fractions of 1: 0.62 is 62 %"))
            scaled = [f"{value * 100:.12g}" for value in values]
        elif (values == 1).any():
            self._noticed.append((column, "scale", "holds only 0 and 1, so that 1 may be 1 % or "
                                  "100 %; it counts as unknown"))
            scaled = ["0" if value == 0 else "" for value in values]
        else:
            return written
        found = written.copy()
        found[plain] = scaled
        return found

    def note(self, column: str, code: str, said: str) -> None:
        """Say once how a column was read."""
        self._noticed.append((column, code, said))

    def remark(self, column: str, written: pd.Series, code: str, said: str,
               level: Level = "warning") -> None:
        """Say of each of these cells, by row number, what was done with it."""
        if len(written):
            self._remarks.append((level, code, column, said, written))

    def noticed(self, table: str) -> Iterable[pd.DataFrame]:
        """How columns and cells were read, and the columns without a place in our tables."""
        origin = self.sheet.origin
        for level, code, column, said, written in self._remarks:
            yield problems(level, code, table, said, origin=origin, rows=written.index.tolist(),
                           column=column, values=written)
        for column, code, said in dict.fromkeys(self._noticed):
            yield problems("information", code, table, said, origin=origin, column=column)
        unused = [name for name in self.sheet.frame.columns if name not in self._used]
        if unused:
            yield problems("information", "unknown_column", table, "kept with the record, but "
                           "our tables have no place for it", origin=origin, column=unused)


class People:
    """The people an export names, once each: by e-mail where it has one, else by name."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, str, str]] = {}

    def ids(self, names: pd.Series, emails: "pd.Series | None" = None) -> pd.Series:
        """The id of each record's person, "" where nobody is named. The e-mail address in lower
        case, else the name as written, is the id: the tool holds no other."""
        mail = pd.Series("", index=names.index, dtype="str") if emails is None else emails
        found = mail.str.lower().where(mail != "", names)
        for row, one, name, address in zip(names.index, found, names, mail, strict=True):
            if one:
                known = self._found.get(one, (int(row), "", ""))
                self._found[one] = (known[0], known[1] or name, known[2] or address)
        return found

    def told(self, who: pd.Series) -> pd.Series:
        """The id of each record's person, where one column holds names or e-mail addresses."""
        mail = who.str.contains("@", regex=False)
        return self.ids(who.mask(mail, ""), who.where(mail, ""))

    def table(self) -> pd.DataFrame:
        """The people named so far, each at the record that names it first."""
        rows = [(one, name or one, mail) for one, (_, name, mail) in self._found.items()]
        index = pd.Index([row for row, _, _ in self._found.values()], dtype="int64")
        return pd.DataFrame(rows, index=index, columns=["person_id", "name", "email"]).astype("str")


def iso_days(written: pd.Series) -> tuple[pd.Series, npt.NDArray[np.bool_]]:
    """Days as 2026-11-20, what cannot be read as written, and where that is."""
    read, bad = cells.dates(cells.text(written))
    iso = np.where(np.isnat(read), "", np.datetime_as_string(read, unit="D"))
    return pd.Series(iso, index=written.index, dtype="str", name=written.name).where(
        ~bad, written), bad


def key(*parts: pd.Series) -> pd.Series:
    """An id of what makes a record one of a kind, where the tool gives it none."""
    joined = parts[0]
    for part in parts[1:]:
        joined = joined + " · " + part
    return joined.str.replace(r"( · )+$", "", regex=True)


def mapped(values: pd.Series, by: Callable[[str], str]) -> pd.Series:
    """Text made of text, each distinct value once."""
    found = {value: by(value) for value in values.unique()}
    return values.map(found).astype("str")


def once(values: pd.Series) -> pd.Series:
    """Each value that is not blank once, at the record that names it first."""
    return values[values != ""].drop_duplicates()


def split(cell: str, between: str = ",") -> Sequence[str]:
    """The parts of a cell that holds several values."""
    return [part.strip() for part in cell.split(between) if part.strip()]
