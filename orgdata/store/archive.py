"""A loaded portfolio as one zip of our own tables, and back: what a snapshot keeps.

The zip holds what was accepted, under our names: canonical words, ISO days, shortest exact
numbers, yes and no, and a settings.toml with what still has a meaning then. What was set aside,
unknown columns and the mappings of foreign names stay behind. Reading it back is ordinary reading
and validation, so whatever can be measured comes out the same.
"""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from orgdata.model.portfolio import Portfolio
from orgdata.model.schema import TABLES, Field, Table
from orgdata.model.settings import FILE_NAME, Settings, settings_of, to_toml
from orgdata.sources.limits import Allowance, TooLarge
from orgdata.sources.raw import RawSource, RawTable, SourceError
from orgdata.sources.text.delimited import NotDelimitedText, read_delimited
from orgdata.sources.zipped import BadZip, Entries
from orgdata.tabular.csv_safe import escape_formulas
from orgdata.validate import validate

MOST_ENTRIES = 50
MOST_BYTES = 1 << 30  # unpacked, all entries together
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say; the same content, the same bytes
_NAMES = frozenset([FILE_NAME, *(f"{name}.csv" for name in TABLES)])


def to_zip(portfolio: Portfolio, for_people: bool = False) -> bytes:
    """The accepted rows and the settings that matter. The same portfolio gives the same bytes.

    `for_people`: a text that a spreadsheet would take for a formula is written so that it is none.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in _files(portfolio, for_people):
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # on every system alike
            archive.writestr(entry, content)
    return packed.getvalue()


def from_zip(content: bytes, name: str) -> Portfolio:
    """The portfolio in such a zip, read and validated as any source; `name` is its source then.

    Raises SourceError or SettingsError, with one clear line, when it is no such zip.
    """
    entries = _unpacked(content, name)
    settings = replace(settings_of(entries.pop(FILE_NAME, b""), f"{name}, {FILE_NAME}"), file=None)
    tables: dict[str, RawTable] = {}
    for file, written in entries.items():
        table = file.removesuffix(".csv")
        try:
            tables[table] = read_delimited(written, table, file)
        except NotDelimitedText as error:
            raise SourceError(f"{name}: {file}: {error}") from None
    if not tables:
        raise SourceError(f"{name} holds none of our tables")
    return validate(RawSource(name, "snapshot", tables, settings))


def fingerprint(content: bytes) -> str:
    """SHA-256 of what a zip of ours holds: two that hold the same agree, however well each
    machine compresses."""
    digest = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            written = archive.read(entry)
            digest.update(f"{entry.filename}\n{len(written)}\n".encode())
            digest.update(written)
    return digest.hexdigest()


# -- writing ---------------------------------------------------------------------------------------

def _files(portfolio: Portfolio, for_people: bool) -> Iterable[tuple[str, bytes]]:
    """Settings first, then each table the source had, in the order of the schema."""
    yield FILE_NAME, to_toml(_still_meant(portfolio.settings)).encode()
    for name, table in TABLES.items():
        if name in portfolio.counts:
            yield f"{name}.csv", _csv(table, portfolio[name], for_people).encode()


def _csv(table: Table, rows: pd.DataFrame, for_people: bool) -> str:
    """Required columns, and those with a value in some row: the others say nothing."""
    if "role_as_written" in rows:  # a key of assignments, so two contributors stay two
        rows = rows.assign(role=rows["role_as_written"])
    fields = [f for f in table.fields if f.required or rows[f.name].notna().any()]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([f.name for f in fields])
    written = [_cells(f, rows[f.name]) for f in fields]
    written = [escape_formulas(column) for column in written] if for_people else written
    writer.writerows(zip(*written, strict=True))
    return text.getvalue()


def _cells(field: Field, values: pd.Series) -> list[str]:
    """One column as it stands in the file, blank where unknown."""
    if field.kind == "date":
        days = values.to_numpy().astype("datetime64[D]")
        return ["" if day == "NaT" else day for day in np.datetime_as_string(days).tolist()]
    if field.kind == "number":
        return [_number(value) for value in values.tolist()]
    if field.kind == "bool":
        return ["" if value is pd.NA else "yes" if value else "no" for value in values.tolist()]
    text = values.fillna("").tolist()
    if field.name == "strength":  # 0 was read as the word none, which is not one to write
        return ["0" if word == "none" else word for word in text]
    return [cell.replace("\0", "\ufffd") for cell in text]  # a text file has no NUL


def _number(value: float) -> str:
    """The shortest text that reads as exactly this number: 1200, 0.1, 1e+22."""
    return "" if value != value else repr(float(value)).removesuffix(".0")


def _still_meant(settings: Settings) -> Settings:
    """What the settings say of tables under our names. A role is kept as written, so how it is
    read has a meaning as well."""
    roles = settings.values.get("assignments", {}).get("role", {})
    return replace(settings, tables={}, columns={}, fixed={}, exports={}, same={}, merge={},
                   template=None, values={"assignments": {"role": roles}})


# -- reading ---------------------------------------------------------------------------------------

def _unpacked(content: bytes, name: str) -> dict[str, bytes]:
    """What each entry holds, of those that a snapshot has."""
    try:
        entries = Entries(content, Allowance(MOST_BYTES), MOST_ENTRIES)
        for entry in entries.names:
            if entry not in _NAMES:
                raise SourceError(f"{name} holds {entry!r}, which no snapshot has")
        return {entry: entries.read(entry) for entry in entries.names}
    except (BadZip, TooLarge) as error:
        raise SourceError(f"{name} cannot be read as a snapshot: {error}") from None
