"""What is known by name while an intake is built, and what cells mean by it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from orgdata.sources.intake.asked import Asked
from orgdata.sources.intake.name_cells import names_in
from orgdata.sources.intake.names import SHOWN, Match, Names
from orgdata.sources.vendors.records import counted, map_distinct
from orgdata.tabular.cells import as_text, as_written

NONE = "none"  # the answer that a word means nothing we know
_CALLED = {"outcomes": "company goal", "products": "product"}
_ONLY_ONE = frozenset(["short", "initials"])  # no name but one is meant so: that is said
_MOST_OFFERED = 40  # names beside those that a word may mean


class Known:
    """The ids of rows of one table by what they are called. What a cell means is asked where it is
    not certain."""

    def __init__(self, table: str, asked: Asked, same: Mapping[str, str] | None = None) -> None:
        self._table, self._asked = table, asked
        self._same = same or {}  # ids that are another one, as somebody says: of a new name
        self.listed = False  # whether a list tells of them, so that other names mean none
        self._ids: dict[str, str] = {}  # a name, or an id, → the id
        self._names, self._new = Names(()), list[str]()  # and those that it does not know yet
        self._to_offer: Sequence[str] | None = None
        self._with_names: frozenset[str] | None = None  # ids of rows that have another name
        self._other: frozenset[str] = frozenset()

    def add(self, ids: Mapping[str, str]) -> None:
        """Add rows: id → name. An id that is known keeps its name."""
        for written, name in ids.items():
            id_ = self._same.get(written, written)
            for called in (name or written, id_):
                if called not in self._ids:
                    self._ids[called] = id_
                    self._new.append(called)
        self._to_offer = self._with_names = None

    def not_these(self, words: set[str]) -> None:
        """Words that name something else, such as a business area."""
        self._other |= {word.casefold() for word in words}

    def __len__(self) -> int:
        return len(set(self._ids.values()))

    def id_of(self, name: str) -> str | None:
        """The id of what is called exactly so, letters and spaces apart."""
        match = self.names.same(name)
        return self._ids[match.name] if match and match.name and match.how == "same" else None

    def is_id(self, word: str) -> bool:
        """Whether this is the id of a row that has another name."""
        if self._with_names is None:
            self._with_names = frozenset(id_ for name, id_ in self._ids.items() if name != id_)
        return word in self._with_names

    def as_known(self, name: str) -> str:
        """A name as the first list writes it that has it."""
        match = self.names.same(name) if name else None
        return match.name if match and match.name and match.how == "same" else name

    @property
    def _offered(self) -> Sequence[str]:
        """The first names that may be offered: of a row that has one not its id."""
        if self._to_offer is None:
            called = Counter(self._ids.values())
            rows = (name for name, id_ in self._ids.items() if name != id_ or called[id_] == 1)
            self._to_offer = tuple(islice(rows, _MOST_OFFERED + SHOWN))
        return self._to_offer

    @property
    def names(self) -> Names:
        """The names, as they are compared."""
        if self._new:
            self._names.add(self._new)
            self._new.clear()
        return self._names

    def ids_in(self, cells: pd.Series, column: str = "",
               whole: bool = False) -> dict[str, tuple[str, ...]]:
        """The ids that each distinct cell names; what is not certain is asked, and what means
        nothing is said. `column`: where they stand, for people; `whole`: each cell is one name."""
        counts = counted(cells)
        parts = {cell: [(cell, self.names.match(cell))] if whole else names_in(cell, self.names)
                 for cell in counts}
        touched: dict[str, int] = {}
        matches: dict[str, Match] = {}
        for cell, found in parts.items():
            for word, match in found:
                touched[word] = touched.get(word, 0) + counts[cell]
                matches[word] = match
        meant = {word: self._meant(word, match, touched[word], column)
                 for word, match in matches.items()}
        return {cell: tuple(dict.fromkeys(id_ for word, _ in found if (id_ := meant[word])))
                for cell, found in parts.items()}

    def _meant(self, word: str, match: Match, touches: int, column: str) -> str | None:
        called = _CALLED[self._table]
        key, elsewhere = f"{called}: {word}", word.casefold() in self._other
        text = f"“{word}”{f' in {column}' if column else ''}: which {called}?"
        if match.name is not None and match.how == "same":
            return self._ids[match.name]
        offered = [match.name] if match.name else list(match.others)
        rest = islice((name for name in self._offered if name not in offered), _MOST_OFFERED)
        options = {**{name: name for name in (*offered, *rest)},
                   NONE: f"none of the {called}s"}
        if match.name is not None and match.how in _ONLY_ONE and not elsewhere:
            answer = self._asked.decide(key, text, options, match.name, touches)
            if answer == match.name:
                self._asked.take(called, word, match.name)
        else:
            guess = NONE if match.name is None or elsewhere else match.name
            least = elsewhere or match.how == "none"
            answer = self._asked.ask(key, text, options, guess, (word,),
                                     touches * (3 if least else 2))
        return None if answer == NONE else self._ids[answer]


def exploded(cells: pd.Series, ids: Mapping[str, tuple[str, ...]]) -> pd.Series:
    """The ids that cells name, a row for each; the index is that of the cells, so that it may
    repeat."""
    encoded = pc.dictionary_encode(as_written(cells))
    lists = pa.array([ids.get(cell, ()) for cell in encoded.dictionary.to_pylist()],
                     pa.list_(pa.large_string())).take(encoded.indices)
    rows = cells.index.take(np.asarray(pc.list_parent_indices(lists)))
    return as_text(pc.list_flatten(lists)).set_axis(rows).rename(cells.name)


def first_of(cells: pd.Series, ids: Mapping[str, tuple[str, ...]]) -> pd.Series:
    """The first id that each cell names, blank where there is none."""
    return map_distinct(cells, lambda cell: next(iter(ids.get(cell, ())), ""))
