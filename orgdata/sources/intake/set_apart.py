"""Rows of a list that are no records by what they say: what a column is for, and goals that were
dropped (FORMATS section 3)."""

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from orgdata.sources.intake.part import Part
from orgdata.sources.intake.shape import Shaped
from orgdata.sources.intake.values import Values
from orgdata.tabular.cells import Mask, any_matches

_AMOUNTS = 0.6  # share of the cells of a column, from which on words there are no value
_LEAST = 3  # cells of a row that says what the columns are for
_STOPPED = ("dropped|cancell?ed|descoped|abandoned|gestrichen|abgebrochen|eingestellt|verworfen|"
            "abandonné|annulé|supprimé|descartado|cancelad[oa]|abandonad[oa]|annullato|abbandonato|"
            "vervallen|geschrapt|中止")
_DROPPED = re.compile(rf"(?s).*\S\s?(?:[(\[（]\s?(?:{_STOPPED})\b[^()\[\]]{{0,40}}[)\]）]|"
                      rf"[–—-]\s(?:{_STOPPED}))|[(\[](?:{_STOPPED})[)\]].*|~~.*~~", re.IGNORECASE)
_LONGEST = 300  # characters of a title that are looked at


def without_explanations(shaped: Shaped, values: Mapping[str, Values]) -> Shaped:
    """A sheet without the row below its header that says what each column is for: "what we want",
    "who", "sums to 100%". It begins each cell with a small letter, and has words where the column
    has amounts or days."""
    if len(shaped.frame) <= _LEAST:
        return shaped
    row = shaped.frame.iloc[0].str.strip()
    filled = row[row != ""]
    of_amounts = [name for name in filled.index if name in values and max(
        values[name].number, values[name].date, values[name].light) >= _AMOUNTS]
    explains = len(filled) >= _LEAST and all(
        cell[0].islower() or cell[0] in "([" for cell in filled) and any(
        " " in filled[name] and not filled[name][0].isdecimal() for name in of_amounts)
    return shaped if not explains else Shaped(shaped.frame.iloc[1:], {
        **shaped.left_out, int(shaped.frame.index[0]): "it says what the columns are for"})


def without_dropped(part: Part) -> tuple[Part, dict[int, str]]:
    """A list of goals without those whose title says that they were dropped, and why, by row; what
    stands below a dropped objective is dropped with it."""
    if part.main not in ("objective", "key_result"):
        return part, {}
    dropped = pd.Series(False, index=part.frame.index)
    for meaning in ("objective", "key_result"):
        if meaning in part:
            dropped |= _are_dropped(part.cells(meaning))
    if not dropped.any():
        return part, {}
    return replace(part, frame=part.frame[~dropped]), dict.fromkeys(
        map(int, part.frame.index[dropped]), "its title says that it was dropped")


def _are_dropped(titles: pd.Series) -> Mask:
    if not any_matches(titles, f"(?i){_STOPPED}|~~"):
        return np.zeros(len(titles), dtype=np.bool_)
    short = titles.where(titles.str.len() <= _LONGEST, "")
    told = {title: bool(_DROPPED.fullmatch(title)) for title in short.unique()}
    return np.asarray(short.map(told), dtype=np.bool_)
