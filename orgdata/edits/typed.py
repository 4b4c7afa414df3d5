"""What somebody types into a cell, refused where its column could not be read from it."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from orgdata import formats
from orgdata.edits.edit import SHOWN, EditError
from orgdata.edits.now import Now
from orgdata.model import labels
from orgdata.model.fields import Field
from orgdata.model.schema import TABLES
from orgdata.tabular.columns import read_column


def check_typed(now: Now, table: str, values: Mapping[str, str]) -> None:
    """Refuse texts that a column of a table cannot be read from, or that name nothing. Blank ones,
    and columns that there are not, are left to the edit. Raises EditError, with what would be
    right."""
    fields = TABLES[table].by_name if table in TABLES else {}
    for column, text in values.items():
        if column not in fields or not (text := text.strip()):
            continue
        if expected := _expected(fields[column], text):
            raise EditError(f"{formats.sentence_case(labels.column(column))}: expected {expected}, "
                            f"found {formats.clipped(text, SHOWN)!r}")
        if (of := fields[column].references) and of != table and now.portfolio(of).tracked(of):
            now.row(of, **{TABLES[of].key[0]: text})


def _expected(field: Field, text: str) -> str:
    """What a cell should say instead of this text; "" where it can be read."""
    read = read_column(field, pa.array([text], pa.large_string()))
    if field.kind == "number" and np.any(read.unreadable.where):
        return f"a number{field.example and f' such as {field.example}'}"
    return next((fault.expected for fault in (read.unreadable, *read.other_faults)
                 if np.any(fault.where)), "")
