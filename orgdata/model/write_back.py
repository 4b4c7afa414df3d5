"""`[write_back]` of the settings: what may be written to a database, and by which URL."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from orgdata.model.fields import normalise_name
from orgdata.model.schema import TABLES
from orgdata.model.toml import shown

OF_ENVIRONMENT = "environment:"  # before the name of the variable that holds the URL
_EXPECTED = ("write_back.url should be the URL of a database, or environment:NAME for one in a "
             "variable")


@dataclass(frozen=True)
class WriteBack:
    """Where corrections may be written, and which columns of our tables; it may hold a password."""

    url: str = field(repr=False)  # or `environment:` and the name of the variable that holds it
    tables: Mapping[str, frozenset[str]]


def read_write_back(section: Mapping[str, Any]) -> WriteBack | None:
    """The section, None where it is empty. Raises ValueError that says which key and what was
    expected, and shows no URL."""
    if not section:
        return None
    url, tables = section.get("url"), section.get("tables")
    if not isinstance(url, str) or not re.fullmatch(r"environment:[A-Za-z_]\w*|[a-z][\w+]*://.*",
                                                    url):
        raise ValueError(_EXPECTED)
    if other := set(section) - {"url", "tables"}:
        raise ValueError(f"write_back has url and tables, found {shown(min(other))}")
    if not isinstance(tables, Mapping) or not tables:
        raise ValueError('write_back.tables should name tables and their columns, like {products = '
                         f'["annual_spend"]}}, found {shown(tables)}')
    return WriteBack(url, {normalise_name(table): _columns(table, columns)
                           for table, columns in tables.items()})


def _columns(table: str, columns: object) -> frozenset[str]:
    known = TABLES.get(normalise_name(table))
    if known is None:
        raise ValueError(f"write_back.tables.{table} is no table; expected one of "
                         f"{', '.join(TABLES)}")
    if not isinstance(columns, list) or not columns or not all(
            isinstance(column, str) for column in columns):
        raise ValueError(f"write_back.tables.{table} should be a list of columns, found "
                         f"{shown(columns)}")
    names = [field.name for field in known.fields]
    if wrong := next((column for column in columns if normalise_name(column) not in names), None):
        raise ValueError(f"write_back.tables.{table} names {shown(wrong)}, which is no column of "
                         f"{known.name}; expected some of {', '.join(names)}")
    return frozenset(map(normalise_name, columns))
