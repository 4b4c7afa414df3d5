"""Change cells of a delimited file and leave every other byte of it as it is."""

import csv
import io
from collections.abc import Collection, Mapping

from orgdata.model.fields import normalise_name
from orgdata.sources.text.delimited import NotDelimitedText, as_utf8, encoding_of
from orgdata.sources.text.start import DELIMITERS, from_header
from orgdata.tabular.csv_safe import escape_formulas

Cells = Mapping[int, Mapping[str, str]]  # row number → column as the file names it → text


def rewritten(content: bytes, cells: Cells, added: Cells, ended: Collection[int]) -> bytes:
    """The file with other texts in some cells, rows added below, and rows taken out.

    Columns that the header lacks are put behind the others. Raises NotDelimitedText where the
    header is no single row, or the file's encoding lacks a letter of the new texts.
    """
    text = as_utf8(content)
    start = from_header(text)
    if start.unwrapped or start.header.names:
        raise NotDelimitedText("its header is no single row")
    body = start.text.decode()
    records = records_of(body, start.delimiter)
    end = next((ending for ending in ("\r\n", "\n", "\r") if records[0].endswith(ending)), "\n")
    names = cells_of(records[0].rstrip("\r\n"), start.delimiter)
    columns = {normalise_name(read_cell(name)): at for at, name in enumerate(names)}
    wanted = dict.fromkeys(column for row in [*cells.values(), *added.values()] for column in row)
    new = [column for column in wanted if normalise_name(column) not in columns]
    columns |= {normalise_name(column): len(names) + at for at, column in enumerate(new)}
    out = [_changed(records[0], {len(names) + at: column for at, column in enumerate(new)},
                    start.delimiter)]
    for number, record in enumerate(records[1:], start.first + 1):
        if number not in ended:
            texts = {columns[normalise_name(column)]: written
                     for column, written in cells.get(number, {}).items()}
            out.append(_changed(record, texts, start.delimiter))
    for _, row in sorted(added.items()):
        if not out[-1].endswith(("\r", "\n")):
            out[-1] += end
        blank = start.delimiter * (len(names) + len(new) - 1) + end
        out.append(_changed(blank, {columns[normalise_name(column)]: written for column, written
                                    in row.items() if written}, start.delimiter))
    return _encoded(content, text[:len(text) - len(start.text)].decode() + "".join(out))


def records_of(body: str, delimiter: str) -> list[str]:
    """The records of a text as written, with their line ends."""
    lines = io.StringIO(body, newline="").readlines()
    reader, records, done = csv.reader(iter(lines), delimiter=delimiter), [], 0
    for _ in reader:
        records.append("".join(lines[done:reader.line_num]))
        done = reader.line_num
    return records


def cells_of(record: str, delimiter: str) -> list[str]:
    """The cells of a record as written, with their quotation marks."""
    cells, begin, quoted = [], 0, False
    for at, letter in enumerate(record):
        if (letter == '"' and (quoted or at == begin)) or (letter == '"' and record[at - 1] == '"'):
            quoted = not quoted
        elif letter == delimiter and not quoted:
            cells.append(record[begin:at])
            begin = at + 1
    return [*cells, record[begin:]]


def read_cell(written: str) -> str:
    """A cell without its quotation marks."""
    return next(iter(csv.reader([written])), [""])[0] if written.startswith('"') else written


def _changed(record: str, texts: Mapping[int, str], delimiter: str) -> str:
    if not texts:
        return record
    line = record.rstrip("\r\n")
    cells = cells_of(line, delimiter)
    cells += [""] * (max(texts) + 1 - len(cells))
    for at, text in texts.items():
        safe, = escape_formulas([text])
        quoted = (cells[at].startswith('"') or safe != text
                  or any(sign in safe for sign in f'{delimiter}{DELIMITERS}"\r\n'))
        cells[at] = '"' + safe.replace('"', '""') + '"' if quoted else safe
    return delimiter.join(cells) + record[len(line):]


def _encoded(content: bytes, text: str) -> bytes:
    """The text in the encoding of the file it came from, with its mark."""
    mark, encoding = encoding_of(content)
    try:
        return mark + text.encode(encoding)
    except UnicodeEncodeError:
        raise NotDelimitedText(f"a new text has letters that its encoding, {encoding}, "
                               "lacks") from None
