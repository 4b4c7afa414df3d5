"""Folders of CSV files for tests, and the findings of what was loaded from them."""

from itertools import cycle
from pathlib import Path

import pandas as pd

from orgdata.demo import DEMO
from orgdata.load import load
from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES

ANY_SIZE = ("1e15", "-1e15", "1e308", "0", "1.5", "inf", "-1e308", "5e-324", "nan", "1e-15", "30")
Finding = tuple[str, str, int | None, str | None, str]


def write(folder: Path, settings: str = "", **tables: str | bytes) -> str:
    """Write tables as CSV files, `settings` beside them; the source string."""
    folder.mkdir(parents=True, exist_ok=True)
    if settings:
        (folder / "settings.toml").write_text(settings, encoding="utf-8")
    for name, content in tables.items():
        (folder / f"{name}.csv").write_bytes(
            content if isinstance(content, bytes) else content.encode())
    return str(folder)


def opened(folder: Path, settings: str = "", **tables: str | bytes) -> Portfolio:
    """The portfolio loaded from such a folder; no row is ever lost."""
    portfolio = load(write(folder, settings, **tables))
    for name, count in portfolio.counts.items():
        assert count.loaded == portfolio[name]["row"].nunique()
        assert count.set_aside == len(portfolio.set_aside.get(name, ())), name
    return portfolio


def with_numbers(folder: Path, *values: str) -> Path:
    """The demo company in which every cell of a number holds one of these values, in turn."""
    for file in DEMO.glob("*.csv"):
        rows = pd.read_csv(file, dtype="str", keep_default_na=False)
        turns = cycle(values)
        numbers = [field.name for field in TABLES[file.stem].fields if field.kind == "number"]
        rows.assign(**{column: [next(turns) for _ in range(len(rows))] for column in numbers}).to_csv(
            folder / file.name, index=False)
    return folder


def findings(problems: pd.DataFrame, *levels: str) -> list[Finding]:
    """(level, table, row, column, code) of every problem, or of those of some levels."""
    rows = problems[problems["level"].isin(levels)] if levels else problems
    plain = rows.astype(object).where(rows.notna(), None)
    return list(zip(*(plain[name] for name in ("level", "table", "row", "column", "code")),
                    strict=True))
