"""What people do, by the words for it; and edits as other programs hand them over."""

import inspect
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from orgdata.edits import check_ins, outcomes, people, products
from orgdata.edits.apply import apply
from orgdata.edits.edit import Edit, EditError
from orgdata.edits.now import Now
from orgdata.model.words import normalise_word
from orgdata.sources.raw import RawSource


def set_cell(now: Now, table: str, key: Mapping[str, str], column: str, value: str) -> list[Edit]:
    """Set any cell of a row."""
    return [Edit(table, "set", key, {column: value})]


VERBS: Mapping[str, Callable[..., list[Edit]]] = {
    "move PM": people.move_pm, "assign": people.assign,
    "retire product": products.retire_product, "merge": products.merge_products,
    "change role": products.change_role, "re-weight": outcomes.reweight,
    "add outcome": outcomes.add_outcome, "retire outcome": outcomes.retire_outcome,
    "link": outcomes.link, "confirm": outcomes.confirm, "withdraw": outcomes.withdraw,
    "check in": check_ins.check_in, "set": set_cell}
_BY_WORD = {normalise_word(name): name for name in VERBS}
MOST = 5_000  # edits in one list
_OF_EDIT = {"table", "op", "key", "set", "before"}


@dataclass(frozen=True)
class Asked:
    """A verb with what it takes."""

    verb: str
    arguments: Mapping[str, Any]

    def edits(self, now: Now) -> list[Edit]:
        """The edits that do it to the portfolio as it is now. Raises EditError."""
        function = VERBS[self.verb]
        try:
            inspect.signature(function).bind(now, **self.arguments)
        except TypeError:
            raise EditError(f"“{self.verb}” takes {_takes(function)}; found "
                            f"{', '.join(self.arguments) or 'nothing'}") from None
        return function(now, **self.arguments)


def _takes(function: Callable[..., object]) -> str:
    _, *named = inspect.signature(function).parameters.values()
    return ", ".join(f"{one.name} (may be left out)" if one.default is not one.empty else one.name
                     for one in named if one.kind is not one.VAR_KEYWORD)


def read_asked(text: str) -> list[Edit | Asked]:
    """Read a JSON list of edits and verbs (INTERFACES). Raises EditError, which names the place."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise EditError(f"it is no JSON: {error}") from None
    except RecursionError:
        raise EditError("it is no list of edits: lists stand too deep in one another") from None
    if not isinstance(content, list):
        raise EditError("expected a list of edits")
    if len(content) > MOST:
        raise EditError(f"{len(content):,} edits; at most {MOST:,} are read")
    return [_at(number, partial(_read, one)) for number, one in enumerate(content, 1)]


def _at(number: int, made: Callable[[], Any]) -> Any:
    try:
        return made()
    except EditError as error:
        raise EditError(f"edit {number}: {error}") from None


def _read(one: object) -> Edit | Asked:
    if not isinstance(one, dict):
        raise EditError("expected an object")
    if "verb" in one:
        verb = _BY_WORD.get(normalise_word(str(one["verb"])))
        if verb is None:
            raise EditError(f"there is no verb “{one['verb']}”; expected one of "
                            f"{', '.join(VERBS)}")
        return Asked(verb, {name: _texts(name, value) if isinstance(value, dict) else
                            _text(name, value) for name, value in one.items() if name != "verb"})
    if unknown := sorted(one.keys() - _OF_EDIT):
        raise EditError(f"unknown: {', '.join(unknown)}; an edit has {', '.join(sorted(_OF_EDIT))}")
    table, operation = str(one.get("table", "")), one.get("op", "set")
    key, values = (_texts(name, one.get(name) or {}) for name in ("key", "set"))
    before = _texts("before", one["before"]) if one.get("before") is not None else None
    edit = (Edit.adding(table, {**key, **values}) if operation == "add" else
            Edit(table, operation, key, values, before))
    edit.check()
    return edit


def _texts(name: str, value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise EditError(f"{name} is to say which column has which text")
    return {column: _text(column, cell) for column, cell in value.items()}


def _text(column: str, value: object) -> str:
    """A value of JSON as the text of a cell."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | int) and math.isfinite(value):
        return f"{value:.0f}" if value == int(value) else repr(value)
    if value is None or isinstance(value, str):
        return value or ""
    raise EditError(f"{column}: expected a text or a number")


def made(raw: RawSource, asked: Sequence[Edit | Asked], day: date) -> list[Edit]:
    """The edits that do these things one after another, each to what those before it left. Raises
    EditError, which names the place."""
    edits: list[Edit] = []
    for number, one in enumerate(asked, 1):
        if isinstance(one, Asked):
            edits += _at(number, partial(one.edits, Now(apply(raw, edits).raw, day)))
        else:
            edits.append(one)
    return edits
