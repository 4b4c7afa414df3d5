"""What the header of somebody's own column means (FORMATS sections 2 and 5).

The words stand in headers.toml. A header is compared as a set of words: case, accents, order and
English plurals are of no account; a period, a currency and what stands in parentheses are taken
off first, and told beside the meaning.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from orgdata.sources.intake import header_words
from orgdata.sources.intake.header_words import LONGEST, Money, Words, words_of
from orgdata.sources.intake.letters import plain
from orgdata.sources.intake.marks import without_period
from orgdata.sources.intake.periods import Period, period_of

__all__ = ["Header", "Period", "period_of", "read_header"]

_PARENTHESES = re.compile(r"[(\[（［]([^()\[\]（）［］]*)[)\]）］]")
_ENDING = re.compile(  # Goal(s), Verantwortliche*r
    r"(?<=\w)(?:\((?:e?s|e?n|e|x|r|in|innen|a|o|as|os)\)|[*:/](?:innen|in|r)(?!\w))", re.IGNORECASE)
_LETTERS_OF_LIGHTS = re.compile(r"(?=.*R)[GVROAYJ](?: ?[/|] ?[GVROAYJ]){2}")  # G/O/R
_GRADE = re.compile(r"(?<=\w) \d{1,3} ?%")  # Target 100%, Threshold 50%
_GROUPS = re.compile(r"[·|›»:]| [–—>-] ")
_EITHER = re.compile(r"[/&+,]| (?:and|or|und|oder|et|ou|y|o|e|en) ")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GOALS = ("goal", "objective", "outcome")
_COMPOUND = {"ziel": "goal", "ziele": "goal", "doel": "goal", "doelen": "goal", "phase": "stage",
             "doelstelling": "goal", "doelstellingen": "goal", "fase": "stage"}
_SPONSORS = frozenset(["sponsor", "champion"])
_AMOUNTS = frozenset(
    "baseline target current progress spend revenue fte start due weight updated".split())


@dataclass(frozen=True)
class Header:
    """A header and what it says: of several meanings the most certain first, () where unknown."""

    written: str
    meanings: tuple[str, ...] = ()  # of MEANINGS
    scale: str = ""  # of its numbers: k, m, bn
    currency: str = ""  # of its money: USD
    unit: str = ""  # any other unit or remark: %, weeks
    period: str = ""  # as written: FY26, Q4 2026, Oct
    of: str = ""  # whose column it is, where it says so: key_result, objective, product_manager
    confidential: bool = False


def read_header(written: str) -> Header:
    """What the header of a column means."""
    return _read(" ".join(written[:LONGEST].split()))


def is_nothing(written: str) -> bool:
    """Whether a header is known, and of nothing that is read here: "Designer", "Location"."""
    return _known(words_of(_PARENTHESES.sub(" ", written[:LONGEST]))) == ()


def _inside(written: str) -> str:
    """A header without Jira's words around it: "Custom field (Product)" is Product."""
    before, _, inside = written.partition("(")
    if inside.endswith(")") and words_of(before) in header_words.phrases("wrappers"):
        return inside[:-1]
    return written


@lru_cache(maxsize=4096)
def _read(written: str) -> Header:
    if _LETTERS_OF_LIGHTS.fullmatch(written):
        return Header(written, ("status", "confidence"))
    text = _ENDING.sub("", _inside(written))
    text = _GRADE.sub("", text) or text
    meanings, of, period, money, unit = _meaning(_PARENTHESES.sub(" ", text))
    scale, currency = money.scale, money.currency
    for remark in _PARENTHESES.findall(text):
        remark_period, rest = without_period(remark)
        more = Money.of(words_of(rest), loose=True)
        period = period or remark_period
        scale, currency = scale or more.scale, currency or more.currency
        told = _is_confidential(rest) or (more.known and more.rest <= header_words.fillers())
        if more.rest and not told:
            unit = unit or rest.strip(" ,;")
            if (inside := _known(more.rest) or ()) and (not meanings or inside == ("fte",)):
                meanings = tuple(dict.fromkeys([*inside, *meanings]))  # "Equipo (FTE)"
    return Header(written, meanings, scale, currency, unit, period, of, _is_confidential(text))


def _meaning(bare: str) -> tuple[tuple[str, ...], str, str, Money, str]:
    """The meanings of a header without parentheses, whose column it is, its period, money, unit."""
    full = words_of(bare)
    unit = "%" if "%" in full else ""
    if full in header_words.aliases() and "/" not in bare:
        return header_words.aliases()[full], "", "", Money(), unit
    period, rest = without_period(bare)
    money = Money.of(words_of(rest))
    meanings, of = _resolve(rest, money.rest)
    for parts in (_camel(rest), header_words.in_full(rest)):
        if not meanings and parts:
            meanings, of = _resolve(parts, Money.of(words_of(parts)).rest)
    return meanings, of, period, money, unit


def _camel(text: str) -> str:
    """The parts of `ownerEmail`, apart; "" where it is not written like that."""
    parts = _CAMEL.sub(" ", text)
    return parts if parts != text else ""


def _resolve(text: str, words: Words) -> tuple[tuple[str, ...], str]:
    """The meanings of a header, and whose column it is: as a whole, as a choice of two, as that of
    a thing, and last as the part of a group of columns."""
    if "/" in text and _are_two_amounts(text):
        return (), ""  # "Actual / Target" is neither
    if "/" in text and (either := _either(text))[:1] == ("product",) and len(either) > 1:
        return either, ""  # "Area / product" is no product area
    known = _known(words)
    if known is not None:
        return known, ""
    if either := _either(text):
        return either, ""
    if belongs := _belonging(words):
        return belongs
    if meaning := _compound(words):
        return (meaning,), ""
    if words & _SPONSORS:
        return ("owner",), ""  # whatever body the sponsor is of
    groups = [part for part in _GROUPS.split(text.strip()) if part]
    for part in reversed(groups if len(groups) > 1 else []):
        meanings, of = _resolve(part, Money.of(words_of(part)).rest)
        if meanings:
            return meanings, of
    return (), ""


def _known(words: Words) -> tuple[str, ...] | None:
    """The meanings of words as they are, without those of no account, without qualifying ones."""
    known = header_words.aliases()
    unnumbered = words - {word for word in words if word.isdecimal()}  # "Key result 2"
    for dropped in header_words.of_no_account():
        for some in (words, unnumbered):
            if (rest := some - dropped) and rest in known:
                return known[rest]
    return _of_everybody(words)


def _of_everybody(words: Words) -> tuple[str, ...] | None:
    """The meanings of the goals of a whole organisation that calls itself by its kind: "Agency
    outcome", "Objectif de l'association"."""
    organisations = words & header_words.organisations()
    if not organisations:
        return None
    meanings = _known(words - organisations) or ()
    return ("outcome",) if meanings[:1] and meanings[0] in _GOALS else (
        meanings if meanings == ("tier", "outcome") else None)


def _either(text: str) -> tuple[str, ...]:
    """The meanings of "Team / Product", the product first; () where a part is unknown, or where
    two amounts in one cell would be read as one."""
    parts = _EITHER.split(plain(text).strip())
    if not 1 < len(parts) <= 4:
        return ()
    meanings: dict[str, None] = {}
    firsts: dict[tuple[str, ...], None] = {}
    for part in parts:
        known = _known(words_of(part))
        if known is None:
            belongs = _belonging(words_of(part))
            known = belongs[0] if belongs else None
        if known is None:
            return ()
        firsts[known[:1]] = None
        meanings |= dict.fromkeys(known)
    if len(firsts) > 1:  # "Team / Product"; but "Owner / DRI" are one
        meanings = {meaning: None for first in firsts for meaning in first}
    if len(meanings.keys() & _AMOUNTS) > 1:
        return ()
    return tuple(sorted(meanings, key=lambda meaning: meaning != "product"))


def _are_two_amounts(text: str) -> bool:
    """Whether a header names two different amounts with a slash between them."""
    meant = {known[0] for part in text.split("/") if (known := _known(words_of(part)))}
    return len(meant & {"baseline", "target", "current"}) > 1


def _belonging(words: Words) -> tuple[tuple[str, ...], str] | None:
    """The meanings of "Objective owner", and of what: the longest name of a thing that leaves
    words which are known."""
    for noun, thing in header_words.nouns():
        if noun < words:
            rest = words - noun
        elif len(words) == 1 and (joined := _joined(noun, next(iter(words)))):
            rest = joined
        else:
            continue
        theirs = header_words.within(thing)
        rest = rest - {word for word in rest if word.isdecimal()}
        for dropped in header_words.of_no_account():
            left = rest - dropped
            if left in theirs:  # who manages a product is its product manager
                managed = "project" if header_words.is_project(noun) else ""
                return theirs[left], managed if theirs[left][0] == "product_manager" else thing
        if known := _known(rest):
            of_product = thing == "owner" and known[0] == "product"  # responsable applicatif
            return (("product_manager", "owner"), thing) if of_product else (known, thing)
    return None


def _joined(noun: Words, word: str) -> Words | None:
    """What is left of a word that begins with that noun, as in German and Japanese: Produktstatus,
    目標の責任者."""
    (start,) = noun if len(noun) == 1 else ("",)
    if len(start) < (2 if not start.isascii() else 4) or not word.startswith(start):
        return None
    left = word[len(start):].removeprefix("の")
    if word.isascii() and left[:1] == "s" and left[1:5] in ("vera", "leit", "eign"):
        left = left[1:]  # as in Anwendungsverantwortlicher
    return words_of(left) if left else None


def _compound(words: Words) -> str:
    """What a German or Dutch word means by its last part: Verbundziel, Bestuursdoel, Levensfase;
    "" for any other."""
    word = next(iter(words)) if len(words) == 1 else ""
    ending = max((end for end in _COMPOUND if word.endswith(end) and len(word) > len(end) + 2),
                 key=len, default="")
    return _COMPOUND.get(ending, "")


def _is_confidential(text: str) -> bool:
    """Whether a header speaks of what is not for everybody's eyes; Japanese has no spaces."""
    words, letters = words_of(text), plain(text)
    return any(secret <= words or any(not word.isascii() and word in letters for word in secret)
               for secret in header_words.phrases("confidential"))
