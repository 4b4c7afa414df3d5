"""What names persons in work, which names nobody: it is dropped on reading (METHOD section 9)."""

from collections.abc import Iterable

import pandas as pd

from orgdata.model.persons import names_persons

TABLE = "work"


def columns_of_persons(table: str, names: Iterable[str]) -> list[str]:
    """Those of the columns that nothing of a table reads that name persons; none but of work."""
    return [name for name in names if names_persons(name)] if table == TABLE else []


def are_persons(asked_by: pd.Series, people: pd.DataFrame | None) -> pd.Series:
    """Whether each cell that should name a function names a person: by an address, or as one of the
    people who are loaded is called."""
    known: set[str] = set() if people is None else {
        name.casefold() for column in ("person_id", "name", "email")
        for name in people[column].dropna()}
    words = asked_by.fillna("")
    return words.str.contains("@", regex=False) | words.str.casefold().isin(known)
