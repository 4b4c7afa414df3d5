"""A form: fields with choices from the data, and the edits that what was given comes to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from orgdata import formats
from orgdata.edits.edit import Edit
from orgdata.edits.now import Now
from orgdata.edits.typed import check_typed
from orgdata.model import labels
from orgdata.model.schema import TABLES

Kind = Literal["person", "product", "outcome", "idea", "objective", "key_result", "day", "number",
               "text", "choice", "signer", "author", "answerer"]
_SIGNS = ("signer", "author", "answerer")  # kinds that say whose word it is: of who enters it,
# by themselves. Another signer is named by those alone who may change anything; others get no field
Objects = Mapping[str, str]  # the objects of a gap by their column: product_id → P1
Answers = Mapping[str, str]  # what was given for each field, as text; "" for nothing


@dataclass(frozen=True)
class Ask:
    """One field of a form."""

    name: str
    label: str
    kind: Kind
    choices: tuple[str, ...] = ()
    needed: bool = False
    blank: str = ""  # what it means to leave it blank, where it means something

    @property
    def signs(self) -> bool:
        """Whether it says whose word what is entered is."""
        return self.kind in _SIGNS


@dataclass(frozen=True)
class Fix:
    """What settles the gaps of a rule: what its button says, its fields, and the edits."""

    label: str
    asks: tuple[Ask, ...]
    edits: Callable[[Now, Objects, Answers], list[Edit]]
    decided_above: bool = False  # a product manager only proposes it, also of their own product


@dataclass(frozen=True)
class Form:
    """A verb as a form: what people call it, and the fields for what it takes."""

    label: str
    asks: tuple[Ask, ...]


def cells(table: str, key: str) -> Callable[[Now, Objects, Answers], list[Edit]]:
    """Set the cells that were given of the row that a gap is about."""
    def edits(now: Now, gap: Objects, given: Answers) -> list[Edit]:
        values = {name: text for name, text in given.items() if text}
        check_typed(now, table, values)
        return [now.set(table, now.row(table, **{key: gap[key]}), **values)]

    return edits


def of_row(table: str, key: str, label: str, *columns: str, needed: bool = False) -> Fix:
    """The form that sets these columns of the row that a gap is about."""
    return Fix(label, tuple(column(table, name, needed) for name in columns), cells(table, key))


def column(table: str, name: str, needed: bool) -> Ask:
    """The field for a column, by its type."""
    field = TABLES[table][name]
    label = formats.sentence_case(labels.column(name))
    kind: Kind = _REFERENCES.get(field.references or "") or _KINDS.get(field.kind, "text")
    words = field.vocabulary.words if field.vocabulary else ("yes", "no")
    return Ask(name, label, kind, words if kind == "choice" else (), needed)


_REFERENCES: Mapping[str, Kind] = {
    "people": "person", "products": "product", "outcomes": "outcome"}
_KINDS: Mapping[str, Kind] = {
    "number": "number", "date": "day", "bool": "choice", "word": "choice"}
