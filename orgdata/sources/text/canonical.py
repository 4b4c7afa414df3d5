"""A delimited text in one canonical form, in which a change of a cell is a change of a line."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest

from orgdata.model.fields import Table
from orgdata.sources.text.delimited import NotDelimitedText, as_utf8, header_names
from orgdata.sources.text.start import from_header
from orgdata.tabular.columns import match_columns

_DIGITS = re.compile(r"([0-9]+)")
_QUOTED = re.compile(r'[,"\r\n]')
Key = tuple[tuple[tuple[str, int, str, str], ...], ...]


def canonical(content: bytes, table: Table, mapping: Mapping[str, str]) -> bytes:
    """The cells of a file of a table, each as it is written there: our columns in the order of the
    table before others in theirs, rows by their key, commas, quotation marks where needed, line
    feeds, UTF-8. `mapping`: ours → theirs.

    Raises NotDelimitedText, with what stands in the way, for a file of which a cell would be lost.
    """
    start = from_header(as_utf8(content))
    if not start.text.strip():
        raise NotDelimitedText("the file is empty; expected a header row")
    if start.header.names:
        raise NotDelimitedText("its header is no single row")
    if any(cell.strip() for row in start.above for cell in row):
        raise NotDelimitedText("there are rows above its header")
    header, *rows = _records(start.text, start.delimiter)
    if long := next((row for row in rows if any(cell.strip() for cell in row[len(header):])), None):
        raise NotDelimitedText(f"a row has {len(long)} cells, the header {len(header)}: "
                               f"{','.join(long)[:60]}")
    names, _ = header_names(header)
    chosen, _ = match_columns(table, names, mapping)
    ours = [names.index(chosen[field.name]) for field in table.fields if field.name in chosen]
    filled = {at for row in rows for at, cell in enumerate(row) if cell.strip()}
    columns = [*dict.fromkeys([*ours, *range(len(header))])]
    columns = [at for at in columns if at in filled or header[at].strip()]
    cells = [[row[at] if at < len(row) else "" for at in columns] for row in rows]
    key = [columns.index(names.index(chosen[name])) for name in table.key if name in chosen]
    cells.sort(key=_by(key))
    quoted = content.lstrip(b"\xef\xbb\xbf").startswith(b'"')
    return _written([[header[at] for at in columns], *cells], quoted)


def _records(text: bytes, delimiter: str) -> list[list[str]]:
    """The header and the rows that are not blank. Raises NotDelimitedText where quotation marks
    leave open what a cell is."""
    records = csv.reader(io.StringIO(text.decode(), newline=""), delimiter=delimiter, strict=True)
    try:
        return [next(records), *(row for row in records if any(map(str.strip, row)))]
    except csv.Error as error:
        raise NotDelimitedText(f"line {records.line_num}: {error}") from None


def _by(places: Sequence[int]) -> Callable[[Sequence[str]], Key]:
    """What rows are ordered by: P2 before P10. Rows with the same key stay in their order, since of
    these the first counts."""
    def key(row: Sequence[str]) -> Key:
        return tuple(tuple(
            (text, len(number := digits.lstrip("0")), number, digits) for text, digits in
            zip_longest(parts[::2], parts[1::2], fillvalue="")) for parts in (
                _DIGITS.split(row[at].strip()) for at in places))
    return key


def _written(rows: Sequence[Sequence[str]], quoted: bool) -> bytes:
    """Rows as CSV. `quoted`: the file had a quotation mark before its first cell, by which a `'`
    before what could be a formula is known as none of the text (FORMATS section 2): where there is
    such a `'`, that mark stays."""
    mark = quoted and any(cell.startswith("'") for row in rows for cell in row)
    lines = [",".join(map(_cell, row)) for row in rows]
    if mark and not lines[0].startswith('"'):
        first = rows[0][0]
        lines[0] = f'"{first}"{lines[0][len(first):]}'
    return "".join(f"{line}\n" for line in lines).encode()


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
