"""Text cells → numbers as people write them (METHOD section 1, *Numbers*).

Work is done on whole columns, or once per distinct value; a clean column of plain numbers is one
arrow cast. Which of comma and dot is the decimal sign is for the table to say: `decimal_votes`
tells which of them a column proves, and `numbers` reads it accordingly.
"""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from orgdata.model.fields import LARGEST, SMALLEST
from orgdata.tabular.cells import BLANK_WORDS, LONGEST, Mask, distinct, holds, missing

Decimal = Literal[".", ","]
_EXPONENTS = {
    **dict.fromkeys("k tsd thousand thousands".split(), "e3"),
    **dict.fromkeys("m mn mio million millions".split(), "e6"),
    **dict.fromkeys("b bn mrd billion billions".split(), "e9")}
# Glued to a suffix only these are a currency, for 12 BUGS are no billions
_CODES = "EUR|USD|GBP|CHF|JPY|CNY|INR|AUD|CAD|SEK|NOK|DKK|PLN|BRL"
_SIGNS = "[$€£¥₹₩₽₺₪₫฿₴₦₱¢]"
_LETTER = r"(?:[^\W\d_]|°)"
_BEFORE = {"sign": "[+-]", "bound": "<=|>=|[<>≤≥~±]",
           "money": f"[A-Za-z]{{0,3}}{_SIGNS}|[A-Z]{{3}}"}  # in any order, each once
_ANY_BEFORE = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _BEFORE.items()))
_NUMBER = re.compile(
    rf"(?P<before>(?:(?:{'|'.join(_BEFORE.values())})\s*+){{0,3}})"
    r"(?P<digits>[0-9][0-9.,'’\s]*+|[.,][0-9]+)(?P<exponent>[eE][+-]?[0-9]+)?"
    rf"\s*+(?:(?P<suffix>(?i:{'|'.join(sorted(_EXPONENTS, key=len, reverse=True))}))"
    rf"(?:(?!{_LETTER})\.?|(?=(?:{_CODES})(?!{_LETTER}))))?"
    rf"\s*+(?:[A-Za-z]{{0,3}}{_SIGNS}|[A-Z]{{3}}(?!{_LETTER}))?"
    rf"\s*+(?:(?:/\s*+|(?<=\s)){_LETTER}[^\s\d%()<>]*+|{_LETTER}{{1,3}}(?!{_LETTER}))?"
    r"\s*+(?P<percent>%)?")
_PLAIN = {".": r"^-?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$",
          ",": r"^-?[0-9]+([eE][+-]?[0-9]+)?$"}
_UNDECIDED = {sign: rf"^[+-]?([1-9][0-9]{{0,2}}|0[0-9]{{1,2}})\{sign}[0-9]{{3}}$" for sign in ".,"}
# Where one sign may speak for itself: behind the other, before other than three digits, behind no
# digit, a 0 or four; or two of the other
_MAY_SPEAK = (r"[O][0-9 '’\s]*[S]|[S]([0-9]{0,2}|[0-9]{4,})([^0-9]|$)|(^|[^0-9])0?[S]"
              r"|[0-9][0-9 '’\s]{3,}[S]|[S][0-9]*['’\s][0-9]|[O][0-9]{3}[O]")
_PART_OF = re.compile(r"(?P<done>[0-9]+)\s*+/\s*+(?P<all>[0-9]+)")
_BETWEEN_THOUSANDS = re.compile(r"(?<=[0-9])[\s'’](?=[0-9]{3}(?![0-9]))")
_SWAPPED = str.maketrans(",.", ".,")


@dataclass(frozen=True)
class Numbers:
    """A column of numbers: NaN where blank or unreadable, and which cells are which.

    `percent` says which were written with a percent sign; `regular`, that all are plain numbers.
    """

    values: npt.NDArray[np.float64]
    unreadable: Mask
    blank: Mask
    percent: Mask
    regular: bool

    def take(self, at: npt.NDArray[np.int64]) -> "Numbers":
        """The numbers at these positions."""
        return Numbers(self.values[at], self.unreadable[at], self.blank[at], self.percent[at],
                       self.regular)


class Written(NamedTuple):
    """One number as a person wrote it."""

    value: float
    percent: bool = False


UNREADABLE = Written(np.nan)


def numbers(values: pa.Array, decimal: Decimal = ".", column: str = "") -> Numbers:
    """Numbers as people write them: separators, currency, k/M/bn, units, percent ("62%" is 62).

    `column` is its name: what `3/5` means depends on it. Unreadable are also numbers beyond 1e15,
    infinite ones among them. Closer to 0 than 1e-15 is 0.
    """
    blank = missing(values)
    percent = np.zeros(len(values), dtype=bool)
    read = None if decimal == "," and holds(values, ".") else _cast(values)
    regular = read is not None
    if read is None:
        read, words, codes = _one_by_one(values, decimal)
        odd = [_written(word, decimal, column) for word in words]
        read = np.where(codes >= 0, np.array([*(one.value for one in odd), np.nan])[codes], read)
        percent = np.array([*(one.percent for one in odd), False])[codes]
        blank = blank | np.array([*(_is_blank(word) for word in words), False])[codes]
    size = np.abs(read)
    unknown = ~(size <= LARGEST)  # arrow reads "inf" and "nan" too
    if unknown.any():
        read = np.where(unknown, np.nan, read)
    if (size < SMALLEST).any():
        read = np.where(size < SMALLEST, 0.0, read)
    return Numbers(read, unknown & ~blank, blank, percent & ~unknown, regular)


def number(written: str) -> float:
    """One number as a person wrote it; NaN when it cannot be read."""
    return _written(written).value


def decimal_votes(values: pa.Array) -> tuple[bool, bool]:
    """Whether a comma, and whether a dot, speaks for itself as the decimal sign in any cell.

    It does where it is the last of both, stands before other than three digits, or after no digit,
    a single 0 or more than three digits; two or more of one sign speak for the other.
    """
    return _any_speaks(values, ","), _any_speaks(values, ".")


def _any_speaks(values: pa.Array, sign: str) -> bool:
    other = "." if sign == "," else ","
    if not (holds(values, sign) or holds(values, other)):
        return False
    near = pc.match_substring_regex(values, _MAY_SPEAK.replace("S", sign).replace("O", other))
    return any(_speaks(digits) == sign for word in pc.unique(values.filter(near)).to_pylist()
               if len(word) <= LONGEST and (digits := _digits(word, ".")) is not None)


def undecided(values: pa.Array, decimal: Decimal, regular: bool = False) -> Mask:
    """Where the decimal sign stands before exactly three digits and nothing in the cell proves that
    it is one: `1.200`, but not `0.125`. `regular`: all are plain numbers."""
    where = np.zeros(len(values), dtype=bool)
    if not holds(values, decimal):
        return where
    if regular:  # of these only the fourth byte from the end need be looked at
        near = np.flatnonzero(_byte_before_end(values, 4) == ord(decimal))
        where[near] = _matches(values.take(pa.array(near)), _UNDECIDED[decimal])
        return where
    plain = _matches(values, _UNDECIDED[decimal])
    others = _matches(values, rf"[0-9]\{decimal}[0-9]{{3}}([^0-9]|$)") & ~plain
    codes, words = distinct(values.filter(pa.array(others)),
                            lambda word: _is_undecided(word, decimal), bool)
    where[others] = words[codes]
    return where | plain


def _matches(values: pa.Array, pattern: str) -> Mask:
    return np.asarray(pc.fill_null(pc.match_substring_regex(values, pattern), False))


def _byte_before_end(values: pa.Array, back: int) -> npt.NDArray[np.uint8]:
    """The byte so far before the end of each text; of a shorter one it may be of the one before."""
    wide = pc.cast(values, pa.large_string())
    ends = np.frombuffer(wide.buffers()[1], dtype=np.int64)[wide.offset + 1:][:len(wide)]
    return np.frombuffer(wide.buffers()[2], dtype=np.uint8)[np.maximum(ends - back, 0)]


def _cast(values: pa.Array) -> npt.NDArray[np.float64] | None:
    try:
        return _to_numpy(pc.cast(values, pa.float64()))
    except pa.ArrowInvalid:
        return None


def _one_by_one(values: pa.Array, decimal: Decimal) -> tuple[
        npt.NDArray[np.float64], list[str], npt.NDArray[np.int32]]:
    """The plain numbers of a column, the distinct other words, and the place of each cell among
    these; −1 where it is plain or blank."""
    plain = pa.array(_matches(values, _PLAIN[decimal]))
    nothing = pa.scalar(None, values.type)
    codes, words = distinct(pc.if_else(plain, nothing, values), lambda word: word, object)
    return (_to_numpy(pc.cast(pc.if_else(plain, values, nothing), pa.float64())),
            words.tolist(), codes)


def _is_blank(word: str) -> bool:
    return word.lower() in BLANK_WORDS


def _written(word: str, decimal: Decimal = ".", column: str = "") -> Written:
    if len(word) > LONGEST:
        return UNREADABLE
    if "/" in word and (part := _PART_OF.fullmatch(word)):
        which = {"current": "done", "value": "done", "target": "all"}.get(column)
        return Written(float(part[which])) if which else UNREADABLE
    match = _NUMBER.fullmatch(word.replace("\u2212", "-"))
    digits = match and _plain_digits(_compact(match["digits"], decimal))
    if not match or digits is None or (match["exponent"] and match["suffix"]):
        return UNREADABLE
    before = match["before"]
    if len(before) > 1:
        kinds = [found.lastgroup for found in _ANY_BEFORE.finditer(before)]
        if len(set(kinds)) < len(kinds):
            return UNREADABLE
    exponent = match["exponent"] or _EXPONENTS.get((match["suffix"] or "").lower(), "")
    minus = "-" if "-" in before else ""
    return Written(float(f"{minus}{digits}{exponent}"), bool(match["percent"]))


def _is_undecided(word: str, decimal: Decimal) -> bool:
    match = _NUMBER.fullmatch(word.replace("\u2212", "-")) if len(word) <= LONGEST else None
    compact = _compact(match["digits"], decimal) if match and not match["exponent"] else ""
    return compact.count(".") == 1 and "," not in compact and _speaks(compact) is None


def _digits(word: str, decimal: Decimal) -> str | None:
    """The digits and signs of a number without its thousands' spaces; None if it is none."""
    match = _NUMBER.fullmatch(word.replace("\u2212", "-"))
    compact = match and _compact(match["digits"], decimal)
    return compact if compact and _plain_digits(compact) is not None else None


def _compact(digits: str, decimal: Decimal) -> str:
    """Digits without spaces and apostrophes between thousands; where the table's decimal sign is
    the comma, with comma and dot swapped, so that what follows needs to know only one way."""
    compact = digits.strip()
    if not compact.replace(",", "").replace(".", "").isdecimal():
        compact = _BETWEEN_THOUSANDS.sub("", compact)
    return compact.translate(_SWAPPED) if decimal == "," else compact


def _speaks(compact: str) -> str | None:
    """Which sign the digits of a number prove to be the decimal sign, if any."""
    comma, dot = compact.count(","), compact.count(".")
    if comma and dot:
        return max(",.", key=compact.rfind)
    if comma + dot > 1:
        return "." if comma else ","
    whole, sign, part = compact.partition("," if comma else ".")
    proven = len(part) != 3 or whole in ("", "0") or len(whole) > 3
    return sign if sign and proven else None


def _plain_digits(compact: str) -> str | None:
    """Digits with at most one decimal point, thousands separators taken out; None if garbled.

    A single comma that does not speak for itself separates thousands; a single dot never does.
    """
    decimal = _speaks(compact) or "."
    thousands = ",." [decimal == ","]
    whole, _, part = compact.partition(decimal)
    if thousands in whole:
        if not re.fullmatch(r"[0-9]{1,3}([,.][0-9]{3})+", whole):
            return None
        whole = whole.replace(thousands, "")
    plain = f"{whole}.{part}" if part else whole
    return plain if re.fullmatch(r"[0-9]*+\.?[0-9]*", plain) else None


def _to_numpy(values: pa.Array) -> npt.NDArray[np.float64]:
    return np.asarray(pc.fill_null(values, np.nan).to_numpy(zero_copy_only=False))
