"""Format numbers, money, days and names for people; used everywhere."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

UNKNOWN = "unknown"
_CURRENCY_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CAD": "CA$", "AUD": "A$",
                   "INR": "₹"}
_MONEY_SIGNS = tuple("$€£¥₹₩₽₺₫₱฿₴₪")
_NOISE = 1e-7  # percent: what is this near to a number is that number
_SCALES = ((1e9, "bn"), (1e6, "M"), (1e3, "k"))
_BLANKS = re.compile(r"\s+")
_LINE_BREAK = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e"
    r"\u2060-\u2069\ufeff\ufffe\uffff]")
_TAGS = re.compile("[\U000e0000-\U000e0fff]")  # seen by nobody, and read by a model as letters
# ##[…] and ##vso[…] anywhere in a line are commands to the runners of GitHub and Azure
COMMAND = re.compile(r"#(?=#(?:vso)?\[)", re.IGNORECASE)


def is_unknown(value: object) -> bool:
    """Whether a value is missing: None, NaN, NaT or NA."""
    return value is None or value is pd.NA or bool(value != value)  # NaN and NaT equal nothing


def percent(value: float | None, decimals: int = 0) -> str:
    """A percentage (0–100) rounded, but 100 % only for exactly all and 0 % only for exactly
    nothing: 99.6 is 99 %, 0.4 is <1 %. METHOD section 5."""
    if value is None or is_unknown(value) or math.isinf(value):
        return UNKNOWN
    steps, minus = abs(rounded(value, decimals)), "−" if value < -_NOISE else ""
    if not steps and abs(value) > _NOISE:
        return f"{minus}<{10 ** -decimals:g} %"
    size = f"{steps / 10 ** decimals:,.{decimals}f}" if decimals else f"{steps:,d}"
    return f"{minus}{size} %"


def share(value: float | None, decimals: int = 0) -> str:
    """A share (0–1) as a percentage, rounded as `percent` does."""
    return UNKNOWN if value is None or is_unknown(value) else percent(100 * value, decimals)


def share_against(value: float, threshold: float) -> str:
    """A share as a percentage, with as many decimals as tell it from a threshold that it is not:
    5.2 % is no 5 %."""
    decimals = next((digits for digits in range(3) if
                     share(value, digits) != share(threshold, digits)), 0)
    return share(value, decimals)


def apart_from(shares: pd.Series, others: pd.Series,
               threshold: float) -> tuple[pd.Series, pd.Series]:
    """Two shares side by side as percentages, with a decimal where their difference would look like
    a threshold that it is not."""
    def texts(of: pd.Series) -> pd.Series:
        return pd.Series([share(value, digits) for value, digits in zip(of, decimals, strict=True)],
                         of.index, dtype="str")

    decimals = [1 if share_against(abs(one - other), threshold) != share(abs(one - other)) else 0
                for one, other in zip(shares, others, strict=True)]
    return texts(shares), texts(others)


def rounded(value: float, decimals: int = 0) -> int:
    """A percentage as the nearest whole number of steps of so many decimals, never up or down to
    100 %."""
    scale = int(10 ** decimals)
    if abs(value) > 1e15:  # whole in any case
        return int(value) * scale
    steps = math.floor(abs(value) * scale + 0.5 + _NOISE)
    if steps == 100 * scale and abs(abs(value) - 100) > _NOISE:
        steps += 1 if abs(value) > 100 else -1
    return -steps if value < 0 else steps


def percentages(shares: pd.Series) -> pd.Series:
    """Shares of 1 as the percentages of a table: rounded to whole numbers as `percent` does, those
    below one percent with their digits; missing where unknown."""
    return pd.Series([_in_table(share, rounded(100 * share)) if share == share else math.nan
                      for share in shares], shares.index, dtype=float)


def parts(shares: pd.Series) -> pd.Series:
    """As `percentages`, but parts of one whole add up to 100 (largest remainder)."""
    known = shares.dropna()
    if not abs(known.sum() - 1) < _NOISE:
        return percentages(shares)
    whole = apportioned([100 * share for share in known], 100)
    shown = [_in_table(share, part if part != 100 else rounded(100 * share))
             for share, part in zip(known, whole, strict=True)]
    return pd.Series(shown, known.index, dtype=float).reindex(shares.index)


def _in_table(share: float, whole: int) -> float:
    return float(whole) if whole or abs(share) < _NOISE / 100 else float(f"{100 * share:.2g}")


def apportioned(values: Sequence[float], total: int) -> list[int]:
    """Values rounded to whole numbers that add up to a total, by largest remainder: of equal ones
    first the larger, then the first."""
    floors = [math.floor(value + _NOISE) for value in values]
    each, some = divmod(total - sum(floors), len(values))
    first = sorted(range(len(values)),
                   key=lambda i: (-round(values[i] - floors[i], 7), -values[i]))[:some]
    return [floor + each + (i in first) for i, floor in enumerate(floors)]


def number(value: float | None) -> str:
    """A number with up to four significant digits, or every digit of a whole one: 1,200 · 7.25."""
    if value is None or is_unknown(value):
        return UNKNOWN
    if float(value).is_integer() or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.4g}"


def exact(value: float | None) -> str:
    """A number as in a formula: up to ten digits, no thousands separators: 0.125, 1200."""
    return UNKNOWN if value is None or is_unknown(value) else f"{value:.10g}"


def points(value: float) -> str:
    """The size of a number of percentage points, rounded to one decimal: 12 points, 9.9 points."""
    if not math.isfinite(value):
        return UNKNOWN
    size = abs(value) if abs(value) > 1e15 else math.floor(abs(value) * 10 + 0.5 + _NOISE) / 10
    text = "<0.1" if not size and abs(value) > _NOISE else f"{size:g}"
    return f"{text} point{'' if size == 1 else 's'}"


def moved(before: float, after: float) -> float:
    """The points from one percentage to another, as both are shown with one decimal."""
    return (rounded(after, decimals=1) - rounded(before, decimals=1)) / 10


def compact(value: float | None) -> str:
    """A large number in few characters: 4.1M, 820k, 12."""
    if value is None or is_unknown(value):
        return UNKNOWN
    value = float(f"{value:.3g}") if abs(value) < 1e12 else value  # 999,999 is 1M
    for scale, suffix in _SCALES:
        if abs(value) >= scale:
            return f"{value / scale:,.0f}{suffix}" if abs(value) >= 1000 * scale else (
                f"{value / scale:.3g}{suffix}")
    return f"{value:.3g}"


def steps(numbers: Sequence[float | None], unit: object = None) -> str:
    """Numbers on a way, in their unit: 41 → 34.9 → 32 %, $0.9M → $1.92M; a sign of money stands
    before each of them."""
    text = "" if is_unknown(unit) else str(unit).strip()
    sign = text[:1] if text[:1] in _MONEY_SIGNS else ""
    shown = [re.sub(r"^([-−]?)", rf"\g<1>{sign}", number(one), count=1) + text[1:]
             if sign and not is_unknown(one) else number(one) for one in numbers]
    after = f" {text}" if text and not sign else ""
    return f"{' → '.join(shown)}{after}"


def money(value: float | None, unit: str, currency: str | None = None,
          in_full: bool = False) -> str:
    """Money at stake or spent, in the portfolio's unit: $4.1M, 12 FTE, 3 products; `in_full` with
    all its digits, $4,100,250."""
    amount = number(value) if in_full else compact(value)
    if amount == UNKNOWN:
        return amount
    if unit == "fte":
        return f"{amount} FTE"
    if unit == "count":
        return f"{amount} product{'' if value == 1 else 's'}"
    before, after = currency_signs(currency)
    minus = "-" if amount.startswith("-") else ""
    return f"{minus}{before}{amount.removeprefix(minus)}{after}"


def currency_signs(currency: str | None) -> tuple[str, str]:
    """The texts before and after an amount of money: a sign before it, or the currency after it."""
    sign = _CURRENCY_SIGNS.get(currency or "", "")
    return sign, "" if sign or not currency else f" {currency}"


def day(value: object, within: date | None = None) -> str:
    """A date as people write it: 20 Nov 2026; 20 Nov in the same year as `within`."""
    if is_unknown(value):
        return UNKNOWN
    found = pd.Timestamp(value)
    return f"{found:%-d %b}" if within and found.year == within.year else f"{found:%-d %b %Y}"


def sentence_case(text: str) -> str:
    """Text that begins with a capital letter, all else as it is: “No PM assigned”."""
    return text[:1].upper() + text[1:]


def clipped(text: str, most: int) -> str:
    """Text cut to at most `most` characters, ending in “…”: between words if that leaves half of
    them, else within a word (Japanese has no spaces)."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    space = flat.rfind(" ", 0, most)
    return flat[:space if 2 * space >= most else most - 1].rstrip() + "…"


def count(quantity: int, singular: str, plural: str | None = None) -> str:
    """A count with its noun: 1 product, 1,234 products."""
    return f"{quantity:,} {singular if quantity == 1 else plural or singular + 's'}"


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names as listed in a sentence, at most `most` of them: A, B and 4 more."""
    if len(names) == 1:
        return names[0]
    shown = list(names[:most])
    if len(names) > most:
        return f"{', '.join(shown)} and {len(names) - most:,} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def distinct_labels(names: Mapping[str, str]) -> dict[str, str]:
    """Names by their id as labels, with the id added to names that occur twice."""
    counts = Counter(names.values())
    return {name_id: f"{name} ({name_id})" if counts[name] > 1 else name
            for name_id, name in names.items()}


def with_article(title: str) -> str:
    """A title with its indefinite article: an Aha! export, a Linear export."""
    return f"{'an' if title[0] in 'AEIOUaeiou' else 'a'} {title}"


def cell_texts(values: pd.Series) -> list[str]:
    """Cells of any type as text for a sentence: days, numbers, yes and no, words."""
    if values.dtype == "str":
        return [*values.fillna(UNKNOWN).array.tolist()]
    return [cell_text(value) for value in values]


def cell_text(value: object) -> str:
    """One cell of any type as text for a sentence."""
    if isinstance(value, str):
        return value
    if is_unknown(value):
        return UNKNOWN
    if isinstance(value, pd.Timestamp):
        return day(value)
    if str(value) in ("True", "False"):  # of Python or numpy
        return "yes" if value else "no"
    return number(value) if isinstance(value, int | float) else str(value)


def plain(text: object) -> str:
    """Text on one line, without control characters, direction marks and tags."""
    written = str(text)
    if written.isprintable() and (written.isascii() or max(written) < "\U000e0000"):
        return written  # as nearly all is: it holds neither breaks nor such characters
    return _TAGS.sub("", _UNPRINTABLE.sub("", _BLANKS.sub(_on_one_line, written)))


def printed(text: object) -> str:
    """Plain text in which the runner of a code host, which reads all that is printed, finds no
    command."""
    return COMMAND.sub("# ", plain(text))


def escaped(text: str) -> str:
    """Text on any number of lines, with `\\u` and a number for each control character, mark of
    direction and beginning of a command to a runner: what a string in JSON or TOML reads as the
    same."""
    return COMMAND.sub(r"\\u0023", _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def _on_one_line(blanks: re.Match[str]) -> str:
    return " " if _LINE_BREAK.search(blanks[0]) else blanks[0]
