"""Which of known names a cell means: company goals, products (FORMATS sections 2 to 4)."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from orgdata.sources.intake.letters import stem, words

LONGEST = 200  # characters of a name that are compared
SIMILAR = 80  # of 100: how alike two names must be to be offered as the same
CLEAR = 3  # of 100: how much less alike the next one must be
ALIKE = 55  # of 100: how alike to some word of the one each word of the other must be
COMPARED = 2_000_000  # pairs of names that one list of names compares, where words decide nothing
OFTEN = 200  # names with one word: it does not tell which is meant
_SHORTEST, _ENDING = 3, 3  # characters: of a word that may have an ending, and of that
SHOWN = 5  # others that are told
TABLE = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
_FUNCTION = frozenset(map(stem, words(TABLE["function"])))
_EVERYDAY = frozenset(map(stem, words(TABLE["everyday"])))
REMARK = re.compile(r"[(\[（]([^()\[\]（）]{0,200})[)\]）]")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff々ー]+")  # Japanese, Chinese


@dataclass(frozen=True)
class Match:
    """The name that is meant, how that shows, and which others may be meant.

    how: same, short (the name without its remark, or most of the words of exactly one), initials,
    part (fewer words, or initials that stand within another name too), similar, none, several.
    """

    name: str | None
    how: str
    others: tuple[str, ...] = ()


NOTHING = Match(None, "none")


class Names:
    """Known names, by what people may write for them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: list[str] = []
        self._known: set[str] = set()
        self._same: dict[str, list[int]] = defaultdict(list)
        self._short: dict[str, list[int]] = defaultdict(list)
        self._initials: dict[str, list[int]] = defaultdict(list)
        self._within: dict[str, list[int]] = defaultdict(list)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._words: list[frozenset[str]] = []
        self._starts: dict[str, list[int]] = defaultdict(list)
        self._sorted: list[str] = []
        self._matches: dict[str, Match] = {}
        self._left = COMPARED
        self.add(names)

    def __len__(self) -> int:
        return len(self._names)

    def add(self, names: Iterable[str]) -> None:
        """Know more names: there may be a sheet with a few new ones for every team."""
        for name in names:
            if name not in self._known:
                self._add(len(self._names), name[:LONGEST])
                self._names.append(name)
                self._known.add(name)
                self._matches.clear()

    def _add(self, at: int, name: str) -> None:
        self._same[key(name)].append(at)
        bare = REMARK.sub(" ", name)
        if bare != name:
            for short in {key(bare), *map(key, REMARK.findall(name))} - {""}:
                self._short[short].append(at)
        for initials in _initials(bare):
            self._initials[initials].append(at)
        for initials in _initials_within(bare):
            self._within[initials].append(at)
        for start in _starts(bare):
            self._starts[start].append(at)
        self._words.append(_stems(name))
        self._sorted.append(_sorted(name))
        for word in self._words[at]:
            self._by_word[word].append(at)

    def match(self, written: str) -> Match:
        """Which name is meant; none where two fit equally."""
        if written not in self._matches:
            text = written[:LONGEST]
            self._matches[written] = self.surely(text) or self._similar(text) or NOTHING
        return self._matches[written]

    def same(self, written: str) -> Match | None:
        """The name that is written, but for case, accents, spaces, hyphens, remarks."""
        if written in self._known:
            return Match(written, "same")
        whole, bare = key(written), key(REMARK.sub(" ", written))
        return (self._one(self._same.get(whole, ()), "same")
                or self._one(self._short.get(whole, ()), "short")
                or self._one({*self._same.get(bare, ()), *self._short.get(bare, ())}, "short"))

    def surely(self, written: str) -> Match | None:
        """The name of which all that is written is a part, or the initials; None if there is
        none."""
        return self.same(written) or self._with_words(written) or self._with_initials(written)

    def _one(self, found: Iterable[int], how: str) -> Match | None:
        names = [self._names[at] for at in found]
        if len(names) > 1:
            return Match(None, "several", tuple(names[:SHOWN]))
        return Match(names[0], how) if names else None

    def _with_words(self, written: str) -> Match | None:
        """The name that has all these words; short everyday words alone prove nothing, and one word
        may stand in a name by chance."""
        some, telling = _stems(written), _telling(written)
        found = [at for at in self._having(telling) if some <= self._words[at]]
        words_of_it = _telling(REMARK.sub(" ", self._names[found[0]])) if found else frozenset()
        most = len(telling) > 1 and 2 * len(telling & words_of_it) > len(words_of_it)
        return self._one(found, "short" if most else "part")

    def _having(self, telling: frozenset[str]) -> Sequence[int]:
        """The names that have all these words."""
        if not telling:
            return ()
        rarest = min((self._by_word.get(word, []) for word in telling), key=len)
        self._left -= len(rarest)
        return [at for at in rarest if telling <= self._words[at]] if self._left >= 0 else ()

    def _with_initials(self, written: str) -> Match | None:
        letters = written.replace(".", "").strip()
        if letters.isalpha() and letters.isupper():
            letters = letters.lower()
            whole, within = (known.get(letters, ()) for known in (self._initials, self._within))
            only = not whole or {*within} <= {*whole}
            return self._one(whole or within, "initials" if only else "part")
        return self._one({at for initials in _initials(written)
                          for at in self._same.get(initials, ())
                          if self._names[at].isupper()}, "initials")

    def _similar(self, written: str) -> Match | None:
        """The name that has the telling words, that is a part of what is written, or that is
        spelt nearly so."""
        telling = _telling(written)
        if found := self._one(self._having(telling), "similar"):
            return found
        parts: dict[int, int] = {}
        for word in telling:
            with_it = self._by_word.get(word, ())
            for at in with_it if len(with_it) <= OFTEN else ():
                its = self._words[at] - _EVERYDAY
                if its <= telling and 2 * len(its) >= len(telling):
                    parts[at] = len(its)
        most = max(parts.values(), default=0)
        return (self._one([at for at, count in parts.items() if count == most], "similar")
                or self._one(self._starts.get(key(written), ()), "similar")
                or self._inflected(telling) or self._within_word(telling)
                or self._within_letters(written) or self._spelt_nearly(written))

    def _inflected(self, telling: frozenset[str]) -> Match | None:
        """The name with words that begin with all that are written and are little longer, as German
        and French inflect them: CO2-neutral of "CO2-neutrale Werke"."""
        if not telling or len(self._by_word) > OFTEN:
            return None
        alike = [{at for other, found in self._by_word.items() if other == word or (
            len(word) > _SHORTEST and other.startswith(word)
            and len(other) - len(word) <= _ENDING) for at in found} for word in telling]
        return self._one(set.intersection(*alike), "similar")

    def _within_word(self, telling: frozenset[str]) -> Match | None:
        """The name with a word that ends with the only one that is written, as German joins words:
        Marge of "Rohmarge auf 61 % heben"."""
        if len(telling) != 1 or len(self._by_word) > OFTEN:
            return None
        (word,) = telling
        return self._one({at for other, found in self._by_word.items() if len(word) > 3
                          and other.endswith(word) for at in found}, "similar")

    def _within_letters(self, written: str) -> Match | None:
        """The name that begins with what is written where words are not parted by spaces: 加盟店数
        of 加盟店数を2倍にする."""
        start = key(written)
        if len(start) < 2 or not _UNSPACED.fullmatch(start) or len(self._names) > OFTEN:
            return None
        return self._one([at for at, name in enumerate(self._names)
                          if key(name).startswith(start)], "similar")

    def _spelt_nearly(self, written: str) -> Match | None:
        self._left -= len(self._names)
        text = _sorted(written)
        if self._left < 0 or len(text) < 4:
            return None
        digits = _digits(text)
        near = [(score, at) for _, score, at in process.extract(
            text, self._sorted, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=SHOWN)
            if _digits(self._sorted[at]) == digits and _alike(text, self._sorted[at])]
        return self._one([at for score, at in near if score > near[0][0] - CLEAR], "similar")


# -- how names are compared -----------------------------------------------------------------------

def key(name: str) -> str:
    """The letters and digits of a name, as they are compared."""
    return "".join(words(name))


def _stems(name: str) -> frozenset[str]:
    """The words of a name without those that tell nothing even beside others."""
    return frozenset(map(stem, words(name))) - _FUNCTION


def _telling(name: str) -> frozenset[str]:
    """The words of a name that tell which is meant."""
    return frozenset(word for word in _stems(name) - _EVERYDAY
                     if not word.isdecimal() and (len(word) > 1 or not word.isascii()))


def _sorted(name: str) -> str:
    return " ".join(sorted(words(name[:LONGEST // 2])))


def _alike(one: str, other: str) -> bool:
    """Whether each word of one text has one like it in the other: an AI dispatch is no dispatch
    board."""
    few, many = sorted((one.split(), other.split()), key=len)
    return all(any(fuzz.ratio(word, another) >= ALIKE for another in many) for word in few)


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _starts(name: str) -> set[str]:
    """The first two or three words of a name as one, where digits are among them: SOC2 of "SOC 2
    Type II"."""
    some = words(name)
    joined = {"".join(some[:size]) for size in (2, 3) if len(some) > size}
    return {start for start in joined if not start.isalpha()}


def _initials_within(name: str) -> set[str]:
    """The initials of three to five words that follow one another: NRR of "Increase Net Revenue
    Retention to 115%"."""
    letters = "".join(word[0] for word in words(name) if stem(word) not in _FUNCTION)
    return {letters[at:at + size] for size in (3, 4, 5) for at in range(len(letters) - size + 1)}


def _initials(name: str) -> set[str]:
    """The initials of a name, with and without its short everyday words, and with the x of
    experience in CX."""
    every = words(name)
    telling = [word for word in every if stem(word) not in _FUNCTION]
    some = {"".join(word[0] for word in every), "".join(word[0] for word in telling),
            "".join("x" if word.startswith("ex") else word[0] for word in telling[:2])}
    return {initials for initials in some if 2 <= len(initials) <= 6}
