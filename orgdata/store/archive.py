"""Write a loaded portfolio to a zip of our own tables, and read it back; snapshots store the zip.

The zip holds the accepted rows with our column names: canonical words, ISO days, shortest exact
numbers, yes and no, and a settings.toml with what still applies. It omits rows that were skipped,
unknown columns and the mappings of foreign names. What was lost with them stands beside it, and
each row keeps its number, so all measures come out the same when it is read again.
"""

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from orgdata.model.fields import Field, Table
from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES
from orgdata.model.settings import FILE_NAME, Settings, settings_of
from orgdata.model.settings_text import to_toml
from orgdata.model.toml import OWN_LONGEST
from orgdata.sources.limits import Allowance, TooLarge
from orgdata.sources.raw import RawSource, RawTable, SourceError
from orgdata.sources.text.delimited import NotDelimitedText, read_delimited
from orgdata.sources.zipped import BadZip, Entries
from orgdata.store import losses
from orgdata.tabular.csv_safe import escape_formulas
from orgdata.tabular.empty import frozen
from orgdata.tabular.scales import SHARES
from orgdata.validate import validate
from orgdata.validate.one_scale import MEASURED

MOST_ENTRIES = 50
MOST_BYTES = 1 << 30  # unpacked, all entries together
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # so that the same content gives the same bytes
_NAMES = frozenset([FILE_NAME, *(f"{name}.csv" for name in TABLES)]) | losses.FILES
_THREE_DECIMALS = re.compile(r"-?[0-9]{1,15}\.[0-9]{3}")
_MEASURED = frozenset(column for columns in MEASURED.values() for column in columns)
_OF_TABLE, _ROW = "of_table", "row"  # columns that a table keeps where they say anything


def to_zip(portfolio: Portfolio, for_spreadsheets: bool = False) -> bytes:
    """The accepted rows and the relevant settings as a zip; equal portfolios give equal bytes.

    `for_spreadsheets`: a folder of tables as anybody writes them. Text that a spreadsheet would
    take for a formula is escaped, and what was lost is not in there.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files_of(portfolio, for_spreadsheets):
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same on every system
            archive.writestr(entry, content)
    return packed.getvalue()


def from_zip(content: bytes, name: str) -> Portfolio:
    """The portfolio in a zip that `to_zip` wrote; `name` becomes the name of its source.

    Raises SourceError or SettingsError, with one clear line, if it is no such zip.
    """
    entries = _read_entries(content, name)
    settings = replace(settings_of(entries.pop(FILE_NAME, b""), f"{name}, {FILE_NAME}",
                                   longest=OWN_LONGEST), file=None)
    lost = {file: entries.pop(file) for file in losses.FILES if file in entries}
    tables: dict[str, RawTable] = {}
    for file, written in entries.items():
        table = file.removesuffix(".csv")
        try:
            tables[table] = read_delimited(written, table, file)
        except NotDelimitedText as error:
            raise SourceError(f"{name}: {file}: {error}") from None
    if not tables:
        raise SourceError(f"{name} holds none of our tables")
    if losses.COUNTS not in lost:  # written before losses were kept, so it is read like any source
        return validate(RawSource(name, "snapshot", tables, settings))
    try:
        return _as_it_was(RawSource(name, "snapshot", tables, settings), lost)
    except (KeyError, TypeError, ValueError) as error:
        raise SourceError(f"{name} cannot be read as a snapshot: {error}") from None


def _as_it_was(raw: RawSource, lost: Mapping[str, bytes]) -> Portfolio:
    """A portfolio as it was when it was written: its rows with their numbers, and its losses."""
    tables = {name: replace(table, exact=True, frame=_numbered(table.frame))
              for name, table in raw.tables.items()}
    portfolio = validate(replace(raw, tables={name: replace(table, frame=table.frame.drop(
        columns=_OF_TABLE, errors="ignore")) for name, table in tables.items()}))
    of_table = {name: portfolio[name].assign(of_table=table.frame[_OF_TABLE].to_numpy())
                for name, table in tables.items() if _OF_TABLE in table.frame}
    return losses.with_losses(replace(portfolio, tables=frozen(
        {**portfolio.tables, **of_table})), lost)


def _numbered(frame: pd.DataFrame) -> pd.DataFrame:
    if _ROW not in frame:
        return frame
    return frame.drop(columns=_ROW).set_index(pd.Index(frame[_ROW].astype("int64")))


def fingerprint(content: bytes) -> str:
    """SHA-256 of the content of a zip: equal for equal content, however each machine compresses
    it."""
    digest = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            written = archive.read(entry)
            digest.update(f"{entry.filename}\n{len(written)}\n".encode())
            digest.update(written)
    return digest.hexdigest()


# -- writing ---------------------------------------------------------------------------------------

def files_of(portfolio: Portfolio, for_spreadsheets: bool) -> Iterator[tuple[str, bytes]]:
    """The files of the zip: settings, then each table of the source in the order of the schema."""
    settings = _settings_to_keep(portfolio.settings)
    if for_spreadsheets and _has_clear_confidence(portfolio):
        settings = replace(settings, confidence_scale=10)  # as they are written
    yield FILE_NAME, to_toml(settings).encode()
    for name, table in TABLES.items():
        if name in portfolio.counts or len(portfolio[name]):
            yield f"{name}.csv", _csv(table, portfolio[name], for_spreadsheets).encode()
    if not for_spreadsheets:
        yield from losses.files(portfolio)


def _has_clear_confidence(portfolio: Portfolio) -> bool:
    return not portfolio.unclear and any(
        portfolio.tracked(name, "confidence") for name in ("key_results", "check_ins"))


def _csv(table: Table, rows: pd.DataFrame, for_spreadsheets: bool) -> str:
    """A table as CSV with its required columns, and others that have a value in any row."""
    if "role_as_written" in rows:  # part of the key, so rows of two roles stay two
        rows = rows.assign(role=rows["role_as_written"])
    fields = [f for f in table.fields if f.required or rows[f.name].notna().any()]
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL if for_spreadsheets else csv.QUOTE_MINIMAL)
    kept = {} if for_spreadsheets else _kept(table.name, rows)
    writer.writerow([*(f.name for f in fields), *kept])
    written = [*(_cells(f, rows[f.name]) for f in fields), *kept.values()]
    for at, field in enumerate(fields):
        if field.name == "weight" and "weight_percent" in rows:  # others may be fractions
            written[at] = [f"{cell}%" if percent else cell for cell, percent in zip(
                written[at], rows["weight_percent"], strict=True)]
    if for_spreadsheets:
        written = [escape_formulas(_unmistakable(field, cells))
                   for field, cells in zip(fields, written, strict=True)]
    writer.writerows(zip(*written, strict=True))
    return text.getvalue()


def _unmistakable(field: Field, written: list[str]) -> list[str]:
    """The cells of a column so that it is read as it is meant: shares that could be fractions of 1
    with their sign, and numbers that could be thousands with one more digit."""
    if field.name in SHARES:
        values = [float(cell) for cell in written if cell]
        if any(0 < value < 1 for value in values) or max(values, default=0) == 1:
            return [cell and f"{cell}%" for cell in written]
    if field.name in _MEASURED:
        return [f"{cell}0" if _THREE_DECIMALS.fullmatch(cell) else cell for cell in written]
    return written


def _kept(name: str, rows: pd.DataFrame) -> dict[str, list[Any]]:
    """The numbers of rows, unless they are counted from the header on, and which table further
    rows stood in."""
    kept: dict[str, list[Any]] = {}
    if rows["row"].tolist() != list(range(2, len(rows) + 2)):
        kept[_ROW] = rows["row"].tolist()
    if _OF_TABLE in rows and (rows[_OF_TABLE] != name).any():
        kept[_OF_TABLE] = rows[_OF_TABLE].tolist()
    return kept


def _cells(field: Field, values: pd.Series) -> list[str]:
    """One column as text for the file, blank where unknown."""
    if field.kind == "date":
        days = values.to_numpy().astype("datetime64[D]")
        return ["" if day == "NaT" else day for day in np.datetime_as_string(days).tolist()]
    if field.kind == "number":
        return [_number(value) for value in values.tolist()]
    if field.kind == "bool":
        return ["" if value is pd.NA else "yes" if value else "no" for value in values.tolist()]
    text = values.fillna("").tolist()
    if field.name == "strength":  # the word “none” was written as 0
        return ["0" if word == "none" else word for word in text]
    return [cell.replace("\0", "\ufffd") for cell in text]  # a text file has no NUL


def _number(value: float) -> str:
    """The shortest text that is read as exactly this number: 1200, 0.1, 1e+22."""
    return "" if value != value else repr(float(value)).removesuffix(".0")


def _settings_to_keep(settings: Settings) -> Settings:
    """The settings that apply to tables with our names. Roles are stored as written, so the mapping
    of their words is needed too."""
    roles = settings.values.get("assignments", {}).get("role", {})
    return replace(settings, tables={}, columns={}, fixed={}, exports={}, same={}, merge={},
                   template=None, values={"assignments": {"role": roles}})


# -- reading ---------------------------------------------------------------------------------------

def _read_entries(content: bytes, name: str) -> dict[str, bytes]:
    """The content of each entry. Raises SourceError for an entry that snapshots do not have."""
    try:
        entries = Entries(content, Allowance(MOST_BYTES), MOST_ENTRIES)
        for entry in entries.names:
            if entry not in _NAMES:
                raise SourceError(f"{name} holds {entry!r}, which no snapshot has")
        return {entry: entries.read(entry) for entry in entries.names}
    except (BadZip, TooLarge) as error:
        raise SourceError(f"{name} cannot be read as a snapshot: {error}") from None
