"""What loading lost, as files beside the tables of an archive, and back.

Without it a portfolio that is read again would take what was lost for what was never there.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pandas as pd

from orgdata.model.portfolio import NO_LOST_CELLS, NO_SPOKEN, Count, Portfolio
from orgdata.model.toml import OWN_LONGEST, parse

COUNTS = "counts.toml"
_FRAMES = {"spoken": NO_SPOKEN, "lost_cells": NO_LOST_CELLS}
FILES = frozenset([COUNTS, *(f"{name}.csv" for name in _FRAMES)])


def files(portfolio: Portfolio) -> Iterable[tuple[str, bytes]]:
    """The files: how many rows were read and loaded, and what was lost of them, if anything."""
    unclear = ", ".join(f'"{column}"' for column in sorted(portfolio.unclear))
    yield COUNTS, "\n".join([f"unclear = [{unclear}]", *(
        f"{name} = {{read = {count.read}, loaded = {count.loaded}}}"
        for name, count in portfolio.counts.items()), ""]).encode()
    for name in _FRAMES:
        if len(rows := getattr(portfolio, name)):
            yield f"{name}.csv", _written(rows)


def with_losses(portfolio: Portfolio, entries: Mapping[str, bytes]) -> Portfolio:
    """A portfolio read from an archive, with what these files say was lost before it was written.

    Raises ValueError where they are not as they were written.
    """
    counts = parse(entries[COUNTS], OWN_LONGEST)
    unclear = frozenset(counts.pop("unclear"))
    frames = {name: _read(entries[f"{name}.csv"], empty)
              for name, empty in _FRAMES.items() if f"{name}.csv" in entries}
    return replace(portfolio, unclear=unclear, **frames, counts=MappingProxyType(
        {name: Count(**count) for name, count in counts.items()}))


def _written(rows: pd.DataFrame) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(rows.columns)
    cells = rows.astype(object).where(rows.notna(), "")
    writer.writerows([_cell(value) for value in row] for row in cells.itertuples(index=False))
    return text.getvalue().replace("\0", "\ufffd").encode()


def _cell(value: Any) -> str:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return ("yes" if value else "") if isinstance(value, bool) else str(value)


def _read(content: bytes, empty: pd.DataFrame) -> pd.DataFrame:
    names, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    return pd.DataFrame({name: _typed(columns[name], dtype)
                         for name, dtype in empty.dtypes.items()})


def _typed(cells: Iterable[str], dtype: Any) -> pd.Series:
    if dtype == "bool":
        return pd.Series([bool(cell) for cell in cells], dtype=dtype)
    known = [cell or None for cell in cells]
    return pd.Series(known, dtype=dtype) if dtype == "str" or str(dtype).startswith("date") else (
        pd.Series([None if cell is None else int(cell) for cell in known], dtype=dtype))
