"""The people that an export names, and cells that name one of them or several."""

import pandas as pd

from orgdata.sources.vendors.records import Records, map_distinct, several


class People:
    """The distinct people in an export, identified by e-mail address, else by name."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, str, str]] = {}

    def ids(self, names: pd.Series, emails: "pd.Series | None" = None) -> pd.Series:
        """The id of each record's person, "" if it names nobody: the e-mail address in lower case,
        else the name as written, as exports have no other id."""
        mail = pd.Series("", index=names.index, dtype="str") if emails is None else emails
        ids = mail.str.lower().where(mail != "", names)
        for row, person_id, name, address in zip(names.index, ids, names, mail, strict=True):
            if person_id:
                known = self._known.get(person_id, (int(row), "", ""))
                self._known[person_id] = (known[0], known[1] or name, known[2] or address)
        return ids

    def ids_of_names_or_emails(self, who: pd.Series) -> pd.Series:
        """The id of each record's person, from a column of names, e-mail addresses or both, as in
        `Ada Park <ada@example.com>`."""
        mail = map_distinct(who, mail_in)
        return self.ids(map_distinct(who, name_in), mail)

    def table(self) -> pd.DataFrame:
        """The people named so far, each at the row of the record that names them first."""
        rows = [(person_id, name or person_id, mail)
                for person_id, (_, name, mail) in self._known.items()]
        index = pd.Index([row for row, _, _ in self._known.values()], dtype="int64")
        return pd.DataFrame(rows, index=index, columns=["person_id", "name", "email"]).astype("str")


def mail_in(cell: str) -> str:
    """The e-mail address in a cell that names a person by it, maybe behind the name."""
    if cell.endswith(">"):
        cell = cell[:-1].rpartition("<")[2].strip()
    return cell if "@" in cell else ""


def name_in(cell: str) -> str:
    """The name in a cell that names a person, maybe with an account or address behind it."""
    if cell.endswith(">"):
        return cell.rpartition("<")[0].strip()
    return "" if "@" in cell else cell


def first_of_several(records: Records, column: str, cells: pd.Series,
                     goals: pd.Series) -> pd.Series:
    """The first person in each cell; those of goals that name several are reported."""
    lists = {cell: several(cell) for cell in cells.unique()}
    more = cells.isin([cell for cell, names in lists.items() if len(names) > 1]) & goals
    records.remark(column, cells[more], "bad_value",
                   "one owner is kept here: the first named; the others stand with the record")
    return map_distinct(cells, lambda cell: next(iter(lists[cell]), ""))
