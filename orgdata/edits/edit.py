"""An edit: cells of one row that are to say something else than the source (METHOD section 7)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, Literal

from orgdata import formats
from orgdata.model import labels
from orgdata.model.fields import Field, Table
from orgdata.model.schema import TABLES
from orgdata.model.words import normalise_word
from orgdata.tabular import cells
from orgdata.tabular.dates import day_written

Operation = Literal["set", "add", "end"]
OPERATIONS: tuple[Operation, ...] = ("set", "add", "end")
ANSWERED = {"products": "role_statement", "contributions": "confirmed_on"}  # by answers
SHOWN = 60  # characters of what is wrong, in a message


class EditError(ValueError):
    """An edit makes no sense; the text is one line for people."""


@dataclass(frozen=True)
class Edit:
    """One row of a table: some of its cells set, the row added, or the row ended (taken away).

    `key` says which row: our column names → the text of its cells. `values` are the cells that are
    set, or those of the added row beside its key; blank is "". `before` is the text that was
    replaced, where it is known: of a row that is ended, of all its cells. `answer`: somebody
    answered on a purpose or a link, which is named by its ids (see `answers`).
    """

    table: str
    operation: Operation
    key: Mapping[str, str]
    values: Mapping[str, str]
    before: Mapping[str, str] | None = None
    answer: bool = False

    @classmethod
    def adding(cls, table: str, row: Mapping[str, str]) -> "Edit":
        """The edit that adds a row. Raises EditError for an unknown table."""
        key = {column: row.get(column, "") for column in _table(table).key}
        return cls(table, "add", key, {column: text for column, text in row.items()
                                       if column not in key})

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Edit":
        """The edit of a record as it is kept. Raises EditError for what is none."""
        try:
            table, operation, key, values, before = (
                record[name] for name in ("table", "op", "key", "set", "before"))
            edit = cls(table, operation, key, values, before, record.get("answer") is True)
        except (KeyError, TypeError):
            raise EditError("it is no edit") from None
        cells = [edit.key, edit.values, *([] if edit.before is None else [edit.before])]
        if not isinstance(edit.table, str) or not all(isinstance(one, Mapping) for one in cells):
            raise EditError("it is no edit")
        edit.check()
        return edit

    def check(self) -> None:
        """Raise EditError unless this names a table, columns, texts and a row of ours."""
        table = _table(self.table)
        if self.operation not in OPERATIONS:
            raise EditError("expected set, add or end, found "
                            f"“{formats.clipped(str(self.operation), SHOWN)}”")
        names = table.by_name
        for texts in (self.key, self.values, self.before or {}):
            for column, text in texts.items():
                if column not in names:
                    raise EditError(
                        f"{self.table} has no column “{formats.clipped(column, SHOWN)}”; "
                        f"expected one of {', '.join(names)}")
                if not (type(text) is str and text.isascii()) and (wrong := _no_text(text)):
                    raise EditError(f"{labels.column(column)}: {wrong}")
                if "(" in text and _stands_for_another(text) and texts is not self.before:
                    raise EditError(f"{labels.column(column)}: “{labels.HIDDEN}” stands for what "
                                    "somebody may not see; write something else")
                if len(text) > names[column].longest and texts is not self.before:
                    raise EditError(f"{labels.column(column)} may have {names[column].longest:,} "
                                    f"characters, and {len(text):,} were given")
        if not any(self.key.values()):
            raise EditError(f"which row of {self.table} is meant is not said; give its "
                            f"{' and '.join(table.key)}")
        if self.operation == "set" and not self.values:
            raise EditError("nothing to set was given")
        said = ANSWERED.get(self.table)
        if self.answer and (self.operation != "set" or self.key.keys() != {*table.key}
                            or said not in self.values):
            raise EditError("an answer is one on a purpose or a link, which is named by its ids")

    @property
    def record(self) -> dict[str, object]:
        """The edit as INTERFACES has it in JSON."""
        return {"table": self.table, "op": self.operation, "key": dict(self.key),
                "set": dict(self.values), "before": self.before and dict(self.before),
                **({"answer": True} if self.answer else {})}

    @cached_property
    def digest(self) -> bytes:
        """What tells it from every other edit. Its texts may be long: they are hashed once."""
        return sha256(repr(self).encode("utf-8", "replace")).digest()

    @property
    def row(self) -> dict[str, str]:
        """The cells of an added row."""
        return {**self.key, **self.values}


def version_of(edits: Iterable[Edit]) -> str:
    """A text that identifies edits in their order."""
    return sha256(b"".join(edit.digest for edit in edits)).hexdigest()


def check_alike(edits: Sequence[Edit]) -> None:
    """Check edits that set the same columns of a table. Raises EditError for the first that makes
    no sense. Where all their texts are plain, the first is checked for all."""
    first = edits[0]
    columns = [(column, [edit.key[column] for edit in edits]) for column in first.key]
    named = all(all(texts) for _, texts in columns)
    columns += [(column, [edit.values[column] for edit in edits]) for column in first.values]
    plain = named and all(edit.before is None for edit in edits) and all(
        set(map(type, texts)) == {str} and "".join(texts).isascii()
        and "(" not in "".join(texts) for _, texts in columns)
    first.check()
    if not plain or any(max(map(len, texts)) > TABLES[first.table][column].longest
                        for column, texts in columns):
        for edit in edits:
            edit.check()


def check_text(what: str, text: object) -> None:
    """Raise EditError for what is no text."""
    if wrong := _no_text(text):
        raise EditError(f"{what}: {wrong}")


def _stands_for_another(text: str) -> bool:
    """Whether a text, in whatever spelling, would be taken for one that is not shown."""
    return normalise_word(text) == normalise_word(labels.HIDDEN)


def _no_text(text: object) -> str:
    """Why it is none, or nothing: JSON may hold half of a letter."""
    if not isinstance(text, str):
        return "expected a text"
    try:
        if not text.isascii():
            text.encode()
    except UnicodeEncodeError:
        return "it holds half a letter, as no text does"
    return ""


def _table(name: str) -> Table:
    if name not in TABLES:
        raise EditError(f"there is no table “{formats.clipped(name, SHOWN)}”; expected one of "
                        f"{', '.join(TABLES)}")
    return TABLES[name]


def same_text(field: Field, one: str, other: str) -> bool:
    """Whether two cells of a column say the same: the same text, word, day or number."""
    return one == other or one.strip() == other.strip() or meant(field, one) == meant(field, other)


def meant(field: Field, text: str) -> object:
    """What a cell of a column means: its word, day or number, else its text."""
    text, kind = text.strip(), field.kind
    if kind == "number":
        try:
            number = float(text)
        except ValueError:
            return text
        return number if number == number else text  # “nan” equals nothing, not even itself
    if kind == "word" and field.vocabulary:
        word = normalise_word(text)
        return word if word in field.vocabulary.words else field.vocabulary.aliases.get(word, word)
    if kind == "bool":
        word = text.lower()
        return word in cells.YES if word in cells.YES | cells.NO else text
    if kind == "date":
        return day_written(text) or text
    return text
