"""The people that cells name, each by one id: who is listed, who is named in full, and who is meant
by a short or nearly right name."""

from collections.abc import Collection, Mapping

import pandas as pd

from orgdata import formats
from orgdata.sources.intake.asked import Asked
from orgdata.sources.intake.known import NONE
from orgdata.sources.intake.names import SHOWN
from orgdata.sources.intake.people import (
    People,
    called,
    in_one_spelling,
    is_longer,
    is_short,
    is_slip,
    is_turned,
)
from orgdata.sources.intake.people_cells import is_team, one_person, people_in
from orgdata.sources.vendors.records import counted

_ANOTHER = "another"  # the answer that a name is not the similar one
_MOST_OFFERED = 60  # persons that a short name may mean instead


class Persons:
    """The people that cells name. Whom a short name means is asked where several fit."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self.ids: dict[str, str] = {}  # name → id, of everybody who is known by a list
        self.named: dict[str, tuple[str, int]] = {}  # id → name and row, of those named anywhere
        self._full: dict[str, int] = {}  # who is named in full, and how often
        self._alone: set[str] = set()  # who is named in full in a cell of their own
        self._doubts: dict[str, list[str]] = {}  # who seems to be one of others → these
        self._doubtful = People(())
        self._aliases: dict[str, str] = {}  # e-mail addresses and own ids → name
        self._listed: People | None = None
        self._known: People | None = None

    def add(self, ids: Mapping[str, str], aliases: Mapping[str, str] | None = None) -> None:
        """Add people of a list: id → name. `aliases`: their e-mail addresses, own ids → name."""
        for id_, name in ids.items():
            self.ids.setdefault(name, id_)
        for other, name in (aliases or {}).items():
            if other and name:
                self._aliases.setdefault(other.lower(), name)
        self._listed = self._known = None

    def listed(self, written: str) -> str:
        """The name of the listed person who is called so: by the name, address or id; "" for
        nobody."""
        if self._listed is None:
            self._listed = People(self.ids, aliases=self._aliases)
        return self._listed.called_so(written)

    def hear(self, *columns: pd.Series) -> None:
        """Note who is named in full, before short names are read."""
        for cells in columns:
            for cell, count in counted(cells).items():
                people = people_in(cell)
                for person in people:
                    if not is_short(person) and not is_team(person):
                        name = self.listed(person) or called(person)
                        self._full[name] = self._full.get(name, 0) + count
                        self._alone |= {name} if len(people) == 1 else set()
        self._known = None

    def ids_in(self, cells: pd.Series, whose: str) -> dict[str, tuple[str, ...]]:
        """The ids of the people that each distinct cell names. `whose` says of what, in words."""
        known = self._known = self._known or self._know()
        rows = dict(zip(reversed(cells.tolist()), reversed(cells.index.tolist()), strict=True))
        result = {}
        several = []
        for cell, count in counted(cells).items():
            people = self._without_teams(people_in(cell, known), whose)
            if len(people) > 1 and not all(self.listed(person) or called(person) in self._alone
                                           for person in people):
                several.append(cell)
            result[cell] = [self._id(person, known, count, rows[cell]) for person in people]
        if several and self._asked.ask(
                f"people: {whose}", f"{formats.listed(several[:2])} in {whose}: several people?",
                {"several": "several people", "one": "one name"}, "several", several,
                len(several)) == "one":
            result |= {cell: [self._id(cell, known, 1, rows[cell])] for cell in several}
        return {cell: tuple(dict.fromkeys(id_ for id_ in ids if id_)) for cell, ids in
                result.items()}

    def slips(self, cells: pd.Series, persons: Collection[str]) -> dict[str, str]:
        """Who is meant by names that nobody on a list has, but that are nearly those of one of
        these persons: asked. The name as written → the person's."""
        meant = {}
        among = People(persons)
        for cell, count in cells[cells != ""].value_counts(sort=False).items():
            written = str(cell)
            near = among.near(one_person(written)) if not is_short(written) else []
            if not near:
                continue
            options = {**{name: name for name in near[:SHOWN]}, NONE: "somebody else"}
            guess = near[0] if is_slip(one_person(written), near[0]) else NONE
            answer = self._asked.ask(f"person: {written}", f"“{written}”: which person?", options,
                                     guess, (written,), int(count))
            meant[written] = "" if answer == NONE else answer
        return meant

    def _without_teams(self, people: tuple[str, ...], whose: str) -> tuple[str, ...]:
        """People without what is a team, which is said."""
        teams = [one for one in people if is_team(one) and not self.listed(one)]
        for team in teams:
            self._asked.say(f"“{team}” in {whose} is a team, no person.")
        return tuple(one for one in people if one not in teams)

    def _know(self) -> People:
        """Everybody who is known by name. Of names that are nearly the same those on a list are,
        else the one with the longer first name, else that which is written most; whether the
        others are that person is asked."""
        self._full = in_one_spelling(self._full)
        everybody = People([*self.ids, *self._full])
        pairs: dict[str, dict[str, None]] = {name: {} for name in self._full}
        for name in self._full:
            for other in everybody.near(name):
                pairs[name][other] = None
                pairs.setdefault(other, {})[name] = None
        rank = {name: (name not in self.ids,
                       any(is_longer(other, name) for other in pairs.get(name, ())),
                       -self._full.get(name, 0), at)
                for at, name in enumerate([*self.ids, *self._full])}
        self._doubts = {}
        for name in sorted(set(self._full) - self.ids.keys(), key=lambda name: rank[name]):
            if others := [other for other in pairs[name]
                          if rank[other] < rank[name] and other not in self._doubts]:
                self._doubts[name] = others
        self._doubtful = People(self._doubts)
        sure = [name for name in self._full if name not in self._doubts]
        return People([*self.ids, *sure], sure, self._aliases)

    def _id(self, person: str, known: People, touches: int, row: int) -> str:
        match = known.match(person)
        name = match.name
        key, text = f"person: {person}", f"“{person}”: which person?"
        turned = name is not None and is_turned(person, name)
        if (doubtful := self._doubtful.called_so(person)) and (match.how != "same" or turned):
            name = self._one_of(doubtful, touches)
        elif name is None and match.others:
            options = {**{other: other for other in match.others}, NONE: "none of these"}
            name = self._asked.ask(key, text, options, NONE, (person,), touches)
            if name == NONE:
                return ""
        elif name is not None and match.how == "similar":
            options = {name: name, _ANOTHER: "somebody else"}
            if self._asked.ask(key, text, options, name, (person,), touches) == _ANOTHER:
                name = None
        elif name is not None and (match.how != "same" or turned):
            answer = self._asked.decide(key, text, self._others(name), name, touches)
            if answer == NONE:
                return ""
            if answer == name:
                self._asked.take("person", person, name)
            name = None if answer == _ANOTHER else answer
        name = name or called(person) or person
        id_ = self.ids.get(name, name)
        self.named.setdefault(id_, (name, row))
        return id_

    def _others(self, name: str) -> dict[str, str]:
        """Whom else a short name may mean: first who is named in full anywhere, then who is
        listed."""
        names = list(dict.fromkeys([name, *self._full, *self.ids]))[:_MOST_OFFERED]
        return {**{one: one for one in names}, _ANOTHER: "somebody else", NONE: "nobody"}

    def _one_of(self, person: str, touches: int) -> str:
        """Who is meant by a full name that is nearly that of others: one of them, or a person of
        their own."""
        others = self._doubts[person]
        text = f"“{person}” and “{others[0]}”: one person?" if len(others) == 1 else (
            f"“{person}”: which person?")
        options = {others[0]: "one person", _ANOTHER: "two people"} if len(others) == 1 else {
            **{other: other for other in others}, _ANOTHER: "somebody else"}
        guess = others[0] if is_slip(person, others[0]) else _ANOTHER
        answer = self._asked.ask(f"person: {person}", text, options, guess, (person,), touches)
        return person if answer == _ANOTHER else answer
