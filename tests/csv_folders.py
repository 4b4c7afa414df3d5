"""Folders of CSV files for tests, and the findings of what was loaded from them."""

from pathlib import Path

import pandas as pd

from orgdata.load import load
from orgdata.model.portfolio import Portfolio

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
        assert count.loaded == len(portfolio[name])
        assert count.set_aside == len(portfolio.set_aside.get(name, ())), name
    return portfolio


def findings(problems: pd.DataFrame, *levels: str) -> list[Finding]:
    """(level, table, row, column, code) of every problem, or of those of some levels."""
    rows = problems[problems["level"].isin(levels)] if levels else problems
    plain = rows.astype(object).where(rows.notna(), None)
    return list(zip(*(plain[name] for name in ("level", "table", "row", "column", "code")),
                    strict=True))
