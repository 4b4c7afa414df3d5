"""Who is meant by what people write for a person: a first name, initials, an address."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from orgdata.sources.intake import names as known_names
from orgdata.sources.intake.letters import words
from orgdata.sources.intake.names import COMPARED, LONGEST, NOTHING, OFTEN, REMARK, SHOWN, Match

FITTED = 200_000  # names looked at because they have the same word, by one list of persons …
NEAR = 50_000  # … and as other spellings of a name, each both ways
_WORD_ALIKE = 80  # of 100: how alike each word of two such names must be
SIMILAR = 88  # of 100: how alike two names must be to be offered as the same
_HONORIFICS = frozenset(words(known_names.TABLE["honorifics"]))
MAIL = re.compile(r"[^\s<>@,;]{1,64}@[^\s<>@,;]{1,190}")


class People:
    """Known persons, by what others call them; those in `first` come before everybody else.
    `aliases`: e-mail addresses and ids, in small letters → the name."""

    def __init__(self, names: Iterable[str], first: Iterable[str] = (),
                 aliases: Mapping[str, str] | None = None) -> None:
        self._aliases = aliases or {}
        first = tuple(dict.fromkeys(first))
        self._tiers = [_Persons(first), _Persons({**dict.fromkeys(first), **dict.fromkeys(names)})]
        self._matches: dict[str, Match] = {}

    def match(self, written: str) -> Match:
        """The person that is meant, if exactly one may be."""
        if written not in self._matches:
            self._matches[written] = self._match(written[:LONGEST])
        return self._matches[written]

    def called_so(self, written: str) -> str:
        """The one person whose address, id or whole name is written; "" for nobody."""
        mail, name = MAIL.search(written[:LONGEST]), called(written[:LONGEST])
        if told := self._aliases.get((mail[0] if mail else name).lower()):
            return told
        found = self._tiers[-1].same(_order(name))
        return found[0] if len(found) == 1 else ""

    def near(self, written: str) -> list[str]:
        """Whose name is nearly the one that is written in full, or that with a name more or less or
        turned round, the nearest first; but nobody who is called so."""
        some = _order(called(written[:LONGEST]))
        found = self._tiers[-1].near(some) if len(some) > 1 else []
        return [name for name in found if _order(called(name)) != some]

    def _match(self, written: str) -> Match:
        mail = MAIL.search(written)
        name = called(written)
        if told := self.called_so(written):
            return Match(told, "same")
        some = _order(name)
        if mail and not some:
            some = [*words(mail[0].partition("@")[0])]
        for how, look in _LOOKS:
            if how == "initials" and not (mail or name.isupper()):
                continue
            for tier in self._tiers:
                if found := look(tier, some):
                    return _one(found, how)
        if mail and name and (by_mail := self._match(mail[0])).name:
            return by_mail
        return NOTHING


def _one(found: Sequence[str], how: str) -> Match:
    if len(found) == 1:
        return Match(found[0], how)
    return Match(None, "several", tuple(found[:SHOWN]))


class _Persons:
    """Names of persons by their words."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)
        self._words = [_order(called(name[:LONGEST])) for name in self._names]
        self._same: dict[str, list[str]] = defaultdict(list)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._initials: dict[str, list[str]] = defaultdict(list)
        self._joined = [" ".join(some) for some in self._words]
        self._by_start = sorted((text, at) for at, text in enumerate(self._joined))
        self._left, self._near_left, self._spelt_left = FITTED, NEAR, COMPARED
        for at, (name, some) in enumerate(zip(self._names, self._words, strict=True)):
            self._same[_key(some)].append(name)
            self._initials["".join(word[0] for word in some)].append(name)
            for word in dict.fromkeys((*some, *_run_together(some))):
                self._by_word[word].append(at)

    def same(self, some: Sequence[str]) -> Sequence[str]:
        """Who is called so, in whatever order."""
        return self._same.get(_key(some), ()) if some else ()

    def fitting(self, some: Sequence[str]) -> Sequence[str]:
        """Whose name has these words, a single letter being an initial; or those whose whole name
        is among these words."""
        rarest = min((found for word in some if len(word) > 1
                      if (found := self._by_word.get(word))), key=len, default=[])
        self._left -= len(rarest)
        if self._left < 0:
            return ()
        fitting = [self._names[at] for at in rarest if _fits(some, self._words[at])]
        return fitting or [self._names[at] for at in rarest
                           if len(self._words[at]) > 1 and _fits(self._words[at], some)]

    def in_initials(self, some: Sequence[str]) -> Sequence[str]:
        """Whose initials these are: PR, P.R.; or an e-mail address's praman."""
        letters = "".join(some)
        if all(len(word) == 1 for word in some) or (len(some) == 1 and len(letters) <= 3):
            return self._initials.get(letters, ()) if len(letters) > 1 else ()
        if len(some) == 1:
            return [self._names[at] for word in (letters[1:], letters[:-1])
                    for at in self._by_word.get(word, ())[:OFTEN]
                    if _is_run_together(letters, self._words[at])]
        return ()

    def similar(self, some: Sequence[str]) -> Sequence[str]:
        """Whose first name is written shorter, "Ben Hart", or whose name is spelt nearly so."""
        text = " ".join(some)
        if len(text) < 3:
            return ()
        if short := [self._names[at] for at in self._beginning(some[0])
                     if list(some[1:]) in ([], self._words[at][-1:])]:
            return short
        self._spelt_left -= len(self._names)
        if self._spelt_left < 0 or len(some) == 1:
            return ()
        return [self._names[at] for _, _, at in process.extract(
            text[:LONGEST // 2], self._joined, scorer=fuzz.ratio, score_cutoff=SIMILAR,
            limit=SHOWN)]

    def near(self, some: Sequence[str]) -> list[str]:
        """Who is spelt nearly so, whose name has these words or whose whole name is among them, and
        whose first name is written shorter or longer."""
        text = " ".join(some)
        shorter = [at for at in self._beginning(some[0])
                   if list(some[1:]) == self._words[at][1:]]
        self._spelt_left -= len(self._names)
        spelt = [at for _, _, at in process.extract(
            text[:LONGEST // 2], self._joined, scorer=fuzz.ratio, score_cutoff=SIMILAR,
            limit=SHOWN + 1) if _are_alike(some, self._words[at])] if self._spelt_left >= 0 else []
        parts = {at for word in (some[0], some[-1]) if len(self._by_word.get(word, ())) <= OFTEN
                 for at in self._by_word.get(word, ())}
        self._near_left -= len(parts)
        fitting = [at for at in sorted(parts if self._near_left >= 0 else ())
                   if len(self._words[at]) > 1 and (
            _fits(some, self._words[at]) or _fits(self._words[at], some))]
        return list(dict.fromkeys(self._names[at] for at in (*spelt, *shorter, *fitting)
                                  if _digits(self._joined[at]) == _digits(text)))

    def _beginning(self, start: str) -> list[int]:
        """Whose name begins with these letters; nobody where they are few or many do."""
        begin = bisect_left(self._by_start, (start,))
        end = bisect_left(self._by_start, (f"{start}\U0010ffff",))
        return ([at for _, at in self._by_start[begin:end]]
                if len(start) > 2 and end - begin <= OFTEN else [])


_LOOKS = (("same", _Persons.same), ("short", _Persons.fitting),
          ("initials", _Persons.in_initials), ("similar", _Persons.similar))


def _fits(some: Sequence[str], name: Sequence[str]) -> bool:
    """Whether words stand in this order, or turned round, in a name; a single letter is the
    initial of a word. The words of a last name may be written as one: s.devries."""
    return _follows(some, name) or _follows([*some[1:], *some[:1]], name) or (
        len(name) > 2 and len(some) == 2 and _follows(some, [name[0], *_run_together(name)]))


def _run_together(name: Sequence[str]) -> list[str]:
    """The last name of several words as one: devries of Sanne de Vries."""
    return ["".join(name[1:])] if len(name) > 2 else []


def _follows(some: Sequence[str], name: Sequence[str]) -> bool:
    rest = iter(name)
    return all(any(word == one or (1 in (len(word), len(one)) and word[0] == one[0])
                   for one in rest) for word in some)


def _are_alike(some: Sequence[str], name: Sequence[str]) -> bool:
    """Whether each word is spelt nearly as the other name's: Nadia is no slip for Ada."""
    return len(some) != len(name) or all(fuzz.ratio(one, other) >= _WORD_ALIKE
                                         for one, other in zip(some, name, strict=True))


def is_slip(one: str, other: str) -> bool:
    """Whether two names that are nearly the same are one person's as it seems: Osterman and
    Ostermann are, Anna and Anne Schmidt are not."""
    first, second = _order(called(one)), _order(called(other))
    if first[1:] != second[1:]:
        return True
    short, long = sorted((first[0], second[0]), key=len)
    ends = short[-1] + long[-1] if short[:-1] == long[:-1] else long[-1]
    return not (short[:-1] == long[:-1] or short == long[:-1]) or not set(ends) <= set("aeio")


def is_longer(one: str, other: str) -> bool:
    """Whether a name is another one with more of the first name: Katherine O'Neil, Kath O'Neil."""
    first, second = _order(called(one)), _order(called(other))
    return first[1:] == second[1:] and first != second and first[0].startswith(second[0])


def is_turned(one: str, other: str) -> bool:
    """Whether two names have the same words in another order: Chen Li, Li Chen."""
    first, second = _order(called(one)), _order(called(other))
    return first != second and _key(first) == _key(second)


def in_one_spelling(names: Mapping[str, int]) -> dict[str, int]:
    """Names, and how often each is written, without those that differ in accents, apostrophes or
    case alone from one that is written as often or more: Lena Gross is Lena Groß."""
    often: dict[str, dict[str, int]] = defaultdict(dict)
    for name, count in names.items():
        often[" ".join(_order(called(name[:LONGEST]))) or name][name] = count
    return {max(some, key=lambda name: (some[name], _accents(name), "’" not in name)):
            sum(some.values()) for some in often.values()}


def _accents(name: str) -> int:
    return sum(letter.isalpha() and not letter.isascii() for letter in name)


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def _is_run_together(letters: str, name: Sequence[str]) -> bool:
    """Whether letters are an initial and the last name, or the first name and an initial."""
    return len(name) > 1 and letters in (name[0][0] + name[-1], name[0] + name[-1][0])


def _key(some: Sequence[str]) -> str:
    return " ".join(sorted(some))


def called(written: str) -> str:
    """A name without its e-mail address, remarks, honorifics, and the sign of a mention."""
    return _called(written) if len(written) <= LONGEST else _called.__wrapped__(written)


@lru_cache(maxsize=32_768)  # each is asked for a dozen times
def _called(written: str) -> str:
    bare = MAIL.sub(" ", REMARK.sub(" ", written)).replace("<>", " ")
    return without_honorifics(
        " ".join(bare.replace("<", " ").replace(">", " ").split()).lstrip("@").strip(" ,"))


def without_honorifics(name: str) -> str:
    """A name without the titles before it: "Prof. Dr. Helga Winter" is Helga Winter."""
    some = name.split(" ")
    while len(some) > 1 and some[0].rstrip(".").lower() in _HONORIFICS:
        some = some[1:]
    return " ".join(some)


def is_short(name: str) -> bool:
    """Whether a name is one word, or has an initial for one: "D. Özdemir"."""
    some = words(MAIL.sub(" ", name))
    return len(some) < 2 or any(len(word) == 1 and word.isascii() for word in (some[0], some[-1]))


def _order(name: str) -> list[str]:
    """The words of a name, the first name first: "Raman, Priya" is Priya Raman."""
    last, comma, first = name.partition(",")
    if comma and "," not in first:
        return [*words(first), *words(last)]
    return [*words(name.replace("'", "").replace("’", ""))]
