"""Sheets whose first column holds the names of fields: a record in each other column, or cards
below one another (FORMATS section 3)."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from orgdata.model.fields import normalise_name
from orgdata.sources.intake.asked import COUNTED
from orgdata.sources.intake.headers import read_header
from orgdata.sources.sheets import Sheet
from orgdata.sources.text.delimited import header_names

_MOST = 60  # fields of a record, and columns of such records
_MOST_CARDS = 2_000  # rows of cards below one another
_KNOWN = 0.6  # share of the fields that must be known
_TITLES = frozenset(["product", "outcome", "objective", "title"])
_OF_PRODUCTS = frozenset(["product_manager", "spend", "stage", "strategic_role", "fte", "area",
                          "owner", "revenue"])
_CORNERS = frozenset(  # above the names of fields
    "attribute attributes field fields property item info merkmal attribut eigenschaft feld champ "
    "attribut caractéristique campo atributo kenmerk veld 項目".split())


def turned_round(sheet: Sheet) -> Sheet | None:
    """A sheet of such a kind with its records as rows; None for any other."""
    frame = sheet.table.frame
    if len(frame.columns) == 2 and 1 < len(frame) <= _MOST_CARDS:
        return _cards(sheet)
    return _columns(sheet) if 3 <= len(frame) <= _MOST and (
        2 < len(frame.columns) <= _MOST) else None


def _columns(sheet: Sheet) -> Sheet | None:
    """A record in each column."""
    frame = sheet.table.frame
    first, *others = map(str, frame.columns)
    fields = frame[first].str.strip().tolist()
    title = _title(first) or (_is_corner(first) and _of_fields(fields))
    if not title or 2 * sum(bool(read_header(name).meanings) for name in others) > len(others) or (
            not _are_fields(fields, 3)):
        return None
    names, _ = header_names([first if _title(first) else title, *fields])
    rows = frame[others].T
    turned = pd.concat([pd.Series(others, rows.index), rows], axis=1)
    turned = turned.set_axis(names, axis="columns").set_axis(
        range(2, len(others) + 2), axis="index").astype("str")
    shown = [name not in sheet.table.hidden for name in others]
    return _sheet(sheet, turned[shown])


def _cards(sheet: Sheet) -> Sheet | None:
    """Cards of two columns, each of which begins with the same field."""
    frame = sheet.table.frame
    if sheet.table.hidden:
        return None
    pairs = [tuple(map(str, frame.columns)), *frame.itertuples(index=False, name=None)]
    pairs = [(field.strip(), value.strip()) for field, value in pairs]
    if _is_corner(pairs[0][0]):
        pairs = pairs[1:]
    begins = normalise_name(pairs[0][0])
    fields = list(dict.fromkeys(field for field, _ in pairs))
    if not _title(pairs[0][0]) or not _are_fields(fields[1:], 2) or any(
            read_header(value).meanings for _, value in pairs[:1]):
        return None
    cards: list[dict[str, str]] = []
    for field, value in pairs:
        if normalise_name(field) == begins:
            cards.append({})
        if field in cards[-1]:
            return None
        cards[-1][field] = value
    rows = pd.DataFrame(cards, range(2, len(cards) + 2), dtype="str").fillna("")
    names, _ = header_names([*rows.columns])
    return _sheet(sheet, rows.set_axis(names, axis="columns").astype("str"))


def _title(field: str) -> str:
    """What a field names, where it is a title; else ""."""
    first = read_header(field).meanings[:1]
    return first[0] if first and first[0] in _TITLES else ""


def _is_corner(name: str) -> bool:
    return bool(COUNTED.fullmatch(name)) or normalise_name(name) in _CORNERS


def _of_fields(fields: Sequence[str]) -> str:
    """What records with such fields are: products, or nothing that we know."""
    known = {read_header(field).meanings[0] for field in fields if read_header(field).meanings}
    others = known & _TITLES - {"outcome"}  # a product may say which company goal it serves
    return "Product" if len(known & _OF_PRODUCTS) > 2 and not others else ""


def _are_fields(fields: Sequence[str], least: int) -> bool:
    """Whether texts are names of fields, for the most part."""
    known = {read_header(name).meanings[:1] for name in fields if name} - {()}
    return all(fields) and len(known) >= max(least, int(_KNOWN * len(fields)))


def _sheet(sheet: Sheet, frame: pd.DataFrame) -> Sheet:
    return replace(sheet, table=replace(sheet.table, frame=frame, hidden=frozenset(),
                                        exact_columns=frozenset(), gaps={}))
