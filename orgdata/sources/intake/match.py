"""Which of known names a cell means (FORMATS sections 2 to 4)."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

_LONGEST = 120
_SIMILAR = 88
_IDLE = frozenset("a an and the of to for in on by with our all team product products company goal "
                  "goals app der die das und von zu le la les de du el los del y e i il".split())
_NOBODY = frozenset("tbh tbd tbc tba n/a na - – — vacant open none nobody unassigned ? to_be_hired "
                    "offen vakant niemand à_pourvoir vacante".split())
_BETWEEN_PEOPLE = re.compile(r"[;/&+\n]|\s(?:and|und|et|y|e)\s")
_REMARK = re.compile(r"\s*[(\[][^()\[\]]{0,80}[)\]]")


def folded(text: str) -> str:
    """A name as it is compared: letters and digits only, lower case."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[^\w%]+", text.casefold()) if word]


@dataclass(frozen=True)
class Match:
    """The name that is meant, how that shows, and which others may be."""

    name: str | None
    how: str  # same, short, initials, similar, none, several
    others: tuple[str, ...] = ()


class Names:
    """Known names, by what people may write for them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(dict.fromkeys(names))
        self._same: dict[str, list[str]] = defaultdict(list)
        self._short: dict[str, list[str]] = defaultdict(list)
        self._word: dict[str, list[str]] = defaultdict(list)
        for name in self._names:
            self._same[folded(name)].append(name)
            if (bare := _REMARK.sub("", name).strip()) != name:
                self._short[folded(bare)].append(name)
            initials = "".join(word[0] for word in _words(name) if word not in _IDLE)
            if len(initials) > 1:
                self._short[initials].append(name)
            for word in dict.fromkeys(_words(name)):
                if word not in _IDLE:
                    self._word[word].append(name)

    def match(self, written: str) -> Match:
        """Which name is meant; none where two fit equally."""
        written = written[:_LONGEST]
        for index, how in ((self._same, "same"), (self._short, "short")):
            if found := index.get(folded(written)):
                return Match(found[0], how) if len(found) == 1 else Match(
                    None, "several", tuple(found))
        words = [word for word in _words(written) if word not in _IDLE]
        sets = [set(self._word.get(word, ())) for word in words]
        if sets and all(sets):
            both = set.intersection(*sets)
            if len(both) == 1:
                return Match(both.pop(), "short")
            if both:
                return Match(None, "several", tuple(sorted(both)))
        near = process.extract(written, self._names, scorer=fuzz.token_set_ratio, limit=2,
                               processor=lambda text: " ".join(_words(text))[:_LONGEST],
                               score_cutoff=_SIMILAR)
        if near and (len(near) == 1 or near[0][1] > near[1][1]):
            return Match(near[0][0], "similar")
        return Match(None, "several" if near else "none", tuple(name for name, _, _ in near))


class People:
    """Known people, by what others call them; `first` come before everybody else."""

    def __init__(self, names: Iterable[str], first: Iterable[str] = ()) -> None:
        self._tiers = [self._index(first), self._index(names)]

    @staticmethod
    def _index(names: Iterable[str]) -> dict[str, list[str]]:
        index: dict[str, list[str]] = defaultdict(list)
        for name in dict.fromkeys(names):
            parts = name.split()
            keys = {name.casefold(), parts[0].casefold() if parts else ""}
            if len(parts) > 1:
                keys |= {f"{parts[0]} {part[0]}".casefold() for part in parts[1:]}
                keys |= {f"{parts[0][0]} {parts[-1]}".casefold(), parts[-1].casefold()}
            for key in keys - {""}:
                index[key].append(name)
        return index

    def match(self, written: str) -> Match:
        """The person that is meant, if exactly one may be."""
        key = " ".join(written[:_LONGEST].replace(".", " ").split()).casefold()
        exact = written.casefold()
        for index in self._tiers:
            found = [name for name in index.get(key, ()) if name.casefold() == exact] or index.get(
                key, [])
            if found:
                return Match(found[0], "same" if found[0].casefold() == exact else "short") if len(
                    found) == 1 else Match(None, "several", tuple(found))
        return Match(None, "none")


def people_in(cell: str) -> tuple[str, ...]:
    """The persons in a cell, without remarks; none where it says that there is nobody."""
    plain = _REMARK.sub("", cell[:500])
    parts = [part.strip() for part in _BETWEEN_PEOPLE.split(plain)]
    people = [one.strip() for part in parts for one in part.split(",")]
    return tuple(dict.fromkeys(one for one in people if one and "_".join(
        one.casefold().split()) not in _NOBODY))


def names_in(cell: str, known: Names) -> list[tuple[str, Match]]:
    """The names in a cell, each with what it means."""
    return _split(cell.strip()[:2_000], known, ("[;\n]", ",", r"[/&+]|\sand\s"))


def _split(cell: str, known: Names, signs: tuple[str, ...]) -> list[tuple[str, Match]]:
    match = known.match(cell)
    if match.how in ("same", "short") or not signs:
        return [(cell, match)] if cell else []
    parts = [part.strip() for part in re.split(signs[0], cell) if part.strip()]
    if len(parts) < 2:
        return _split(cell, known, signs[1:])
    found = [one for part in parts for one in _split(part, known, signs[1:])]
    if signs[0] == ";" or any(match.name for _, match in found) or len(signs) > 1:
        return found
    return [(cell, match)]
