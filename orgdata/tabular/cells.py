"""Text cells → typed values (METHOD section 1, "Reading cells" and "Fine points").

Every reader takes an arrow array of text in which blank is null, and returns values of the same
length with a mask of what could not be read. Work is done on whole columns, or once per distinct
value; a clean column of plain numbers is one arrow cast.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from orgdata.model.fields import LARGEST, SMALLEST
from orgdata.model.words import Vocabulary, normalise_word

Mask = npt.NDArray[np.bool_]

YES = frozenset(["yes", "y", "true", "t", "1", "x"])
NO = frozenset(["no", "n", "false", "f", "0"])
_TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
LONGEST = 80  # characters of a number or date; a longer cell is neither: no pattern is tried on it


def text(column: pd.Series) -> pa.Array:
    """Trimmed text, blank as null, as one arrow array of strings."""
    values = pa.array(column, type=pa.large_string(), from_pandas=True)  # as pandas keeps it
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if _may_hold_spaces(values):
        values = pc.utf8_trim_whitespace(values)
    blank = pc.equal(values, "")
    if not pc.any(blank).as_py():
        return values  # not a copy: of a large table it would be most of the memory
    return pc.if_else(blank, pa.scalar(None, values.type), values)


def _may_hold_spaces(values: pa.Array) -> bool:
    """Whether any byte may belong to a space. Ids, days and numbers hardly ever have one, and
    checking the bytes takes a tenth of the time of trimming each cell."""
    content = np.frombuffer(values.buffers()[2] or b"", dtype=np.uint8)
    return bool(len(content)) and bool(content.min() <= ord(" ") or content.max() > 127)


def missing(values: pa.Array) -> Mask:
    """Where a text array is blank."""
    return np.asarray(pc.is_null(values)) if values.null_count else np.zeros(len(values), bool)


def as_text(values: pa.Array) -> pd.Series:
    """A text array as a pandas column (str, missing where blank)."""
    return pd.Series(text_array(values))


def text_array(values: pa.Array) -> pd.api.extensions.ExtensionArray:
    """A text array as a pandas array: without an index, which frames would have to compare."""
    return pd.array(values, dtype=_TEXT)


def longer_than(values: pa.Array, most: int) -> Mask:
    """Where a text has more characters than that."""
    longest = pc.max(pc.binary_length(values)).as_py() or 0  # bytes: no less, and no text is read
    return (np.asarray(pc.fill_null(pc.greater(pc.utf8_length(values), most), False))
            if longest > most else np.zeros(len(values), dtype=bool))


def shortened(values: pa.Array, most: int) -> pa.Array:
    """Texts of at most so many characters: a longer one ends in an ellipsis."""
    start = pc.binary_join_element_wise(
        pc.utf8_slice_codeunits(values, 0, most - 1), pa.scalar("…", values.type),
        pa.scalar("", values.type))
    return pc.if_else(pc.greater(pc.utf8_length(values), most), start, values)


def without(values: pa.Array, where: Mask) -> pa.Array:
    """Text with some cells blank."""
    return pc.if_else(pa.array(where), pa.scalar(None, values.type), values)


# -- numbers ---------------------------------------------------------------------------------------

_PLAIN = r"^-?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)\s*+(?:(?P<before>[A-Z]{0,3}\p)\s*+)?(?P<sign2>[+-]?)"
    r"(?P<digits>[0-9][0-9.,'’\s]*+|\.[0-9]+)(?P<exponent>e[+-]?[0-9]+)?"
    r"\s*+(?P<suffix>k|m|bn)?\s*+(?P<after>\p|%)?".replace(r"\p", "[$€£¥₹₩₽₺₪₫฿₴₦₱¢]"),
    re.IGNORECASE,
)
_EXPONENT = {"k": "e3", "m": "e6", "bn": "e9"}


def numbers(values: pa.Array) -> tuple[npt.NDArray[np.float64], Mask]:
    """Numbers as people write them: separators, currency, k/M/bn, percent signs ("62%" is 62).

    Returns float64 with NaN where blank or unreadable, and the mask of the unreadable; these are
    also numbers beyond 1e15, infinite ones among them. Closer to 0 than 1e-15 is 0.
    """
    try:
        read = _to_numpy(pc.cast(values, pa.float64()))
    except pa.ArrowInvalid:
        read = _numbers_one_by_one(values)
    size = np.abs(read)
    unknown = ~(size <= LARGEST)  # arrow reads "inf" and "nan" too
    if unknown.any():
        read = np.where(unknown, np.nan, read)
    if (size < SMALLEST).any():
        read = np.where(size < SMALLEST, 0.0, read)
    return read, unknown & ~missing(values)


def _numbers_one_by_one(values: pa.Array) -> npt.NDArray[np.float64]:
    plain = pc.fill_null(pc.match_substring_regex(values, _PLAIN), False)
    nothing = pa.scalar(None, values.type)
    read = _to_numpy(pc.cast(pc.if_else(plain, values, nothing), pa.float64()))
    codes, irregular = _distinct(pc.if_else(plain, nothing, values), number)
    return np.where(codes >= 0, np.append(irregular, np.nan)[codes], read)


def number(written: str) -> float:
    """One number as a person wrote it; NaN when it cannot be read."""
    match = len(written) <= LONGEST and _NUMBER.fullmatch(written.replace("\u2212", "-"))
    if not match or (match["sign"] and match["sign2"]):
        return np.nan
    digits = _plain_digits(match["digits"].strip())
    if digits is None or (match["before"] and match["after"]):
        return np.nan
    if match["exponent"] and match["suffix"]:
        return np.nan
    exponent = match["exponent"] or _EXPONENT.get((match["suffix"] or "").lower(), "")
    return float(f"{match['sign'] or match['sign2']}{digits}{exponent}")


def _plain_digits(digits: str) -> str | None:
    """Digits with at most one decimal point, thousands separators taken out; None if garbled.

    The last of "." and "," is the decimal sign where both stand; a single comma is a thousands
    separator only before exactly three digits ("1,200"), and not after a lone 0 ("0,125").
    """
    compact = re.sub(r"(?<=[0-9])[\s'’](?=[0-9]{3}(?![0-9]))", "", digits)
    comma, dot = compact.count(","), compact.count(".")
    if comma and dot:
        decimal = max(",.", key=compact.rfind)
    elif comma == 1 and not re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", compact):
        decimal = ","
    else:
        decimal = "." if dot <= 1 else ","
    thousands = ",." [decimal == ","]
    whole, _, part = compact.partition(decimal)
    if thousands in whole:
        if not re.fullmatch(r"[0-9]{1,3}([,.][0-9]{3})+", whole):
            return None
        whole = whole.replace(thousands, "")
    plain = f"{whole}.{part}" if part else whole
    return plain if re.fullmatch(r"[0-9]*+\.?[0-9]*", plain) else None


# -- dates -----------------------------------------------------------------------------------------

_TIME = (r"(?:[T\s]\s*+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*+(?:[AP]M)?"
         r"\s*+(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?")
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}", re.IGNORECASE | re.ASCII)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_NUMERIC = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}",
                      re.IGNORECASE | re.ASCII)
_DAY_NAMED = re.compile(rf"(\d{{1,2}})[-/. ]+([A-Za-z]{{3,9}})\.?[-/., ]+(\d{{4}}|\d{{2}}){_TIME}",
                        re.IGNORECASE | re.ASCII)
_NAMED_DAY = re.compile(rf"([A-Za-z]{{3,9}})\.? +(\d{{1,2}})(?:st|nd|rd|th)?,? +(\d{{4}}){_TIME}",
                        re.IGNORECASE | re.ASCII)
_MONTHS = ("january february march april may june july august september october november "
           "december").split()
_EXCEL_DAY_ZERO = date(1899, 12, 30)


def dates(values: pa.Array) -> tuple[npt.NDArray[np.datetime64], Mask]:
    """Dates as people write them: days, NaT where blank or unreadable, and the mask of the
    unreadable.

    Day first or month first is decided for the whole column by a value above 12; undecided, or
    both proven, nothing of that form is read.
    """
    codes, distinct = _distinct(values, lambda word: word, dtype=object)
    order = day_order(distinct)
    days = np.array([_day(word, order) for word in distinct] + [None], dtype="datetime64[D]")
    read = days.astype("datetime64[s]")[codes]  # as tables hold them
    return read, np.isnat(read) & ~missing(values)


def day_order(words: "npt.NDArray[np.object_]") -> str | None:
    """'day' or 'month' where the column's numeric dates prove which comes first, else None."""
    short = (word for word in words if len(word) <= LONGEST)
    proven = {("day" if int(match[1]) > 12 else "month")
              for match in map(_NUMERIC.fullmatch, short)
              if match and (int(match[1]) > 12) != (int(match[3]) > 12)}
    return proven.pop() if len(proven) == 1 else None


def _day(word: str, order: str | None) -> date | None:
    if len(word) > LONGEST:
        return None
    try:
        if match := _ISO.fullmatch(word) or _COMPACT.fullmatch(word):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if _SERIAL.fullmatch(word):
            return _EXCEL_DAY_ZERO + timedelta(days=int(float(word)))
        if match := _NUMERIC.fullmatch(word):
            day, month = (match[1], match[3]) if order == "day" else (match[3], match[1])
            return order and date(_year(match[4]), int(month), int(day))  # type: ignore[return-value]
        if match := _DAY_NAMED.fullmatch(word):
            return date(_year(match[3]), _month(match[2]), int(match[1]))
        if match := _NAMED_DAY.fullmatch(word):
            return date(_year(match[3]), _month(match[1]), int(match[2]))
    except ValueError:
        return None
    return None


def _year(written: str) -> int:
    return int(written) if len(written) == 4 else 2000 + int(written) - 100 * (int(written) > 68)


def _month(written: str) -> int:
    matches = [month for month, name in enumerate(_MONTHS, 1)
               if written.lower() in (name, name[:3], name[:4])]
    return matches[0] if matches else 0  # month 0 makes date() raise ValueError: unreadable


# -- words and yes/no ------------------------------------------------------------------------------


def words(values: pa.Array, vocabulary: Vocabulary) -> tuple[pa.Array, Mask]:
    """Words as our vocabulary spells them, null where blank or not in it, and the mask of the
    latter."""
    canonical = _translate(values, lambda word: vocabulary.canonical(normalise_word(word)))
    return canonical, missing(canonical) & ~missing(values)


def mapped(values: pa.Array, mapping: Mapping[str, str]) -> pa.Array:
    """Text with words replaced by a mapping of the settings, as in `[values.TABLE.COLUMN]`."""
    return _translate(values, lambda word: mapping.get(normalise_word(word), word))


def booleans(values: pa.Array) -> tuple["pd.arrays.BooleanArray", Mask]:
    """Yes and no, missing where blank or unreadable, and the mask of the unreadable."""
    codes, distinct = _distinct(values, _boolean, dtype=object)
    answers = pd.array([None if code < 0 else distinct[code] for code in codes], dtype="boolean")
    return answers, np.asarray(answers.isna()) & ~missing(values)


def _boolean(written: str) -> bool | None:
    word = written.lower()
    return True if word in YES else False if word in NO else None


def _translate(values: pa.Array, read: Callable[[str], str | None]) -> pa.Array:
    encoded = pc.dictionary_encode(values)
    dictionary = pa.array([read(word) for word in encoded.dictionary.to_pylist()], values.type)
    return dictionary.take(encoded.indices)


def _distinct(values: pa.Array, read: Callable[[str], object],
              dtype: type = float) -> tuple[npt.NDArray[np.int32], npt.NDArray[Any]]:
    """Codes per cell (−1 where null) into the distinct values, each read once."""
    encoded = pc.dictionary_encode(values)
    codes = np.asarray(pc.fill_null(encoded.indices, -1))
    distinct: npt.NDArray[Any] = np.empty(len(encoded.dictionary), dtype=dtype)
    distinct[:] = [read(word) for word in encoded.dictionary.to_pylist()]
    return codes, distinct


def _to_numpy(values: pa.Array) -> npt.NDArray[np.float64]:
    return np.asarray(values.to_numpy(zero_copy_only=False), dtype=np.float64)
