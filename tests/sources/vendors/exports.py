"""An export written to a file and loaded, and what became of it in plain values."""

from pathlib import Path

import pandas as pd

from orgdata.load import load
from orgdata.model.portfolio import DISPOSITIONS, Portfolio


def loaded(folder: Path, content: str | bytes, settings: str = "", name: str = "export.csv",
           ) -> Portfolio:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    (folder / "settings.toml").write_text(settings)
    return load(str(folder / name))


def rows(portfolio: Portfolio, table: str, columns: str) -> list[tuple[object, ...]]:
    """The accepted rows of a table: unknown is None, days are text, whole numbers are ints."""
    return [tuple(map(_plain, row)) for row in
            portfolio[table][columns.split()].itertuples(index=False, name=None)]


def _plain(value: object) -> object:
    if pd.isna(value):
        return None
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else value


def counted(portfolio: Portfolio) -> dict[str, int]:
    """What became of the records; the counts add up."""
    found = {disposition: sum(one.count(disposition) for one in portfolio.exports) for disposition in DISPOSITIONS}
    assert sum(found.values()) == sum(len(one.records) for one in portfolio.exports)
    return {disposition: count for disposition, count in found.items()
            if count or disposition != "left_out"}


def worked(portfolio: Portfolio, table: str) -> list[tuple[int, int]]:
    """The work items of each row of a table, those skipped among them, and how many are done."""
    found = portfolio.unknown_columns[table][["work_items", "work_done"]].astype(int)
    return list(found.itertuples(index=False, name=None))


def warned(portfolio: Portfolio) -> list[tuple[object, ...]]:
    """The warnings: (table, row, column, code)."""
    found = portfolio.problems.query("level == 'warning'")
    return [tuple(None if pd.isna(one) else one for one in row) for row in
            found[["table", "row", "column", "code"]].itertuples(index=False, name=None)]
