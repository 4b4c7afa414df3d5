"""The values of key results as people write them (FORMATS section 4)."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from orgdata.sources.intake.headers import Header
from orgdata.sources.intake.part import Part
from orgdata.sources.intake.spoken import lights
from orgdata.sources.intake.targets import with_plain_targets
from orgdata.sources.intake.units import in_other_units, unit_above, units_of
from orgdata.sources.intake.values import SCALES, number_with_remark, scaled
from orgdata.sources.intake.wide import last_filled
from orgdata.sources.vendors.records import map_distinct
from orgdata.tabular import cells
from orgdata.tabular.numbers import numbers

_YES = frozenset("yes y ja oui sí si sim true ✓ ✔".split())
_NO = frozenset("no n nein non não false".split())
_LONGEST = 500
_VALUE = r"(?:[$€£¥]|[A-Z]{3} )?\d[\d.,]{0,15}\s?(?:%|[^\W\d_]{1,3}\b)?"
_TO = "to|auf|zu|naar|à|a|para|al"
_FROM_TO = re.compile(rf"\b(?:from|von|de|da|van)\s(?P<baseline>{_VALUE})\s(?:{_TO})\s"
                      rf"(?P<target>{_VALUE})", re.IGNORECASE)
_ARROW = re.compile(rf"(?<![\d.,])(?P<baseline>{_VALUE})\s?(?:→|->|=>|➔|⇒|から)\s?"
                    rf"(?P<target>{_VALUE})")
_OUT_OF = re.compile(r"^(\d{1,3}(?:[.,]\d{1,2})?) ?/ ?(\d{1,3})$")
_MAY_SAY_FROM = r"(?i)(?:from|von|de|da|van)[^0-9A-Za-z]|→|->|=>|➔|⇒|から"  # others are not read


@dataclass(frozen=True)
class ResultValues:
    """The values of each record's key result, and why those of some rows are not compared."""

    baseline: pd.Series
    target: pd.Series
    current: pd.Series
    kind: pd.Series  # key_results.kr_type, as far as the values tell
    unit: pd.Series
    status: pd.Series
    not_compared: Mapping[int, str]
    scale: str  # of values by time, one of SCALES or ""
    said: tuple[str, ...]  # how the headers were used, in words


def values_of(part: Part, titles: "pd.Series | None" = None,
              yes_or_no: Collection[object] = ()) -> ResultValues:
    """The values of a sheet of goals. Yes and no are 1 and 0; per cent done without a target is
    progress of 100; values in different units, or beside a target in words, are not compared.
    `titles` that say from where to where fill what is blank. `yes_or_no`: rows of which another
    list says that their target is yes."""
    read = {name: part.cells(name, f"key_result.{name}") for name in (
        "baseline", "target", "current")}
    multiples = with_plain_targets(read, titles)
    read = {name: number_with_remark(written)[0] for name, written in read.items()}
    headers = _headers_of(part)
    if part.targets:
        read["target"] = number_with_remark(last_filled(part.frame, part.targets))[0]
    if part.months:
        latest = last_filled(part.frame, [column for column, _ in part.months])
        read["current"] = cells.either(read["current"], number_with_remark(latest)[0])
    _without_full_marks(read)
    scale, said = _common_scale(headers)
    read = {name: scaled(text, headers[name].scale or scale if name in headers else scale)
            for name, text in read.items()}
    progress = part.cells("progress")
    if "target" not in part and _is_progress(part):  # mapped as the current value, but called so
        progress, read["current"] = read["current"], progress
    if "current" not in part and not part.months and _are_values(progress, read):
        progress, read["current"] = read["current"], number_with_remark(progress)[0]
    only_progress = (progress != "") & (read["target"] == "") & (read["current"] == "")
    if titles is not None:
        _fill_from_titles(read, cells.only_where(titles, ~only_progress))
    unit = cells.either(part.cells("unit"), units_of(read))
    unit = cells.either(unit, unit_above([*headers.values()]))
    if only_progress.any():
        hundredths = _of_hundred(progress[only_progress])
        read["current"] = read["current"].where(~only_progress, hundredths).fillna("").astype("str")
        read["target"] = read["target"].mask(only_progress, "100")
        read["baseline"] = read["baseline"].mask(only_progress, "0")
        unit = unit.mask(only_progress, "%")
    binary = (map_distinct(read["target"], _yes_or_no) != "") | progress.index.isin([*yes_or_no])
    kind = pd.Series("", index=progress.index, dtype="str").mask(binary, "binary")
    if binary.any():
        read = {name: text.where(~binary, map_distinct(text, _yes_or_no)).astype("str")
                for name, text in read.items()}
    not_compared = _in_words(read, binary) | in_other_units(read)
    compared = ~progress.index.isin(list(not_compared))
    if not_compared:
        read = {name: cells.only_where(text, compared) for name, text in read.items()}
    return ResultValues(read["baseline"], read["target"], read["current"],
                        cells.either(kind, part.cells("kr_type")),
                        cells.only_where(unit, ~binary & compared),
                        lights(part.cells("status", "key_result.status")), not_compared, scale,
                        (*said, *multiples))


def _without_full_marks(read: dict[str, pd.Series]) -> None:
    """Values such as 3.9/5 and 4.5/5 of one row without the 5 that all of them are out of."""
    found = {name: text.str.extract(_OUT_OF) for name, text in read.items()
             if text.str.contains("/", regex=False).any()}
    if len(found) < 2:
        return
    most = pd.DataFrame({name: parts[1] for name, parts in found.items()})
    alike = (most.nunique(axis=1) == 1) & (most.count(axis=1) > 1) & (
        pd.DataFrame({name: (read[name] == "") | most[name].notna() if name in most else
                      read[name] == "" for name in read}).all(axis=1))
    for name, parts in found.items():
        read[name] = read[name].mask(alike & parts[0].notna(), parts[0]).astype("str")


def _headers_of(part: Part) -> dict[str, Header]:
    """The headers of the columns with values, by the value that they hold."""
    columns = {name: part.column(name) or part.column(f"key_result.{name}")
               for name in ("baseline", "target", "current")}
    columns["target"] = columns["target"] or next(iter(part.targets), None)
    columns["current"] = columns["current"] or next((name for name, _ in part.months), None)
    return {name: part.headers[column] for name, column in columns.items()
            if column is not None and column in part.headers}


def _common_scale(headers: Mapping[str, Header]) -> tuple[str, tuple[str, ...]]:
    """The scale of all values where only one is said, as in "Start | Target ($k) | Now", "" where
    none or several are; and what is said of it."""
    scales = {header.scale for header in headers.values() if header.scale}
    return next(iter(scales)) if len(scales) == 1 else "", tuple(
        f"{header.written}: numbers are read times {SCALES[header.scale]}, as its header says."
        for header in headers.values() if header.scale)


def _yes_or_no(cell: str) -> str:
    """1 for yes, 0 for no, blank for anything else."""
    word = cell.casefold()
    return "1" if word in _YES else "0" if word in _NO else ""


def _is_progress(part: Part) -> bool:
    column = part.column("current")
    return column is not None and part.headers[column].meanings[:1] == ("progress",)


def _are_values(progress: pd.Series, read: Mapping[str, pd.Series]) -> bool:
    """Whether what is called progress is the value of each key result, between its baseline and its
    target: 41 of 12 to 60."""
    value, start, end = (numbers(cells.text(text)).values for text in (
        progress, read["baseline"], read["target"]))
    known = ~np.isnan(value + start + end)
    value, start, end = value[known], start[known], end[known]
    return bool(len(value) > 1 and ((start != 0) | (end != 100)).any() and (
        (value >= np.minimum(start, end)) & (value <= np.maximum(start, end))).all())


def _fill_from_titles(read: dict[str, pd.Series], titles: pd.Series) -> None:
    """Fill blank baselines and targets from titles such as "Churn from 5% to 3%"."""
    if not pc.any(pc.match_substring_regex(cells.as_written(titles), _MAY_SAY_FROM)).as_py():
        return
    start = titles.str.slice(0, _LONGEST)
    some = start[start.str.contains(_MAY_SAY_FROM)]
    found = some.str.extract(_FROM_TO).dropna()
    found = pd.concat([found, some.drop(found.index).str.extract(_ARROW).dropna()])
    if not len(found):
        return
    found = found.reindex(titles.index)
    for name in ("baseline", "target"):
        read[name] = read[name].where(read[name] != "", found[name].fillna("")).astype("str")


def _of_hundred(progress: pd.Series) -> pd.Series:
    """Progress in per cent: fractions where no value exceeds 1."""
    read = numbers(cells.text(progress))
    plain = read.values[~read.percent & ~np.isnan(read.values)]
    if len(plain) and plain.max() <= 1 and ((plain > 0) & (plain < 1)).any():
        return pd.Series([f"{value if percent else value * 100:.12g}" if value == value else ""
                          for value, percent in zip(read.values, read.percent, strict=True)],
                         index=progress.index, dtype="str")
    return progress.str.removesuffix("%").str.strip()


def _in_words(read: Mapping[str, pd.Series], binary: pd.Series) -> dict[int, str]:
    """Rows whose target is in words other than yes and no."""
    target = read["target"]
    unread = target[numbers(cells.text(target)).unreadable & ~binary]
    words = unread[unread.str.contains(r"[^\W\d_]{2}", regex=True)]
    return {int(str(row)): f"its target is “{cell}”: what stands beside it is not compared"
            for row, cell in words.items()}
