"""The table of the words that headers are made of, headers.toml, by sets of words."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from orgdata.sources.intake.letters import plain, stem

LONGEST = 200  # characters of a header or title that are looked at
TABLE = tomllib.loads(Path(__file__).with_name("headers.toml").read_text("utf-8"))
Words = frozenset[str]
_PEOPLE = ("product_manager", "owner", "manager", "person")
_MILLIONS = ("USD", "GBP")  # $ mil are millions, R$ mil and mil € thousands
_WORD = re.compile(r"(?<![a-z])(?:us|au?|ca?|nz|hk|s|r)\$|[^\W\d_]+|\d+|[%#$€£¥₹₩₪]")


def words_of(text: str) -> Words:
    """The words of a header without English plurals, as a set."""
    return frozenset(map(stem, _WORD.findall(plain(text))))


def _split(lists: str) -> Iterable[str]:
    parts = (part.strip() for line in lists.splitlines() for part in line.split(","))
    return filter(None, parts)


@cache
def phrases(name: str) -> tuple[Words, ...]:
    """A list of the table."""
    return tuple(map(words_of, _split(TABLE["words"][name])))


def in_full(text: str) -> str:
    """A header of a warehouse, PROD_MGR_NM, with its words in full: product manager name; "" where
    it has none that is shortened."""
    words = _WORD.findall(plain(text))
    full = [TABLE["abbreviations"].get(word, word) for word in words]
    return " ".join(full) if full != words else ""


@cache
def of_no_account() -> tuple[Words, ...]:
    """What may be dropped from a header, nothing first."""
    percent = frozenset("%")
    return (frozenset(), percent, percent | fillers(), percent | fillers() | _qualifiers())


@cache
def fillers() -> Words:
    """Words that tell nothing: "of", "the"."""
    return frozenset().union(*phrases("fillers"))


def is_project(words: Words) -> bool:
    """Whether words are a name for projects, which some call their products."""
    return aliases().get(words) == ("product", "item")


@cache
def organisations() -> Words:
    """What organisations call themselves: "agency", "council", "association"."""
    return frozenset().union(*phrases("organisations"))


@cache
def _qualifiers() -> Words:
    return frozenset().union(*phrases("qualifiers"))


@cache
def aliases() -> Mapping[Words, tuple[str, ...]]:
    """What each known header means; also without the words of no account, where that is free."""
    known = _means(TABLE["headers"])
    for name, meanings in list(known.items()):
        if rest := name - fillers():
            known.setdefault(rest, meanings)
    return known


@cache
def nouns() -> tuple[tuple[Words, str], ...]:
    """The names of things, longest first, people last: "KR owner" is of a key result."""
    named = [(words_of(name), thing)
             for thing, names in TABLE["of"].items() for name in _split(names)]
    return tuple(sorted(named, key=lambda pair: (
        pair[1] in _PEOPLE, -len(pair[0]), -sum(map(len, pair[0])))))


@cache
def within(thing: str) -> Mapping[Words, tuple[str, ...]]:
    """What words mean in the column of a thing, where they mean something else than alone."""
    return _means(TABLE["within"].get(thing, {}))


def _means(table: Mapping[str, str]) -> dict[Words, tuple[str, ...]]:
    return {words_of(name): tuple(meanings.split())
            for meanings, names in table.items() for name in _split(names)}


@dataclass(frozen=True)
class Money:
    """What words say of money: its scale and currency, and the other words."""

    scale: str = ""
    currency: str = ""
    rest: Words = field(default=frozenset())
    known: bool = False

    @classmethod
    def of(cls, words: Words, loose: bool = False) -> "Money":
        """`loose`: in parentheses a single letter is a scale too; elsewhere beside a currency."""
        table = _money_words()
        found = {word: table[word] for word in sorted(words) if word in table}
        currency = next((code for _, code in found.values() if code), "")
        if not loose and not currency:
            found = {word: said for word, said in found.items() if len(word) > 2}
        scale = next((scale for scale, _ in found.values() if scale), "")
        if "mil" in found and currency in _MILLIONS:
            scale = "m"
        return cls(scale, currency, words.difference(found), bool(found))


@cache
def _money_words() -> Mapping[str, tuple[str, str]]:
    """Each word of money: its scale and currency, also in one as in TEUR and kUSD."""
    scales = {word: scale for scale, names in TABLE["scales"].items()
              for name in _split(names) for word in words_of(name)}
    codes = {word: code for code, names in TABLE["currencies"].items()
             for name in _split(names) for word in words_of(name)}
    glued = {scale + word: (meant, code) for scale, meant in scales.items() if len(scale) <= 3
             for word, code in codes.items()}
    return {**glued, **{word: (scale, "") for word, scale in scales.items()},
            **{word: ("", code) for word, code in codes.items()}}
