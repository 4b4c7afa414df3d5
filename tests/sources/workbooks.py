"""Workbooks and zips as people and programs make them, in memory."""

import io
import zipfile
from collections.abc import Callable

import xlsxwriter


def book(fill: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    """A workbook that `fill` has filled."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as made:
        fill(made)
    return written.getvalue()


def sheets(**tables: list[list[object]]) -> bytes:
    """A workbook with a sheet per table; its cells are written as xlsxwriter takes them."""
    def fill(made: xlsxwriter.Workbook) -> None:
        for name, rows in tables.items():
            sheet = made.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return book(fill)


def zipped(files: dict[str, bytes | str], **options: object) -> bytes:
    """A zip of files by name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def edited(content: bytes, file: str, edit: Callable[[bytes], bytes | None]) -> bytes:
    """A zip in which one file was edited, or left out where `edit` says None."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    found = edit(files.pop(file))
    return zipped(files if found is None else files | {file: found},
                  compression=zipfile.ZIP_DEFLATED)
