"""The persons in a cell: `A / B`, "A, B & C", "Surname, First name", "to be hired"."""

import re

from orgdata.sources.intake.letters import words
from orgdata.sources.intake.names import REMARK, TABLE
from orgdata.sources.intake.people import MAIL, People, without_honorifics

MOST = 50  # persons in a cell
LONG = 500  # characters: a longer cell names nobody, it is a text
_NOBODY = frozenset(words(TABLE["nobody"]))
_TITLES = frozenset(words(TABLE["titles"]))
_BEFORE = _TITLES | frozenset("interim acting lead deputy backup owner ad".split())  # a colon
_PARTICLES = frozenset(words(TABLE["particles"]))
_TEAM = re.compile(r"^(?:the )?(?:team|squad|equipe|equipo|abteilung|bereich|crew|tribe|afdeling) "
                   r"|(?<= )(?:team|squad|tribe|guild|chapter|department|dept|crew|abteilung)$"
                   r"|(?:チーム|部)$")
_NOBODY_IN_LETTERS = frozenset("na nn nnb ka tbd tba tbh tbc".split())  # n.n.b., t.b.d.
_STRONG = re.compile(r"[;\n；|/／]")
_WEAK = re.compile(r"[&+＆、]|\s(?:and|und|et|with|mit)\s", re.IGNORECASE)
_WEAKER = re.compile(r"\s(?:y|e|en|o|i)\s", re.IGNORECASE)  # also within one name: Costa e Silva
_NOT_APPLICABLE = re.compile(r"(?<!\w)n ?/ ?a(?!\w)", re.IGNORECASE)
_NOBODY_YET = re.compile(r"\s{0,9}(?:n ?/ ?a|tb[acdhn]|vacan(?:t|cy)|none)\s?[-–—:,]",
                         re.IGNORECASE)
_DASH = re.compile(r"\s[-–—]\s")
Persons = tuple[str, ...]


def people_in(cell: str, known: People | None = None) -> Persons:
    """The persons in a cell, without remarks; none where it says that there is nobody.

    A comma parts persons, but in "Surname, First name"; where both may be, `known` people decide.
    """
    if len(cell) > LONG or is_nobody(cell) or _NOBODY_YET.match(cell):  # "n/a – shared"
        return ()
    bare = _NOT_APPLICABLE.sub(" ", REMARK.sub(" ", cell))
    groups = [group for part in _STRONG.split(bare)
              for group in ([part] if "@" in part else _WEAK.split(part))]
    weak = len(groups) > len(_STRONG.split(bare))
    commas = [group.count(",") for group in groups if group.strip()]
    as_list = weak and 0 in commas  # "A, B & C"
    people = [person for group in groups for one in _by_words(group)
              for person in _by_commas(one, as_list, known)]
    named = (without_honorifics(_without_title(
        " ".join(person.split()).lstrip("@").strip(" ,.:-–—•")))
             + ("." if re.search(r"\b\w\.\s*$", person) else "") for person in people)
    return tuple(dict.fromkeys(one for one in named if not is_nobody(one)))[:MOST]


def _by_words(group: str) -> list[str]:
    """A group split at the "y" and "e" that also stand within names, where both sides may be
    whole names."""
    sides = _WEAKER.split(group)
    sizes = {min(len(words(side)), 2) for side in sides}
    return sides if len(sides) > 1 and len(sizes) == 1 else [group]


def _by_commas(group: str, as_list: bool, known: People | None) -> list[str]:
    parts = [part.strip() for part in group.split(",")]
    parts = [part for part in parts if part and not (words(part) and set(words(part)) <= _TITLES)]
    if len(parts) != 2 or as_list or any("@" in part and "<" not in part for part in parts):
        return parts
    last, first = parts
    turned = f"{first} {last}"
    if known is not None:
        if known.match(last).how == known.match(first).how == "same":
            return parts
        if known.match(turned).name:
            return [turned]
        if known.match(last).name and known.match(first).name:
            return parts
    return [turned] if _is_surname(last) and _is_first_name(first) else parts


def _is_surname(text: str) -> bool:
    some = words(text.replace("'", "").replace("-", ""))
    return len(some) == 1 or (bool(some) and some[0] in _PARTICLES)


def _is_first_name(text: str) -> bool:
    some = words(MAIL.sub("", text).replace("-", ""))
    return len(some) == 1 or (len(some) == 2 and len(some[1]) == 1)


def _without_title(person: str) -> str:
    """A person without the title behind a dash, "Luis Ferreira – CRO", or before a colon."""
    before, _, behind = person.partition(":")
    if behind.strip() and _BEFORE.issuperset(words(before)):
        person = behind.strip()
    name, *rest = _DASH.split(person, maxsplit=1)
    return name.strip() if rest and set(words(rest[0])) <= _TITLES else person


def one_person(cell: str) -> str:
    """The name in a cell of a list of persons, the first name first; the cell itself where it does
    not name exactly one."""
    if is_nobody(cell):
        return ""
    people = people_in(cell)
    return people[0] if len(people) == 1 else cell


def is_team(text: str) -> bool:
    """Whether a text names a team rather than a person: Team Rocket, the Platform squad."""
    return bool(_TEAM.search(" ".join(words(text[:LONG]))))


def is_nobody(text: str) -> bool:
    """Whether a text has no word, or only such as say that there is nobody yet."""
    some = words(REMARK.sub(" ", text[:LONG]))
    if some and len(some) == len("".join(some)):  # A, B are initials; n/a is nobody
        return "".join(some) in _NOBODY_IN_LETTERS
    return _NOBODY.issuperset(some)
