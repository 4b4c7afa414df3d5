"""Columns whose header nobody knows, and what they must be beside those that are known (FORMATS
section 2)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd

from orgdata.model.intake import MEANINGS
from orgdata.model.words import normalise_word
from orgdata.sources.intake.asked import COUNTED, Asked, column_key
from orgdata.sources.intake.headers import Header, is_nothing
from orgdata.sources.intake.headless import KnownNames, length
from orgdata.sources.intake.levels import tells_levels
from orgdata.sources.intake.part import Part
from orgdata.sources.intake.spoken import is_role
from orgdata.sources.intake.values import Values, rows_looked_at

_OTHERWISE = "other"  # the answer that a column is not what it seems
_FILLED, _OTHER, _MOST = 0.8, 0.5, 0.6  # shares of the cells: filled; of numbers, days or marks
_CODE = re.compile(r"[A-Za-z]{1,4}[ .-]?\d{1,4}")
_NUMBER = re.compile(r"[A-Za-z]{0,4}[ .-]?\d{1,4}")
_TITLE_WORDS = 1.5  # of a cell on average, from which on it may be the title of a goal
_FEW_ROWS = 4  # in which each may have another word
_TITLED = frozenset("product objective key_result goal title person item".split())
_OF_GOALS = frozenset("objective key_result goal target baseline".split())
_ONLY_PRODUCTS = frozenset("stage spend fte revenue bau_pct".split())
_MAY_BE_OTHER = ((), ("type",), ("team",))  # “TIME” may be no Portuguese team
_BY_VALUES: Mapping[str, Callable[[str], object]] = {
    "strategic_role": is_role, "tier": re.compile("p[0-4]").fullmatch}
_DESCRIBE_PRODUCTS = _ONLY_PRODUCTS | frozenset("product_manager strategic_role area".split())


def with_missing_title(sheet: str, headers: dict[str, Header], values: Mapping[str, Values],
                       frame: pd.DataFrame, asked: Asked, is_matrix: bool) -> dict[str, Header]:
    """The headers, with the title that they leave open: asked. `is_matrix`: whether columns beside
    them hold marks."""
    for name, guess in (_untitled(headers, values, frame)
                        or (_of_matrix(headers, values) if is_matrix else {})).items():
        options = {guess: MEANINGS[guess], _OTHERWISE: "something else"}
        examples = frame[name].str.strip().unique()[:2].tolist()
        text = f"“{_shown(name, examples)}”: is it the {MEANINGS[guess].lower()}?"
        if asked.ask(column_key(sheet, name), text, options, guess, examples,
                     4 * len(frame)) == guess:
            headers = {**headers, name: replace(headers[name], meanings=(guess,))}
    return headers


def with_references(main: str, headers: dict[str, Header], frame: pd.DataFrame,
                    known: KnownNames) -> dict[str, Header]:
    """The headers, with what columns refer to whose header says nothing: the products of goals, the
    company goals of both, by their names."""
    has = {meaning for header in headers.values() for meaning in header.meanings[:1]}
    wanted = {"product": {"outcome"}, "outcome": {"product"}, "objective": {"product", "outcome"},
              "key_result": {"product", "outcome"}}.get(main, set()) - has
    rows = rows_looked_at(len(headers))
    return {name: replace(header, meanings=(meant,)) if not header.meanings and wanted and not (
        is_nothing(header.written)) and (meant := known.meant(frame[name], rows)) in wanted else
        header for name, header in headers.items()}


def with_told_by_values(headers: dict[str, Header], values: Mapping[str, Values],
                        frame: pd.DataFrame) -> dict[str, Header]:
    """The headers, with what a column of an unknown header, or of kinds, holds whose cells are all
    roles of products, or priorities such as P0, where no other column tells of these."""
    has = {meaning for header in headers.values() for meaning in header.meanings}
    for name, header in headers.items():
        if header.meanings[:1] not in _MAY_BE_OTHER or header.period or not (
                values[name].filled) or is_nothing(header.written) or (
                values[name].distinct == 1 and len(frame) > _FEW_ROWS):
            continue
        words = {normalise_word(word) for word in frame[name].str.strip().unique() if word}
        least = 1 if header.meanings[:1] in ((), ("type",)) else _MOST
        meant = next((meaning for meaning, holds in _BY_VALUES.items() if meaning not in has
                      and sum(map(bool, map(holds, words))) >= least * len(words)), "")
        if meant:
            headers, has = {**headers, name: replace(header, meanings=(meant,))}, {*has, meant}
    return headers


def with_named_bets(headers: dict[str, Header], values: Mapping[str, Values],
                    frame: pd.DataFrame) -> dict[str, Header]:
    """The headers, with the names of a company's bets as its goals where "Bet" stands above names
    that differ rather than above roles of products, and nothing else names the rows."""
    bets = [name for name, header in headers.items() if header.meanings[:1] == ("strategic_role",)
            and values[name].filled >= _FILLED and values[name].distinct == 1
            and not any(is_role(normalise_word(cell)) for cell in frame[name].unique())]
    titled = {meaning for header in headers.values() for meaning in header.meanings[:1]} & _TITLED
    return headers if titled or len(bets) != 1 or len(frame) < 2 else {
        **headers, bets[0]: replace(headers[bets[0]], meanings=("outcome",))}


def with_links(headers: dict[str, Header]) -> dict[str, Header]:
    """The headers of a sheet without titles that has the ids of products and of company goals, as
    the products and goals that its rows link: "Product ID", "Goal ID"."""
    if {meaning for header in headers.values() for meaning in header.meanings[:1]} & _TITLED:
        return headers
    ids = {header.of: name for name, header in headers.items() if header.meanings[:1] == ("id",)}
    goal = ids.get("outcome") or ids.get("goal")
    if "product" not in ids or not goal:
        return headers
    meant = {ids["product"]: "product", goal: "outcome"}
    return {**headers, **{name: replace(headers[name], meanings=(meaning,), of="")
                          for name, meaning in meant.items()}}


def with_numbers(headers: dict[str, Header], frame: pd.DataFrame) -> dict[str, Header]:
    """The headers, with "Goal #" as the number of a goal where another column has its name."""
    names = [name for name, header in headers.items() if header.meanings[:1] and
             header.meanings[0] in _OF_GOALS | {"outcome"}]
    if len(names) < 2 or any(header.meanings[:1] == ("id",) for header in headers.values()):
        return headers
    numbered = [name for name in names if headers[name].meanings[0] in ("goal", "outcome") and all(
        map((_NUMBER if "#" in name else _CODE).fullmatch, frame[name].str.strip().unique()))]
    return {**headers, numbered[0]: replace(headers[numbered[0]], meanings=("id",))} if (
        len(numbered) == 1) else headers


def with_described(headers: dict[str, Header], values: Mapping[str, Values],
                   frame: pd.DataFrame) -> dict[str, Header]:
    """The headers of a list of objectives and key results, by a column of kinds, that calls their
    titles descriptions, and targets by a word for goals."""
    named = {name: header.meanings[0] for name, header in headers.items() if header.meanings}
    titled = {meaning for name, meaning in named.items() if meaning in _TITLED - {"product"}
              and values[name].number < _OTHER}
    described = [name for name, meaning in named.items() if meaning == "description"
                 and values[name].filled >= _FILLED]
    if titled or not described or tells_levels(headers, frame) != "key_result":
        return headers
    return {**headers, described[0]: replace(headers[described[0]], meanings=("title",))}


def refers(part: Part, known: KnownNames) -> bool:
    """Whether a column of a sheet whose header says nothing holds names that others tell of."""
    rows = rows_looked_at(len(part.headers))
    return any(known.meant(part.frame[name], rows) for name, header in part.headers.items()
               if name in part.frame and not header.meanings)


def _untitled(headers: Mapping[str, Header], values: Mapping[str, Values],
              frame: pd.DataFrame) -> dict[str, str]:
    """Columns whose header nobody knows, and what they must be, since the others describe products
    ("Game", "Stage", "Budget") or goals: the title, and of products the area where each of its
    names stands for several rows."""
    first = {one.meanings[0] for one in headers.values() if one.meanings}
    unknown = [name for name, one in headers.items() if not (
        one.meanings or one.period or is_nothing(one.written)) and values[name].filled
        and max(values[name].number, values[name].date, values[name].mark) < _OTHER]
    differing = [name for name in unknown if values[name].distinct == 1
                 and values[name].filled >= _FILLED]
    of_products = len(first & _DESCRIBE_PRODUCTS) > 1 and first & _ONLY_PRODUCTS
    areas = [name for name in unknown if _is_in_groups(frame[name])] if of_products else []
    found = dict.fromkeys(areas[:1], "area") if not first & {"area", "team"} else {}
    if first & _TITLED:
        return found if "product" in first and not first & _OF_GOALS else {}
    if "metric" in first and len(first & {"baseline", "target", "current"}) > 1:
        above = [name for name in unknown if values[name].filled < 1
                 and frame[name].head(1).str.strip().ne("").all()]
        return {name: "objective" for name in above[:1] if length(frame[name]) >= _TITLE_WORDS}
    start = next(iter(headers), "")
    if not differing or (values[start].distinct == 1 and headers[start].meanings == ("outcome",)):
        return {}
    if of_products:
        return {differing[0]: "product", **found}
    if len(first & {"baseline", "target", "current"}) > 1:
        title = max(differing, key=lambda name: length(frame[name]))
        above = [name for name in unknown if name != title and values[name].distinct < 1]
        return {title: "key_result", above[0]: "objective"} if above else {title: "objective"}
    return {}


def _shown(name: str, examples: list[str]) -> str:
    """A column as it is called, or by what it holds where it has no name."""
    return ", ".join([*filter(None, examples), "…"]) if COUNTED.fullmatch(name) else name


def _of_matrix(headers: Mapping[str, Header], values: Mapping[str, Values]) -> dict[str, str]:
    """The rows of a matrix that nothing names: products, as in most."""
    first = next(iter(headers), None)
    if first is None or any(header.meanings[:1] and header.meanings[0] in _TITLED | {"outcome"}
                            for header in headers.values()) or headers[first].meanings:
        return {}
    return {first: "product"} if values[first].distinct == 1 and (
        values[first].filled >= _FILLED) and values[first].number < _OTHER else {}


def _is_in_groups(column: pd.Series) -> bool:
    """Whether the cells are short labels of several rows each, one below the other."""
    cells = column.str.strip().mask(column.str.strip() == "").ffill().dropna()
    runs = int((cells != cells.shift()).sum())
    return bool(1 < runs == cells.nunique() <= 0.6 * len(cells)
                and cells.str.split().str.len().max() < 4)
